"""Places in an order: 前三位, 前10名, 位居第6位, 居全省第三, 稳居首位, 跻身港口十强.

An ordinal counts only where a word of ranking (居, 排名, 获评 …) or a scope (全省, 全国 …) leads to it and
nothing is named by it: 第一产业, 第一批 and 首个 are names. `beside` says what stood next to the figure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.indicators.figures import Figure
from ingest.indicators.scene import Scene

FRONT = "前"
_PLACE = "第"
_BEST = "强"
_UNITS = frozenset({"名", "位", None, _BEST})
_WINDOW = 24
_VERB = (
    "位居|居|位列|列|排名?|升至|跃居|跃升|升到|上升到|进入|跻身|保持|冲刺|进位|挺进|迈入|名次|位次|前移|晋级|处于"
    "|综合得分|力争|确保|争取|争创|夺得|夺取|取得|荣?获|摘得|获评|评为"
)
_RANKED = re.compile(rf"(?:{_VERB})[^，。;:]{{0,18}}\Z")
_SCOPED = re.compile(r"(?:全国|全省|全区|全市|全球|世界|亚洲|国内|省内|我国)\Z")
_AMONG_BEST = re.compile(r"(?:跻身|进入|稳居|位居|位列|名列|居|列|迈入|挺进|保持|跃居)[^，。;:、]{0,18}\Z")
_PUT = re.compile(r"[放摆挺站列置]在[^，。;]{0,12}\Z|[把将][^，。;]{0,16}\Z|坚持[^，。;]{0,10}\Z")
_LEADING = re.compile(
    r"(?:位居|居|位列|名列|列|排名?|排在|跃居|跃升|升至|保持|雄踞|高居|荣登|登上|夺得)[^，。;:]{0,16}\Z"
)
_ENDING = "，。;、,)! \n"


def rank_at(scene: Scene, figure: Figure) -> tuple[Figure, str] | None:
    """Return the figure as a rank and the word before it (前, 第), None where it is none."""
    before = scene.text[figure.start - 1 : figure.start] if figure.start else ""
    if figure.high is not None or figure.unit not in _UNITS or scene.is_quoted(figure.start, figure.end):
        return None
    if before not in {FRONT, _PLACE}:
        return _among_best(scene, figure)
    start = max(scene.clause_start(figure.start), figure.start - _WINDOW)
    if not _RANKED.search(scene.text, start, figure.start - 1) and not (
        before == _PLACE and _SCOPED.search(scene.text, start, figure.start - 1)
    ):
        return None
    if figure.unit is None and not _ends_rank(scene, figure.end, before):
        return None
    end = figure.end + 1 if scene.text.startswith(_BEST, figure.end) else figure.end
    unit = figure.unit or ("位" if before == _PLACE else "名")
    return replace(figure, end=end, unit=unit), before


def _among_best(scene: Scene, figure: Figure) -> tuple[Figure, str] | None:
    """Read 跻身全球港口十强; 世界500强 and 百强企业 are names."""
    if figure.unit is not None or not figure.chinese or figure.value > 100:
        return None
    if not scene.text.startswith(_BEST, figure.end) or not scene.ends_clause(figure.end + 1):
        return None
    start = max(scene.clause_start(figure.start), figure.start - _WINDOW)
    if _AMONG_BEST.search(scene.text, start, figure.start) is None:
        return None
    return replace(figure, end=figure.end + 1, unit=_BEST, bare=False), FRONT


def _ends_rank(scene: Scene, position: int, before: str) -> bool:
    following = scene.text[position : position + 1]
    return not following or following in (_ENDING if before == _PLACE else _ENDING + "强行之")


def is_first(scene: Scene, start: int, end: int) -> bool:
    """Whether 首位 or 榜首 at `start:end` is a rank that is held: 放在首位 is none."""
    if scene.text[end : end + 1] not in (*_ENDING, ""):
        return False
    clause = max(scene.clause_start(start), start - _WINDOW)
    return (
        _LEADING.search(scene.text, clause, start) is not None
        and _PUT.search(scene.text, clause, start) is None
    )

"""First stage: every number with what it is counted in, wherever it stands and whatever it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.numerals import ARABIC, CHINESE, DIGITS, read_numeral
from ingest.indicators.scene import Scene
from ingest.indicators.units import unit_at

_START = re.compile(r"[0-9〇○零一二两三四五六七八九十百千万亿]")
_NUMBER = re.compile(
    rf"(?P<arabic>(?:[0-9]{{1,3}}(?: [0-9]{{3}})+(?![0-9])|{ARABIC})"
    r"(?:\s?(?:[千百]?[万亿]+|[百千十](?![0-9米瓦克伏卡帕焦]|分点)))?(?:[0-9]+[百千](?![0-9.%]))?)"
    rf"|(?P<chinese>{CHINESE})"
)
_LOOSE = re.compile(r"(?:多|余|来)(?P<magnitude>[百千]?[万亿]*)")
_RANGE = re.compile(r"\s?(?:-|—{1,2}|–|~|―|─+|至|到)\s?(?=[0-9一二三四五六七八九十两])")
_PEOPLE = re.compile(
    r"[^，。;、:,0-9]{0,7}?(?:(?P<households>农户|家庭|户)|人口|群众|居民|职工|市民|农民|学生|老人|残疾人|大学生|毕业生|儿童|党员|干部|移民|劳动力|人才|游客|人员|民众|旅客)"
)
_LIST_NUMERAL = re.compile(r"[0-9]{1,2}\.(?=[0-9])")
_WHOLE = frozenset("个 家 件 次 场 项 条 座 所 处 名 户 篇 类 大类 台 辆 宗 起 部 本 支 只 批 期".split())
_ORIGIN = re.compile(r"[由从][^，。;、0-9]{0,10}\Z")
_SPACE = re.compile(r"\s")
_MAGNITUDES = re.compile(r"[百千万亿]+\Z")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit at `start:end` of the text; `high` makes it a range.

    `chinese` says that the digits are Chinese characters, `bare` that they are magnitudes alone (百, 万),
    `loose` that 多 or 余 follows the number (50多家), `factor` what 万 or 亿 behind digits multiply by.
    """

    start: int
    end: int
    value: float
    unit: str | None
    high: float | None = None
    chinese: bool = False
    bare: bool = False
    loose: bool = False
    factor: float = 1.0
    fraction: bool = False


def find_figures(scene: Scene) -> Iterator[Figure]:
    """Yield the figures of a text from left to right; they do not overlap."""
    text = scene.text
    position = 0
    while start := _START.search(text, position):
        match = _NUMBER.match(text, start.start())
        if match is None:
            position = start.end()
            continue
        position = match.end()
        match = _without_list_numeral(text, match)
        figure = _figure(text, match)
        if figure is not None:
            figure = _ranged(text, figure)
            position = max(position, figure.end)
            yield figure


def _without_list_numeral(text: str, match: re.Match[str]) -> re.Match[str]:
    """Take 24. off a line that begins with 24.5个…: whole things are not counted in tenths."""
    start = match.start()
    numeral = _LIST_NUMERAL.match(text, start)
    if numeral is None or (start and text[start - 1] not in "\n*# "):
        return match
    found = unit_at(text, match.end())
    if found is None or found[0] not in _WHOLE:
        return match
    return _NUMBER.match(text, numeral.end()) or match


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    if text.startswith("分之", match.end()):
        share = _NUMBER.match(text, match.end() + 2)
        if share is not None:
            return _fraction(text, match, share)
    return _counted(text, match)


def _fraction(text: str, parts: re.Match[str], share: re.Match[str]) -> Figure | None:
    """Read 百分之八十, 千分之三, 三分之一; all of them become per cent or per mille."""
    whole, part = read_numeral(parts[0]), read_numeral(share[0])
    if not whole or part is None or (whole < 100 and part >= whole):
        return None
    end = share.end()
    if whole == 1000:
        return Figure(parts.start(), end, part, "‰", chinese=True, fraction=True)
    unit, value = "%", part if whole == 100 else round(part * 100 / whole, 2)
    if text.startswith("个百分点", end):
        unit, end = "个百分点", end + 4
    return Figure(parts.start(), end, value, unit, chinese=True, fraction=True)


def _counted(text: str, match: re.Match[str]) -> Figure | None:
    chinese = match["chinese"] is not None
    written, end = _SPACE.sub("", match[0]), match.end()
    loose = _LOOSE.match(text, end)
    if loose is not None:
        written, end = written + loose["magnitude"], loose.end()
    value = read_numeral(written)
    if value is None:
        return None
    found = unit_at(text, end + 1 if text[end : end + 1] == " " else end, after_chinese=chinese)
    unit, end = found or (_people_at(text, end) if written[-1] in "万亿" else None, end)
    if unit == "成":
        unit, value = "%", value * 10
        if text[end : end + 1] in DIGITS:
            value, end = value + DIGITS[text[end]], end + 1
    magnitudes = _MAGNITUDES.search(written)
    return Figure(
        match.start(),
        end,
        value,
        unit,
        chinese=chinese,
        bare=written[0] in "百千万亿",
        loose=loose is not None,
        factor=read_numeral(f"1{magnitudes[0]}") or 1.0 if magnitudes and not chinese else 1.0,
    )


def _people_at(text: str, position: int) -> str | None:
    """Return 人 or 户 for 10万贫困人口 and 3万农户, where no unit is written."""
    match = _PEOPLE.match(text, position)
    if match is None:
        return None
    return "户" if match["households"] else "人"


def _leads_away(text: str, position: int) -> bool:
    """Whether 由 or 从 stands before the number: 从300到150 is a change, no range."""
    return _ORIGIN.search(text, max(0, position - 12), position) is not None


def _ranged(text: str, low: Figure) -> Figure:
    """Join 10万至12万, 3-5年 and 5%~8% into one figure; the unit may stand at either end."""
    dash = _RANGE.match(text, low.end)
    if dash and text[dash.start() : dash.end()].strip() in {"至", "到"} and _leads_away(text, low.start):
        return low
    number = _NUMBER.match(text, dash.end()) if dash else None
    high = _counted(text, number) if number else None
    if high is None or (low.unit is not None and low.unit != high.unit):
        return low
    bottom = low.value
    if low.unit is None and low.factor == 1:
        bottom *= high.factor
    if not bottom < high.value:
        return low
    return replace(high, start=low.start, value=bottom, high=high.value, loose=False)

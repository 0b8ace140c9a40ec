"""How well a text fits a column: 0 is as one would expect, a few points doubtful, `None` impossible."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from corpus.text import fold
from ingest.vocabulary import Column

_DIGITS: Final = "零一二三四五六七八九"
_SERIAL: Final = re.compile(rf"\(?(?:(?:no\.?|第)\s*)?(\d{{1,3}}|[{_DIGITS}十]{{1,3}})\s*[)项.、,]?\s*")
_NESTED_SERIAL: Final = re.compile(r"\(?\d{1,2}(?:[.\-－—]\d{1,2}){1,3}\)?[.、]?")
_SENTENCE_MARK: Final = re.compile(r"[。;；!?:：]")
_CATEGORY_LINE: Final = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))?"
    r"(?:重点|创优|创新|工作|奋斗|共性|个性|职能|职责|业务|争创|挑战|攻坚|常规|日常|保障|约束性|预期性|民生|改革|专项|基础|党建|特色|综合|自选|核心|年度)"
    r"{1,2}(?:工作)?(?:目标|任务|指标|类|工作|项目)(?:\([^()]{1,12}\))?"
)
_BASIS: Final = re.compile(
    r"《|》|号|要点|办法|条例|规划|通知|报告|意见|方案|纲要|决定|法[;。]?$|细则|会议|要求|规则|依据|对标|创标"
)
_LATER_ENTRY: Final = re.compile(r"\(?(?:[2-9]|[1-9]\d|[二三四五六七八九])[.、)](?!\d)")
_BODY: Final = re.compile(
    r"[局委办厅处部院会室司科中心队所校府区市县镇街道集团公司科站馆]\W*$|各(?:区|市|部门|单位)|有关(?:部门|单位)|成员单位"
)
_WEIGHT: Final = re.compile(r"[\d.]+\s*[%分]?|\(?[\d.]+\s*分?\)?")
_DEADLINE: Final = re.compile(r"\d|[年月季底前周]|长期|全年|持续|即时|常态|适时")
_CITY: Final = re.compile(r"[\u4e00-\u9fff]{2,12}(?:[、,/和及][\u4e00-\u9fff]{2,12})*")
_MEASURE: Final = re.compile(
    r"[%‰]|个|件|次|家|场|亿?元|万[元人户吨]?|[公里平方米吨人户条项套名期篇天日小时批次率]{1,4}"
)
_LONG_NAME: Final = 80
_SHORT_NAME: Final = 42
_LONGEST_CATEGORY: Final = 14
_LONGEST_UNITS: Final = 200
_FRAGMENT: Final = 6
_CATEGORY_TAIL: Final = re.compile(r"目?标|任?务|工?作|指标|类")


def serial(text: str) -> int | None:
    """Return the number that a serial number cell states, `None` where it states none (or 1.2)."""
    found = _SERIAL.fullmatch(fold(text.strip()))
    if found is None:
        return None
    written = found.group(1)
    return int(written) if written.isdigit() else chinese_serial(written)


def chinese_serial(written: str) -> int | None:
    """Return the value of a Chinese numeral up to 99: 十二 is 12."""
    tens, mark, ones = written.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not set(tens + ones) <= set(_DIGITS):
        return None
    ten = (_DIGITS.index(tens) if tens else 1) if mark else 0
    value = 10 * ten + (_DIGITS.index(ones) if ones else 0)
    return value or None


def is_serial(text: str) -> bool:
    """Whether a cell holds a serial number, flat (3, 三、) or nested (1.2)."""
    stripped = text.strip()
    return len(stripped) <= 12 and (
        serial(stripped) is not None or _NESTED_SERIAL.fullmatch(fold(stripped)) is not None
    )


def is_category_line(text: str) -> bool:
    """Whether a line alone reads like the name of a category of targets (重点目标, 一、工作目标)."""
    bare = "".join(fold(text).split())
    return len(bare) <= _LONGEST_CATEGORY + 6 and _CATEGORY_LINE.fullmatch(bare) is not None


def misfit(column: Column | None, text: str) -> float | None:
    """Return how badly `text` fits `column` as the first line of a cell."""
    if column is None:
        return 0.5
    if column is Column.NUMBER:
        return 0.0 if is_serial(text) else None
    rate = _RATES.get(column)
    return rate("".join(text.split())) if rate is not None else 0.3


def continuation(column: Column | None, text: str) -> float:
    """Return what speaks against `text` being a further line of a cell of `column`."""
    if is_serial(text):
        return 6.0
    if column is Column.CATEGORY:
        return -1.5 if _CATEGORY_TAIL.fullmatch(fold(text)) else 0.0 if len(text) <= _FRAGMENT else 5.0
    if column is Column.NAME:
        return 0.0 if len(text) <= _SHORT_NAME and not _SENTENCE_MARK.search(text) else 1.5
    is_units = _responsible("".join(text.split())) == 0.0
    if column is Column.CONTENT:
        return 2.5 if _is_fragment(text) else 2.0 if is_units else 0.0
    if column is Column.RESPONSIBLE:
        return 0.0 if is_units else 1.5
    return 0.0


def _is_fragment(text: str) -> bool:
    """Whether a line is but a short word without a figure or a mark, as half of a broken heading is."""
    return len(text) <= _FRAGMENT and not re.search(r"[\d,。;、:!]", fold(text))


def is_measure(text: str) -> bool:
    """Whether a cell of an ambiguous column 单位 names a unit of measure, not a department."""
    return _MEASURE.fullmatch(fold(text.strip())) is not None


def _category(text: str) -> float:
    if is_serial(text):
        return 8.0
    if len(text) > _LONGEST_CATEGORY or _SENTENCE_MARK.search(text):
        return 6.0
    return 0.0 if is_category_line(text) else 0.6


def _name(text: str) -> float:
    if is_serial(text):
        return 6.0
    long = 0.0 if len(text) <= _SHORT_NAME else 1.0 if len(text) <= _LONG_NAME else 3.5
    return long + (1.5 if text.endswith(("。", "；", ";", ".")) else 0.0)


def _content(text: str) -> float:
    if is_serial(text):
        return 6.0
    return 0.0 if len(text) >= 10 else 0.4


def _responsible(text: str) -> float:
    """Units are listed without figures and without the end of a sentence."""
    folded = fold(text)
    if len(folded) > _LONGEST_UNITS or re.search(r"\d|[。;!]$|,$", folded):
        return 2.5
    return 0.0 if _BODY.search(folded) else 1.5


def _progress(text: str) -> float:
    return 2.0 if _responsible(text) == 0.0 else 0.0


def _pattern_rate(pattern: re.Pattern[str], miss: float, longest: int = 400) -> _Rate:
    def rate(text: str) -> float:
        found = pattern.search(fold(text))
        return (0.0 if found else miss) + (0.0 if len(text) <= longest else 3.0)

    return rate


def _basis(text: str) -> float:
    """A list of bases does not begin with its second entry."""
    return _bases(text) + (0.8 if _LATER_ENTRY.match(fold(text)) else 0.0)


def _weight(text: str) -> float:
    return 0.0 if _WEIGHT.fullmatch(fold(text)) else 5.0


_Rate = Callable[[str], float]
_bases: Final = _pattern_rate(_BASIS, 1.2, longest=4000)
_RATES: Final[dict[Column, _Rate]] = {
    Column.CATEGORY: _category,
    Column.NAME: _name,
    Column.CONTENT: _content,
    Column.WEIGHT: _weight,
    Column.BASIS: _basis,
    Column.BENCHMARK: _pattern_rate(_BASIS, 0.3, longest=4000),
    Column.BENCHMARK_CITY: _pattern_rate(_CITY, 2.0, longest=30),
    Column.RESPONSIBLE: _responsible,
    Column.PROGRESS: _progress,
    Column.DEADLINE: _pattern_rate(_DEADLINE, 3.0, longest=30),
    Column.TARGET_VALUE: _pattern_rate(re.compile(r"[\d一二三四五六七八九十百千万]"), 1.0, longest=60),
    Column.YEAR: _pattern_rate(re.compile(r"^\d{4}年?度?$"), 5.0),
    Column.MEASURE: _pattern_rate(_MEASURE, 1.0, longest=8),
    Column.REMARK: _pattern_rate(re.compile(""), 0.0, longest=120),
}

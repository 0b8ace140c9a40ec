"""Which years a query speaks of: 2021年, 二〇一二年, 去年, 2015—2018年, 十三五期间, 近三年."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_DIGITS = {
    c: n for n, cs in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
_CHINESE_YEAR = r"[一二][〇零○九][〇零○一二三四五六七八九]{2}"
_YEAR = rf"(?:(?<![\d.])(?:19|20)\d\d(?!\d)|{_CHINESE_YEAR})"
# What may not follow a bare four-digit number that is to be a year: it counts something instead.
_COUNTED = r"(?:[万亿千百余多个家户件项次场人名吨亩元米套辆座条篇份%‰．.,]|[公平立][里斤顷方米])"
_TITLE_AFTER = r"(?!规划|纲要|计划)"


@dataclass(frozen=True, slots=True)
class YearMention:
    """The years that the characters `start` to `end` of a query stand for, ascending."""

    years: tuple[int, ...]
    start: int
    end: int


def _number(written: str) -> int:
    """Read a four-digit year in Arabic or Chinese digits."""
    return int("".join(str(_DIGITS.get(c, c)) for c in written))


def _small_number(written: str) -> int:
    """Read 3, 三, 十, 十二 (up to 19)."""
    if written.isdigit():
        return int(written)
    if written.startswith("十"):
        return 10 + (_DIGITS[written[1]] if len(written) > 1 else 0)
    return _DIGITS[written]


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    years: Callable[[re.Match[str], date, frozenset[int]], tuple[int, ...]]


def _span_of_years(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(min(first, last), max(first, last) + 1)) if abs(first - last) <= 60 else ()


def _range(match: re.Match[str], _today: date, _known: frozenset[int]) -> tuple[int, ...]:
    first, last = _number(match["first"]), match["last"]
    return _span_of_years(first, first // 100 * 100 + int(last) if len(last) == 2 else _number(last))


def _since(match: re.Match[str], today: date, known: frozenset[int]) -> tuple[int, ...]:
    first = _number(match["year"])
    return _span_of_years(first, max(today.year, first, *known))


def _until(match: re.Match[str], _today: date, known: frozenset[int]) -> tuple[int, ...]:
    last = _number(match["year"])
    return tuple(sorted(y for y in known if y < last)) or (last - 1,)


def _plan(match: re.Match[str], _today: date, _known: frozenset[int]) -> tuple[int, ...]:
    first = 1981 + 5 * (_small_number(match["ordinal"]) - 6)
    return _span_of_years(first, first + 4)


def _last_years(match: re.Match[str], today: date, _known: frozenset[int]) -> tuple[int, ...]:
    count = _small_number(match["count"])
    return _span_of_years(today.year - count + 1, today.year)


_RELATIVE = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
    "下一年": 1,
    "下年": 1,
}


def _relative(match: re.Match[str], today: date, _known: frozenset[int]) -> tuple[int, ...]:
    return (today.year + _RELATIVE[match["word"]],)


def _two_digits(match: re.Match[str], _today: date, known: frozenset[int]) -> tuple[int, ...]:
    year = 2000 + int(match["short"])
    return (year,) if year in known else ()


def _single(match: re.Match[str], today: date, known: frozenset[int]) -> tuple[int, ...]:
    year = _number(match["year"])
    marked = match.group().endswith(("年", "度"))
    return (year,) if marked or year in known or 1990 <= year <= today.year + 5 else ()


_RULES = (
    _Rule(
        re.compile(
            rf"(?P<first>{_YEAR})年?度?\s*(?:[-—–－~～至到])+\s*(?P<last>{_YEAR}|\d\d(?=年))(?:年度|年)?"
        ),
        _range,
    ),
    _Rule(re.compile(rf"(?P<year>{_YEAR})年?(?:以来|以后|之后|起)"), _since),
    _Rule(re.compile(rf"(?P<year>{_YEAR})年?(?:以前|之前)"), _until),
    _Rule(
        re.compile(
            rf"[“\"]?(?P<ordinal>十[一二三四五六七八九]?|[六七八九])五[”\"]?(?:期间|时期|期内|以来|$|(?=\s)){_TITLE_AFTER}"
        ),
        _plan,
    ),
    _Rule(
        re.compile(r"(?:最近|过去|近)(?P<count>[二两三四五六七八九十]|\d{1,2})(?:个)?年(?:来|间|内)?"),
        _last_years,
    ),
    _Rule(
        re.compile(
            r"(?<![较比同跟与和])(?P<word>今年|本年|去年|上一年|上年|前年|明年|下一年|下年)度?(?!相比|同期|鉴)"
        ),
        _relative,
    ),
    _Rule(re.compile(r"(?:^|(?<=[和与及、,，\s]))(?P<short>\d\d)年度?(?![内来前后间期以])"), _two_digits),
    _Rule(re.compile(rf"(?P<year>{_YEAR})(?:年度|年|(?!\s*{_COUNTED}))"), _single),
)


def find_years(text: str, today: date, known: frozenset[int]) -> tuple[YearMention, ...]:
    """Return the stretches of `text` that name years, in order, never overlapping.

    `today` is what 今年 and 近三年 count from; `known` are the years of the catalog, which decide
    what an open range (2015年以前) and a short form (21年) stand for.
    """
    mentions: list[YearMention] = []
    for rule in _RULES:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(start < m.end and m.start < end for m in mentions):
                continue
            if years := rule.years(match, today, known):
                mentions.append(YearMention(years, start, end))
    return tuple(sorted(mentions, key=lambda mention: mention.start))

"""Which years a query speaks of: 2021年, 二〇一二年, 去年, 2015—2018年, 十三五期间, 近三年.

A year that only takes part in a comparison (比去年减少), a deadline or a title (十三五规划) is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

STATED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
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
    """The years that the characters `start` to `end` of a query stand for, ascending.

    `relative` says that they were counted from today (去年), `vague` that the count is ours (近几年),
    `counted_from` from which named year they were counted (2013年…上一年).
    """

    years: tuple[int, ...]
    start: int
    end: int
    relative: bool = False
    vague: bool = False
    counted_from: int | None = None


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
    relative: bool = False
    vague: bool = False


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


def _plan(match: re.Match[str], today: date, known: frozenset[int]) -> tuple[int, ...]:
    first = 1981 + 5 * (_small_number(match["ordinal"]) - 6)
    part = match["part"] or ""
    if part in {"末", "末期", "收官之年"}:
        return (first + 4,)
    if part in {"初", "初期", "开局之年"}:
        return (first,)
    return _span_of_years(first, max(today.year, first, *known) if part == "以来" else first + 4)


def _last_years(match: re.Match[str], today: date, _known: frozenset[int]) -> tuple[int, ...]:
    count = _small_number(match["count"])
    return _span_of_years(today.year - count + 1, today.year)


def _years_before(match: re.Match[str], today: date, _known: frozenset[int]) -> tuple[int, ...]:
    return _span_of_years(today.year - _small_number(match["count"]), today.year - 1)


def _recent_years(_match: re.Match[str], today: date, _known: frozenset[int]) -> tuple[int, ...]:
    return _span_of_years(today.year - _RECENT + 1, today.year)


_RECENT = 5  # what 近几年 stands for; the answer says so
# Beside a named year these are counted from it: 2013年要办多少，上一年办了多少.
_FROM_NAMED = re.compile(r"去年|上一?年|(?<!大)前年|下一?年|次年|来年")
# Between two mentions that are meant for one: 2013年（去年）.
SAME_PLACE = re.compile(r"^[\s(（即:：)）]*$")
_RELATIVE = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "大前年": -3,
    "明年": 1,
    "来年": 1,
    "下一年": 1,
    "下年": 1,
    "次年": 1,
    "后年": 2,
}


def _relative(match: re.Match[str], today: date, _known: frozenset[int]) -> tuple[int, ...]:
    return (today.year + _RELATIVE[match["word"]],)


def _listed(match: re.Match[str], _today: date, known: frozenset[int]) -> tuple[int, ...]:
    """Read 12、21年: every short form must be a year of the catalog."""
    years = {2000 + int(short) for short in re.findall(r"\d\d", match["shorts"])}
    return tuple(sorted(years)) if years <= known else ()


def _two_digits(match: re.Match[str], _today: date, known: frozenset[int]) -> tuple[int, ...]:
    year = 2000 + int(match["short"])
    return (year,) if year in known else ()


def _single(match: re.Match[str], today: date, known: frozenset[int]) -> tuple[int, ...]:
    year = _number(match["year"])
    marked = match.group().endswith(("年", "度"))
    return (year,) if marked or year in known or 1990 <= year <= today.year + 5 else ()


_COMPARED = r"(?!\s*(?:相比|比较|同期|持平|一样|实际|水平|末|底|鉴))(?!比)"
_PLAN = r"(?P<ordinal>十[一二三四五六七八九]?|[六七八九])五[”\"」]?"
_PLAN_PART = r"期间|时期|期内|以来|末期|末|初期|初|开局之年|收官之年"

_RULES = (
    _Rule(
        re.compile(
            rf"(?:从|自)?(?P<first>{_YEAR})年?度?\s*(?:[-—–－~～至到])+\s*(?P<last>{_YEAR}|\d\d(?=年))(?:年度|年)?"
        ),
        _range,
    ),
    _Rule(re.compile(rf"(?:从|自)?(?P<year>{_YEAR})年?(?:以来|以后|之后|后|起)"), _since),
    _Rule(
        re.compile(rf"(?P<year>{_YEAR})年?(?:以前|之前|前(?![一二三四五六七八九十\d半期后置沿端列景]))"),
        _until,
    ),
    _Rule(
        re.compile(rf"[“\"「]?{_PLAN}(?:(?P<part>{_PLAN_PART})|$|(?=\s)){_TITLE_AFTER}"),
        _plan,
    ),
    _Rule(
        re.compile(r"(?:最近|过去|近)(?P<count>[二两三四五六七八九十]|\d{1,2})(?:个)?年(?:来|间|内)?"),
        _last_years,
        relative=True,
    ),
    _Rule(re.compile(r"(?:最近|近|这|前)几年(?:来|间|内)?"), _recent_years, relative=True, vague=True),
    _Rule(
        re.compile(r"(?<![以此之目])前(?P<count>[两二三四五]|[2-5])年(?![级期生])"),
        _years_before,
        relative=True,
    ),
    _Rule(
        re.compile(
            rf"(?<![较比同])(?<![目以此提](?=前年))(?P<word>大前年|今年|本年|去年|上一年|上年|前年|明年|来年|下一年|下年|次年|后年)度?{_COMPARED}"
        ),
        _relative,
        relative=True,
    ),
    _Rule(re.compile(r"(?<![\d.])(?P<shorts>\d\d年?(?:[和与及、,]\d\d年?)*[和与及、,]\d\d)年度?"), _listed),
    _Rule(
        re.compile(r"(?:^|(?<=[和与及、,，\s的厅局委办市]))'?(?P<short>\d\d)年度?(?![内来前后间期以级生])"),
        _two_digits,
    ),
    _Rule(re.compile(rf"(?P<year>{_YEAR})(?:年度|年|(?!\s*{_COUNTED}))"), _single),
)


def find_years(text: str, today: date, known: frozenset[int]) -> tuple[YearMention, ...]:
    """Return the stretches of the folded `text` that name years, in order, never overlapping.

    `today` is what 今年 and 近三年 count from; `known` are the years of the catalog, which decide
    what an open range (2015年以前) and a short form (21年) stand for.
    """
    if not _HINT.search(text):
        return ()
    mentions: list[YearMention] = []
    for rule in _RULES:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(start < m.end and m.start < end for m in mentions):
                continue
            if years := rule.years(match, today, known):
                mentions.append(YearMention(years, start, end, rule.relative, rule.vague))
    return _counted_from_named(text, sorted(mentions, key=lambda mention: mention.start))


def _counted_from_named(text: str, mentions: list[YearMention]) -> tuple[YearMention, ...]:
    """Count 上一年 and its like from the year that is named before them, where one is."""
    named: YearMention | None = None
    settled = []
    for one in mentions:
        if not one.relative:
            named = one if len(one.years) == 1 else None
        word = _FROM_NAMED.match(text, one.start)
        if one.relative and named and word and not SAME_PLACE.match(text[named.end : one.start]):
            first = named.years[0]
            year = first + _RELATIVE[word.group()]
            settled.append(replace(one, years=(year,), relative=False, counted_from=first))
        else:
            settled.append(one)
    return tuple(settled)


# Every rule needs one of these; most queries have none and are spared the rules.
_HINT = re.compile(r"年|\d\d|五|[一二][〇零○九]")

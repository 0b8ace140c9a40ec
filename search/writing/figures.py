"""The figures of a sentence with their units and bounds, and whether a text states the same.

Numbers are compared by value, so 1,200件, 1200件 and 一千二百件 are one, and so are 5万 and 50000; the unit
must be the same one, or one of the ways that offices write it. A bound must not be turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from corpus.numerals import read_numeral
from corpus.text import fold
from search.figures import units_agree

_SCALES = {"万": 10_000, "亿": 100_000_000}
_UNITS = (
    "个百分点 百分点 % ‰ 个工作日 工作日 个小时 小时 分钟 万元 亿元 亿美元 万美元 美元 元 "
    "平方公里 平方米 立方米 公里 公顷 吨 亩 人次 条次 场次 批次 班次 辆次 项 次 场 件 篇 条 家 户 人 名 处 "
    "期 所 座 套 台 辆 艘 份 个 天 日 月 年 周 季度 列 倍 位 级 类 种 张 批 届 分"
)
_UNIT = "|".join(sorted(map(re.escape, _UNITS.split()), key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<before>[^\s，。；、]{{0,6}}?)(?P<share>百分之|千分之)?"
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?)"
    rf"(?P<scale>[百千]?[万亿]+)?(?:余|多)?\s*(?P<unit>{_UNIT})?(?P<after>以上|以内|以下|左右|之内)?"
)
_LEAST = re.compile(r"不少于|不低于|至少|超过|突破|以上|不小于|高于|大于")
_MOST = re.compile(r"不超过|不高于|至多|以内|以下|之内|低于|少于|小于|控制在")
_LISTED = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十\d]{1,3}[、.．)）是]|[(（][一二三四五六七八九十\d]{1,3}[)）])"
)


class Bound(Enum):
    """Which side of a figure is promised."""

    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as written, its value, and its bound where words name one."""

    text: str
    value: float
    unit: str | None
    bound: Bound | None


def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the figures of `text` in order; the number of a list item is none.

    A Chinese numeral without a unit is a word (统一, 十分) and no figure.
    """
    folded = fold(text)
    return tuple(_found(_LISTED.sub(lambda mark: " " * len(mark.group()), folded)))


def _found(folded: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(folded):
        number, unit = match["number"], match["unit"]
        if not number[0].isdigit() and unit is None and not match["share"] and not match["scale"]:
            continue
        value = read_numeral(number + (match["scale"] or ""))
        if value is None:
            continue
        if match["share"]:
            unit = {"百分之": "%", "千分之": "‰"}[match["share"]]
        if unit is not None and unit[0] in _SCALES and len(unit) > 1:
            value, unit = value * _SCALES[unit[0]], unit[1:]
        start, end = match.start("share") if match["share"] else match.start("number"), match.end()
        yield Figure(folded[start:end].strip(), value, unit, _bound(folded, start, end))


def _bound(folded: str, start: int, end: int) -> Bound | None:
    clause = re.split(r"[，。；、\n]", folded[max(0, start - 8) : start])[-1] + folded[start:end]
    if _MOST.search(clause):
        return Bound.MOST
    return Bound.LEAST if _LEAST.search(clause) else None


def is_backed(figure: Figure, quotes: str, places: str) -> bool:
    """Whether a quotation states the same figure; a year may also stand in the name of the place."""
    if any(_same(figure, one) for one in figures_in(quotes)):
        return True
    return figure.unit in {None, "年"} and any(
        one.value == figure.value and one.unit in {None, "年"} for one in figures_in(places)
    )


def _same(said: Figure, stated: Figure) -> bool:
    if abs(said.value - stated.value) > 1e-9 * max(1.0, abs(stated.value)):
        return False
    if said.bound is not None and stated.bound is not None and said.bound is not stated.bound:
        return False
    if said.bound is not None and stated.bound is None:
        return False
    if said.unit is None or stated.unit is None:
        return said.unit == stated.unit
    return units_agree(said.unit, stated.unit)

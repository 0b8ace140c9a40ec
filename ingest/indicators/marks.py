"""Commitments written without a plain number: 全覆盖, 零差错, 翻一番, 只减不增, 过半, 居首位, 动态清零."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ingest.indicators.ranks import is_first
from ingest.indicators.scene import Scene


class MarkKind(Enum):
    """What a mark says."""

    COVERAGE = auto()
    ZERO = auto()
    DOUBLING = auto()
    KEPT_DOWN = auto()
    KEPT_UP = auto()
    HALF = auto()
    UNCHANGED = auto()
    FIRST = auto()
    CLEARED = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at `start:end`; `value` is what it comes to."""

    kind: MarkKind
    start: int
    end: int
    value: float
    unit: str | None


_ZERO_OF = "|".join(
    """
    差错 失误 事故 投诉 遗漏 漏报 迟报 瞒报 填埋 排放 伤亡 死亡 积压 超时 延误 泄密
    泄露 违规 违纪 违法 违约 容忍度 感染 返贫 上访 非访 火灾 案件 复发 新增 欠薪 缺陷
    误差 失泄密 信访 偏差 舆情 退件 退文 发生 直排 污染 收费 事件 扩散 死角 盲区 拖欠
    """.split()
)
_MARK = re.compile(
    rf"(?P<coverage>全覆盖)|零(?P<zero>{_ZERO_OF})|(?P<double>翻了?(?P<times>[一两二三四五]|[1-5])?番)"
    r"|(?P<down>只减不增|只降不升|只降不增)|(?P<up>只增不减|只升不降)|(?P<half>过半|半数以上|一半以上)|(?P<unchanged>零增长)"
    r"|(?P<first>首位|榜首)|(?P<cleared>(?:动态|全部|全面|实现|保持)+清零)(?=[，。;、,!) \n]|\Z)"
)
_TIMES = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}


def find_marks(scene: Scene) -> Iterator[Mark]:
    """Yield the marks of a text from left to right."""
    for match in _MARK.finditer(scene.text):
        mark = _mark(match)
        if mark is None or scene.is_quoted(mark.start, mark.end):
            continue
        if mark.kind is not MarkKind.FIRST or is_first(scene, mark.start, mark.end):
            yield mark


def _mark(match: re.Match[str]) -> Mark | None:
    start, end = match.span()
    group = match.lastgroup
    if match["double"]:
        doublings = _TIMES.get(match["times"] or "一", 1)
        return Mark(MarkKind.DOUBLING, start, end, 100.0 * (2**doublings - 1), "%")
    if group == "coverage":
        return Mark(MarkKind.COVERAGE, start, end, 100.0, "%")
    if group == "zero":
        return Mark(MarkKind.ZERO, start, end, 0.0, None)
    if group == "half":
        return Mark(MarkKind.HALF, start, end, 50.0, "%")
    if group == "first":
        return Mark(MarkKind.FIRST, start, end, 1.0, "位")
    if group == "cleared":
        return Mark(MarkKind.CLEARED, start, end, 0.0, None)
    if group == "unchanged":
        return Mark(MarkKind.UNCHANGED, start, end, 0.0, "%")
    return Mark(MarkKind.KEPT_DOWN if group == "down" else MarkKind.KEPT_UP, start, end, 0.0, None)

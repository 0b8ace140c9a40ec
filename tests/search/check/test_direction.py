"""Which way a figure gets better."""

from __future__ import annotations

import pytest

from corpus.model import Comparator, Field, Indicator, Span
from search.check.direction import Better, direction_of

AT_LEAST, AT_MOST, EQUAL = Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUAL


def figure(name: str, op: Comparator, text: str = "") -> Indicator:
    return Indicator(name, op, 10, None, text or name, Span(Field.CONTENT, 0, 1))


@pytest.mark.parametrize(
    ("name", "op", "better"),
    [
        ("公文按期办结率", EQUAL, Better.MORE),
        ("投诉办结率", EQUAL, Better.MORE),
        ("投诉率", EQUAL, Better.LESS),
        ("退文差错率", EQUAL, Better.LESS),
        ("事故死亡人数", EQUAL, Better.LESS),
        ("全市性工作会议", EQUAL, Better.LESS),
        ("新闻发布会", EQUAL, Better.MORE),
        ("市政府文件数量", EQUAL, Better.LESS),
        ("平均办理时限", EQUAL, Better.LESS),
        ("空气优良天数", EQUAL, Better.MORE),
        ("空气质量达标天数", AT_LEAST, Better.MORE),
        ("重污染天数", EQUAL, Better.LESS),
        ("平均办理天数", EQUAL, Better.LESS),
        ("行政成本", EQUAL, Better.LESS),
        ("点位", AT_LEAST, Better.MORE),
        ("点位", AT_MOST, Better.LESS),
        ("点位", EQUAL, Better.UNKNOWN),
        ("文件数量", Comparator.DECREASE, Better.LESS),
        ("生产总值", Comparator.INCREASE, Better.MORE),
        ("办理时限", Comparator.INCREASE, Better.UNKNOWN),
    ],
)
def test_the_name_decides_then_the_bound(name: str, op: Comparator, better: Better) -> None:
    found = direction_of(figure(name, op))
    assert found.better is better
    assert found.reason


def test_faster_is_more_and_a_deed_is_more() -> None:
    assert direction_of(figure("审批时限", Comparator.INCREASE, "审批时限提速60%")).better is Better.MORE
    assert direction_of(figure("排污口", EQUAL), "整治入河排污口60个").better is Better.MORE

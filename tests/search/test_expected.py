"""What questions ask to be told."""

from __future__ import annotations

import pytest

from search.expected import Expected, expected_by


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("热线什么时候开通？", Expected.DATE),
        ("公文办结率是多少", Expected.AMOUNT),
        ("谁来牵头", Expected.WHO),
        ("展馆在哪里", Expected.PLACE),
        ("为什么要压减会议", Expected.REASON),
        ("什么是一件事", Expected.DEFINITION),
        ("有哪些措施", Expected.SEVERAL),
        ("如何提高回复率", Expected.MANNER),
        ("简称叫什么", Expected.NAME),
    ],
)
def test_each_kind(question: str, expected: Expected) -> None:
    assert expected in expected_by(question)


def test_a_topic_asks_nothing() -> None:
    assert expected_by("新闻发布会") == frozenset()

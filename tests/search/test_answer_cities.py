"""Bounds that a question sets to the figures of cities."""

from __future__ import annotations

import pytest

from search.answer_cities import AskedBound, bound_asked, states_bound


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("哪些城市的新增就业目标超过30万人", AskedBound(300000, at_least=True)),
        ("办结率95%以上的城市有哪些", AskedBound(95, at_least=True)),
        ("哪些城市的审批时限不超过3个工作日", AskedBound(3, at_least=False)),
        ("哪些城市提出过办结率", None),
    ],
)
def test_the_bound_asked_for(question: str, bound: AskedBound | None) -> None:
    assert bound_asked(question) == bound


def test_words_of_the_bound_are_no_subject() -> None:
    assert [states_bound(word) for word in ("30万人", "超过", "就业")] == [True, True, False]

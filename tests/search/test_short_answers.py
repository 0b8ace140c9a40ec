"""The shortest stretch of a sentence that answers."""

from __future__ import annotations

import pytest

from search.short_answers import short_answer


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("政务服务热线什么时候开通？", "政务服务热线于2019年5月开通，覆盖全市。", "2019年5月"),
        ("全市有多少家口罩企业？", "目前，全市共有在产口罩企业9家，产能持续提高。", "9家"),
    ],
)
def test_a_date_and_an_amount(question: str, sentence: str, answer: str) -> None:
    found = short_answer(question, sentence)
    assert found is not None
    assert answer in found
    assert len(found) <= len(answer) + 3


def test_it_is_always_a_part_of_the_sentence() -> None:
    sentence = "为方便群众办事，大厅推行“一窗受理”，由审批局负责统筹。"
    for question in ("谁负责统筹", "为什么推行一窗受理", "大厅推行什么", "如何方便群众"):
        found = short_answer(question, sentence)
        assert found is not None
        assert found in sentence


def test_nothing_in_nothing() -> None:
    assert short_answer("是多少", "") is None

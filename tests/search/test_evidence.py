"""What counts as evidence."""

from __future__ import annotations

import pytest

from search.evidence import Subject, Thresholds, is_evidence, make_subject
from search.likeness import Scale
from tests.search.making import found, item

HOTLINE = item("政务热线", "整合12345热线，热线按期回复率98%。")
LIMITS = Thresholds()


def test_the_subject_of_a_topic() -> None:
    assert make_subject("", "2021年有哪些目标") == Subject(())
    assert make_subject("会议数量", "会议数量") == Subject(("会议",), counted=True)
    assert make_subject("记者会", "记者会").variants == (("新闻发布会",),)


def test_official_words_are_worth_a_little_less() -> None:
    subject = make_subject("减少文山会海", "减少文山会海")
    assert subject.share_in("减少会议") == pytest.approx(0.9)
    assert subject.share_in("减少文山会海") == pytest.approx(1.0)


def test_the_head_counts_twice() -> None:
    subject = Subject(("新闻发布会", "预算"))
    assert subject.share_in("新闻发布会") == pytest.approx(5 / 9)
    assert subject.share_in("预算") == pytest.approx(4 / 9)


def test_common_verbs_tell_little() -> None:
    assert Subject(("热线", "提升")).share_in("热线") == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    ("words", "similarity", "evident"),
    [
        (("热线", "回复率"), 0.80, True),
        (("热线", "票价"), 0.84, False),
        (("热线", "票价"), 0.88, False),
        (("票价",), 0.84, False),
        (("票价",), 0.95, True),
    ],
)
def test_evidence(words: tuple[str, ...], similarity: float, evident: bool) -> None:
    assert is_evidence(found(HOTLINE, Subject(words), similarity), LIMITS) is evident


def test_without_a_scale_of_the_model_only_words_are_evidence() -> None:
    unknown = Thresholds(scale=None)
    assert is_evidence(found(HOTLINE, Subject(("热线", "回复率")), 0.1), unknown)
    assert not is_evidence(found(HOTLINE, Subject(("热线", "票价")), 0.99), unknown)


def test_likeness_is_read_on_the_scale_of_the_model() -> None:
    other = Thresholds(scale=Scale(0.1, 0.6))
    assert is_evidence(found(HOTLINE, Subject(("热线", "票价")), 0.58), other)
    assert not is_evidence(found(HOTLINE, Subject(("热线", "票价")), 0.56), other)

"""The subject of a question and how much of it a text holds."""

from __future__ import annotations

import pytest

from search.words import content, content_words, coverage, has_content, overlap


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("公文办结率目标是多少", ("公文", "办结率")),
        ("新闻发布会目标怎么变的", ("新闻发布会",)),
        ("12345热线回复率", ("12345", "热线", "回复率")),
        ("地铁票价是多少？", ("地铁", "票价")),
        ("明天天气怎么样", ("明天", "天气")),
        ("减少文山会海", ("减少", "文山会海")),
        ("有哪些", ()),
    ],
)
def test_content_words(question: str, words: tuple[str, ...]) -> None:
    assert content_words(question) == words if words else not has_content(question)


def test_content_keeps_a_text_that_only_asks() -> None:
    assert content("是多少") == "是多少"
    assert not has_content("有哪些？")


def test_coverage_counts_by_length_and_reads_traditional() -> None:
    words = content_words("公文办结率")
    assert coverage(words, "全年公文按期办结率95%以上") == pytest.approx(1.0)
    assert coverage(words, "全年公文按期辦結率95%以上") == pytest.approx(1.0)
    assert coverage(words, "公文運轉") == pytest.approx(1 / 4)
    assert coverage(words, "地铁票价") == 0.0
    assert coverage((), "公文") == 0.0


def test_a_word_in_pieces_counts_less_than_whole() -> None:
    assert coverage(("回复率",), "及时回复，提高效率") == pytest.approx(0.2)


def test_overlap() -> None:
    assert overlap("公文", "请示报告类公文") == 1.0
    assert overlap("公文", "群众举报") == 0.0
    assert overlap("", "公文") == 0.0

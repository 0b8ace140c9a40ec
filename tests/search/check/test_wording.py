"""Vague words and deadlines."""

from __future__ import annotations

import pytest

from search.check.findings import Severity
from tests.search.check.making import apply, draft, target


def test_vague_words_of_an_item_are_one_finding() -> None:
    one = draft(target("公开", "进一步加强政务公开。大力推进新闻发布，水平明显提升。"))
    (remark,) = apply("vague-words", one)
    assert "用了“进一步加强”、“大力推进”、“明显提升”，" in remark.message
    assert remark.span is not None
    assert one.items[0].item.content[remark.span.start : remark.span.end] == "进一步加强"


@pytest.mark.parametrize(
    "content",
    [
        "力争新闻发布会达到50场以上。",
        "进一步完善《公文处理办法》。",
        "开展创新突破攻坚行动。",
        "协调组织新闻发布会。",
    ],
)
def test_measured_or_plain_words(content: str) -> None:
    assert apply("vague-words", draft(target("公开", content))) == []


def test_a_row_without_the_deadline_that_others_state() -> None:
    one = draft(target("甲", "印发方案。", deadline="6月底前"), target("乙", "检查网站40家。"))
    (remark,) = apply("deadline-missing", one)
    assert remark.target is one.items[1]
    assert remark.severity is None
    assert remark.proposal == "完成时限：12月底前"


def test_something_to_be_made_without_a_time() -> None:
    (remark,) = apply("deadline-missing", draft(target("甲", "建成指挥平台1个。")))
    assert remark.severity is Severity.NOTE
    assert "“建成指挥平台1个”" in remark.message


@pytest.mark.parametrize("content", ["年底前建成指挥平台1个。", "全年检查网站40家。", "检查网站40家。"])
def test_a_time_or_nothing_to_be_made(content: str) -> None:
    assert apply("deadline-missing", draft(target("甲", content))) == []

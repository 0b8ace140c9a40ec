"""What is marked, and why a hit was found."""

from __future__ import annotations

from corpus.model import Comparator, Field, Span
from search.highlight import highlights, matched_words, reasons
from search.results import HighlightKind, Interpreted
from tests.search.making import indicator, item

CONTENT = "整合服务热线,热线按期回复率98%。"
HOTLINE = item(
    "政务热线",
    CONTENT,
    indicator(CONTENT, "热线按期回复率98%", "热线按期回复率", Comparator.EQUAL, 98, "%"),
    basis_text="1.年度工作要点。",
    bases=(("年度工作要点", None),),
    benchmark_text="对标城市为甲市。甲市更快。",
    benchmarks=(("甲市", None, "对标城市为甲市。"),),
)


def test_every_mark_stands_where_it_says() -> None:
    marks = highlights(("热线", "回复率"), HOTLINE)
    for mark in marks:
        assert getattr(HOTLINE.item, mark.span.field)[mark.span.start : mark.span.end] == mark.text
    assert [(mark.kind, mark.span, mark.text) for mark in marks] == [
        (HighlightKind.WORD, Span(Field.NAME, 2, 4), "热线"),
        (HighlightKind.WORD, Span(Field.CONTENT, 4, 6), "热线"),
        (HighlightKind.WORD, Span(Field.CONTENT, 7, 9), "热线"),
        (HighlightKind.FIGURE, Span(Field.CONTENT, 7, 17), "热线按期回复率98%"),
        (HighlightKind.WORD, Span(Field.CONTENT, 11, 14), "回复率"),
        (HighlightKind.BASIS, Span(Field.BASIS, 2, 8), "年度工作要点"),
        (HighlightKind.CITY, Span(Field.BENCHMARK, 5, 7), "甲市"),
    ]


def test_touching_words_are_one_mark() -> None:
    marks = [m for m in highlights(("按期", "回复率"), HOTLINE) if m.kind is HighlightKind.WORD]
    assert [mark.text for mark in marks] == ["按期回复率"]


def test_traditional_text_is_marked_as_written() -> None:
    stored = item("熱線", "政務熱線。")
    assert [mark.text for mark in highlights(("热线",), stored)] == ["熱線", "熱線"]
    assert matched_words(("热线", "公文"), stored) == ("热线",)


def test_pattern_characters_are_plain_text() -> None:
    assert highlights(("(", "."), item("甲", "乙(丙).")) != ()


def test_reasons() -> None:
    interpreted = Interpreted("q", "q", years=(2021,), units=("市政府办公厅",), categories=("工作目标",))
    assert reasons(HOTLINE, interpreted, ("热线",), 0.8312, ("要点",)) == (
        "命中词：热线",
        "相关说法：要点",
        "语义相似度 0.83",
        "同一单位：市政府办公厅",
        "同一年度：2021年",
        "同一类别：工作目标",
    )


def test_contact_people_are_never_matched() -> None:
    stored = item("幼儿园", "新建幼儿园10所。联系人：王小五，联系电话：13800001111。")
    assert matched_words(("王小五", "13800001111", "幼儿园"), stored) == ("幼儿园",)

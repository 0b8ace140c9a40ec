"""Which year a sentence of a report tells of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Comparator, DocumentKind, Field, Indicator, Span, Status
from corpus.stored import StoredItem
from search.told_years import told_year
from tests.search.making import document, indicator, item

TEXT = "新建停车位6万个。"


def stored(
    *headings: str, kind: DocumentKind = DocumentKind.REPORT, status: Status | None = None, text: str = TEXT
) -> StoredItem:
    one = item(None, text, of=replace(document(1, 2021), kind=kind))
    figures: tuple[Indicator, ...] = ()
    if status is not None:
        figures = (replace(indicator(text, "6万个", "停车位", Comparator.EQUAL, 60000, "个"), status=status),)
    return replace(one, item=replace(one.item, heading_path=headings, indicators=figures))


@pytest.mark.parametrize(
    ("headings", "year"),
    [
        (("一、2020年工作回顾", "（一）城市建设"), 2020),
        (("一、过去一年的工作",), 2020),
        (("一、过去五年的回顾",), 2020),
        (("二、2021年工作安排",), 2021),
        (("城市建设",), None),
    ],
)
def test_headings(headings: tuple[str, ...], year: int | None) -> None:
    assert told_year(stored(*headings), Span(Field.CONTENT, 0, len(TEXT))) == year


@pytest.mark.parametrize(("status", "year"), [(Status.ACHIEVED, 2020), (Status.PROMISED, 2021)])
def test_figures_where_headings_say_nothing(status: Status, year: int) -> None:
    assert told_year(stored("城市建设", status=status), Span(Field.CONTENT, 0, len(TEXT))) == year


def test_a_sentence_that_names_its_year() -> None:
    text = "2019年，新建停车位6万个。"
    assert told_year(stored("二、2021年工作安排", text=text), Span(Field.CONTENT, 0, len(text))) == 2019


def test_targets_tell_of_their_own_year() -> None:
    one = stored("一、2020年工作回顾", kind=DocumentKind.TARGETS)
    assert told_year(one, Span(Field.CONTENT, 0, len(TEXT))) == 2021

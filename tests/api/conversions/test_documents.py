from __future__ import annotations

from dataclasses import replace

import pytest

from api.conversions.documents import (
    detail_to_json,
    document_to_json,
    item_to_json,
    number_to_json,
    reading_to_json,
)
from api.schemas.documents import PlaceJson, SpanJson
from corpus.model import Comparator, DocumentKind, Field, Place, Problem, TargetDocument
from tests.api.samples import DOCUMENT, ITEM, RATE, STORED


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (96.0, "96"),
        (97.5, "97.5"),
        (8.5e9, "8500000000"),
        (49.50000000000001, "49.5"),
        (-3.0, "-3"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_numbers_are_integral_where_they_are_and_without_noise(value: float, shown: str) -> None:
    assert repr(number_to_json(value)) == shown


def test_an_item_keeps_every_field() -> None:
    item = item_to_json(ITEM)
    assert (item.category, item.number, item.name, item.content) == (
        ITEM.category,
        ITEM.number,
        ITEM.name,
        ITEM.content,
    )
    rate, cut = item.indicators
    assert (rate.op, rate.value, rate.unit, rate.text) == (Comparator.AT_LEAST, 97.5, "%", RATE.text)
    assert rate.span == SpanJson(Field.CONTENT, RATE.span.start, RATE.span.end)
    assert cut.baseline is not None
    assert repr(cut.baseline.value) == "200"
    assert cut.bound is not None
    assert repr(cut.bound.value) == "180"
    assert item.benchmarks[0].city == "南京市"
    assert (item.bases[0].title, item.bases[0].doc_number) == ("关于优化办件流程的通知", "海政发〔2019〕8号")
    assert item.place == PlaceJson(line=12, page=None, sheet=None, table=None, row=3)


def test_contacts_are_blacked_out_and_spans_that_moved_are_dropped() -> None:
    content = f"联系人：钱某某 联系电话：13900001111\n{ITEM.content}"
    moved = replace(RATE, span=replace(RATE.span, start=RATE.span.start + 30, end=RATE.span.end + 30))
    item = item_to_json(replace(ITEM, content=content, indicators=(moved,)))
    assert "13900001111" not in item.content
    assert "钱某某" not in item.content
    assert ITEM.content in item.content
    assert item.indicators[0].span is None
    assert item.indicators[0].text == RATE.text


def test_a_document_says_what_was_inferred() -> None:
    document = document_to_json(DOCUMENT)
    assert document.inferred == ("year",)
    assert (document.id, document.source, document.item_count) == (7, "2019.txt", 1)


def test_the_text_of_a_document_hides_its_contacts() -> None:
    text = "单位名称：海市办公室     联系人：钱某某      联系电话：85910000\n正文一行。"
    detail = detail_to_json(DOCUMENT, (STORED,), text)
    assert "85910000" not in detail.text
    assert "钱某某" not in detail.text
    assert detail.text.endswith("正文一行。")
    assert [item.id for item in detail.items] == [41]


def test_a_reading_tells_its_problems() -> None:
    document = TargetDocument("a.txt", None, DocumentKind.TARGETS, None, None, None, (ITEM,))
    problem = Problem("a.txt", Place(line=4), "第 4 行没有读懂；请检查。")
    reading = reading_to_json((document,), (problem,))
    assert reading.documents[0].items[0].name == ITEM.name
    assert reading.documents[0].year is None
    assert reading.warnings[0].sentence == problem.sentence
    assert reading.warnings[0].place.line == 4

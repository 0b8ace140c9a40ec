from __future__ import annotations

import json
from dataclasses import replace

import pytest

from api.conversions.checks import lookup_to_json
from api.schemas.checks import LookupJson
from api.web.draft_views import basis_words, lookup_view
from search.lookup import LookupResponse
from search.results import (
    BasisEvidence,
    BenchmarkCity,
    BenchmarkEvidence,
    RankedBasis,
    SearchResponse,
    TrendPoint,
)
from tests.api.samples import CITATION, CITY, CONTENT, HIT, INTERPRETED, NOTICE, RATE


def found(figures: int = 1, hits: int = 1, cities: int = 1, bases: int = 1) -> LookupJson:
    city = BenchmarkCity("南京市", 0.5, (BenchmarkEvidence(CITY, CITATION, 0.75),) * 2)
    basis = RankedBasis(NOTICE.title, NOTICE.doc_number, 2.0, (BasisEvidence(NOTICE, CITATION, 0.75),))
    return lookup_to_json(
        LookupResponse(
            SearchResponse(INTERPRETED, (HIT,) * hits),
            (city,) * cities,
            (basis,) * bases,
            (TrendPoint(2019, RATE, CITATION),) * figures,
            (),
            (),
        )
    )


def keys(view: object) -> tuple[list[int | None], ...]:
    return (
        [one.key for one in view.figures],  # type: ignore[attr-defined]
        [one.best.offer.key for one in view.hits],  # type: ignore[attr-defined]
        [some[0].key for some in view.cities],  # type: ignore[attr-defined]
        [one.key for one in view.bases],  # type: ignore[attr-defined]
    )


def test_every_offer_says_what_it_writes_and_whence() -> None:
    view = lookup_view(found())
    figure = json.loads(view.figures[0].written())
    assert figure["steps"] == [{"into": "content", "how": "insert", "text": RATE.text}]
    assert figure["sources"][0]["label"] == "2019年 海市办公室 · 重点目标 3"
    assert figure["sources"][0]["item_id"] == CITATION.stored.id
    sentence = view.hits[0].best.offer
    source = sentence.sources[0]
    assert source is not None
    assert CONTENT[source.start : source.end] == sentence.steps[0].text
    assert [(one.into, one.how, one.text) for one in view.cities[0][0].steps] == [
        ("benchmark_city", "set", "南京市"),
        ("benchmark_value", "set", "平均用时3天"),
    ]
    assert view.bases[0].steps[0].text == "《关于优化办件流程的通知》（海政发〔2019〕8号）"
    assert view.summary == "1 个往年数值、1 条相似目标、1 个标杆城市、1 份制定依据"
    assert lookup_view(found(0, 0, 0, 0)).summary == "没有找到相关内容"


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ((5, 5, 5, 5), ([1, 2, None, None, None], [3, 4, 5, None, None], [6, 7, None, None, None],
                        [8, 9, None, None, None])),
        ((0, 5, 0, 1), ([], [1, 2, 3, 4, 5], [], [6])),
        ((4, 1, 0, 0), ([1, 2, 3, 4], [5], [], [])),
    ],
)  # fmt: skip
def test_nine_digits_go_to_what_is_likeliest_wanted(
    counts: tuple[int, int, int, int], wanted: tuple[list[int | None], ...]
) -> None:
    assert keys(lookup_view(found(*counts))) == wanted


def test_a_long_sentence_is_shown_short_and_inserted_whole() -> None:
    stored = replace(HIT.stored, item=replace(HIT.stored.item, content="很长" * 300, indicators=()))
    response = SearchResponse(INTERPRETED, (replace(HIT, stored=stored, highlights=()),))
    view = lookup_view(lookup_to_json(LookupResponse(response, (), (), (), (), ())))
    (hit,) = view.hits
    assert "".join(one.text for one in hit.best.marked) == "很长" * 200 + "…"
    assert hit.best.offer.steps[0].text == "很长" * 300
    assert hit.figures == ()


@pytest.mark.parametrize(
    ("title", "number", "wanted"),
    [
        ("甲办法", None, "甲办法"),
        ("《甲》", "海发1号", "《甲》（海发1号）"),
        ("甲", "海发1号", "《甲》（海发1号）"),
    ],
)
def test_bases_as_they_are_written(title: str, number: str | None, wanted: str) -> None:
    assert basis_words(title, number) == wanted

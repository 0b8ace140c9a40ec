from __future__ import annotations

from dataclasses import replace

from api.conversions.relations import bases_to_json, benchmarks_to_json, trends_to_json
from api.conversions.results import answer_to_json, hit_to_json, interpreted_to_json, search_to_json
from api.schemas.results import HighlightJson, RankingJson
from corpus.model import Comparator, Field
from search.results import (
    Answer,
    BasisEvidence,
    BasisResponse,
    BenchmarkCity,
    BenchmarkEvidence,
    BenchmarkResponse,
    RankedBasis,
    Ranking,
    SearchResponse,
    Series,
    TrendPoint,
    TrendResponse,
    Version,
)
from tests.api.samples import CITATION, CITY, CONTENT, HIT, INTERPRETED, ITEM, NOTICE, RATE, STORED


def test_single_filters_stand_beside_their_lists() -> None:
    interpreted = interpreted_to_json(
        replace(INTERPRETED, years=(2012, 2021), phrases=("96%",), excluded=("会议",))
    )
    assert (interpreted.phrases, interpreted.excluded) == (("96%",), ("会议",))
    assert (interpreted.years, interpreted.year) == ((2012, 2021), None)
    assert (interpreted.units, interpreted.unit) == (("海市办公室",), "海市办公室")
    assert interpreted.city is None


def test_a_hit_is_its_item_with_document_and_scores() -> None:
    hit = hit_to_json(HIT)
    assert hit.document.year == 2019
    assert (hit.item_id, hit.name, hit.content) == (41, ITEM.name, CONTENT)
    assert (hit.score, hit.similarity, hit.lexical) == (1, 0.876543, 12.5)
    start = CONTENT.index("办件")
    assert hit.highlights == (HighlightJson("word", Field.CONTENT, start, start + 2, "办件"),)


def test_a_highlight_that_blacking_out_moved_is_dropped() -> None:
    item = replace(ITEM, content=f"联系人：钱某某\n{CONTENT}")
    hit = hit_to_json(replace(HIT, stored=replace(STORED, item=item)))
    assert hit.highlights == ()
    assert "钱某某" not in hit.content


def test_hits_keep_their_order() -> None:
    other = replace(HIT, stored=replace(STORED, id=42))
    response = search_to_json(SearchResponse(INTERPRETED, (other, HIT)))
    assert [hit.item_id for hit in response.hits] == [42, 41]
    assert response.interpreted.text == "办件"


def test_versions_say_where_they_stand_and_what_differs() -> None:
    older = replace(STORED, id=43, document=replace(STORED.document, id=8, year=2018))
    hit = hit_to_json(replace(HIT, versions=(Version(older, 0.81234567, (RATE,)),)))
    (version,) = hit.versions
    assert (version.item_id, version.document.id, version.year) == (43, 8, 2018)
    assert (version.unit, version.city, version.name) == ("海市办公室", "海市", ITEM.name)
    assert (version.content, version.similarity) == (CONTENT, 0.812346)
    assert [(one.name, one.value) for one in version.figures] == [("办件按期办结率", 97.5)]


def test_contacts_of_versions_are_blacked_out() -> None:
    item = replace(ITEM, content="联系人：钱某某，联系电话：85910000。")
    hit = hit_to_json(replace(HIT, versions=(Version(replace(STORED, item=item), 0.8, ()),)))
    assert "钱某某" not in hit.versions[0].content
    assert "85910000" not in hit.versions[0].content


def test_what_decided_the_order_is_said() -> None:
    ranking = Ranking(False, True, ("海市办公室",), "some/judge")
    assert search_to_json(SearchResponse(INTERPRETED, (), ranking)).ranking == RankingJson(
        grouped=False, prefer_recent=True, prefer_units=("海市办公室",), reranker="some/judge"
    )


def test_an_answer_carries_its_citations() -> None:
    answer = answer_to_json(Answer("达到97.5%以上[1]", False, (CITATION,), INTERPRETED, ("说明。",)))
    assert (answer.answer, answer.abstained, answer.notes) == ("达到97.5%以上[1]", False, ("说明。",))
    citation = answer.citations[0]
    assert (citation.source, citation.number, citation.quote) == ("2019.txt", "3", RATE.text)
    assert (citation.document_id, citation.item_id, citation.year) == (7, 41, 2019)
    assert citation.span is not None
    assert CONTENT[citation.span.start : citation.span.end] == citation.quote


def test_cities_bases_and_series() -> None:
    city = BenchmarkCity("南京市", 0.5, (BenchmarkEvidence(CITY, CITATION, 0.75),))
    benchmarks = benchmarks_to_json(BenchmarkResponse(INTERPRETED, (city,)))
    assert benchmarks.cities[0].evidence[0].benchmark.value == "平均用时3天"
    assert benchmarks.cities[0].evidence[0].similarity == 0.75

    basis = RankedBasis(NOTICE.title, NOTICE.doc_number, 2.0, (BasisEvidence(NOTICE, CITATION, 0.75),))
    bases = bases_to_json(BasisResponse(INTERPRETED, (basis,)))
    assert (bases.bases[0].title, bases.bases[0].doc_number) == (NOTICE.title, "海政发〔2019〕8号")
    assert bases.bases[0].evidence[0].citation.source == "2019.txt"

    series = Series("办件按期办结率", "%", (TrendPoint(2019, RATE, CITATION),))
    trends = trends_to_json(TrendResponse(INTERPRETED, (series,)))
    point = trends.series[0].points[0]
    assert (point.year, point.op, point.value, point.unit) == (2019, Comparator.AT_LEAST, 97.5, "%")

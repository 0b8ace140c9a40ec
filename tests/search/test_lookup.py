"""What belongs beside a selected passage."""

from __future__ import annotations

import pytest

from api.checking import passage_of
from index.filters import Filter
from ingest.reading import Hints
from search.asked import Asked
from search.check.rules import Selection
from search.engine import SearchEngine, SearchRequest
from search.fuse import ScoredItem
from search.lookup import LookupResponse
from search.retrieve import Question


def looked_up(
    engine: SearchEngine, text: str, unit: str | None = "市政府办公厅", off: tuple[str, ...] = ()
) -> LookupResponse:
    document = passage_of(text, Hints(unit=unit, year=2022), whole=True)
    return engine.lookup(document, SearchRequest(text, k=3, understand=False), Selection(off))


def test_one_call_gives_items_figures_bases_and_warnings(samples: SearchEngine) -> None:
    response = looked_up(samples, "加快公文运转，全年公文按期办结率达到94%以上。")
    assert response.similar.hits[0].stored.item.name == "提升公文处理质效"
    assert len(response.similar.hits) <= 3
    assert [(point.year, point.indicator.value) for point in response.figures[:2]] == [(2021, 96), (2012, 95)]
    assert "市政府工作规则" in [basis.title for basis in response.bases]
    (warning,) = response.warnings
    assert warning.rule == "figure-worse"
    assert "比2021年承诺的“请示报告类公文办结率96%以上”低了2个百分点" in warning.remark.message
    assert response.skipped == ("basis-wrong-year", "basis-superseded", "near-duplicate", "report-uncovered")


def test_cities_of_a_topic(samples: SearchEngine) -> None:
    response = looked_up(samples, "服务业项目政府审批时限，垄断性中介机构入驻大厅")
    assert {"武汉市", "厦门市"} <= {city.city for city in response.cities}


def test_rules_can_be_switched_off_and_a_stranger_is_compared_with_nobody(samples: SearchEngine) -> None:
    text = "全年公文按期办结率达到94%以上。"
    assert looked_up(samples, text, off=("figure-worse",)).warnings == ()
    stranger = looked_up(samples, text, unit="市教育局")
    assert stranger.warnings == ()
    assert stranger.figures == ()
    anybody = looked_up(samples, text, unit=None)
    assert {2021, 2012} <= {point.year for point in anybody.figures}


def test_candidates_are_retrieved_once(samples: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    embed = samples._question

    def counted(text: str) -> Question:
        calls.append(text)
        return embed(text)

    retrieved: list[object] = []
    retrieve = Asked._retrieve

    def noted(self: Asked, allowed: Filter) -> tuple[ScoredItem, ...]:
        retrieved.append(allowed)
        return retrieve(self, allowed)

    monkeypatch.setattr(samples, "_question", counted)
    monkeypatch.setattr(Asked, "_retrieve", noted)
    looked_up(samples, "新闻发布会")
    assert len(calls) == 1
    assert len(retrieved) == 1

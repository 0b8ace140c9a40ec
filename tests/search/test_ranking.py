"""From candidates to hits, over a few documents and an embedder of character pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.catalog import Catalog, SourceFile
from corpus.model import DocumentKind, Origin, TargetDocument, TargetItem
from index.build import prepare
from index.searcher import Index
from ingest.indicators import find_indicators
from search.engine import SearchEngine, SearchRequest
from search.preferences import NO_HABITS, Habits
from search.rerank import Reranker
from search.results import Ranking, SearchResponse
from tests.api.fake_embedder import FakeEmbedder

ROWS = (
    (2012, "市教育局", ("新建幼儿园10所，新增学位3000个。", "开展消防演练2次，排查校舍隐患。")),
    (2020, "市教育局", ("新建幼儿园12所，新增学位3600个。", "建设智慧校园5个，培训骨干教师。")),
    (2021, "市教育局", ("新建幼儿园15所，新增学位3600个。", "编制校园足球特色方案，举办联赛1次。")),
    (2021, "市民政局", ("新建社区食堂20处，新增助餐点位。", "新建养老床位800张，培训护理人员。")),
)


class Judge:
    """Likes passages about canteens."""

    name = "judge"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float64]:
        self.asked.append(query)
        return np.array([float("食堂" in passage) for passage in passages])


def document(year: int, unit: str, contents: tuple[str, ...]) -> TargetDocument:
    items = [TargetItem("重点目标", str(n), None, content) for n, content in enumerate(contents, 1)]
    return TargetDocument(
        source=f"{unit}{year}.txt",
        title=None,
        kind=DocumentKind.TARGETS,
        unit=unit,
        year=year,
        city="海市",
        items=tuple(replace(one, indicators=find_indicators(one, year)) for one in items),
        unit_origin=Origin.HEADER,
        year_origin=Origin.HEADER,
        city_origin=Origin.HEADER,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalog")


@pytest.fixture(scope="module")
def catalog(folder: Path) -> Iterator[Catalog]:
    catalog, embedder = Catalog.open(folder, create=True), FakeEmbedder()
    for row in ROWS:
        one = document(*row)
        key = one.source
        catalog.store(SourceFile(key, key, key, key, 1, "test"), [prepare(one, embedder)], embedder.record)
    yield catalog
    catalog.close()


class Make:
    """Makes engines over one catalog that differ in settings."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self.catalog = catalog
        self.index = Index(catalog, folder)

    def __call__(self, habits: Habits = NO_HABITS, judge: Reranker | None = None) -> SearchEngine:
        reranker = (lambda: judge) if judge else None
        return SearchEngine(self.catalog, self.index, FakeEmbedder(), habits=habits, reranker=reranker)


@pytest.fixture(scope="module")
def engine(catalog: Catalog, folder: Path) -> Make:
    return Make(catalog, folder)


def years(response: SearchResponse) -> list[int | None]:
    return [hit.stored.document.year for hit in response.hits]


KINDERGARTENS = SearchRequest("新建幼儿园 新增学位", k=1)


def test_one_hit_stands_for_a_promise_of_three_years(engine: Make) -> None:
    response = engine().search(KINDERGARTENS)
    (hit,) = response.hits
    assert "幼儿园" in hit.stored.item.content
    assert response.ranking == Ranking(grouped=True)
    found = [version.stored.document.year for version in hit.versions]
    assert sorted([*found, hit.stored.document.year], key=str) == [2012, 2020, 2021]
    assert found == sorted(found, key=lambda year: -(year or 0))
    for version in hit.versions:
        figures = [one.value for one in version.figures]
        stated = [one.value for one in hit.stored.item.indicators]
        expected = [one.value for one in version.stored.item.indicators if one.value not in stated]
        assert figures == expected != []


def test_groups_count_for_k(engine: Make) -> None:
    hits = engine().search(replace(KINDERGARTENS, k=4)).hits
    assert len(hits) == 4
    assert [len(hit.versions) for hit in hits] == [2, 0, 0, 0]


def test_without_groups_each_is_a_hit(engine: Make) -> None:
    response = engine().search(replace(KINDERGARTENS, k=3, group=False))
    assert sorted(years(response), key=str) == [2012, 2020, 2021]
    assert all("幼儿园" in hit.stored.item.content and not hit.versions for hit in response.hits)
    assert response.ranking.grouped is False


def test_newer_years_first_where_the_user_asks(engine: Make) -> None:
    request = replace(KINDERGARTENS, k=3, group=False, prefer_recent=True)
    response = engine().search(request)
    assert years(response) == [2021, 2020, 2012]
    assert response.ranking.prefer_recent is True
    assert [hit.reasons[-1] for hit in response.hits[:2]] == [
        "较新：2021年（+0.30）",
        "较新：2020年（+0.27）",
    ]
    without = engine().search(replace(request, prefer_recent=None)).hits
    plain = {hit.stored.id: hit.score for hit in without}
    first = response.hits[0]
    assert first.score - plain[first.stored.id] == pytest.approx(0.3, abs=1e-5)


def test_the_settings_hold_where_a_request_says_nothing(engine: Make) -> None:
    of_habit = engine(Habits(recent=True, unit="民政局"))
    response = of_habit.search(SearchRequest("新建", k=2, group=False))
    assert response.ranking == Ranking(False, True, ("市民政局",))
    assert {hit.stored.document.unit for hit in response.hits} == {"市民政局"}
    assert "优先单位：市民政局（+0.50）" in response.hits[0].reasons
    plain = of_habit.search(SearchRequest("新建", group=False, prefer_recent=False, prefer_unit=""))
    assert plain.ranking == Ranking(False)


def test_an_unknown_unit_is_a_note(engine: Make) -> None:
    response = engine().search(replace(KINDERGARTENS, prefer_unit="市水务局"))
    assert response.interpreted.notes[-1] == "目标库中没有单位为“市水务局”的文件，未按单位优先。"
    assert response.ranking.prefer_units == ()


def test_a_second_model_has_its_say(engine: Make) -> None:
    judge = Judge()
    response = engine(judge=judge).search(KINDERGARTENS)
    assert response.hits[0].stored.item.content.startswith("新建社区食堂")
    assert response.ranking.reranker == "judge"
    assert judge.asked == ["新建幼儿园 新增学位"]


def test_only_a_search_asks_the_second_model(engine: Make) -> None:
    judge = Judge()
    engine(judge=judge).ask(SearchRequest("新建幼儿园多少所"))
    assert judge.asked == []


def test_nothing_found_is_nothing_grouped(engine: Make) -> None:
    assert engine(judge=Judge()).search(SearchRequest("幼儿园", year=1999)).hits == ()

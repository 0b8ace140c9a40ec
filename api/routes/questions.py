"""/v1/search, /v1/benchmarks, /v1/bases, /v1/trends."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.paging import Start, link_header
from api.requests import FIRST_YEAR, LAST_YEAR, MOST_HITS
from api.routes.dependencies import Asked, LibraryHere, Searched
from api.routes.responses import PROBLEM_RESPONSES
from api.schemas.carryover import CarryoverJson
from api.schemas.results import (
    BasesJson,
    BenchmarksJson,
    SearchJson,
    TrendsJson,
)
from corpus.errors import WrongUse
from search.results import Comparing

RECENT_YEARS = 3

router = APIRouter(prefix="/v1", tags=["检索与问答"], responses=PROBLEM_RESPONSES)


@router.get(
    "/search",
    summary="检索业务目标，最相关的在最前",
    description="按意思和词语检索历年业务目标；从问句识别出的年份、单位等限定写在 interpreted 里，"
    "排序时考虑了什么写在 ranking 里，不同年份、城市的相同承诺写在 versions 里。"
    "start 跳过前面的结果，响应头 Link 给出下一页的地址；start 与 k 之和不超过 100。",
)
def search(
    library: LibraryHere, asked: Searched, request: Request, response: Response, start: Start = 0
) -> SearchJson:
    """Return the items that answer a query, from number `start` on."""
    until = start + asked.k
    if until > MOST_HITS:
        raise WrongUse(f"start 与 k 之和是 {until}，超过 {MOST_HITS}；请缩小其中一个，或把问题问得更具体。")
    found = library.search(replace(asked, k=until))
    starts = {"first": 0} | ({"prev": max(start - asked.k, 0)} if start else {})
    if len(found.hits) == until <= MOST_HITS - asked.k:
        starts["next"] = until
    response.headers["Link"] = link_header(request, starts)
    return replace(found, hits=found.hits[start:])


@router.get(
    "/benchmarks",
    summary="某项工作历年的标杆城市，以及各城市这项指标的排名",
    description="最相关的城市在最前，附理由、它做到了什么以及出处；standings 是各城市各年承诺或实现的数值，"
    "好的在前，own 为本市，outdated 为过时。",
)
def benchmarks(
    library: LibraryHere,
    request: Asked,
    own_city: Annotated[str | None, Query(description="本市；不写时取目标库里有业务目标的城市")] = None,
    recent: Annotated[int, Query(ge=0, le=100, description="多少年以前的数值算过时")] = RECENT_YEARS,
) -> BenchmarksJson:
    """Return the benchmark cities of a topic and the standings of all cities."""
    return library.benchmarks(request, Comparing(own_city or None, recent))


@router.get(
    "/bases", summary="某项工作历年的制定依据", description="最相关的依据在最前，附文号和引用它的目标。"
)
def bases(library: LibraryHere, request: Asked) -> BasesJson:
    """Return the documents that promises about a topic rest on."""
    return library.bases(request)


@router.get(
    "/trends",
    summary="某项指标历年承诺和实现的数值",
    description="同一指标按年份排列，每个数值附出处；confidence 是与前一个为同一指标的把握，notes 说明变化。",
)
def trends(library: LibraryHere, request: Asked) -> TrendsJson:
    """Return how promised figures changed over the years."""
    return library.trend(request)


@router.get(
    "/benchmarks.svg",
    summary="各城市一项指标的条形图（SVG）",
    description="与 /v1/benchmarks 同样的参数；本市用深色标出，过时的数值用浅色。",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
def benchmarks_chart(
    library: LibraryHere,
    request: Asked,
    own_city: Annotated[str | None, Query(description="本市")] = None,
    recent: Annotated[int, Query(ge=0, le=100, description="多少年以前的数值算过时")] = RECENT_YEARS,
) -> Response:
    """Return a chart of the cities' figures."""
    from api.charts import to_svg
    from api.standings_chart import standings_chart

    found = library.benchmarks(request, Comparing(own_city or None, recent))
    return Response(to_svg(standings_chart(found)), media_type="image/svg+xml")


@router.get(
    "/trends.svg",
    summary="历年数值的折线图（SVG）",
    description="与 /v1/trends 同样的参数；画出最相关的几个序列，承诺和实现分开。",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
def trends_chart(library: LibraryHere, request: Asked) -> Response:
    """Return a chart of how figures changed over the years."""
    from api.charts import to_svg, trend_chart

    return Response(to_svg(trend_chart(library.trend(request))), media_type="image/svg+xml")


@router.get(
    "/carryover",
    summary="某单位某年的目标与上一次相比的去向",
    description="fate 为 continued（延续）、reworded（改写）、new（新增）或 dropped（不再出现）；"
    "figures 是延续的数值。",
)
def carryover(
    library: LibraryHere,
    unit: Annotated[str, Query(min_length=1, description="单位；曾用名也算")],
    year: Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR, description="哪一年的目标")],
    city: Annotated[str | None, Query(description="只看这个城市的单位")] = None,
) -> CarryoverJson:
    """Return what became of a unit's earlier targets."""
    return library.carryover(unit, year, city or None)

"""/v1/search, /v1/ask, /v1/benchmarks, /v1/bases, /v1/trends."""

from __future__ import annotations

from fastapi import APIRouter

from api.library import question
from api.routes.dependencies import Asked, LibraryHere, Searched
from api.routes.responses import PROBLEM_RESPONSES
from api.schemas.results import (
    AnswerJson,
    BasesJson,
    BenchmarksJson,
    QuestionJson,
    SearchJson,
    TrendsJson,
)

router = APIRouter(prefix="/v1", tags=["检索与问答"], responses=PROBLEM_RESPONSES)


@router.get(
    "/search",
    summary="检索业务目标，最相关的在最前",
    description="按意思和词语检索历年业务目标；从问句识别出的年份、单位等限定写在 interpreted 里，"
    "排序时考虑了什么写在 ranking 里，不同年份、城市的相同承诺写在 versions 里。",
)
def search(library: LibraryHere, request: Searched) -> SearchJson:
    """Return the items that answer a query."""
    return library.search(request)


@router.post(
    "/ask",
    summary="回答问题，每句话都注明出处",
    description="数值取自指标表并注明出处；找不到依据时 abstained 为 true。",
)
def ask(library: LibraryHere, asked: QuestionJson) -> AnswerJson:
    """Answer a question from cited facts."""
    return library.ask(
        question(
            asked.question,
            k=asked.k,
            year=asked.year,
            unit=asked.unit,
            category=asked.category,
            city=asked.city,
            understand=asked.understand,
        )
    )


@router.get(
    "/benchmarks",
    summary="某项工作历年的标杆城市",
    description="最相关的城市在最前，每个城市附上它做到了什么以及出处。",
)
def benchmarks(library: LibraryHere, request: Asked) -> BenchmarksJson:
    """Return the benchmark cities of a topic."""
    return library.benchmarks(request)


@router.get(
    "/bases", summary="某项工作历年的制定依据", description="最相关的依据在最前，附文号和引用它的目标。"
)
def bases(library: LibraryHere, request: Asked) -> BasesJson:
    """Return the documents that promises about a topic rest on."""
    return library.bases(request)


@router.get("/trends", summary="某项指标历年承诺的数值", description="同一指标按年份排列，每个数值附出处。")
def trends(library: LibraryHere, request: Asked) -> TrendsJson:
    """Return how promised figures changed over the years."""
    return library.trend(request)

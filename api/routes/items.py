"""/v1/items/{item_id}/history, /v1/compare, /v1/bases/items: what can be told of single items."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.requests import LONGEST_QUERY
from api.routes.dependencies import LibraryHere
from api.routes.responses import NOT_FOUND, PROBLEM_RESPONSES
from api.schemas.items import ComparisonJson, HistoryJson, RestingJson

ItemNumber = Annotated[int, Path(ge=1, le=2**63 - 1, description="条目的编号（item_id）")]

router = APIRouter(prefix="/v1", tags=["检索与问答"], responses=PROBLEM_RESPONSES)


@router.get(
    "/items/{item_id}/history",
    summary="一条目标历年的写法和数值",
    description="在同一单位（含曾用名）历年的业务目标里，或同一城市历年的政府工作报告里，找与它相同的承诺；"
    "confidence 是同一承诺的把握，absent 是有文档但没有找到的年份，series 是至少两年都有的数值。",
    responses=NOT_FOUND,
)
def history(library: LibraryHere, item_id: ItemNumber) -> HistoryJson:
    """Return where an item stood before and where it went on."""
    return library.history(item_id)


@router.get(
    "/items/{item_id}/history.svg",
    summary="一条目标历年数值的折线图（SVG）",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}, **NOT_FOUND},
)
def history_chart(library: LibraryHere, item_id: ItemNumber) -> Response:
    """Return a chart of an item's figures over the years."""
    from api.charts import series_chart, to_svg

    chart = series_chart(library.history(item_id).series)
    return Response(to_svg(chart), media_type="image/svg+xml")


@router.get(
    "/compare",
    summary="几条目标并排对照",
    description="按给出的顺序并排；wording 里 changed 的文字与第一条不同，figures 每行是一项指标。",
    responses=NOT_FOUND,
)
def compare(
    library: LibraryHere,
    items: Annotated[list[int], Query(description="条目的编号，2 到 6 个：items=1&items=2")],
) -> ComparisonJson:
    """Return items side by side."""
    return library.compare(items)


@router.get(
    "/bases/items",
    summary="依据某份文件的全部目标",
    description="basis 是文件的标题或文号；同一标题有不同文号时分别列出，较新的目标在前。",
)
def resting(
    library: LibraryHere,
    basis: Annotated[str, Query(min_length=1, max_length=LONGEST_QUERY, description="标题或文号")],
) -> RestingJson:
    """Return every item that rests on a document."""
    return library.resting(basis)

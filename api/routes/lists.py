"""/v1/documents, /v1/documents/{document_id}/items, /v1/items/{item_id}: what is in the catalog."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.lists import document_page, item_detail, item_page
from api.paging import A_PAGE, Length, Start, link_header, stretches
from api.routes.dependencies import DocumentNumber, LibraryHere
from api.routes.responses import NOT_FOUND, PROBLEM_RESPONSES
from api.schemas.lists import DocumentPageJson, ItemDetailJson, ItemPageJson

ItemNumber = Annotated[int, Path(ge=1, le=2**63 - 1, description="条目的编号（item_id）")]

router = APIRouter(prefix="/v1", tags=["文档"], responses=PROBLEM_RESPONSES)


@router.get(
    "/documents",
    summary="目标库里的文档",
    description="按导入的先后排列，一次最多 length 份，total 是总数；响应头 Link 给出下一页的地址。",
)
def documents(
    library: LibraryHere, request: Request, response: Response, start: Start = 0, length: Length = A_PAGE
) -> DocumentPageJson:
    """List some of the documents."""
    page = document_page(library, start, length)
    response.headers["Link"] = link_header(request, stretches(start, length, page.total))
    return page


@router.get(
    "/documents/{document_id}/items",
    summary="一份文档的条目",
    description="按正文的顺序排列，一次最多 length 条，total 是总数；响应头 Link 给出下一页的地址。",
    responses=NOT_FOUND,
)
def document_items(
    library: LibraryHere,
    request: Request,
    response: Response,
    document_id: DocumentNumber,
    start: Start = 0,
    length: Length = A_PAGE,
) -> ItemPageJson:
    """List some items of a document."""
    page = item_page(library, document_id, start, length)
    response.headers["Link"] = link_header(request, stretches(start, length, page.total))
    return page


@router.get("/items/{item_id}", summary="一条目标和它所在的文档", responses=NOT_FOUND)
def item(library: LibraryHere, item_id: ItemNumber) -> ItemDetailJson:
    """Return an item with its document."""
    return item_detail(library, item_id)

"""/v1/draft/parse, /v1/draft/check, /v1/draft/export: a draft that somebody writes item by item."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import Response

from api.checking import DraftRead
from api.exporting.writing import file_name_of, form_bytes, format_named
from api.library import Library
from api.routes.checks import Submitted, read_submitted
from api.routes.dependencies import LibraryHere, ServiceHere
from api.routes.drafts import FILES
from api.routes.responses import PROBLEM_RESPONSES
from api.routes.uploading import safe_name
from api.schemas.checks import CheckJson, DraftJson
from api.schemas.written_drafts import ReadDraftJson, WrittenDraftJson
from api.written_drafts import checked_draft, document_of, form_of_items, written_of

router = APIRouter(prefix="/v1/draft", tags=["拟写"], responses=PROBLEM_RESPONSES)


@router.post(
    "/parse",
    summary="读出一份草稿文件里的条目，供继续编写",
    description="文件不存入目标库；能读的格式与导入相同。",
)
def parse(service: ServiceHere, file: Annotated[UploadFile, File(description="草稿文件")]) -> ReadDraftJson:
    """Return the items of a file."""
    sent = Submitted(DraftJson(""), safe_name(file.filename), file.file.read())
    read = read_submitted(service, sent)
    return written_of(read.documents)


def review(library: Library, draft: WrittenDraftJson) -> tuple[WrittenDraftJson, CheckJson]:
    """Return the draft as it was reviewed, without empty items, and what was found. Raise WrongUse."""
    from search.check.rules import Selection

    draft = checked_draft(draft)
    selection = Selection(draft.off)
    selection.rules()
    return draft, library.check(DraftRead((document_of(draft),), is_fragment=False), selection)


@router.post(
    "/check",
    summary="对照目标库检查逐条编写的草稿",
    description="与 /v1/check 相同的规则；条目按给出的次序从 1 编号，没有名称和内容的条目不计。",
)
def check(library: LibraryHere, draft: WrittenDraftJson) -> CheckJson:
    """Review a draft given item by item."""
    return review(library, draft)[1]


@router.post(
    "/export",
    summary="把逐条编写的草稿写成文件",
    description="表格的样子与 /v1/draft 导出的相同；inserted 里的文字若仍在原处，就以批注写明出处。",
    response_class=Response,
    responses=FILES,
)
def export(
    library: LibraryHere,
    draft: WrittenDraftJson,
    file_format: Annotated[str, Query(alias="format", description="docx（默认）、xlsx 或 txt")] = "docx",
) -> Response:
    """Return the draft as a file."""
    return exported_draft(library, draft, file_format)


def exported_draft(library: Library, draft: WrittenDraftJson, file_format: str) -> Response:
    """Return the response that carries the draft as a file. Raise WrongUse."""
    kind = format_named(file_format)
    draft = checked_draft(draft)
    taken = sorted({take.item_id for one in draft.items for take in one.inserted})
    form = form_of_items(draft, library.catalog.items(taken) if taken else {})
    name = quote(file_name_of(draft.unit or "", form.title, kind))
    headers = {"Content-Disposition": f"attachment; filename=\"draft.{kind.name}\"; filename*=UTF-8''{name}"}
    return Response(form_bytes(form, kind), media_type=kind.media_type, headers=headers)

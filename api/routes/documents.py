"""/v1/documents: one document, and taking files in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from api.routes.dependencies import DocumentNumber, LibraryHere, ServiceHere
from api.routes.responses import NOT_FOUND, PROBLEM_RESPONSES
from api.routes.uploading import take_in
from api.schemas.documents import DocumentDetailJson
from api.schemas.service import IngestJson, RemovedJson, VocabularyJson

router = APIRouter(prefix="/v1", tags=["文档"], responses=PROBLEM_RESPONSES)


@router.get("/documents/{document_id}", summary="一份文档的条目和正文", responses=NOT_FOUND)
def document(library: LibraryHere, document_id: DocumentNumber) -> DocumentDetailJson:
    """Return a document with its items and its text."""
    return library.document(document_id)


@router.delete("/documents/{document_id}", summary="移除一份文档", responses=NOT_FOUND)
def remove(library: LibraryHere, document_id: DocumentNumber) -> RemovedJson:
    """Take a document out of the catalog."""
    return library.remove(document_id)


@router.get("/vocabulary", summary="年份、单位、类别、城市各有哪些可选的值")
def vocabulary(library: LibraryHere) -> VocabularyJson:
    """Return what the filters can be set to."""
    return library.vocabulary()


@router.post(
    "/documents",
    summary="上传一个文件并导入",
    description="同名文件再次上传时替换原来的；没有变化时不重复导入。新增返回 201，其余返回 200。",
    responses={201: {"description": "已新增"}},
)
def upload(
    service: ServiceHere,
    response: Response,
    file: Annotated[UploadFile, File(description="业务目标文件")],
    unit: Annotated[str, Form(description="指定单位，优先于文件里写的")] = "",
    year: Annotated[str, Form(description="指定年份，优先于文件里写的")] = "",
    city: Annotated[str, Form(description="指定城市，优先于文件里写的")] = "",
) -> IngestJson:
    """Take in one file."""
    summary = take_in(service, file, unit=unit, year=year, city=city)
    if summary.added:
        response.status_code = 201
        taken = summary.files[0].documents
        if taken:
            response.headers["Location"] = f"/v1/documents/{taken[0].id}"
    return summary

"""/v1/documents: one document, and taking files in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from api.keeping import changes_of, correct_document, correct_item, restorable, restore
from api.routes.dependencies import DocumentNumber, LibraryHere, ServiceHere
from api.routes.items import ItemNumber
from api.routes.responses import NOT_FOUND, PROBLEM_RESPONSES
from api.routes.uploading import take_in
from api.schemas.documents import DocumentChangesJson, DocumentDetailJson, ItemChangesJson
from api.schemas.service import IngestJson, RemovedJson, RemovedListJson, RestoredJson, VocabularyJson

router = APIRouter(prefix="/v1", tags=["文档"], responses=PROBLEM_RESPONSES)


@router.get("/documents/{document_id}", summary="一份文档的条目和正文", responses=NOT_FOUND)
def document(library: LibraryHere, document_id: DocumentNumber) -> DocumentDetailJson:
    """Return a document with its items and its text."""
    return library.document(document_id)


@router.patch(
    "/documents/{document_id}",
    summary="手工修正一份文档的单位、年份、城市、标题",
    description="没有写到的不变；unknown 标为不明，take_back 撤回修正。"
    "与年份、单位、城市有关的指标基数、对标城市、向量和全文索引随之重新生成；重新导入同一文件后修正仍然有效。",
    responses=NOT_FOUND,
)
def correct(
    library: LibraryHere, document_id: DocumentNumber, changes: DocumentChangesJson
) -> DocumentDetailJson:
    """Correct a document by hand."""
    return correct_document(library, document_id, changes_of(changes))


@router.patch(
    "/items/{item_id}",
    summary="手工修正一条目标的类别",
    description="category 是类别；unknown 为 true 表示没有类别，take_back 为 true 撤回修正。返回整份文档。",
    responses=NOT_FOUND,
)
def correct_category(
    library: LibraryHere, item_id: ItemNumber, changes: ItemChangesJson
) -> DocumentDetailJson:
    """Correct the category of an item by hand."""
    return correct_item(library, item_id, changes)


@router.delete(
    "/documents/{document_id}",
    summary="移除一份文档",
    description="restore 是撤销移除的地址，在 kept_until 之前、同一文件重新导入之前有效。",
    responses=NOT_FOUND,
)
def remove(library: LibraryHere, document_id: DocumentNumber) -> RemovedJson:
    """Take a document out of the catalog."""
    return library.remove(document_id)


@router.get("/removed", summary="移除后还能恢复的文档")
def removed(library: LibraryHere) -> RemovedListJson:
    """List what can be restored."""
    return restorable(library)


@router.post(
    "/documents/{document_id}/restore",
    summary="恢复一份移除的文档",
    description="文档和条目的编号与移除前相同。",
    responses=NOT_FOUND,
)
def put_back(library: LibraryHere, document_id: DocumentNumber) -> RestoredJson:
    """Put a removed document back."""
    return restore(library, document_id)


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

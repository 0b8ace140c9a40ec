"""The pages of the documents: the list, one document, corrections, taking in and taking out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from fastapi import Form as FormValue
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import keeping
from api.correcting import Changes
from api.library import Library
from api.problem_responses import Refusal
from api.problems import kind_of_code
from api.routes.dependencies import DocumentNumber, LibraryHere, Service, ServiceHere
from api.routes.uploading import receive, take_in
from api.schemas.documents import DocumentDetailJson, DocumentJson
from api.schemas.service import IngestJson, RemovedDocumentJson
from api.web.document_views import (
    correction_of,
    facts_of,
    item_label,
    item_views,
    stages_of,
    value_text,
    warnings_of,
)
from api.web.rendering import page
from api.web.tabs import DOCUMENTS
from corpus.corrections import IDENTITY, Correctable, Value
from corpus.errors import DuibiaoError, WrongUse

router = APIRouter(include_in_schema=False)

GET = ["GET", "HEAD"]
A_PAGE = 100
_SAID = {"added": "已导入：", "replaced": "已更新：", "unchanged": "没有变化："}


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What became of one of several files."""

    source: str
    stage: str
    said: str
    documents: tuple[DocumentJson, ...] = ()


def _matches(document: DocumentJson, words: list[str]) -> bool:
    parts = (document.title, document.unit, document.city, document.path, str(document.year or ""))
    text = " ".join(part for part in parts if part).lower()
    return all(word in text for word in words)


def _removed(library: Library) -> tuple[RemovedDocumentJson, ...]:
    """Return what can be restored; nothing where there is no catalog."""
    try:
        return keeping.restorable(library).removed
    except DuibiaoError:
        return ()


def _documents_page(
    library: Library,
    q: str = "",
    start: int = 0,
    removed_id: int | None = None,
    error: DuibiaoError | Refusal | None = None,
    outcomes: tuple[OutcomeView, ...] = (),
) -> HTMLResponse:
    words = q.lower().split()
    newest_first = reversed(library.documents().documents)
    documents = [one for one in newest_first if _matches(one, words)]
    removed = _removed(library)
    return page(
        "documents.html",
        200 if error is None else kind_of_code(error.code).status,
        tab=DOCUMENTS,
        q=q,
        start=start,
        length=A_PAGE,
        total=len(documents),
        documents=documents[start : start + A_PAGE],
        removed=removed,
        just_removed=next((one for one in removed if one.document.id == removed_id), None),
        outcomes=outcomes,
        max_upload=library.settings.max_upload,
        error=None if error is None else error.sentence,
    )


@router.api_route("/documents", methods=GET)
def documents(
    library: LibraryHere,
    q: str = "",
    start: Annotated[int, Query(ge=0)] = 0,
    removed: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
) -> HTMLResponse:
    """Show the documents of the catalog."""
    return _documents_page(library, q.strip(), start, removed)


@router.api_route("/documents/{document_id}", methods=GET)
def document(library: LibraryHere, document_id: DocumentNumber, saved: str = "") -> HTMLResponse:
    """Show one document with how it was read and its items; each item has an anchor."""
    detail = library.document(document_id)
    return page(
        "document.html",
        tab=DOCUMENTS,
        detail=detail,
        facts=facts_of(detail),
        stages=stages_of(detail),
        warnings=warnings_of(detail.reading),
        views=item_views(detail),
        saved=saved == "1",
    )


def _correct_page(
    library: Library,
    detail: DocumentDetailJson,
    entered: dict[str, str],
    error: DuibiaoError | None = None,
) -> HTMLResponse:
    items = [
        (item, item_label(item, position), None if correction is None else value_text(correction.read))
        for position, item in enumerate(detail.items, start=1)
        for correction in (correction_of(detail, Correctable.CATEGORY, item.id),)
    ]
    return page(
        "document_correct.html",
        200 if error is None else kind_of_code(error.code).status,
        tab=DOCUMENTS,
        detail=detail,
        facts=facts_of(detail),
        items=items,
        vocabulary=library.vocabulary(),
        entered=_standing(detail) | entered,
        error=None if error is None else error.sentence,
    )


def _standing(detail: DocumentDetailJson) -> dict[str, str]:
    """Return what stands in the fields of the form before anybody writes into them."""
    held = {field.value: getattr(detail.document, field) for field in IDENTITY}
    held |= {f"category-{item.id}": item.category for item in detail.items}
    return {name: "" if value is None else str(value) for name, value in held.items()}


@router.api_route("/documents/{document_id}/correct", methods=GET)
def correcting(library: LibraryHere, document_id: DocumentNumber) -> HTMLResponse:
    """Show the form that corrects a document."""
    return _correct_page(library, library.document(document_id), {})


async def _fields(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _changes(detail: DocumentDetailJson, fields: dict[str, str]) -> Changes:
    """Return what differs between the form and the document. Raise WrongUse."""
    if "take_back" in fields:
        return Changes(all_taken_back=True)
    standing = _standing(detail)
    written = {
        name: value.strip() for name, value in fields.items() if value.strip() != standing.get(name, value)
    }
    known: dict[Correctable, Value] = {
        field: _value(field, written[field]) for field in IDENTITY if field in written
    }
    categories = {
        item.id: written[f"category-{item.id}"] or None
        for item in detail.items
        if f"category-{item.id}" in written
    }
    return Changes(known, categories)


def _value(field: Correctable, written: str) -> Value:
    if not written:
        return None
    if field is not Correctable.YEAR:
        return written
    if not (written.isascii() and written.isdigit() and len(written) == 4):
        raise WrongUse(f"年份“{written[:20]}”不对；请写四位数字，例如 2021。")
    return int(written)


@router.post("/documents/{document_id}/correct")
def correct(
    library: LibraryHere, document_id: DocumentNumber, fields: Annotated[dict[str, str], Depends(_fields)]
) -> Response:
    """Save corrections and show the document."""
    detail = library.document(document_id)
    try:
        keeping.correct_document(library, document_id, _changes(detail, fields))
    except WrongUse as error:
        return _correct_page(library, detail, fields, error)
    return RedirectResponse(f"/documents/{document_id}?saved=1", 303)


@router.post("/documents/{document_id}/remove")
def remove(library: LibraryHere, document_id: DocumentNumber) -> Response:
    """Take a document out of the catalog; the page says how to undo it."""
    library.remove(document_id)
    return RedirectResponse(f"/documents?removed={document_id}", 303)


@router.post("/documents/{document_id}/restore")
def restore(library: LibraryHere, document_id: DocumentNumber) -> Response:
    """Put a removed document back and show it."""
    keeping.restore(library, document_id)
    return RedirectResponse(f"/documents/{document_id}", 303)


@router.post("/documents")
def upload(
    service: ServiceHere,
    file: Annotated[list[UploadFile], File()],
    unit: Annotated[str, FormValue()] = "",
    year: Annotated[str, FormValue()] = "",
    city: Annotated[str, FormValue()] = "",
) -> Response:
    """Take in files for a visitor without scripts.

    One that holds one document is shown; else the page of the list says what became of each.
    """
    try:
        summary = _taken_in(service, file, unit=unit, year=year, city=city)
    except (DuibiaoError, Refusal) as error:
        return _documents_page(service.library, error=error)
    taken = [one for outcome in summary.files for one in outcome.documents]
    if len(file) == 1 and len(taken) == 1:
        return RedirectResponse(f"/documents/{taken[0].id}", 303)
    return _documents_page(service.library, outcomes=_outcomes(summary))


def _taken_in(service: Service, file: list[UploadFile], *, unit: str, year: str, city: str) -> IngestJson:
    if len(file) == 1:
        return take_in(service, file[0], unit=unit, year=year, city=city)
    received = receive(service, file, unit=unit, year=year, city=city)
    with received.folder:
        return service.library.ingest_found(received.files, received.hints, lambda _: None)


def _outcomes(summary: IngestJson) -> tuple[OutcomeView, ...]:
    stored = (OutcomeView(one.source, "stored", _SAID[one.outcome], one.documents) for one in summary.files)
    failed = (OutcomeView(one.source, "failed", one.reason) for one in summary.failed)
    return (*stored, *failed)

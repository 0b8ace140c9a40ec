"""The pages of the documents: the list, one document, taking in and taking out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from fastapi import Form as FormValue
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.library import Library
from api.problem_responses import Refusal
from api.problems import kind_of_code
from api.routes.dependencies import DocumentNumber, LibraryHere, ServiceHere
from api.routes.uploading import take_in
from api.schemas.documents import DocumentJson
from api.web.rendering import page
from api.web.tabs import DOCUMENTS
from corpus.errors import DuibiaoError

router = APIRouter(include_in_schema=False)

GET = ["GET", "HEAD"]
A_PAGE = 100


def _matches(document: DocumentJson, words: list[str]) -> bool:
    parts = (document.title, document.unit, document.city, document.path, str(document.year or ""))
    text = " ".join(part for part in parts if part).lower()
    return all(word in text for word in words)


def _documents_page(
    library: Library, q: str, start: int, status: int = 200, error: str | None = None
) -> HTMLResponse:
    words = q.lower().split()
    documents = [one for one in library.documents().documents if _matches(one, words)]
    return page(
        "documents.html",
        status,
        tab=DOCUMENTS,
        q=q,
        start=start,
        length=A_PAGE,
        total=len(documents),
        documents=documents[start : start + A_PAGE],
        error=error,
    )


@router.api_route("/documents", methods=GET)
def documents(library: LibraryHere, q: str = "", start: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
    """Show the documents of the catalog."""
    return _documents_page(library, q.strip(), start)


@router.api_route("/documents/{document_id}", methods=GET)
def document(library: LibraryHere, document_id: DocumentNumber) -> HTMLResponse:
    """Show one document with its items; each item has an anchor."""
    return page("document.html", tab=DOCUMENTS, detail=library.document(document_id))


@router.post("/documents/{document_id}/remove")
def remove(library: LibraryHere, document_id: DocumentNumber) -> Response:
    """Take a document out of the catalog."""
    library.remove(document_id)
    return RedirectResponse("/documents", 303)


@router.post("/documents")
def upload(
    service: ServiceHere,
    file: Annotated[UploadFile, File()],
    unit: Annotated[str, FormValue()] = "",
    year: Annotated[str, FormValue()] = "",
    city: Annotated[str, FormValue()] = "",
) -> Response:
    """Take in a file and show the document it holds; tell on the list's page why it could not be read."""
    try:
        summary = take_in(service, file, unit=unit, year=year, city=city)
    except (DuibiaoError, Refusal) as error:
        status = kind_of_code(error.code).status
        return _documents_page(service.library, "", 0, status, error.sentence)
    taken = summary.files[0].documents
    return RedirectResponse(f"/documents/{taken[0].id}" if len(taken) == 1 else "/documents", 303)

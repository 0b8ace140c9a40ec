"""The pages that ask the catalog something; every one of them works without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.library import Library
from api.problems import kind_of_code
from api.requests import MOST_HITS, question
from api.routes.dependencies import LibraryHere
from api.schemas.results import AnswerJson, BasesJson, BenchmarksJson, SearchJson, TrendsJson
from api.schemas.service import VocabularyJson
from api.web.rendering import page
from api.web.tabs import ASK, BASES, BENCHMARKS, SEARCH, TRENDS, Tab
from api.web.views import FIRST_HITS, Form, answer_parts, chips, hit_view
from corpus.errors import DuibiaoError, WrongUse
from search.engine import SearchRequest

router = APIRouter(include_in_schema=False)

GET = ["GET", "HEAD"]
NO_VOCABULARY = VocabularyJson((), (), (), ())

Found = TypeVar("Found", SearchJson, AnswerJson, BenchmarksJson, BasesJson, TrendsJson)


def _form(
    q: str = "",
    year: str = "",
    unit: str = "",
    category: str = "",
    city: str = "",
    literal: str = "",
    k: Annotated[int, Query(ge=1, le=MOST_HITS)] = FIRST_HITS,
    prefer_recent: str = "",
    prefer_unit: str | None = None,
    group: str = "",
) -> Form:
    filters = (year.strip(), unit, category, city)
    recent = prefer_recent if prefer_recent in {"0", "1"} else ""
    return Form(q.strip(), *filters, literal == "1", k, recent, prefer_unit, group != "0")


FormHere = Annotated[Form, Depends(_form)]


def _request(form: Form) -> SearchRequest:
    if form.year and not (form.year.isascii() and form.year.isdigit() and len(form.year) == 4):
        raise WrongUse(f"年份“{form.year}”不对；请写四位数字，例如 2021。")
    return question(
        form.q,
        k=form.k,
        year=int(form.year) if form.year else None,
        unit=form.unit,
        category=form.category,
        city=form.city,
        understand=not form.literal,
        group=form.grouped,
        prefer_recent=form.prefer_recent == "1" if form.prefer_recent else None,
        prefer_unit=form.prefer_unit,
    )


def _asking_page(
    library: Library, tab: Tab, form: Form, ask: Callable[[SearchRequest], Found]
) -> HTMLResponse:
    """Return the page of one tab: the form, and what was found where something was asked."""
    found: Found | None = None
    error: DuibiaoError | None = None
    vocabulary = NO_VOCABULARY
    try:
        vocabulary = library.vocabulary()
        found = ask(_request(form)) if form.q else None
    except DuibiaoError as met:
        error = met
    return page(
        f"{tab.name}.html",
        kind_of_code(error.code).status if error is not None else 200,
        tab=tab,
        form=form,
        vocabulary=vocabulary,
        settings=library.settings,
        found=found,
        chips=chips(tab.path, form, found.interpreted) if found is not None else (),
        hits=[hit_view(hit) for hit in found.hits] if isinstance(found, SearchJson) else [],
        answer=answer_parts(found.answer, len(found.citations)) if isinstance(found, AnswerJson) else (),
        error=error.sentence if error is not None else None,
    )


@router.api_route("/", methods=GET)
def search(library: LibraryHere, form: FormHere) -> HTMLResponse:
    """Show the items that answer a query."""
    return _asking_page(library, SEARCH, form, library.search)


@router.api_route("/ask", methods=GET)
def ask(library: LibraryHere, form: FormHere) -> HTMLResponse:
    """Show the answer to a question."""
    return _asking_page(library, ASK, form, library.ask)


@router.api_route("/benchmarks", methods=GET)
def benchmarks(library: LibraryHere, form: FormHere) -> HTMLResponse:
    """Show the benchmark cities of a topic."""
    return _asking_page(library, BENCHMARKS, form, library.benchmarks)


@router.api_route("/bases", methods=GET)
def bases(library: LibraryHere, form: FormHere) -> HTMLResponse:
    """Show the documents that promises about a topic rest on."""
    return _asking_page(library, BASES, form, library.bases)


@router.api_route("/trends", methods=GET)
def trends(library: LibraryHere, form: FormHere) -> HTMLResponse:
    """Show how promised figures changed over the years."""
    return _asking_page(library, TRENDS, form, library.trend)

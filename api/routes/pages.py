"""The pages that ask the catalog something; every one of them works without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.library import Library
from api.problems import kind_of_code
from api.requests import MOST_HITS, question
from api.routes.dependencies import LibraryHere
from api.routes.questions import RECENT_YEARS
from api.schemas.results import AnswerJson, BasesJson, BenchmarksJson, SearchJson, TrendsJson
from api.web.forms import FIRST_HITS, Form, chips, facet_groups
from api.web.offered import NOTHING_OFFERED
from api.web.rendering import page
from api.web.standings import sorted_standings, sorting_links
from api.web.tabs import ASK, BASES, BENCHMARKS, SEARCH, TRENDS, Tab
from api.web.views import answer_parts, hit_view
from corpus.errors import DuibiaoError, WrongUse
from corpus.model import DocumentKind
from search.engine import SearchRequest
from search.results import Comparing

router = APIRouter(include_in_schema=False)

GET = ["GET", "HEAD"]

Found = TypeVar("Found", SearchJson, AnswerJson, BenchmarksJson, BasesJson, TrendsJson)
Shown = Mapping[str, object]


def _asked(
    q: str = "",
    year: str = "",
    unit: str = "",
    category: str = "",
    city: str = "",
    literal: str = "",
    k: Annotated[int, Query(ge=1, le=MOST_HITS)] = FIRST_HITS,
) -> Form:
    return Form(q.strip(), year.strip(), unit, category, city, literal == "1", k)


AskedForm = Annotated[Form, Depends(_asked)]


def _searching(
    form: AskedForm,
    kind: str = "",
    prefer_recent: str = "",
    prefer_unit: str | None = None,
    group: str = "",
) -> Form:
    recent = prefer_recent if prefer_recent in {"0", "1"} else ""
    known = kind if kind in set(DocumentKind) else ""
    return replace(form, kind=known, prefer_recent=recent, prefer_unit=prefer_unit, grouped=group != "0")


def _comparing(
    form: AskedForm, own_city: str = "", recent: str = "", sort: str = "", order: str = ""
) -> Form:
    return replace(form, own_city=own_city, recent=recent.strip(), sort=sort, order=order)


def _answering(form: AskedForm, llm: str = "") -> Form:
    return replace(form, llm=llm if llm in {"1", "wait"} else "")


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
    library: Library,
    tab: Tab,
    form: Form,
    ask: Callable[[SearchRequest], Found],
    show: Callable[[Found], Shown] = lambda _: {},
) -> HTMLResponse:
    """Return the page of one tab: the form, and what was found where something was asked."""
    found: Found | None = None
    shown: Shown = {}
    error: DuibiaoError | None = None
    vocabulary = NOTHING_OFFERED
    try:
        vocabulary = library.vocabulary()
        found = ask(_request(form)) if form.q else None
        shown = show(found) if found is not None else {}
    except DuibiaoError as met:
        error = met
    return page(
        f"{tab.name}.html",
        kind_of_code(error.code).status if error is not None else 200,
        None,
        tab=tab,
        form=form,
        vocabulary=vocabulary,
        settings=library.settings,
        found=found,
        chips=chips(tab.path, form, found.interpreted) if found is not None else (),
        error=error.sentence if error is not None else None,
        **shown,
    )


@router.api_route("/", methods=GET)
def search(library: LibraryHere, form: Annotated[Form, Depends(_searching)]) -> HTMLResponse:
    """Show the items that answer a query."""

    def ask(request: SearchRequest) -> SearchJson:
        kind = DocumentKind(form.kind) if form.kind else None
        return library.search(replace(request, kind=kind, facets=True))

    def show(found: SearchJson) -> Shown:
        facets = found.facets
        groups = () if facets is None else facet_groups(SEARCH.path, form, found.interpreted, facets)
        return {"hits": [hit_view(hit) for hit in found.hits], "facets": groups}

    return _asking_page(library, SEARCH, form, ask, show)


@router.api_route("/ask", methods=GET)
def ask(library: LibraryHere, form: Annotated[Form, Depends(_answering)]) -> HTMLResponse:
    """Show the answer to a question; a model's words are waited for only where scripts cannot fetch them."""
    has_model = library.settings.language_model is not None

    def answer(request: SearchRequest) -> AnswerJson:
        return library.ask_model(request) if form.llm == "wait" and has_model else library.ask(request)

    def show(found: AnswerJson) -> Shown:
        return {"answer": answer_parts(found.answer, len(found.citations))}

    return _asking_page(library, ASK, form, answer, show)


@router.api_route("/benchmarks", methods=GET)
def benchmarks(library: LibraryHere, form: Annotated[Form, Depends(_comparing)]) -> HTMLResponse:
    """Show the benchmark cities of a topic and the standings of all cities, in the order asked for."""

    def compared(request: SearchRequest) -> BenchmarksJson:
        recent = form.recent or str(RECENT_YEARS)
        if not (recent.isascii() and recent.isdigit() and int(recent) <= 100):
            raise WrongUse(f"年数“{form.recent}”不对；请写 0 到 100 之间的整数。")
        return library.benchmarks(request, Comparing(form.own_city or None, int(recent)))

    def show(found: BenchmarksJson) -> Shown:
        from api.charts import to_svg
        from api.standings_chart import standings_chart

        return {
            "rows": sorted_standings(found.standings, form.sort, descending=form.order == "desc"),
            "columns": sorting_links(BENCHMARKS.path, form),
            "own": next((row for row in found.standings if row.own and row.rank is not None), None),
            "chart": to_svg(standings_chart(found)),
        }

    return _asking_page(library, BENCHMARKS, form, compared, show)


@router.api_route("/bases", methods=GET)
def bases(library: LibraryHere, form: AskedForm) -> HTMLResponse:
    """Show the documents that promises about a topic rest on."""
    return _asking_page(library, BASES, form, library.bases)


@router.api_route("/trends", methods=GET)
def trends(library: LibraryHere, form: AskedForm) -> HTMLResponse:
    """Show how promised figures changed over the years."""

    def show(found: TrendsJson) -> Shown:
        from api.charts import to_svg, trend_chart

        return {"chart": to_svg(trend_chart(found))}

    return _asking_page(library, TRENDS, form, library.trend, show)

"""The pages about single items, about what became of a unit's targets, and the help."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.charts import series_chart, to_svg
from api.library import Library
from api.problems import kind_of_code
from api.routes.dependencies import LibraryHere
from api.routes.items import ItemNumber
from api.schemas.carryover import CarryoverJson
from api.web.carried import CarryoverForm, fates
from api.web.rendering import page
from api.web.tabs import BASES, SEARCH, TRENDS
from corpus.errors import DuibiaoError, WrongUse

router = APIRouter(include_in_schema=False)

GET = ["GET", "HEAD"]


@router.api_route("/items/{item_id}/history", methods=GET)
def history(library: LibraryHere, item_id: ItemNumber) -> HTMLResponse:
    """Show an item over the years."""
    found = library.history(item_id)
    chart = to_svg(series_chart(found.series)) if found.series else None
    return page("history.html", tab=SEARCH, found=found, chart=chart)


@router.api_route("/compare", methods=GET)
def compare(library: LibraryHere, items: Annotated[list[str] | None, Query()] = None) -> HTMLResponse:
    """Show items side by side; their numbers may be repeated or separated by commas."""
    numbers = [one.strip() for part in items or [] for one in part.split(",") if one.strip()]
    if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in numbers):
        raise WrongUse("条目的编号应当是整数；请回到检索结果，重新选择要对照的条目。")
    return page("compare.html", tab=SEARCH, found=library.compare([int(one) for one in numbers]))


@router.api_route("/bases/items", methods=GET)
def resting(library: LibraryHere, basis: str = "") -> HTMLResponse:
    """Show every item that rests on a document."""
    return page("resting.html", tab=BASES, found=library.resting(basis))


@router.api_route("/carryover", methods=GET)
def carryover(
    library: LibraryHere, unit: str = "", year: str = "", city: str = "", fate: str = ""
) -> HTMLResponse:
    """Show what became of a unit's earlier targets in those of a year."""
    form = CarryoverForm(unit.strip(), year.strip(), city, fate)
    found: CarryoverJson | None = None
    error: DuibiaoError | None = None
    try:
        found = _carried(library, form) if form.unit or form.year else None
    except DuibiaoError as met:
        error = met
    return page(
        "carryover.html",
        kind_of_code(error.code).status if error is not None else 200,
        tab=TRENDS,
        form=form,
        vocabulary=library.vocabulary(),
        found=found,
        fates=fates(form, found) if found is not None else (),
        error=error.sentence if error is not None else None,
    )


def _carried(library: Library, form: CarryoverForm) -> CarryoverJson:
    if not form.unit or not form.year:
        raise WrongUse("单位和年份都要写；请补上后再查。")
    if not (form.year.isascii() and form.year.isdigit() and len(form.year) == 4):
        raise WrongUse(f"年份“{form.year}”不对；请写四位数字，例如 2021。")
    return library.carryover(form.unit, int(form.year), form.city or None)


@router.api_route("/help", methods=GET)
def help_page() -> HTMLResponse:
    """Show how the pages are used, with the keyboard too."""
    return page("help.html", tab=None)

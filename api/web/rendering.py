"""Fill the templates; everything that comes from documents or visitors is text, never markup."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api import wording
from api.problems import ProblemKind
from api.web.check_views import place_words
from api.web.shortcuts import SHORTCUTS
from api.web.tabs import TABS

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["wording"] = wording
    environment.globals["tabs"] = TABS
    environment.globals["shortcuts"] = SHORTCUTS
    environment.globals["place_words"] = place_words
    return environment


def page(
    template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """Return the page that `template` makes of `values`."""
    return HTMLResponse(rendered(template, **values), status, headers)


def rendered(template: str, **values: object) -> str:
    """Return the text that `template`, of HTML or XML, makes of `values`; all of them are escaped."""
    return _environment().get_template(template).render(**values)


def problem_page(kind: ProblemKind, sentence: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """Return the page that tells a person of a problem."""
    return page("problem.html", kind.status, headers, tab=None, title=kind.title, sentence=sentence)

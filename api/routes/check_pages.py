"""The page that reviews a draft: a file or a text goes in, the report comes out."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi import Form as FormValue
from fastapi.responses import HTMLResponse

from api.library import Library
from api.problems import kind_of_code
from api.routes.checks import Submitted, checked
from api.routes.dependencies import LibraryHere, Service, ServiceHere
from api.routes.uploading import safe_name
from api.schemas.checks import CheckJson, DraftJson
from api.web.check_views import downloads, place_words, report_views, rule_choices
from api.web.offered import offered
from api.web.plain_forms import PlainForm
from api.web.rendering import page
from api.web.tabs import CHECK
from corpus.errors import DuibiaoError, WrongUse

router = APIRouter(include_in_schema=False)

GET = ["GET", "HEAD"]


def _check_page(
    library: Library,
    form: PlainForm,
    rules: tuple[str, ...] | None,
    review: CheckJson | None = None,
    error: DuibiaoError | None = None,
) -> HTMLResponse:
    vocabulary, unasked = offered(library)
    error = error or unasked
    return page(
        "check.html",
        200 if error is None else kind_of_code(error.code).status,
        tab=CHECK,
        form=form,
        vocabulary=vocabulary,
        rules=rule_choices(rules),
        check=review,
        reports=report_views(review) if review is not None else (),
        downloads=downloads(review, version("duibiao")) if review is not None else (),
        place_words=place_words,
        error=error.sentence if error is not None else None,
    )


@router.api_route("/check", methods=GET)
def ask(library: LibraryHere, unit: str = "", year: str = "") -> HTMLResponse:
    """Show the form."""
    return _check_page(library, PlainForm("", unit.strip(), year.strip()), None)


@router.post("/check")
def review(
    service: ServiceHere,
    file: Annotated[UploadFile | None, File()] = None,
    text: Annotated[str, FormValue()] = "",
    unit: Annotated[str, FormValue()] = "",
    year: Annotated[str, FormValue()] = "",
    city: Annotated[str, FormValue()] = "",
    rule: Annotated[list[str] | None, FormValue()] = None,
    chosen: Annotated[str, FormValue()] = "",
) -> HTMLResponse:
    """Show what the ticked rules find in a file or a text; `chosen` says that rules could be ticked."""
    form = PlainForm(text.strip(), unit.strip(), year.strip(), city.strip())
    rules = tuple(rule or ()) if chosen else None
    try:
        found = _reviewed(service, form, rules, file)
    except DuibiaoError as error:
        return _check_page(service.library, form, rules, error=error)
    return _check_page(service.library, form, rules, found)


def _reviewed(
    service: Service, form: PlainForm, rules: tuple[str, ...] | None, file: UploadFile | None
) -> CheckJson:
    if rules == ():
        raise WrongUse("一条规则也没有选；请至少选一条再检查。")
    asked = DraftJson(form.text, form.unit or None, form.checked_year(), form.city or None, only=rules or ())
    if file is None or not file.filename:
        if not form.text:
            raise WrongUse("没有要检查的内容；请选择草稿文件，或把文字贴在文本框里。")
        return checked(service, Submitted(asked))
    return checked(service, Submitted(asked, safe_name(file.filename), file.file.read()))

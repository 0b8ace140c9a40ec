"""The draft workspace, and the stretches of page that it fetches while somebody writes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Form as FormValue
from fastapi.responses import HTMLResponse

from api.conversions.drafts import proposal_to_json
from api.drafting import LONGEST_TOPIC, draft_request
from api.library import Library
from api.problems import kind_of_code
from api.requests import require_year
from api.routes.dependencies import LibraryHere
from api.routes.written_drafts import review
from api.schemas.checks import CheckJson, PassageJson
from api.schemas.drafts import ProposalJson, TopicsJson
from api.schemas.written_drafts import WrittenDraftJson
from api.web.draft_edits import Edit, cited_items, edit_of
from api.web.draft_proposals import ProposedView, proposal_views
from api.web.draft_views import LookupView, lookup_view
from api.web.offered import offered
from api.web.plain_forms import PlainForm
from api.web.rendering import page
from api.web.tabs import DRAFT
from api.written_drafts import document_of
from corpus.errors import DuibiaoError
from ingest.reading import Hints

router = APIRouter(include_in_schema=False)

GET = ["GET", "HEAD"]


def _draft_page(
    library: Library,
    form: PlainForm,
    view: LookupView | None = None,
    proposal: ProposalJson | None = None,
    error: DuibiaoError | None = None,
) -> HTMLResponse:
    vocabulary, unasked = offered(library)
    error = error or unasked
    return page(
        "draft.html",
        200 if error is None else kind_of_code(error.code).status,
        tab=DRAFT,
        form=form,
        vocabulary=vocabulary,
        view=view,
        proposal=proposal,
        proposed=_views(proposal),
        live=False,
        error=error.sentence if error is not None else None,
    )


def _views(proposal: ProposalJson | None) -> tuple[ProposedView, ...]:
    return proposal_views(proposal) if proposal is not None else ()


@router.api_route("/draft", methods=GET)
def workspace(library: LibraryHere, q: str = "", unit: str = "", year: str = "") -> HTMLResponse:
    """Show the workspace; `q` is a topic to begin with."""
    return _draft_page(library, PlainForm(q.strip()[:LONGEST_TOPIC], unit.strip(), year.strip()))


@router.post("/draft")
def ask_plainly(
    library: LibraryHere,
    text: Annotated[str, FormValue()] = "",
    unit: Annotated[str, FormValue()] = "",
    year: Annotated[str, FormValue()] = "",
    city: Annotated[str, FormValue()] = "",
    wanted: Annotated[str, FormValue()] = "lookup",
) -> HTMLResponse:
    """Answer a visitor without JavaScript: what belongs beside a text, or a proposed item about it."""
    form = PlainForm(text.strip(), unit.strip(), year.strip(), city.strip())
    try:
        if wanted == "propose":
            asked = draft_request([form.text], form.unit, form.required_year(), form.city or None)
            return _draft_page(library, form, proposal=proposal_to_json(library.draft(asked)))
        passage = PassageJson(form.text, form.checked_year(), form.unit or None, form.city or None)
        return _draft_page(library, form, view=_looked_up(library, passage))
    except DuibiaoError as error:
        return _draft_page(library, form, error=error)


def _looked_up(library: Library, passage: PassageJson) -> LookupView:
    if passage.year is not None:
        require_year(passage.year)
    hints = Hints(unit=passage.unit or None, year=passage.year, city=passage.city or None)
    return lookup_view(library.lookup(passage, hints))


def _failed(error: DuibiaoError) -> HTMLResponse:
    return page("draft_error.html", kind_of_code(error.code).status, sentence=error.sentence)


@router.post("/draft/lookup")
def look_up(library: LibraryHere, passage: PassageJson) -> HTMLResponse:
    """Return what belongs beside a passage, as a stretch of page with what can be inserted."""
    try:
        return page("draft_lookup.html", view=_looked_up(library, passage), live=True)
    except DuibiaoError as error:
        return _failed(error)


@router.post("/draft/propose")
def propose(library: LibraryHere, asked: TopicsJson) -> HTMLResponse:
    """Return a proposed item for each topic, as a stretch of page to choose from."""
    try:
        drafted = library.draft(draft_request(asked.topics, asked.unit, asked.year, asked.city))
    except DuibiaoError as error:
        return _failed(error)
    proposal = proposal_to_json(drafted)
    return page("draft_proposal.html", proposal=proposal, proposed=_views(proposal), live=True)


@router.post("/draft/review")
def review_draft(library: LibraryHere, draft: WrittenDraftJson) -> HTMLResponse:
    """Return what a review finds, item by item, each with what accepts its proposed wording."""
    try:
        draft, checked = review(library, draft)
        edits = _edits(library, draft, checked)
    except DuibiaoError as error:
        return _failed(error)
    return page("draft_findings.html", check=checked, document=checked.documents[0], edits=edits)


def _edits(library: Library, draft: WrittenDraftJson, checked: CheckJson) -> tuple[Edit | None, ...]:
    items = document_of(draft).items
    findings = checked.documents[0].findings
    cited = cited_items(findings)
    stored = library.catalog.items(cited) if cited else {}
    return tuple(edit_of(one, items[one.item - 1] if one.item else None, stored) for one in findings)

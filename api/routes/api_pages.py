"""The page that shows the description of the service to people: no script, nothing from elsewhere."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.web.described import described
from api.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/api")
def api(request: Request) -> HTMLResponse:
    """Show every operation with its parameters, answers and problems."""
    description = described(request.app.openapi())
    return page("api.html", tab=None, description=description)

"""/v1/draft."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.conversions.drafts import proposal_to_json
from api.drafting import draft_request
from api.exporting.writing import FORMATS, Format, exported, file_name, format_named
from api.routes.dependencies import LibraryHere
from api.routes.responses import PROBLEM_RESPONSES
from api.schemas.drafts import ProposalJson, TopicsJson

router = APIRouter(prefix="/v1", tags=["拟写"], responses=PROBLEM_RESPONSES)

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "草稿",
        "content": {
            kind.media_type: {"schema": {"type": "string", "format": "binary"}} for kind in FORMATS.values()
        },
    }
}


def _wanted(request: Request, named: str | None) -> Format | None:
    """Return the file asked for by name, or by the header Accept; `None` means JSON. Raise WrongUse."""
    if named is not None and named.strip().lower() != "json":
        return format_named(named)
    accepted = request.headers.get("accept", "")
    if named is not None or "json" in accepted:
        return None
    return next((kind for kind in FORMATS.values() if kind.media_type.split(";")[0] in accepted), None)


@router.post(
    "/draft",
    summary="按主题拟写下一年的目标",
    description="写法、数值、标杆和依据都取自往年，逐句注明出处；没有依据的主题写在 missing 里。"
    "format 为 docx、xlsx、txt（或以 Accept 说明）时返回文件。",
    response_model=ProposalJson,
    responses=FILES,
)
def draft(
    library: LibraryHere,
    request: Request,
    asked: TopicsJson,
    file_format: Annotated[
        str | None, Query(alias="format", description="json（默认）、docx、xlsx 或 txt")
    ] = None,
) -> ProposalJson | Response:
    """Propose items for some topics, as JSON or as a file."""
    kind = _wanted(request, file_format)
    drafted = library.draft(draft_request(asked.topics, asked.unit, asked.year, asked.city))
    if kind is None:
        return proposal_to_json(drafted)
    name = quote(file_name(drafted, kind))
    headers = {"Content-Disposition": f"attachment; filename=\"draft.{kind.name}\"; filename*=UTF-8''{name}"}
    return Response(exported(drafted, kind), media_type=kind.media_type, headers=headers)

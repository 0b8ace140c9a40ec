"""/v1/insertions, /v1/citations/verify: what an editor inserts, and whether it still holds."""

from __future__ import annotations

from fastapi import APIRouter

from api.citing import inserted, verified
from api.routes.dependencies import LibraryHere
from api.routes.responses import NOT_FOUND, PROBLEM_RESPONSES
from api.schemas.citations import InsertionAskedJson, InsertionJson, MarksJson, VerificationJson

router = APIRouter(prefix="/v1", tags=["检查与提示"], responses=PROBLEM_RESPONSES)


@router.post(
    "/insertions",
    summary="把一条目标插进文稿所需的文字、表格行和引文",
    description="field、start、end 是要引用的文字在条目里的位置，不给时引用整条内容；headers 是光标所在表格的"
    "表头，cells 与它一一对应。引文带有标记，以后可以用 /v1/citations/verify 核对。不改变目标库。",
    responses=NOT_FOUND,
)
def insertions(library: LibraryHere, asked: InsertionAskedJson) -> InsertionJson:
    """Return what can be inserted of an item."""
    return inserted(library, asked)


@router.post(
    "/citations/verify",
    summary="核对引文的出处",
    description="marks 是引文的标记，text 是含有标记的文字，至少给出一种。"
    "unchanged 原文未变，changed 原文已改，removed 出处已移除，unreadable 标记不完整。",
)
def verify(library: LibraryHere, asked: MarksJson) -> VerificationJson:
    """Return what became of citations."""
    return verified(library, asked)

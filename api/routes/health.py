"""/healthz and /readyz: what supervises the service asks these."""

from __future__ import annotations

from fastapi import APIRouter

from api.problem_responses import Refusal
from api.routes.dependencies import ServiceHere
from api.routes.responses import PROBLEM_RESPONSES
from api.schemas.service import StateJson

router = APIRouter(tags=["运行状态"], responses={503: PROBLEM_RESPONSES[503]})


@router.get("/healthz", summary="服务进程是否活着", description="只要进程能应答就返回 ok。")
async def healthz() -> StateJson:
    """Say that the process lives, however many threads are busy."""
    return StateJson("ok")


@router.get(
    "/readyz",
    summary="服务是否可以回答问题",
    description="目标库和模型都可用时返回 ready，否则返回 503 和原因。",
)
def readyz(service: ServiceHere) -> StateJson:
    """Say whether questions are answered, or why not."""
    if not service.warmed.is_set():
        raise Refusal("not-ready", "服务正在载入模型和索引；请几秒后再试。")
    service.library.warm()
    service.library.catalog.state()
    return StateJson("ready")

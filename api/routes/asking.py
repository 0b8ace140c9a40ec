"""/v1/ask and /v1/ask/stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from api.asking import Event
from api.requests import question
from api.routes.dependencies import LibraryHere
from api.routes.responses import PROBLEM_RESPONSES
from api.schemas.results import AnswerJson, QuestionJson
from search.engine import SearchRequest

EVENT_STREAM = "text/event-stream"

router = APIRouter(prefix="/v1", tags=["检索与问答"], responses=PROBLEM_RESPONSES)


@router.post(
    "/ask",
    summary="回答问题，每句话都注明出处",
    description="数值取自指标表并注明出处；找不到依据时 abstained 为 true。"
    "llm 为 true 时请设置好的语言模型改写，每句与出处核对，没有通过的删去并写在 llm.removed 里。"
    "请求头 Accept 为 text/event-stream 时与 /v1/ask/stream 相同。",
    response_model=AnswerJson,
)
def ask(library: LibraryHere, asked: QuestionJson, request: Request) -> AnswerJson | Response:
    """Answer a question from cited facts."""
    if EVENT_STREAM in request.headers.get("accept", ""):
        return ask_stream(library, asked)
    return library.ask_model(_asked(asked)) if asked.llm else library.ask(_asked(asked))


@router.post(
    "/ask/stream",
    summary="回答问题，边写边给",
    description="事件依次是 answer（直接取自原文的回答）、sentence（语言模型写的、与出处核对过的一句）、"
    "removed（没有通过核对的一句和原因）、done（最后成立的回答）。",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENT_STREAM: {}}}},
)
def ask_stream(library: LibraryHere, asked: QuestionJson) -> StreamingResponse:
    """Answer a question in events; the cited answer comes first, the one that stands last."""
    happened = library.written(_asked(asked), llm=asked.llm)
    return StreamingResponse(_lines(happened), media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})


def _lines(happened: Iterator[Event]) -> Iterator[str]:
    for event in happened:
        yield f"event: {event.name}\ndata: {json.dumps(asdict(event.value), ensure_ascii=False)}\n\n"


def _asked(asked: QuestionJson) -> SearchRequest:
    return question(
        asked.question,
        k=asked.k,
        year=asked.year,
        unit=asked.unit,
        category=asked.category,
        city=asked.city,
        understand=asked.understand,
    )

"""/v1/ingests: several files at once, taken in while their progress is told."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Header, Path, Request, Response, UploadFile
from starlette.responses import StreamingResponse

from api.ingest_jobs import IngestJob, IngestJobs
from api.routes.dependencies import ServiceHere
from api.routes.responses import PROBLEM_RESPONSES, problem_of
from api.routes.uploading import receive
from api.schemas.ingests import IngestJobJson

EVENT_STREAM = "text/event-stream"
_LOOK_AGAIN = 0.1  # seconds
_STILL_HERE = 15.0  # seconds without news until a proxy must be told that the stream lives

router = APIRouter(prefix="/v1/ingests", tags=["文档"], responses=PROBLEM_RESPONSES)


async def _ingests(request: Request) -> IngestJobs:
    ingests: IngestJobs = request.app.state.ingests
    return ingests


IngestsHere = Annotated[IngestJobs, Depends(_ingests)]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="导入的编号")]
UNKNOWN = problem_of(404, "没有这一批导入")


@router.post(
    "",
    status_code=202,
    summary="上传一个或多个文件，立即返回，随后导入",
    description="先返回这一批的编号；进展见 /v1/ingests/{job_id}/events。一次最多 200 个文件，"
    "合计不超过上传的上限。等待的批次太多时返回 429。",
    responses=problem_of(429, "等待导入的批次太多"),
)
def start(
    service: ServiceHere,
    ingests: IngestsHere,
    response: Response,
    file: Annotated[list[UploadFile], File(description="业务目标文件，可以有多个")],
    unit: Annotated[str, Form(description="指定单位，优先于文件里写的")] = "",
    year: Annotated[str, Form(description="指定年份，优先于文件里写的")] = "",
    city: Annotated[str, Form(description="指定城市，优先于文件里写的")] = "",
) -> IngestJobJson:
    """Take files on."""
    received = receive(service, file, unit=unit, year=year, city=city)
    job = received.start(ingests)
    response.headers["Location"] = f"/v1/ingests/{job.id}"
    return job.state()


@router.get("/{job_id}", summary="一批导入进展到哪里", responses=UNKNOWN)
async def state(ingests: IngestsHere, job_id: JobId) -> IngestJobJson:
    """Tell how far a job is."""
    return ingests.job(job_id).state()


@router.get(
    "/{job_id}/events",
    summary="一批导入的进展，逐条送来",
    description="事件 file 是一个文件到了哪一步："
    "reading、extraction、embedding，然后是 stored、unchanged 或 failed；"
    "最后一个是 done（总结）或 ended（提前结束和原因）。断线后带上 Last-Event-ID 重新连接，从断处继续。",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENT_STREAM: {}}}, **UNKNOWN},
)
async def events(
    ingests: IngestsHere,
    job_id: JobId,
    last_event_id: Annotated[str, Header(description="收到的最后一个事件的编号")] = "",
) -> Response:
    """Tell what happens to a job, from the event after the last one received."""
    job = ingests.job(job_id)
    seen = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() else 0
    if job.finished and seen >= len(job.happened):
        return Response(status_code=204)  # which tells a browser not to connect again
    return StreamingResponse(
        _stream(ingests, job, seen), media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"}
    )


async def _stream(ingests: IngestJobs, job: IngestJob, seen: int) -> AsyncIterator[str]:
    told = time.monotonic()
    yield "retry: 2000\n\n"
    while True:
        finished = job.finished  # before looking: what comes last is not missed
        for one in job.happened[seen:]:
            value = json.dumps(asdict(one.value), ensure_ascii=False)
            yield f"id: {one.number}\nevent: {one.name}\ndata: {value}\n\n"
            seen, told = one.number, time.monotonic()
        if finished or ingests.ending:
            return
        if time.monotonic() - told > _STILL_HERE:
            yield ": …\n\n"
            told = time.monotonic()
        await asyncio.sleep(_LOOK_AGAIN)

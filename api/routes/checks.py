"""/v1/check, /v1/lookup."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.checking import DraftRead, read_draft_file, read_draft_text
from api.ingesting import Manner
from api.problem_responses import Refusal
from api.requests import require_year
from api.routes.dependencies import LibraryHere, Service, ServiceHere
from api.routes.responses import PROBLEM_RESPONSES
from api.routes.uploading import safe_name
from api.schemas.checks import CheckJson, DraftJson, LookupJson, PassageJson
from corpus.errors import WrongUse
from ingest.reading import Hints

router = APIRouter(prefix="/v1", tags=["检查与提示"], responses=PROBLEM_RESPONSES)

_DRAFTS: TypeAdapter[DraftJson] = TypeAdapter(DraftJson)
_LISTS = ("off", "only")
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _DRAFTS.json_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "草稿文件"},
                        "unit": {"type": "string"},
                        "year": {"type": "integer"},
                        "city": {"type": "string"},
                        "off": {"type": "string", "description": "不用的规则，以逗号分隔"},
                        "only": {"type": "string", "description": "只用的规则，以逗号分隔"},
                        "sarif": {"type": "boolean"},
                    },
                }
            },
        },
    }
}


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was sent to be reviewed: how, and the uploaded file, if it is one."""

    asked: DraftJson
    name: str | None = None
    content: bytes = b""


async def _submitted(request: Request) -> Submitted:
    """Read the body, which is JSON or a form with a file. Raise Refusal, WrongUse."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise WrongUse("没有收到文件；请在表单的 file 一栏里选择草稿文件，或者改用 JSON 的 text。")
            fields = {name: value for name, value in form.items() if isinstance(value, str) and value.strip()}
            asked = _draft({"text": "", **fields, **{name: _split(fields.get(name, "")) for name in _LISTS}})
            return Submitted(asked, safe_name(file.filename), await file.read())
    try:
        body = await request.json()
    except (ValueError, UnicodeDecodeError):
        raise Refusal("bad-request", '请求的内容不是 JSON；请发送 {"text": …} 或带 file 的表单。') from None
    return Submitted(_draft(body))


def _split(written: str) -> list[str]:
    return [code.strip() for code in written.replace("，", ",").split(",") if code.strip()]


def _draft(body: object) -> DraftJson:
    try:
        return _DRAFTS.validate_python(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "正文"
        raise Refusal("invalid-request", f"“{place}”的值不对或没有给出；请按接口说明填写。") from None


def _hints(unit: str | None, year: int | None, city: str | None) -> Hints:
    if year is not None:
        require_year(year)
    return Hints(unit=(unit or "").strip() or None, year=year, city=(city or "").strip() or None)


def read_submitted(service: Service, sent: Submitted) -> DraftRead:
    """Read what was sent; a file is not kept. Raise UnreadableFile, WrongUse."""
    asked = sent.asked
    manner = Manner.of(_hints(asked.unit, asked.year, asked.city), service.settings.vocabulary)
    if sent.name is None:
        return read_draft_text(asked.text, manner)
    service.settings.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="check-", dir=service.settings.folder) as folder:
        path = Path(folder) / sent.name
        path.write_bytes(sent.content)
        return read_draft_file(path, manner)


def checked(service: Service, sent: Submitted) -> CheckJson:
    """Return the review of what was sent. Raise UnreadableFile, WrongUse."""
    from search.check.rules import Selection

    selection = Selection(sent.asked.off, sent.asked.only)
    selection.rules()
    return service.library.check(read_submitted(service, sent), selection)


@router.post(
    "/check",
    summary="对照目标库检查草稿",
    description="正文写在 JSON 的 text 里，或以表单的 file 上传文件；不存入目标库。"
    "sarif 为 true 时返回 SARIF 2.1.0。",
    response_model=CheckJson,
    responses={200: {"content": {"application/sarif+json": {"schema": {"type": "object"}}}}},
    openapi_extra=_BODY,
)
async def check(
    service: ServiceHere, sent: Annotated[Submitted, Depends(_submitted)]
) -> Response | CheckJson:
    """Review a draft."""
    review = await run_in_threadpool(checked, service, sent)
    if not sent.asked.sarif:
        return review
    from api.conversions.sarif import MEDIA_TYPE, check_to_sarif

    return JSONResponse(check_to_sarif(review, version("duibiao")), media_type=MEDIA_TYPE)


@router.post(
    "/lookup",
    summary="选中一段文字时要看的全部内容",
    description="一次返回相似的目标、标杆城市、制定依据、本单位往年的数值和快速检查的提示。"
    "year、unit、city 说明草稿是谁哪一年的，不作筛选。",
)
def lookup(library: LibraryHere, passage: PassageJson) -> LookupJson:
    """Return what belongs beside a passage."""
    return library.lookup(passage, _hints(passage.unit, passage.year, passage.city))

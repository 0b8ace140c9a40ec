"""Turn errors into what a client gets: a problem document (RFC 9457) under /v1, a page elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.methods import allowed_methods
from api.problems import PROBLEMS, ProblemKind, kind_of_code, kind_of_status
from api.schemas.service import ProblemJson
from api.web.rendering import problem_page
from corpus.errors import DuibiaoError

MEDIA_TYPE = "application/problem+json"
METHOD_NOT_ALLOWED = 405

_STATUS_SENTENCES = {
    "not-found": "没有 {path} 这个地址；可用的地址见 /openapi.json。",
    "method-not-allowed": "{path} 不支持 {method} 方法；支持的方法见响应头 Allow。",
    "upload-too-large": "请求的内容太大；上传文件请不要超过服务规定的大小，其他请求请缩短内容。",
    "bad-request": "请求无法理解；请检查请求的格式。",
}

_VALUE_SENTENCES = {
    "missing": "没有给出",
    "int_parsing": "应当是整数",
    "int_type": "应当是整数",
    "int_from_float": "应当是整数",
    "bool_parsing": "应当是 true 或 false",
    "bool_type": "应当是 true 或 false",
    "string_type": "应当是文字",
    "string_too_short": "是空的",
    "string_too_long": "太长，最多 {max_length} 个字",
    "greater_than_equal": "太小，最小是 {ge}",
    "less_than_equal": "太大，最大是 {le}",
    "unexpected_keyword_argument": "是没有的参数",
    "json_invalid": "不是正确的 JSON",
}


class Refusal(Exception):
    """The service refuses a request: the code decides the status, the sentence says why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def wants_page(path: str) -> bool:
    """Return whether a person with a browser is at the other end."""
    return not path.startswith(("/v1", "/mcp", "/openapi.json", "/healthz", "/readyz", "/static"))


def problem_of_kind(kind: ProblemKind, sentence: str, path: str) -> ProblemJson:
    """Return the document that tells of a problem met under `path`."""
    return ProblemJson(
        type=f"urn:duibiao:problem:{kind.code}",
        title=kind.title,
        status=kind.status,
        detail=sentence,
        code=kind.code,
        instance=path,
    )


def problem_response(
    kind: ProblemKind, sentence: str, path: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the response for a problem met under `path`."""
    if wants_page(path):
        return problem_page(kind, sentence, headers)
    return JSONResponse(asdict(problem_of_kind(kind, sentence, path)), kind.status, headers, MEDIA_TYPE)


def validation_sentence(errors: Sequence[Any]) -> str:
    """Return what is wrong with the first value that does not fit."""
    if not errors:
        return "请求的内容不符合要求；请对照 /openapi.json 修改。"
    error = errors[0]
    place = [str(part) for part in error.get("loc", ())[1:]]
    name = ".".join(place) if place and error["type"] != "json_invalid" else "请求正文"
    reason = _VALUE_SENTENCES.get(error["type"], "不符合要求").format_map(dict(error.get("ctx") or {}))
    return f"{name} {reason}；请对照 /openapi.json 修改。"


def _on_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, DuibiaoError):
        raise error
    return problem_response(kind_of_code(error.code), error.sentence, request.url.path)


def _on_refusal(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return problem_response(kind_of_code(error.code), error.sentence, request.url.path)


def _on_validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return problem_response(
        PROBLEMS["invalid-request"], validation_sentence(error.errors()), request.url.path
    )


def _on_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers or {})
    if error.status_code == METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(allowed_methods(request)) or headers.get("allow", "")
        if request.method == "OPTIONS":
            return Response(None, 204, headers)
    kind = kind_of_status(error.status_code)
    sentence = _STATUS_SENTENCES.get(kind.code, _STATUS_SENTENCES["bad-request"])
    sentence = sentence.format(path=request.url.path, method=request.method)
    return problem_response(kind, sentence, request.url.path, headers)


def add_problem_responses(app: FastAPI) -> None:
    """Give `app` one shape for all errors that a route raises."""
    app.add_exception_handler(DuibiaoError, _on_error)
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)

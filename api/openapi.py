"""The description of the service: what FastAPI works out, with names that last, examples and all problems.

The examples lie in `examples.json`: answers that the service once gave over the sample documents, shortened.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from api.freshness import FRESH_PATHS
from api.openapi_problems import add_problems
from api.schemas.service import ProblemJson

EXAMPLES = Path(__file__).parent / "examples.json"

OPERATION_IDS = {
    "GET /healthz": "healthz",
    "GET /readyz": "readyz",
    "GET /v1/search": "search",
    "POST /v1/ask": "ask",
    "POST /v1/ask/stream": "ask_stream",
    "GET /v1/benchmarks": "benchmarks",
    "GET /v1/benchmarks.svg": "benchmarks_chart",
    "GET /v1/bases": "bases",
    "GET /v1/bases/items": "items_of_basis",
    "GET /v1/trends": "trends",
    "GET /v1/trends.svg": "trends_chart",
    "GET /v1/carryover": "carryover",
    "GET /v1/compare": "compare",
    "GET /v1/items/{item_id}": "item",
    "PATCH /v1/items/{item_id}": "correct_item",
    "GET /v1/items/{item_id}/history": "item_history",
    "GET /v1/items/{item_id}/history.svg": "item_history_chart",
    "POST /v1/check": "check",
    "POST /v1/lookup": "lookup",
    "POST /v1/insertions": "insertion",
    "POST /v1/citations/verify": "verify_citations",
    "POST /v1/draft": "draft",
    "POST /v1/draft/parse": "parse_draft",
    "POST /v1/draft/check": "check_draft",
    "POST /v1/draft/export": "export_draft",
    "GET /v1/documents": "documents",
    "POST /v1/documents": "upload",
    "GET /v1/documents/{document_id}": "document",
    "PATCH /v1/documents/{document_id}": "correct_document",
    "DELETE /v1/documents/{document_id}": "remove",
    "GET /v1/documents/{document_id}/items": "document_items",
    "POST /v1/documents/{document_id}/restore": "restore",
    "GET /v1/removed": "removed",
    "GET /v1/vocabulary": "vocabulary",
    "GET /v1/status": "status",
    "GET /v1/doctor": "doctor",
    "POST /v1/ingests": "ingest",
    "GET /v1/ingests/{job_id}": "ingest_state",
    "GET /v1/ingests/{job_id}/events": "ingest_events",
}
"""The names that generated clients call operations by: once given, they never change."""

DESCRIPTION = """检索历年业务目标，查指标、标杆城市和制定依据，拟写、检查草稿。

- 出错时一律返回 application/problem+json（RFC 9457）：code 不会变，程序据此判断；detail 是给人看的一句话。
  没有的地址返回 404，地址不支持的方法返回 405 并在 Allow 里列出支持的方法。
- 列表用 start（从 0 数起）和 length 取一段，total 是总数；检索用 start 和 k。响应头 Link 给出前后各页的地址。
- 文档和条目的编号不会重复使用；文件改动后重新导入，得到新的编号。
- 取决于目标库的回答带有 ETag；下次把它放进 If-None-Match，没有变化时返回 304。
- 未知的值是 null。联系人和电话不会出现在任何回答里。
- 示例取自随程序附带的两份样例文档，经过缩短。
"""


@cache
def examples() -> dict[str, Any]:
    """Return what was recorded of each operation: `parameters`, `request`, `responses` by status."""
    recorded: dict[str, Any] = json.loads(EXAMPLES.read_text("utf-8"))
    return recorded


def describe(app: FastAPI) -> None:
    """Let the description of `app` hold all that is known of its operations."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            description = described()
            schemas = description.setdefault("components", {}).setdefault("schemas", {})
            schemas.setdefault(ProblemJson.__name__, TypeAdapter(ProblemJson).json_schema())
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            for path, operations in description["paths"].items():
                for method, operation in operations.items():
                    _complete(method, path, operation)
            app.openapi_schema = description
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(method: str, path: str, operation: dict[str, Any]) -> None:
    name = OPERATION_IDS.get(f"{method.upper()} {path}", f"{method}_{path.strip('/').replace('/', '_')}")
    operation["operationId"] = name
    recorded = examples().get(name, {})
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in recorded.get("parameters", {}):
            parameter["example"] = recorded["parameters"][parameter["name"]]
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        if media_type in recorded.get("request", {}):
            content["example"] = recorded["request"][media_type]
    _add_answers(operation["responses"], recorded.get("responses", {}))
    if method == "get" and FRESH_PATHS.fullmatch(
        path.replace("{document_id}", "1").replace("{item_id}", "1")
    ):
        _add_marks(operation)
    add_problems(method, path, operation)


def _add_answers(responses: dict[str, Any], recorded: dict[str, Any]) -> None:
    """Put the recorded answers in; a second success (201) has the shape of the first."""
    usual = responses.get("200", {}).get("content", {})
    for status, by_type in recorded.items():
        content = responses[status].setdefault("content", {})
        for media_type, example in by_type.items():
            shape = {key: value for key, value in usual.get(media_type, {}).items() if key == "schema"}
            content.setdefault(media_type, shape)["example"] = example


def _add_marks(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(
        {
            "name": "If-None-Match",
            "in": "header",
            "required": False,
            "schema": {"type": "string"},
            "description": "上次得到的 ETag；没有变化时返回 304",
        }
    )
    tag = {"ETag": {"description": "回答的标记", "schema": {"type": "string"}}}
    operation["responses"]["200"]["headers"] = tag
    operation["responses"]["304"] = {"description": "与上次相同", "headers": tag}

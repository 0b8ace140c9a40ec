"""What OpenAPI says about errors: one shape everywhere."""

from __future__ import annotations

from typing import Any

from api.schemas.service import ProblemJson

_MEANINGS = {
    413: "内容太大",
    422: "请求不符合要求",
    500: "程序内部出错",
    503: "目标库或模型尚未准备好",
}


def _problem(meaning: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{ProblemJson.__name__}"}
    return {"description": meaning, "content": {"application/problem+json": {"schema": schema}}}


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: _problem(meaning) for status, meaning in _MEANINGS.items()
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: _problem("没有这个文档")}


def problem_of(status: int, meaning: str) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of one more status of an operation."""
    return {status: _problem(meaning)}

"""The description of the service as the page /api shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an operation takes; `place` is where it stands (地址, 参数, 请求头)."""

    name: str
    place: str
    required: bool
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent or comes back in one form; `example` is text as it goes over the wire."""

    media_type: str
    example: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A success: the status, and what comes with it."""

    status: str
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A code that an operation can answer with, and an example of the sentence."""

    status: int
    code: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OperationShown:
    """One operation."""

    name: str
    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    request: tuple[Body, ...]
    answers: tuple[Answer, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one subject."""

    name: str
    operations: tuple[OperationShown, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The whole description; `points` are what holds for all operations."""

    title: str
    version: str
    lead: str
    points: tuple[str, ...]
    groups: tuple[Group, ...]


_PLACES = {"path": "地址", "query": "参数", "header": "请求头"}


def described(openapi: Mapping[str, Any]) -> Described:
    """Return what a page shows of an OpenAPI document."""
    lead, _, points = openapi["info"]["description"].partition("\n\n- ")
    by_subject: dict[str, list[OperationShown]] = {}
    for path, operations in openapi["paths"].items():
        for method, told in operations.items():
            by_subject.setdefault(told["tags"][0], []).append(_operation(method.upper(), path, told))
    return Described(
        openapi["info"]["title"],
        openapi["info"]["version"],
        lead,
        tuple(point.replace("\n  ", "").strip() for point in points.split("\n- ")),
        tuple(Group(name, tuple(operations)) for name, operations in by_subject.items()),
    )


def _operation(method: str, path: str, told: Mapping[str, Any]) -> OperationShown:
    responses: Mapping[str, Any] = told["responses"]
    return OperationShown(
        name=told["operationId"],
        method=method,
        path=path,
        summary=told["summary"],
        text=told.get("description", "") if _is_chinese(told.get("description", "")) else "",
        parameters=tuple(_parameter(one) for one in told.get("parameters", ())),
        request=_bodies(told.get("requestBody", {}).get("content", {})),
        answers=tuple(
            Answer(status, _bodies(one.get("content", {})))
            for status, one in responses.items()
            if int(status) < 400
        ),
        failures=tuple(
            Failure(int(status), code, example["summary"], example["value"]["detail"])
            for status, one in responses.items()
            if int(status) >= 400
            for content in one["content"].values()
            for code, example in content["examples"].items()
        ),
    )


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _parameter(told: Mapping[str, Any]) -> Parameter:
    example = told.get("example")
    return Parameter(
        told["name"],
        _PLACES.get(told["in"], told["in"]),
        told["required"],
        told.get("description", ""),
        example if isinstance(example, str) else "" if example is None else json.dumps(example),
    )


def _bodies(content: Mapping[str, Any]) -> tuple[Body, ...]:
    return tuple(
        Body(media_type, _written(one["example"])) for media_type, one in content.items() if "example" in one
    )


def _written(example: object) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)

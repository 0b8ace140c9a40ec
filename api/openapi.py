"""The description of the service: what FastAPI works out, and the one shape of all problems."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from api.schemas.service import ProblemJson


def describe_problems(app: FastAPI) -> None:
    """Let the description of `app` hold the schema that its routes refer to."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        description = described()
        schemas = description.setdefault("components", {}).setdefault("schemas", {})
        schemas.setdefault(ProblemJson.__name__, TypeAdapter(ProblemJson).json_schema())
        return description

    app.openapi = openapi  # type: ignore[method-assign]

"""Lists a stretch at a time: `start` counts from 0, and the header Link names the neighbouring stretches."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import Query, Request

A_PAGE = 100
LONGEST_PAGE = 1000

Start = Annotated[int, Query(ge=0, le=2**53, description="从第几条开始，第一条是 0")]
Length = Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="最多返回多少条")]


def link_header(request: Request, starts: dict[str, int]) -> str:
    """Return the header Link (RFC 8288): the address of `request` with another `start` for each relation.

    The addresses are relative, so that they hold behind any name the service is reached under.
    """
    asked = [
        (name, value)
        for name, value in parse_qsl(request.url.query, keep_blank_values=True)
        if name != "start"
    ]
    return ", ".join(
        f'<{request.url.path}?{urlencode([*asked, ("start", start)])}>; rel="{relation}"'
        for relation, start in starts.items()
    )


def stretches(start: int, length: int, total: int) -> dict[str, int]:
    """Return where the first, the previous, the next and the last stretch of a list begin, as far as there.

    The last begins where one gets to by going on from `start`.
    """
    found = {"first": 0}
    if start > 0:
        found["prev"] = max(min(start, total) - length, 0)
    if start + length < total:
        found["next"] = start + length
        found["last"] = start + (total - 1 - start) // length * length
    return found

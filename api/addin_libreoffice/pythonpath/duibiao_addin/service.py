"""Ask the service: only what is looked up and the marks that are checked are sent, and to it alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

PATIENCE = 10
LONGEST = 4000
SHORTEST = 2


class Failure(Exception):
    """Something went wrong; the message is for the user."""


def address() -> str:
    """Return the address of the service, which was written into this extension when it was made."""
    written = Path(__file__).with_name("server.json").read_text(encoding="utf-8")
    return str(json.loads(written)["server"])


def look_up(text: str) -> Any:
    """Return what belongs beside a text. Raise Failure."""
    return _sent("/v1/lookup", {"text": text[:LONGEST], "k": 8})


def insertion(item_id: int, headers: list[str]) -> Any:
    """Return what can be inserted of an item. Raise Failure."""
    return _sent("/v1/insertions", {"item_id": item_id, "headers": headers})


def verify(marks: list[str], text: str) -> Any:
    """Return what became of citations. Raise Failure."""
    return _sent("/v1/citations/verify", {"marks": marks, "text": text})


def _sent(path: str, body: object) -> Any:
    """Return the answer; no proxy is asked, for what is selected is for the service only."""
    server = address()
    request = Request(  # noqa: S310 - the address is http or https, checked when the extension was made
        server + path,
        data=json.dumps(body).encode("utf-8"),
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read().decode("utf-8"))
    except HTTPError as error:
        raise Failure(_detail(error)) from error
    except (URLError, OSError, ValueError) as error:
        raise Failure(
            f"连不上对标服务（{server}）；请检查网络，或请管理员看服务是否在运行，然后再试。"
        ) from error


def _detail(error: HTTPError) -> str:
    try:
        return str(json.loads(error.read().decode("utf-8"))["detail"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"服务没有正常回答（状态 {error.code}）；请稍后再试。"

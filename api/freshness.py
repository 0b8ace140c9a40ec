"""Answers that a client already has are not made again: ETag and If-None-Match, by the catalog's state."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from hashlib import blake2b

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import Settings
from corpus.catalog import FILE_NAME
from corpus.changes import ChangeWatch

FRESH_PATHS = re.compile(
    r"/v1/(?:search|benchmarks(?:\.svg)?|bases(?:/items)?|trends(?:\.svg)?|carryover|vocabulary|compare"
    r"|documents(?:/\d+(?:/items)?)?|items/\d+(?:/history(?:\.svg)?)?)"
)
"""The addresses whose answers to GET follow from the catalog, the settings and the day alone."""

_OK = 200
_TAG = re.compile(r'(?:W/)?("[^"]*")')


def matches(if_none_match: str, tag: str) -> bool:
    """Return whether a header names `tag`; `*` names none, for it says nothing of what the client has."""
    return tag.removeprefix("W/") in _TAG.findall(if_none_match)


class Freshness:
    """ASGI middleware that marks answers and says 304 where the client's mark still holds.

    A mark is made of the address, the state of the catalog's file, the day (“去年” and “过时” hang on it) and
    the process (settings and model stay as they are while it lives). It is taken before the answer is made:
    an answer can be newer than its mark, never older. So 304 needs no answer, and no model.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._watch = ChangeWatch(settings.catalog / FILE_NAME)
        self._process = secrets.token_hex(8)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            try:
                await self.app(scope, receive, send)
            finally:
                self._watch.close()
            return
        fresh = scope["type"] == "http" and scope["method"] == "GET" and FRESH_PATHS.fullmatch(scope["path"])
        version = await run_in_threadpool(self._watch.version) if fresh else None
        if version is None:
            await self.app(scope, receive, send)
            return
        tag = self._tag(scope, version)
        marks = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if matches(Headers(scope=scope).get("if-none-match", ""), tag):
            await Response(None, 304, marks)(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == _OK:
                MutableHeaders(scope=message).update(marks)
            await send(message)

        await self.app(scope, receive, send_marked)

    def _tag(self, scope: Scope, version: tuple[int, int]) -> str:
        today = datetime.now().astimezone().date()
        parts = (self._process, version, today, scope["path"], scope["query_string"])
        return f'W/"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'

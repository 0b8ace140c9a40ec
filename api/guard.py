"""The outermost layer of the service: who may ask, what every response carries, what becomes of a crash."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.journal import internal_error_sentence, record_error
from api.problem_responses import problem_response
from api.problems import PROBLEMS
from api.settings import MEBIBYTE, Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

POLICY = "Content-Security-Policy"
"""The one header that a response may bring itself: the pane in Word needs a script of Microsoft's."""

SECURITY_HEADERS = {
    POLICY: CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

LONGEST_BODY = MEBIBYTE
MULTIPART_OVERHEAD = 64 * 1024

MCP_PATH = "/mcp"
CORS_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
CORS_HEADERS = ("ETag", "Link", "Location", "Content-Disposition", "Mcp-Session-Id")

UNKNOWN_HOST = "本服务不以“{name}”这个名称提供；请用 127.0.0.1 访问，或把它加入 DUIBIAO_ALLOWED_HOSTS。"
CROSS_SITE = (
    "这个请求来自其他网站，已拒绝；请在对标自己的页面上操作，或把该网站的地址加入 DUIBIAO_CORS_ORIGINS。"
)

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


def host_name(host: str) -> str:
    """Return a Host header without its port, lower case; an IPv6 address keeps its brackets."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def is_preflight(method: str, headers: Headers) -> bool:
    """Return whether a browser asks beforehand if another site's page may send what it wants to."""
    return method == "OPTIONS" and "origin" in headers and "access-control-request-method" in headers


def is_foreign(headers: Headers, allowed: Collection[str] = ()) -> bool:
    """Return whether a page of another site makes a visitor's browser send this; `allowed` are exact origins.

    Programs that are no browsers send neither of the two headers and are let through.
    """
    origin = headers.get("origin")
    if origin in allowed:
        return False
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def is_cross_site(method: str, headers: Headers, allowed: Collection[str] = ()) -> bool:
    """Return whether a request is refused because a page of another site that is not allowed sent it.

    Reading is open to links from anywhere; that page cannot see what comes.
    """
    if method in _HARMLESS and not is_preflight(method, headers):
        return False
    return is_foreign(headers, allowed)


def _limited(receive: Receive, limit: int) -> Receive:
    """Return `receive` that raises once a body has come to more than `limit` bytes."""
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413)
        return message

    return receive_limited


class Guard:
    """ASGI middleware around the whole application: names first, then sites, then sizes.

    A page of an allowed origin (`Settings.cors_origins`) may ask and read everything, refusals included;
    no other site's page may change anything, and none but ours and theirs reaches the protocol for models.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.logs = settings.logs
        self.names = settings.served_names()
        self.max_upload = settings.max_upload
        self.origins = settings.cors_origins
        self._for_allowed = CORSMiddleware(
            self._answer,
            allow_origins=self.origins,
            allow_methods=CORS_METHODS,
            allow_headers=["*"],
            expose_headers=CORS_HEADERS,
            allow_private_network=True,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; nothing is raised to the server."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    if name != POLICY or POLICY not in headers:
                        headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if self.origins and "origin" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Origin")
            await send(message)

        headers = Headers(scope=scope)
        name = host_name(headers.get("host", ""))
        if self.names and name not in self.names:
            await _refused("unknown-host", UNKNOWN_HOST.format(name=name), scope)(
                scope, receive, send_guarded
            )
        elif headers.get("origin") in self.origins:
            await self._for_allowed(scope, receive, send_guarded)
        else:
            await self._answer(scope, receive, send_guarded)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or let the application answer; what it does not catch is a problem, too."""
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        started = False

        async def send_noticed(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, _limited(receive, self._limit(scope)), send_noticed)
        except Exception as error:
            sentence = internal_error_sentence(record_error(self.logs, error))
            if not started:
                await _refused("internal-error", sentence, scope)(scope, receive, send)

    def _limit(self, scope: Scope) -> int:
        """Return how many bytes the body may have: a file may be large, a question not."""
        is_upload = Headers(scope=scope).get("content-type", "").startswith("multipart/form-data")
        return self.max_upload + MULTIPART_OVERHEAD if is_upload else LONGEST_BODY

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        is_for_models = scope["path"] == MCP_PATH and is_foreign(headers, self.origins)
        if is_for_models or is_cross_site(scope["method"], headers, self.origins):
            return _refused("cross-site-request", CROSS_SITE, scope)
        announced = headers.get("content-length", "")
        if announced.isdigit() and int(announced) > self._limit(scope):
            megabytes = self._limit(scope) // MEBIBYTE
            sentence = f"请求的内容超过 {megabytes} MB 的上限；请拆分或压缩后再传。"
            return _refused("upload-too-large", sentence, scope)
        return None


def _refused(code: str, sentence: str, scope: Scope) -> Response:
    return problem_response(PROBLEMS[code], sentence, scope["path"])

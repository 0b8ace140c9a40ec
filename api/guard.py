"""The outermost layer of the service: who may ask, what every response carries, what becomes of a crash."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
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

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


def host_name(host: str) -> str:
    """Return a Host header without its port, lower case; an IPv6 address keeps its brackets."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def is_cross_site(method: str, headers: Headers) -> bool:
    """Return whether another site's page makes a visitor's browser send this request.

    Programs that are no browsers send neither of the two headers and are let through.
    """
    if method in _HARMLESS:
        return False
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


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
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.logs = settings.logs
        self.names = settings.served_names()
        self.max_upload = settings.max_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; nothing is raised to the server."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    if name != POLICY or POLICY not in headers:
                        headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            code, sentence = refusal
            await problem_response(PROBLEMS[code], sentence, scope["path"])(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, _limited(receive, self._limit(scope)), send_guarded)
        except Exception as error:
            sentence = internal_error_sentence(record_error(self.logs, error))
            if not started:
                response = problem_response(PROBLEMS["internal-error"], sentence, scope["path"])
                await response(scope, receive, send_guarded)

    def _limit(self, scope: Scope) -> int:
        """Return how many bytes the body may have: a file may be large, a question not."""
        is_upload = Headers(scope=scope).get("content-type", "").startswith("multipart/form-data")
        return self.max_upload + MULTIPART_OVERHEAD if is_upload else LONGEST_BODY

    def _refusal(self, scope: Scope) -> tuple[str, str] | None:
        headers = Headers(scope=scope)
        name = host_name(headers.get("host", ""))
        if self.names and name not in self.names:
            return "unknown-host", (
                f"本服务不以“{name}”这个名称提供；请用 127.0.0.1 访问，或把它加入 DUIBIAO_ALLOWED_HOSTS。"
            )
        if is_cross_site(scope["method"], headers):
            return "cross-site-request", "这个请求来自其他网站，已拒绝；请在对标自己的页面上操作。"
        announced = headers.get("content-length", "")
        if announced.isdigit() and int(announced) > self._limit(scope):
            megabytes = self._limit(scope) // MEBIBYTE
            return "upload-too-large", f"请求的内容超过 {megabytes} MB 的上限；请拆分或压缩后再传。"
        return None

"""The outermost layer of the service: who may ask, what every response carries, what becomes of a crash."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.journal import internal_error_sentence, record_error
from api.problem_responses import problem_response
from api.problems import PROBLEMS
from api.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

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


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.logs = settings.logs
        self.names = settings.served_names()

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
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            code, sentence = refusal
            await problem_response(PROBLEMS[code], sentence, scope["path"])(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, receive, send_guarded)
        except Exception as error:
            sentence = internal_error_sentence(record_error(self.logs, error))
            if not started:
                response = problem_response(PROBLEMS["internal-error"], sentence, scope["path"])
                await response(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> tuple[str, str] | None:
        headers = Headers(scope=scope)
        name = host_name(headers.get("host", ""))
        if self.names and name not in self.names:
            return "unknown-host", (
                f"本服务不以“{name}”这个名称提供；请用 127.0.0.1 访问，或把它加入 DUIBIAO_ALLOWED_HOSTS。"
            )
        if is_cross_site(scope["method"], headers):
            return "cross-site-request", "这个请求来自其他网站，已拒绝；请在对标自己的页面上操作。"
        return None

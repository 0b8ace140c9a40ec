"""HEAD and OPTIONS, which no route has to know of."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class HeadAsGet:
    """ASGI middleware: HEAD is answered with what GET would be, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_head)


def allowed_methods(request: Request) -> tuple[str, ...]:
    """Return the methods that the address of a request knows; none where there is no such address."""
    routes: list[BaseRoute] = request.app.routes
    scope = dict(request.scope)
    scope["root_path"] = scope.get("app_root_path", scope.get("root_path", ""))  # a mount has added its own
    known = [method for method in _METHODS if any(_answers(route, scope, method) for route in routes)]
    if not known:
        return ()
    return (*known[:1], *(["HEAD"] if known[0] == "GET" else []), *known[1:], "OPTIONS")


def _answers(route: BaseRoute, scope: Scope, method: str) -> bool:
    if isinstance(route, Mount) and method != "GET":
        return False
    return route.matches({**scope, "method": method})[0] is Match.FULL

"""The protocol over HTTP: one address of the service, opened when it is first asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
from anyio.abc import TaskGroup, TaskStatus
from starlette.types import Receive, Scope, Send

from api.guard import LONGEST_BODY
from api.library import Library
from api.problem_responses import Refusal

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class McpEndpoint:
    """An ASGI application that answers hosts; the guard in front of it has judged Host and Origin.

    Stateless: every request stands for itself and is answered in JSON, so that it needs no session that a
    restart would lose. The SDK is imported with the first request, the service starts without it.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._tasks: TaskGroup | None = None
        self._manager: StreamableHTTPSessionManager | None = None
        self._opening = anyio.Lock()

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """Keep what answers requests alive; outside of this every request is refused."""
        async with anyio.create_task_group() as tasks:
            self._tasks = tasks
            try:
                yield
            finally:
                self._tasks = self._manager = None
                tasks.cancel_scope.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        async with self._opening:
            if self._manager is None:
                if self._tasks is None:
                    raise Refusal("not-ready", "服务正在启动；请几秒后再试。")
                await self._tasks.start(self._run)
        if self._manager is not None:
            await self._manager.handle_request(scope, receive, send)

    async def _run(self, *, task_status: TaskStatus[None] = anyio.TASK_STATUS_IGNORED) -> None:
        manager = await anyio.to_thread.run_sync(self._made)
        async with manager.run():
            self._manager = manager
            task_status.started()
            await anyio.sleep_forever()

    def _made(self) -> StreamableHTTPSessionManager:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        from api.mcp.server import make_server

        return StreamableHTTPSessionManager(
            make_server(self._library),
            json_response=True,
            stateless=True,
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
            max_request_body_size=LONGEST_BODY,
        )

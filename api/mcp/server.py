"""The server: tools and resources over one library, in the words of the protocol."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Set
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from typing import Any, TypeVar

import anyio.to_thread
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)
from pydantic import TypeAdapter, ValidationError

from api.library import Library
from api.mcp.resources import (
    DOCUMENT_URI,
    ITEM_URI,
    JSON,
    PLAIN,
    content_of,
    document_title,
    document_uri,
)
from api.mcp.tools import TOOLS, LibraryTool
from api.problem_responses import validation_sentence
from corpus.errors import DuibiaoError

INSTRUCTIONS = (
    "对标：中国市直部门历年业务目标和政府工作报告的检索。引用数值、文号、标杆城市时以工具返回的原文为准，"
    "并注明出处（来源文件、年份、单位）；查不到就说查不到。先用 search 或 ask，再用 item、history 看细节。"
)
A_PAGE = 100
_TOOLS = {tool.name: tool for tool in TOOLS}
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}

Context = ServerRequestContext[dict[str, Any]]
Value = TypeVar("Value")


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _arguments_schema(tool: LibraryTool) -> dict[str, Any]:
    schema = _without(_adapter(tool.arguments).json_schema(), {"title"})
    schema.pop("description", None)
    return schema


def _result_schema(tool: LibraryTool) -> dict[str, Any]:
    return _without(_adapter(tool.result).json_schema(mode="serialization"), {"title", "description"})


def _without(schema: dict[str, Any], words: Set[str]) -> dict[str, Any]:
    """Return a schema without its titles, which repeat names, or its notes, which are for programmers."""
    kept: dict[str, Any] = {}
    for key, value in schema.items():
        if key in {"properties", "$defs"}:
            kept[key] = {name: _without(one, words) for name, one in value.items()}
        elif isinstance(value, dict):
            kept[key] = _without(value, words)
        elif isinstance(value, list):
            kept[key] = [_without(one, words) if isinstance(one, dict) else one for one in value]
        elif key not in words:
            kept[key] = value
    return kept


@cache
def _listed() -> tuple[Tool, ...]:
    return tuple(
        Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=_arguments_schema(tool),
            output_schema=_result_schema(tool),
            annotations=_READS,
        )
        for tool in TOOLS
    )


def _refused(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)


class LibraryServer:
    """What the protocol's requests are answered with. Errors are sentences; nothing is logged of their words.

    Each question runs in a thread of its own, so that one slow answer keeps nobody waiting.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    async def _told(self, ask: Callable[[], Value]) -> Value:
        """Return what `ask` returns. Raise DuibiaoError also for a mistake of ours, which is recorded."""
        try:
            return await anyio.to_thread.run_sync(ask)
        except DuibiaoError:
            raise
        except Exception as error:
            raise DuibiaoError(self._library.recorded(error)) from None

    async def list_tools(self, _: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        """Answer with all tools."""
        return ListToolsResult(tools=list(_listed()))

    async def call_tool(self, _: Context, called: CallToolRequestParams) -> CallToolResult:
        """Answer with what a tool found, typed and as JSON text, or with a sentence that says why not."""
        tool = _TOOLS.get(called.name)
        if tool is None:
            return _refused(f"没有“{called.name[:60]}”这个工具；可用的工具有 {'、'.join(_TOOLS)}。")
        try:
            arguments = _adapter(tool.arguments).validate_python(called.arguments or {})
        except ValidationError as error:
            return _refused(_argument_sentence(tool, error))
        try:
            found = await self._told(lambda: tool.answer(self._library, arguments))
        except DuibiaoError as error:
            return _refused(error.sentence)
        fields = asdict(found)
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return CallToolResult(
            content=[TextContent(type="text", text=text)], structured_content=json.loads(text)
        )

    async def list_resources(self, _: Context, asked: PaginatedRequestParams | None) -> ListResourcesResult:
        """Answer with the documents, a hundred at a time."""
        written = asked.cursor if asked is not None else None
        start = int(written) if written and written.isascii() and written.isdigit() else 0
        try:
            documents = (await self._told(self._library.documents)).documents
        except DuibiaoError as error:
            raise MCPError(INTERNAL_ERROR, error.sentence) from None
        shown = documents[start : start + A_PAGE]
        return ListResourcesResult(
            resources=[
                Resource(
                    name=one.source, title=document_title(one), uri=document_uri(one.id), mime_type=PLAIN
                )
                for one in shown
            ],
            next_cursor=str(start + A_PAGE) if start + A_PAGE < len(documents) else None,
        )

    async def list_templates(
        self, _: Context, __: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        """Answer with the two kinds of addresses."""
        return ListResourceTemplatesResult(
            resource_templates=[
                ResourceTemplate(
                    name="document",
                    title="文档",
                    uri_template=DOCUMENT_URI,
                    description="一份文档的基本信息、条目编号和正文，联系方式已隐去",
                    mime_type=PLAIN,
                ),
                ResourceTemplate(
                    name="item",
                    title="条目",
                    uri_template=ITEM_URI,
                    description="一条目标的全文、指标、标杆城市和制定依据",
                    mime_type=JSON,
                ),
            ]
        )

    async def read_resource(self, _: Context, asked: ReadResourceRequestParams) -> ReadResourceResult:
        """Answer with a document or an item."""
        uri = str(asked.uri)
        try:
            content = await self._told(lambda: content_of(self._library, uri))
        except DuibiaoError as error:
            code = INTERNAL_ERROR if error.code == DuibiaoError.code else INVALID_PARAMS
            raise MCPError(code, error.sentence, {"uri": uri, "code": error.code}) from None
        held = TextResourceContents(uri=uri, text=content.text, mime_type=content.mime_type)
        return ReadResourceResult(contents=[held])


def _argument_sentence(tool: LibraryTool, error: ValidationError) -> str:
    errors = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_input=False)]
    known = "、".join(_adapter(tool.arguments).json_schema()["properties"])
    sentence = validation_sentence(errors).partition("；")[0]
    return f"{sentence}；{tool.name} 的参数有 {known}。"


def make_server(library: Library) -> Server[dict[str, Any]]:
    """Return a server over `library`, for any transport."""
    quiet = logging.getLogger("mcp")  # it would write arguments and traces with words of documents
    quiet.propagate = False
    quiet.handlers = [logging.NullHandler()]
    answers = LibraryServer(library)
    return Server(
        "duibiao",
        version=version("duibiao"),
        title="对标",
        description="检索历年业务目标，查指标、标杆城市和制定依据",
        instructions=INSTRUCTIONS,
        on_list_tools=answers.list_tools,
        on_call_tool=answers.call_tool,
        on_list_resources=answers.list_resources,
        on_list_resource_templates=answers.list_templates,
        on_read_resource=answers.read_resource,
    )


def serve_stdio(library: Library) -> None:
    """Serve one host over standard input and output until it closes them."""
    import threading

    from mcp.server.stdio import stdio_server

    async def serve() -> None:
        server = make_server(library)
        async with stdio_server() as (incoming, outgoing):  # from here on, what others print goes to stderr
            threading.Thread(target=_warmed, args=(library,), name="warm", daemon=True).start()
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def _warmed(library: Library) -> None:
    """Open the library before the first question; whoever asks meets an error again."""
    try:
        library.warm()
    except DuibiaoError:
        return
    except Exception as error:
        library.recorded(error)

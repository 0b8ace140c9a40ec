"""Every tool and resource over a real catalog, asked with the SDK's client in this process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, TextContent, TextResourceContents

from api.library import Library
from api.mcp.server import make_server
from api.mcp.tools import TOOLS
from api.settings import Settings
from ingest.reading import Hints
from tests.api.fake_embedder import open_fake
from tests.api.live import SEED_2012, SEED_2021


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    settings = Settings.of_folder(tmp_path_factory.mktemp("mcp"))
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        patch.setattr("index.embedders.open_embedder", open_fake)
        library.ingest((SEED_2021, SEED_2012), Hints(), lambda _: None)
        yield library


@asynccontextmanager
async def _connected(library: Library) -> AsyncIterator[Client]:
    async with Client(make_server(library)) as client:
        yield client


def _call(library: Library, tool: str, arguments: dict[str, Any]) -> CallToolResult:
    async def call() -> CallToolResult:
        async with _connected(library) as client:
            return await client.call_tool(tool, arguments)

    return anyio.run(call)


def _text(called: CallToolResult) -> str:
    (content,) = called.content
    assert isinstance(content, TextContent)
    return content.text


def _found(library: Library, tool: str, **arguments: object) -> dict[str, Any]:
    called = _call(library, tool, dict(arguments))
    assert not called.is_error, _text(called)
    found: dict[str, Any] = called.structured_content
    assert json.loads(_text(called)) == found
    return found


def _refused(library: Library, tool: str, **arguments: object) -> str:
    called = _call(library, tool, dict(arguments))
    assert called.is_error
    return _text(called)


def test_tools_are_described_in_chinese_and_typed(library: Library) -> None:
    async def listed() -> list[Any]:
        async with _connected(library) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in anyio.run(listed)}
    assert list(tools) == ["search", "item", "history", "trend", "benchmarks", "bases", "ask", "check"]
    for tool in tools.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in tool.description)
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema["type"] == "object"
        assert "description" not in json.dumps(tool.output_schema["properties"])
        for argument in tool.input_schema["properties"].values():
            assert any("\u4e00" <= character <= "\u9fff" for character in argument["description"])
    assert tools["search"].input_schema["required"] == ["query"]
    assert "title" in tools["search"].output_schema["$defs"]["DocumentJson"]["properties"]


def test_search_finds_items_under_filters(library: Library) -> None:
    found = _found(library, "search", query="公文办结率", year=2021)
    assert found["hits"][0]["name"] == "提升公文处理质效"
    assert {hit["document"]["year"] for hit in found["hits"]} == {2021}
    assert len(_found(library, "search", query="会议", k=2)["hits"]) == 2


def test_item_and_history_take_the_ids_that_search_gives(library: Library) -> None:
    number = _found(library, "search", query="公文办结率", year=2021)["hits"][0]["item_id"]
    item = _found(library, "item", item_id=number)
    assert item["item"]["name"] == "提升公文处理质效"
    assert item["document"]["year"] == 2021
    history = _found(library, "history", item_id=number)
    assert history["item"]["item_id"] == number
    assert 2021 in [one["year"] for one in history["appearances"]]


def test_ask_quotes_its_source_and_abstains(library: Library) -> None:
    answer = _found(library, "ask", query="2021年公文办结率目标是多少")
    assert "96%以上" in answer["answer"]
    assert answer["citations"][0]["source"] == SEED_2021.name
    assert _found(library, "ask", query="月球基地的建设目标")["abstained"] is True


def test_relations_answer_with_places(library: Library) -> None:
    series = _found(library, "trend", query="公文办结率")["series"]
    assert series[0]["points"][0]["citation"]["quote"]
    cities = _found(library, "benchmarks", query="会议", own_city="青岛市")
    assert {"cities", "standings", "order"} <= set(cities)
    assert "bases" in _found(library, "bases", query="公文")


def test_check_reviews_a_passage_against_the_catalog(library: Library) -> None:
    checked = _found(
        library, "check", text="全年请示报告类公文办结率达到90%以上。", unit="市政府办公厅", year=2022
    )
    rules = [finding["rule"] for finding in checked["documents"][0]["findings"]]
    assert "figure-worse" in rules


def test_errors_are_sentences(library: Library) -> None:
    assert _refused(library, "item", item_id=999).startswith("没有编号为 999 的条目")
    assert _refused(library, "search").startswith("query 没有给出；search 的参数有 query、k、year")
    assert _refused(library, "search", query="会议", k=1000).startswith("k 太大，最大是 100")
    assert _refused(library, "search", query="会议", limit=3).startswith("limit 是没有的参数")
    assert _refused(library, "search", query=" \n").startswith("检索的内容是空的")
    assert _refused(library, "find").startswith("没有“find”这个工具；可用的工具有 search、")
    assert _refused(library, "check", text=" ").startswith("草稿是空的")


def test_a_mistake_of_ours_is_recorded_without_its_words(
    library: Library, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("联系电话：85910000")

    monkeypatch.setattr(library, "search", broken)
    assert _refused(library, "search", query="会议").startswith("程序内部出错，出错位置已记入")
    recorded = (library.settings.logs / "errors.log").read_text("utf-8")
    assert "RuntimeError" in recorded
    assert "85910000" not in recorded
    out, err = capfd.readouterr()
    assert (out, "85910000" in err) == ("", False)


def test_documents_and_items_are_resources(library: Library) -> None:
    async def read(uri: str) -> str:
        async with _connected(library) as client:
            (content,) = (await client.read_resource(uri)).contents
            assert isinstance(content, TextResourceContents)
            return content.text

    async def refused(uri: str) -> str:
        async with _connected(library) as client:
            try:
                await client.read_resource(uri)
            except MCPError as error:
                return error.error.message
        return ""

    async def listed() -> list[tuple[str, str | None]]:
        async with _connected(library) as client:
            assert len((await client.list_resource_templates()).resource_templates) == 2
            return [(one.uri, one.title) for one in (await client.list_resources()).resources]

    assert anyio.run(listed) == [
        ("duibiao://documents/1", "2021年度市直单位业务目标"),
        ("duibiao://documents/2", "2012年市政府办公厅"),
    ]
    assert "[1] 重点目标 1 提升公文处理质效" in anyio.run(read, "duibiao://documents/1")
    assert json.loads(anyio.run(read, "duibiao://items/1"))["item"]["name"] == "提升公文处理质效"
    for uri in ("duibiao://items/99", "duibiao://documents/0", "duibiao://items/1/", "file:///etc/passwd"):
        assert anyio.run(refused, uri).startswith("没有")


def test_no_contact_leaves_the_catalog(library: Library) -> None:
    header = next(line for line in SEED_2021.read_text("utf-8").splitlines() if "联系电话" in line)
    secrets = [part.partition("：")[2] for part in header.split() if "联系" in part or "负责人" in part]
    assert len(secrets) == 3

    async def everything() -> str:
        async with _connected(library) as client:
            told = [(await client.read_resource("duibiao://documents/1")).model_dump_json()]
            for tool in TOOLS:
                fields = tool.arguments.__dataclass_fields__
                for secret in secrets:
                    arguments = {"query": secret, "text": "会议数量只减不增", "item_id": 1}
                    wanted = {name: value for name, value in arguments.items() if name in fields}
                    called = (await client.call_tool(tool.name, wanted)).structured_content or {}
                    echoed = {"interpreted": None, "answer": None}  # the asker's own words
                    told.append(json.dumps({**called, **echoed}, ensure_ascii=False))
            return "".join(told)

    told = anyio.run(everything)
    assert "联系方式已隐去" in told
    assert not any(secret in told for secret in secrets)


def test_without_a_catalog_the_way_out_is_told(tmp_path: Any) -> None:
    with Library(Settings.of_folder(tmp_path)) as nothing:
        assert "duibiao ingest" in _refused(nothing, "search", query="会议")

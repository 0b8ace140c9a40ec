"""The same answers over a process's standard streams and over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from api.library import Library
from api.settings import Settings
from ingest.reading import Hints
from tests.api.fake_embedder import open_fake
from tests.api.live import SEED_2012, SEED_2021, serving

ROOT = Path(__file__).parents[3]
QUESTION = {"query": "2021年公文办结率目标是多少"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings.of_folder(tmp_path_factory.mktemp("stdio"))
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        patch.setattr("index.embedders.open_embedder", open_fake)
        library.ingest((SEED_2021, SEED_2012), Hints(), lambda _: None)
    return settings.folder


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings.of_folder(tmp_path_factory.mktemp("http"))
    with serving(replace(settings, cors_origins=("https://oa.example",))) as address:
        yield address


def _command(folder: Path) -> list[str]:
    return ["-m", "tests.api.fake_cli", "mcp", "--db", str(folder / "catalog")]


def _asked(folder: Path, mode: Any) -> dict[str, Any]:
    parameters = StdioServerParameters(
        command=sys.executable, args=_command(folder), cwd=ROOT, env={"DUIBIAO_DATA": str(folder)}
    )

    async def ask() -> dict[str, Any]:
        with (folder / "stderr.txt").open("w") as errors:
            async with Client(stdio_client(parameters, errlog=errors), mode=mode) as client:
                called = await client.call_tool("ask", QUESTION)
                assert (await client.read_resource("duibiao://documents/2")).contents
                return dict(called.structured_content or {})

    return anyio.run(ask)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_standard_streams(folder: Path, mode: str) -> None:
    assert "96%以上" in _asked(folder, mode)["answer"]


def test_nothing_but_messages_goes_to_standard_output(folder: Path) -> None:
    """Even where a library prints: our stand-in for the model does."""
    version = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"},
    }
    sent: list[dict[str, object]] = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": version},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ask", "arguments": QUESTION}},
    ]
    command = [sys.executable, *_command(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stderr is not None
        lines = []
        for message in sent:
            server.stdin.write(json.dumps(message) + "\n")
            server.stdin.flush()
            if "id" in message:
                lines.append(json.loads(server.stdout.readline()))
        server.stdin.close()
        rest, noise = server.stdout.read(), server.stderr.read()
        assert server.wait(20) == 0
    assert [line["id"] for line in lines] == [1, 2]
    assert lines[0]["result"]["serverInfo"]["title"] == "对标"
    assert "96%以上" in lines[1]["result"]["structuredContent"]["answer"]
    assert rest == ""
    assert "a library that writes where it should not" in noise
    assert "Traceback" not in noise


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http(address: str, mode: Any) -> None:
    async def ask() -> tuple[dict[str, Any], int, str]:
        async with Client(f"{address}/mcp", mode=mode) as client:
            called = await client.call_tool("ask", QUESTION)
            tools = await client.list_tools()
            refused = await client.call_tool("item", {"item_id": 999})
            assert refused.is_error
            return dict(called.structured_content or {}), len(tools.tools), str(refused.content)

    answer, tools, refused = anyio.run(ask)
    assert "96%以上" in answer["answer"]
    assert tools == 8
    assert "没有编号为 999 的条目" in refused


CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"origin": "https://evil.example"}, 403, "cross-site-request"),
        ({"origin": "null"}, 403, "cross-site-request"),
        ({"sec-fetch-site": "cross-site"}, 403, "cross-site-request"),
        ({"host": "evil.example"}, 421, "unknown-host"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
def test_pages_of_other_sites_and_other_names_are_refused(
    address: str, method: str, headers: dict[str, str], status: int, code: str
) -> None:
    answer = httpx2.request(method, f"{address}/mcp", json=CALL, headers=ACCEPT | headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_pages_of_allowed_sites_are_answered(address: str) -> None:
    answer = httpx2.post(f"{address}/mcp", json=CALL, headers=ACCEPT | {"origin": "https://oa.example"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://oa.example"
    assert len(answer.json()["result"]["tools"]) == 8


def test_too_much_is_refused(address: str) -> None:
    answer = httpx2.post(f"{address}/mcp", content=b"x" * (2**20 + 1), headers=ACCEPT)
    assert (answer.status_code, answer.json()["code"]) == (413, "upload-too-large")


def test_the_sdk_is_not_imported_before_it_is_asked() -> None:
    script = "import sys, api.cli, api.app; print([m for m in sys.modules if m.split('.')[0] == 'mcp'])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

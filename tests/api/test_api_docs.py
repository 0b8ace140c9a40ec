"""Every command of docs/api.md is run against a live service, and what is stated of its answer compared."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from api.openapi import OPERATION_IDS
from api.settings import Settings
from tests.api.live import serving

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")
STATED_ADDRESS = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")


class Example(NamedTuple):
    language: str
    command: str
    kind: str
    stated: str


def _examples() -> list[Example]:
    """Return the commands in their order, each with the block behind it."""
    blocks = BLOCK.findall(TEXT)
    commands = [block for block in blocks if block[0] in {"bash", "python"}]
    assert len(blocks) == 2 * len(commands), "each command is followed by its answer"
    return [Example(*one, *two) for one, two in zip(blocks[::2], blocks[1::2], strict=True)]


def _differences(stated: Any, answered: Any, place: str = "") -> Iterator[str]:
    """Yield where an answer is not as stated; more keys and more elements of lists may be there."""
    if isinstance(stated, dict) and isinstance(answered, dict):
        for key, value in stated.items():
            if key in answered:
                yield from _differences(value, answered[key], f"{place}.{key}")
            else:
                yield f"{place}.{key} is not there"
    elif isinstance(stated, list) and isinstance(answered, list):
        if len(stated) > len(answered) or bool(stated) != bool(answered):
            yield f"{place} has {len(answered)} elements"
        for number, (one, other) in enumerate(zip(stated, answered, strict=False)):
            yield from _differences(one, other, f"{place}[{number}]")
    elif isinstance(stated, str) and "…" in stated and isinstance(answered, str):
        if not _fits(stated, answered):
            yield f"{place} is {answered!r}"
    elif stated != answered or isinstance(stated, bool) != isinstance(answered, bool):
        yield f"{place} is {answered!r}"


def _fits(stated: str, answered: str) -> bool:
    """Return whether a text is as stated, `…` standing for any characters."""
    pattern = ".*".join(re.escape(part) for part in stated.split("…"))
    return re.fullmatch(pattern, answered, re.DOTALL) is not None


def _missing_lines(stated: str, answered: str) -> list[str]:
    """Return the stated lines that do not come, in their order, among the answered ones."""
    lines = iter(answered.replace("\r", "").split("\n"))
    return [line for line in stated.strip().split("\n") if not any(_fits(line, one) for one in lines)]


def _run(example: Example, address: str, folder: Path) -> str:
    command = example.command.replace(STATED_ADDRESS, address)
    by = ["bash", "-euo", "pipefail", "-c"] if example.language == "bash" else [sys.executable, "-c"]
    done = subprocess.run(
        [*by, command],
        cwd=folder,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def test_every_command_gets_what_is_stated(tmp_path: Path) -> None:
    """One service for all, in the order of the page: what one command takes in, the next takes out."""
    faults = []
    with serving(Settings.of_folder(tmp_path / "data")) as address:
        while httpx2.get(f"{address}/readyz").status_code != 200:
            time.sleep(0.05)
        for example in _examples():
            answered = _run(example, address, tmp_path)
            if example.kind == "json":
                found = list(_differences(json.loads(example.stated), json.loads(answered)))
            else:
                found = _missing_lines(example.stated, answered)
            faults += [f"{example.command.strip()}\n  {one}" for one in found]
    assert not faults, "\n".join(faults)


def test_every_operation_has_its_command() -> None:
    assert set(re.findall("^### (.+)$", TEXT, re.MULTILINE)) == set(OPERATION_IDS)
    for part in re.split("^### ", TEXT, flags=re.MULTILINE)[1:]:
        method, path = part.partition("\n")[0].split(" ")
        command = BLOCK.findall(part)[0][1]
        address = re.sub(r"\\\{\w+\\\}", r"(\\d+|\\$\\(.*\\))", re.escape(STATED_ADDRESS + path))
        assert re.search(rf"{address}(?=[\s\"?])", command + "\n"), f"{method} {path}"
        assert method in {"GET", "POST"} or f"-X {method}" in command


def test_what_is_compared() -> None:
    assert list(_differences({"a": [1]}, {"a": [1, 2], "b": 0})) == []
    assert list(_differences({"a": []}, {"a": [1]})) == [".a has 1 elements"]
    assert list(_differences({"a": "x…"}, {"a": "yx"})) == [".a is 'yx'"]
    assert list(_differences({"a": True}, {"a": 1})) == [".a is 1"]
    assert _missing_lines("a\nb…", "a\r\nz\nbc\n") == []
    assert _missing_lines("b\na", "a\nb") == ["a"]

"""Everything that can be said to the program is written down in docs/reference.md."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from starlette.testclient import TestClient

from api.cli import cli
from api.problems import PROBLEMS
from api.settings import VARIABLES
from api.web.tabs import TABS

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference.md").read_text("utf-8")


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_and_its_options(name: str) -> None:
    assert f"`duibiao {name}" in REFERENCE
    for parameter in cli.commands[name].params:
        if isinstance(parameter, click.Option):
            for written in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"`{re.escape(written)}[ `]", REFERENCE), written


def test_no_command_that_does_not_exist() -> None:
    named = set(re.findall(r"`duibiao ([a-z]+)", REFERENCE))
    assert named <= set(cli.commands)


def test_every_address(client: TestClient) -> None:
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in REFERENCE
    for tab in TABS:
        assert f"`{tab.path}`" in REFERENCE


def test_every_error_code_with_its_status() -> None:
    written = dict(re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", REFERENCE, re.MULTILINE))
    assert written == {code: str(kind.status) for code, kind in PROBLEMS.items()}


def test_every_setting() -> None:
    written = set(re.findall(r"^\| `(DUIBIAO_[A-Z_]+)` \|", REFERENCE, re.MULTILINE))
    assert written == {variable.name for variable in VARIABLES}

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from tests.api.fake_embedder import open_fake

SEEDS = Path(__file__).parents[3] / "corpus" / "documents"

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything is kept in a fresh folder and embedded without a model."""
    folder = tmp_path / "kept"
    monkeypatch.setenv("DUIBIAO_DATA", str(folder))
    for name in ("DUIBIAO_DB", "DUIBIAO_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    return folder


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Json]:
    """Run a command that must succeed and return its JSON."""

    def ask(*arguments: str) -> Json:
        capsys.readouterr()
        assert run(arguments) == 0
        answer: Json = json.loads(capsys.readouterr().out)
        return answer

    return ask


@pytest.fixture
def refuse(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must be refused with status 2 and return its one sentence."""

    def refuse(*arguments: str) -> str:
        capsys.readouterr()
        assert run(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        return captured.err.rstrip("\n")

    return refuse


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Json]:
    """The two sample documents, ingested once, and what ingesting them wrote."""
    folder = tmp_path_factory.mktemp("ingested")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as written:
        patch.setenv("DUIBIAO_DATA", str(folder))
        patch.setattr("index.embedders.open_embedder", open_fake)
        assert run(["ingest", str(SEEDS), "--json"]) == 0
    return folder, json.loads(written.getvalue())


@pytest.fixture
def seeds(folder: Path, ingested: tuple[Path, Json]) -> Json:
    """The two sample documents in the catalog of this test."""
    kept, answer = ingested
    shutil.copytree(kept, folder)
    return answer

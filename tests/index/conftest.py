from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalog import Catalog
from tests.index.samples import filled


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with filled(tmp_path) as opened:
        yield opened


@pytest.fixture
def coded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let codes name the rows that are compared in segments that are not large at all."""
    monkeypatch.setattr("index.vectors._CODED", 12)
    monkeypatch.setattr("index.vectors._LISTED", 2)
    monkeypatch.setattr("index.vectors._LISTED_A_HIT", 1)

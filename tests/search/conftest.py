"""The two sample documents in a catalog, embedded with the default model."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from corpus.catalog import Catalog, SourceFile
from index.build import prepare_all
from index.embedders import Embedder, open_embedder
from index.searcher import Index
from ingest.reading import read_file
from search.engine import SearchEngine

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "corpus" / "documents"
TODAY = date(2022, 5, 1)

MakeEngine = Callable[[Sequence[Path]], SearchEngine]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The default model, where the set-up prepared it (or prepared now)."""
    return open_embedder(None, ROOT / "data" / "models")


@pytest.fixture(scope="session")
def make_engine(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeEngine]:
    """Make an engine over the documents of some files."""
    opened: list[Catalog] = []

    def make(files: Sequence[Path]) -> SearchEngine:
        folder = tmp_path_factory.mktemp("catalog")
        catalog = Catalog.open(folder, create=True)
        opened.append(catalog)
        for file in files:
            content = file.read_bytes()
            source = SourceFile(
                str(file), file.name, file.name, hashlib.sha256(content).hexdigest(), len(content), "test"
            )
            catalog.store(source, prepare_all(read_file(file).documents, embedder), embedder.record)
        return SearchEngine(catalog, Index(catalog, folder), embedder, today=lambda: TODAY)

    yield make
    for catalog in opened:
        catalog.close()


@pytest.fixture(scope="session")
def samples(make_engine: MakeEngine) -> SearchEngine:
    """An engine over both sample documents."""
    return make_engine(sorted(SEEDS.glob("*.txt")))


@pytest.fixture(scope="session")
def unlabelled(make_engine: MakeEngine, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine over the 2012 document alone, read without what the manifest knows of it."""
    folder = tmp_path_factory.mktemp("unlabelled")
    file = shutil.copy(SEEDS / "002_7bb5ada4633d9ee4.txt", folder / "目标.txt")
    return make_engine([Path(file)])

"""The two catalogs that speed is measured on; each is made once and kept below `data/benchmarks/`.

    python -m tests.benchmarks.catalogs reports     # the work reports of ../shared/data/reports
    python -m tests.benchmarks.catalogs million     # a million items made of them

The million: texts are clauses of the reports put together anew, vectors those of the reports' passages
turned a little, with years, units, categories and cities set. It needs the first catalog.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import Catalog, PreparedChunk, PreparedDocument, SourceFile
from corpus.model import DocumentKind, TargetDocument, TargetItem
from index.searcher import Index

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "data" / "reports"
FOLDER = ROOT / "data" / "benchmarks"
ITEMS, ITEMS_A_DOCUMENT = 1_000_000, 1000
TURN = 0.35  # length of the noise beside a vector of length one: cosine to the original about 0.94
SEED = 20
UNITS = tuple(f"市第{number}局" for number in range(1, 61))
CATEGORIES = ("工作目标", "奋斗目标", "重点目标", "创优目标")
_CLAUSE = re.compile(r"[^，。；：、！？\s]{6,40}[，。；]")


def catalog_of(name: str) -> Path:
    """Return the folder of a catalog."""
    return FOLDER / name


def make_reports() -> None:
    """Take the work reports in through the library, as `duibiao ingest` does."""
    from api.library import Library
    from api.settings import settings_from_environment
    from ingest.reading import Hints

    with Library(settings_from_environment(catalog=catalog_of("reports")), create=True) as library:
        summary = library.ingest([REPORTS], Hints(), lambda _: None)
    print(f"{summary.added} added, {summary.unchanged} unchanged")


def make_million(items: int = ITEMS) -> None:
    """Store the made-up documents and derive their index."""
    folder = catalog_of("million")
    with Catalog.open(catalog_of("reports")) as real:
        record = real.embedding()
        if record is None:
            sys.exit("the catalog of the reports is empty: make it first")
        vectors, texts = _sample(real)
    began = time.perf_counter()
    with Catalog.open(folder, create=True) as catalog:
        for number, prepared in enumerate(_documents(vectors, texts, items)):
            name = prepared.document.source
            file = SourceFile(f"/{name}", name, name, f"{number:064x}", 1, "generated")
            catalog.store(file, [prepared], record)
        stored = time.perf_counter()
        index = Index(catalog, folder)
        index.searcher()
        index.save()
    done = time.perf_counter()
    print(f"stored in {stored - began:.0f} s, indexed in {done - stored:.0f} s")


def _sample(real: Catalog) -> tuple[NDArray[np.float32], list[str]]:
    """Return up to 50,000 vectors of the real catalog, and the clauses of as many of its passages."""
    with real.snapshot() as reader:
        rows = [(row.chunk_id, row.text) for row in reader.chunks_after(0)]
        choice = random.Random(SEED)
        start = choice.randrange(max(1, len(rows) - 50_000))
        drawn = rows[start : start + 50_000]
        _, vectors = reader.vectors(drawn[0][0], drawn[-1][0])
    clauses = [clause for _, text in drawn for clause in _CLAUSE.findall(text)]
    return vectors, clauses


def _documents(vectors: NDArray[np.float32], clauses: list[str], items: int) -> Iterator[PreparedDocument]:
    choice, noise = random.Random(SEED), np.random.default_rng(SEED)
    dimension = vectors.shape[1]
    for number in range(items // ITEMS_A_DOCUMENT):
        picked = vectors[noise.integers(len(vectors), size=ITEMS_A_DOCUMENT)]
        turned = noise.standard_normal((ITEMS_A_DOCUMENT, dimension), dtype=np.float32)
        turned *= TURN / np.sqrt(dimension)
        turned += picked
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        texts = ["".join(choice.choices(clauses, k=choice.randint(2, 8))) for _ in range(ITEMS_A_DOCUMENT)]
        yield _document(number, texts, turned)


def _document(number: int, texts: list[str], vectors: NDArray[np.float32]) -> PreparedDocument:
    items = tuple(
        TargetItem(CATEGORIES[place % len(CATEGORIES)], str(place + 1), text[:12], text)
        for place, text in enumerate(texts)
    )
    unit, year = UNITS[number % len(UNITS)], 2001 + number // len(UNITS) % 25
    document = TargetDocument(
        source=f"{number:04}.txt",
        title=None,
        kind=DocumentKind.TARGETS,
        unit=unit,
        year=year,
        city=f"第{number % 44 + 1}市",
        items=items,
        text="",
    )
    chunks = tuple(
        (PreparedChunk(f"{year}年 {unit} {item.category} {item.name}\n{text}", 0, len(text), vector),)
        for item, text, vector in zip(items, texts, vectors, strict=True)
    )
    return PreparedDocument(document, chunks)


def main() -> None:
    """Make the catalog that is named."""
    made = {"reports": make_reports, "million": make_million}
    if sys.argv[1:] not in ([name] for name in made):
        sys.exit(__doc__)
    made[sys.argv[1]]()


if __name__ == "__main__":
    main()

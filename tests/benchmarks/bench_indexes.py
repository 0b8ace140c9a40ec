"""Which vector index: recall, time, memory, building and opening of every kind at three sizes.

    python -m tests.benchmarks.bench_indexes [10000] [reports] [million]

`reports` are the vectors of the work reports (`tests.benchmarks.catalogs`), 10000 are drawn from them, the
million are they turned a little, as in that catalog. The evaluation queries are asked, one at a time on one
thread, without a filter and with filters that 10 % and 1 % pass, whole documents of 100 rows. Every index
lies in a file, memory-mapped by a process of its own; the processes take turns, so that other work on the
machine meets all alike. Recall is the share that is found of the ten best of the exact scan in half
precision, under the same filter. Writes docs/benchmarks/indexes.json and the table in docs/benchmarks.md.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from api.evaluating import write_section
from corpus.catalog import Catalog
from index.embedders import open_embedder
from search.common_queries import mean_query
from search.retrieve import make_embedding, passage_of
from tests.benchmarks.catalogs import FOLDER, ROOT, SEED, TURN, catalog_of
from tests.benchmarks.index_kinds import (
    EXACT,
    GRAPH,
    KINDS,
    OURS,
    Asked,
    Asker,
    Kind,
    Mask,
    Opened,
    Vectors,
    asker,
)

PAGE = ROOT / "docs" / "benchmarks.md"
RESULT = ROOT / "docs" / "benchmarks" / "indexes.json"
QUERIES = ROOT / "tests" / "evaluation" / "retrieval.jsonl"
SIZES = ("10000", "reports", "million")
MILLION = 1_000_000
MOST_FOR_A_GRAPH = 200_000  # a graph over a million takes longer to build than all else here together
DOCUMENT = 100
PASSING: Mapping[str, float | None] = {"all": None, "10 %": 0.1, "1 %": 0.01}
_TURN_OF = 20  # queries that one kind answers before it is the next one's turn


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds a query by the clock, the median of processor time, and the recall of the ten best."""

    p50: float
    p95: float
    processor: float
    recall: float


@dataclass(frozen=True, slots=True)
class Row:
    """One kind at one setting; `asked` by how much the filter lets pass, `megabytes` of its process."""

    kind: str
    setting: str
    build: float
    megabytes: float
    opened: Opened
    asked: Mapping[str, Times]


@dataclass(frozen=True, slots=True)
class Result:
    """One size, with the load from other work before and after."""

    size: str
    vectors: int
    queries: int
    load: tuple[float, float]
    rows: tuple[Row, ...]


def reports_vectors() -> Vectors:
    """Return the vectors of the work reports, each of length one."""
    with Catalog.open(catalog_of("reports"), read_only=True) as catalog:
        last = catalog.state().last_chunk
        blocks = [catalog.vectors(n, min(n + 16_383, last))[1] for n in range(1, last + 1, 16_384)]
    return _unit(np.concatenate(blocks))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)


def vectors_of(size: str) -> Vectors:
    """Return the vectors of a size by its name."""
    vectors, choice = reports_vectors(), np.random.default_rng(SEED)
    if size == "reports":
        return vectors
    if size == "million":
        made = np.empty((MILLION, vectors.shape[1]), np.float32)
        for start in range(0, MILLION, 50_000):
            noise = choice.standard_normal((50_000, vectors.shape[1]), dtype=np.float32)
            noise *= TURN / np.sqrt(vectors.shape[1])
            noise += vectors[choice.integers(len(vectors), size=50_000)]
            made[start : start + 50_000] = _unit(noise)
        return made
    return vectors[np.sort(choice.choice(len(vectors), int(size), replace=False))]


def query_vectors() -> Vectors:
    """Return the directions in which the product searches for the evaluation queries."""
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    embedder = open_embedder(None, ROOT / "data" / "models")
    mean = mean_query(embedder, None)
    vectors = embedder.embed_queries([passage_of(json.loads(line)["query"]) for line in lines])
    return np.stack([make_embedding(vector, mean).direction for vector in vectors])


def mask_of(rows: int, share: float | None) -> Mask | None:
    """Return which rows pass: those of whole documents, drawn until `share` of all is there."""
    if share is None:
        return None
    documents = rows // DOCUMENT
    drawn = np.random.default_rng(SEED).choice(documents, max(1, round(documents * share)), replace=False)
    mask = np.zeros(rows, np.bool_)
    for document in drawn:
        mask[document * DOCUMENT : (document + 1) * DOCUMENT] = True
    return mask


def measure(size: str, queries: Vectors) -> Result:
    """Build every kind, then ask all of them in turns."""
    load, vectors = os.getloadavg()[0], vectors_of(size)
    rows = len(vectors)
    kinds = [kind for kind in KINDS if kind.name != GRAPH or rows <= MOST_FOR_A_GRAPH]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="indexes-", dir=FOLDER) as folder:
        paths = {kind: Path(folder) / f"{number}.faiss" for number, kind in enumerate(kinds)}
        took = {}
        for kind, path in paths.items():
            took[kind] = kind.make(vectors, path)
            print(f"{kind.name}: {took[kind]:.1f} s", flush=True)
        del vectors
        table = ask_all(paths, took, queries, rows)
    return Result(size, rows, len(queries), (round(load, 2), round(os.getloadavg()[0], 2)), table)


def ask_all(
    paths: Mapping[Kind, Path], took: Mapping[Kind, float], queries: Vectors, rows: int
) -> tuple[Row, ...]:
    """Open every file in a process of its own, ask them in turns, and put with it how long building took."""
    with ExitStack() as stack:
        askers = {kind: stack.enter_context(asker(path, kind, queries)) for kind, path in paths.items()}
        asked = {name: _in_turns(askers, len(queries), mask_of(rows, s)) for name, s in PASSING.items()}
        return tuple(
            Row(
                kind.name,
                f"{kind.parameter} {setting}" if kind.parameter else "",
                round(took[kind], 2),
                round(one.megabytes(), 1),
                _rounded(one.opened),
                {name: _times(found, kind, setting) for name, found in asked.items()},
            )
            for kind, setting, one in _each(askers)
        )


def _in_turns(
    askers: Mapping[Kind, Asker], queries: int, allowed: Mask | None
) -> dict[tuple[str, int], Asked]:
    """Return what each kind at each setting found; the first turn warms up and is asked again."""
    parts: dict[tuple[str, int], list[Asked]] = {}
    turns = [0, *range(0, queries, _TURN_OF)]
    for number, first in enumerate(turns):
        for kind, setting, one in _each(askers):
            found = one.ask(setting, first, min(first + _TURN_OF, queries), allowed)
            if number:
                parts.setdefault((kind.name, setting), []).append(found)
    return {
        key: Asked(
            np.concatenate([one.rows for one in some]),
            [ms for one in some for ms in one.clock],
            [ms for one in some for ms in one.processor],
        )
        for key, some in parts.items()
    }


def _each(askers: Mapping[Kind, Asker]) -> Iterator[tuple[Kind, int, Asker]]:
    for kind, one in askers.items():
        for setting in kind.settings:
            yield kind, setting, one


def _times(asked: Mapping[tuple[str, int], Asked], kind: Kind, setting: int) -> Times:
    found = asked[kind.name, setting]
    p50, p95 = np.percentile(found.clock, [50, 95])
    return Times(
        round(float(p50), 3),
        round(float(p95), 3),
        round(float(np.median(found.processor)), 3),
        round(recall(found.rows, asked[EXACT, 0].rows), 4),
    )


def recall(found: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """Return the share of the right rows that were found; -1 stands for none."""
    shared = sum(
        len(set(some.tolist()) & set(best.tolist()) - {-1}) for some, best in zip(found, right, strict=True)
    )
    return shared / int((right >= 0).sum())


def _rounded(opened: Opened) -> Opened:
    return Opened(round(opened.opened, 3), round(opened.first_answer, 3))


def table(results: Sequence[Result]) -> str:
    """Return what the page says."""
    return "\n\n".join(_table(one) for one in results)


def _table(result: Result) -> str:
    names = list(PASSING)
    head = [
        "",
        *(f"{'no filter' if name == 'all' else name + ' pass'}: p50 / p95 ms, recall" for name in names),
        "× ours (p50)",
        "memory MB",
        "build s",
        "first answer of a new process s",
    ]
    ours = {name: next(row for row in result.rows if row.kind == OURS).asked[name] for name in names}
    lines = [
        f"{result.vectors:,} vectors, {result.queries} queries; load {result.load[0]} before,"
        f" {result.load[1]} after."
        + ("" if any(row.kind == GRAPH for row in result.rows) else f" {GRAPH} was not built at this size."),
        "",
        f"| {' | '.join(head)} |",
        "|---" * len(head) + "|",
    ]
    for row in result.rows:
        cells = [
            f"{row.kind}{', ' + row.setting if row.setting else ''}{' (ours)' if row.kind == OURS else ''}",
            *(f"{row.asked[n].p50:.2f} / {row.asked[n].p95:.2f}, {row.asked[n].recall:.3f}" for n in names),
            " / ".join(f"{row.asked[n].p50 / ours[n].p50:.2f}" for n in names),
            f"{row.megabytes:.0f}",
            f"{row.build:.1f}",
            f"{row.opened.first_answer:.3f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and write."""
    queries = query_vectors()
    results = []
    for size in sys.argv[1:] or SIZES:
        results.append(measure(size, queries))
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        RESULT.write_text(json.dumps([asdict(one) for one in results], indent=1) + "\n", encoding="utf-8")
        write_section(PAGE, "indexes", table(results))
    print(table(results))


if __name__ == "__main__":
    main()

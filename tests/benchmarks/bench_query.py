"""What a question costs end to end, beside the least it could cost.

    python -m tests.benchmarks.bench_query [reports] [million]

The *floor* of a question is measured in the same run, ten questions at a time in turn with the service: embed
it, scan all vectors once with FAISS (flat, single precision, in memory, one thread), ask the full text once.
The service answers over HTTP: understanding, filters, both legs, fusion, highlights, JSON. The catalogs are
those of `tests.benchmarks.catalogs`. Writes docs/benchmarks/query.json and the table in docs/benchmarks.md.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numpy as np

from api.evaluating import write_section
from corpus.catalog import Catalog
from index.embedders import Embedder, open_embedder
from index.filters import ALL
from index.searcher import Index
from tests.benchmarks.catalogs import REPORTS, ROOT, catalog_of
from tests.benchmarks.memory import resident
from tests.benchmarks.service import Client, served

if TYPE_CHECKING:
    import faiss

    from index.fulltext import FullTextSearcher

PAGE = ROOT / "docs" / "benchmarks.md"
RESULT = ROOT / "docs" / "benchmarks" / "query.json"
QUERIES = ROOT / "tests" / "evaluation" / "retrieval.jsonl"
ASKED = 150
POOL = 200
CLIENTS = 50
_TURN = 10
_NEW_PROCESS = ("-m", "api.cli", "search", "公文按期办结率", "--json", "--db")


P = ParamSpec("P")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: median and 95th percentile."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Result:
    """One catalog; `new_process` is the wall time of `duibiao search` in seconds, files in memory."""

    catalog: str
    chunks: int
    load_before: float
    floor: Times
    plain: Times
    filtered: Times
    plain_ratio: Times
    filtered_ratio: Times
    alone_per_second: float
    clients_per_second: float
    clients: Times
    errors: int
    while_ingesting: Times
    slowed: float
    new_process: float
    service_megabytes: float
    own_megabytes: float


class Floor:
    """The least a hybrid question needs."""

    def __init__(self, folder: Path) -> None:
        import faiss

        faiss.omp_set_num_threads(1)
        self._embedder: Embedder = open_embedder(None, ROOT / "data" / "models")
        with Catalog.open(folder, read_only=True) as catalog:
            index = Index(catalog, folder)
            self.vocabulary = index.searcher().vocabulary()
            self._fulltext: FullTextSearcher = index.searcher()._fulltext
            self._flat = self._copied(catalog)
        self.chunks = self._flat.ntotal

    def _copied(self, catalog: Catalog) -> faiss.IndexFlatIP:
        import faiss

        flat = faiss.IndexFlatIP(self._embedder.record.dimension)
        last = catalog.state().last_chunk
        for first in range(1, last + 1, 65_536):
            _, vectors = catalog.vectors(first, min(first + 65_535, last))
            flat.add(vectors)
        return flat

    def ask(self, query: str) -> None:
        """Embed, scan, ask the full text."""
        vector = self._embedder.embed_queries([query])
        self._flat.search(vector, POOL)
        self._fulltext.search(query, POOL, ALL)


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield lists of `size` rows, the last perhaps shorter."""
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some


def milliseconds(call: Callable[P, object], *arguments: P.args, **named: P.kwargs) -> float:
    """Return how long a call takes."""
    began = time.perf_counter()
    call(*arguments, **named)
    return 1000 * (time.perf_counter() - began)


def times(found: Sequence[float]) -> Times:
    """Return median and 95th percentile."""
    p50, p95 = np.percentile(found, [50, 95])
    return Times(round(float(p50), 2), round(float(p95), 2))


def ratio(ours: Times, floor: Times) -> Times:
    """Return how many times the floor."""
    return Times(round(ours.p50 / floor.p50, 2), round(ours.p95 / floor.p95, 2))


def queries() -> list[str]:
    """Return the queries of the evaluation set."""
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    return list(islice(cycle(json.loads(line)["query"] for line in lines), ASKED))


def measure(name: str) -> Result:
    """Measure one catalog."""
    folder, asked, load = catalog_of(name), queries(), os.getloadavg()[0]
    new_process = statistics.median(_new_process(folder) for _ in range(5))
    floor = Floor(folder)
    years, cities = floor.vocabulary.years, floor.vocabulary.cities
    filters = list(islice(((y, c) for y, c in zip(cycle(years), cycle(cities), strict=False)), ASKED))
    with served(folder) as port:
        client = Client(port)
        rows: list[tuple[float, float, float]] = []
        warming = list(zip(asked[:_TURN], filters, strict=False))
        for turn in (warming, *batched(zip(asked, filters, strict=True), _TURN)):
            floors = [milliseconds(floor.ask, query) for query, _ in turn]
            plains = [milliseconds(client.get, "/v1/search", q=query) for query, _ in turn]
            filtereds = [
                milliseconds(client.get, "/v1/search", q=query, year=year, city=city)
                for query, (year, city) in turn
            ]
            rows += zip(floors, plains, filtereds, strict=True)
        floor_times, plain, filtered = (times(column) for column in zip(*rows[_TURN:], strict=True))
        began = time.perf_counter()
        alone = [milliseconds(client.get, "/v1/search", q=query) for query in asked]
        alone_per_second = len(asked) / (time.perf_counter() - began)
        per_second, crowded, errors = _crowd(port, asked)
        during = _while_ingesting(folder, Client(port), asked)
        megabytes, own = _memory_of_service(port)
    return Result(
        catalog=name,
        chunks=floor.chunks,
        load_before=round(load, 2),
        floor=floor_times,
        plain=plain,
        filtered=filtered,
        plain_ratio=ratio(plain, floor_times),
        filtered_ratio=ratio(filtered, floor_times),
        alone_per_second=round(alone_per_second, 1),
        clients_per_second=round(per_second, 1),
        clients=crowded,
        errors=errors,
        while_ingesting=during,
        slowed=round(during.p50 / times(alone).p50, 2),
        new_process=round(new_process, 2),
        service_megabytes=round(megabytes),
        own_megabytes=round(own),
    )


def _new_process(folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *_NEW_PROCESS, str(folder)], check=True, capture_output=True)
    return time.perf_counter() - began


def _crowd(port: int, asked: Sequence[str]) -> tuple[float, Times, int]:
    """Ask from many clients at once; return answers a second, their times, and how many failed."""

    def one(number: int) -> list[float | None]:
        client = Client(port)
        found: list[float | None] = []
        for query in asked[number % 7 :: 7]:
            try:
                found.append(milliseconds(client.get, "/v1/search", q=query))
            except (OSError, RuntimeError):
                found.append(None)
        return found

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [one for some in pool.map(one, range(CLIENTS)) for one in some]
    took = time.perf_counter() - began
    sound = [one for one in answers if one is not None]
    return len(sound) / took, times(sound), len(answers) - len(sound)


def _while_ingesting(folder: Path, client: Client, asked: Sequence[str]) -> Times:
    """Ask while another process takes ten changed work reports in, which go out again afterwards."""
    found = list(REPORTS.glob("*/2015.md"))[:10]
    with TemporaryDirectory() as copies:
        for number, report in enumerate(sorted(found)):
            text = report.read_text(encoding="utf-8").replace("，", "、")  # passages that are not there yet
            (Path(copies) / f"measured-{number}.md").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "api.cli", "ingest", "--json", "--db", str(folder), copies]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
            client.get("/healthz")
            time.sleep(3)
            took = list(_until(lambda: running.poll() is not None, client, asked))
            summary = json.loads(running.communicate()[0])
    for document in [one["id"] for file in summary["files"] for one in file["documents"]]:
        remove = [sys.executable, "-m", "api.cli", "remove", str(document), "--db", str(folder)]
        subprocess.run(remove, check=True, capture_output=True)
    return times(took)


def _until(is_over: Callable[[], bool], client: Client, asked: Sequence[str]) -> Iterator[float]:
    for query in cycle(asked):
        yield milliseconds(client.get, "/v1/search", q=query)
        if is_over():
            return


def _memory_of_service(port: int) -> tuple[float, float]:
    """Return the memory of the process that listens on `port`, and what of it is its own, in megabytes."""
    found = subprocess.run(
        ["pgrep", "-f", f"serve .*--port {port}"], capture_output=True, text=True, check=True
    )
    process = found.stdout.split()[0]
    return resident(process), resident(process, "Pss_Anon")


def table(results: Sequence[Result]) -> str:
    """Return what the page says."""
    lines = [
        "| | " + " | ".join(f"{one.catalog}, {one.chunks:,} chunks" for one in results) + " |",
        "|---|" + "---|" * len(results),
    ]
    rows: tuple[tuple[str, Callable[[Result], str]], ...] = (
        ("floor, p50 / p95 ms", lambda one: f"{one.floor.p50} / {one.floor.p95}"),
        ("service, no filter, p50 / p95 ms", lambda one: f"{one.plain.p50} / {one.plain.p95}"),
        ("× floor", lambda one: f"{one.plain_ratio.p50} / {one.plain_ratio.p95}"),
        ("service, year and city, p50 / p95 ms", lambda one: f"{one.filtered.p50} / {one.filtered.p95}"),
        ("× floor", lambda one: f"{one.filtered_ratio.p50} / {one.filtered_ratio.p95}"),
        ("answers a second, one client", lambda one: str(one.alone_per_second)),
        (
            f"answers a second, {CLIENTS} clients",
            lambda one: f"{one.clients_per_second}, {one.errors} errors",
        ),
        (f"{CLIENTS} clients, p50 / p95 ms", lambda one: f"{one.clients.p50} / {one.clients.p95}"),
        (
            "while reports are taken in, p50 / p95 ms",
            lambda one: f"{one.while_ingesting.p50} / {one.while_ingesting.p95}",
        ),
        ("× alone", lambda one: str(one.slowed)),
        ("`duibiao search` in a new process", lambda one: f"{one.new_process} s"),
        (
            "memory of the service, without pages of files",
            lambda one: f"{one.service_megabytes:.0f} MB, {one.own_megabytes:.0f} MB",
        ),
        ("load from other work", lambda one: str(one.load_before)),
    )
    return "\n".join(
        [*lines, *(f"| {head} | " + " | ".join(map(cell, results)) + " |" for head, cell in rows)]
    )


def main() -> None:
    """Measure and write."""
    results = [measure(name) for name in sys.argv[1:] or ("reports", "million")]
    RESULT.write_text(json.dumps([asdict(one) for one in results], indent=1) + "\n", encoding="utf-8")
    write_section(PAGE, "query", table(results))
    print(table(results))


if __name__ == "__main__":
    main()

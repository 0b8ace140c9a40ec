"""Other systems beside ours: the same passages, vectors and queries, in the same run.

    python -m tests.benchmarks.peers.install
    python -m tests.benchmarks.peers.bench_peers [--passages N] [--longest-add SECONDS] [NAME …]

Each peer has a process of its own, in its own environment; the processes take turns, so that other work on
the machine meets all alike. Searching is timed with the query's vector given; what embedding it costs is
measured beside it and added. Needs the catalog `reports` of `tests.benchmarks.catalogs` and the foreign sets
of ../shared/data. Writes docs/benchmarks/peers.json and the table in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from api.evaluating import write_section
from index.embedders import Embedder, open_embedder
from tests.benchmarks.catalogs import FOLDER, ROOT
from tests.benchmarks.peers.contract import PEERS, Told
from tests.benchmarks.peers.install import REQUIREMENTS, python_of
from tests.benchmarks.peers.material import FOREIGN, Judged, make_foreign, make_reports
from tests.benchmarks.peers.runner import lines_of
from tests.benchmarks.peers.running import LONGEST_ADD, Asker, asker, fill
from tests.benchmarks.peers.tables import table

PAGE = ROOT / "docs" / "benchmarks.md"
RESULT = ROOT / "docs" / "benchmarks" / "peers.json"
K, K_PASSAGES = 10, 50  # hits that are timed; passages that a ranking of ten documents is made of
_TURN_OF = 10
# A peer that needs longer for one turn is asked in every fifth only: its times are no close call.
_SLOW_TURN, _SELDOM = 8.0, 5


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of a search: median and 95th percentile, then the same with the query's embedding."""

    p50: float
    p95: float
    whole_p50: float
    whole_p95: float


@dataclass(slots=True)
class Result:
    """One peer; what could not be measured is absent, and `failed` says why."""

    name: str
    version: str
    search: str
    filters: str
    added_per_second: float | None = None
    first_answer: float | None = None
    megabytes: float | None = None
    plain: Times | None = None
    filtered: Times | None = None
    filled: float | None = None
    quality: dict[str, dict[str, float]] = field(default_factory=dict)
    failed: str = ""
    remark: str = ""

    def fail(self, why: str) -> None:
        """Add to what went wrong, and say it."""
        self.failed = "; ".join(filter(None, (self.failed, why)))
        print(f"{self.name}: {why}", flush=True)


def measure_speed(
    results: Mapping[Told, Result], material: Path, store: Path, embedder: Embedder, longest_add: int
) -> None:
    """Fill every peer with the reports, one after the other, then ask all of them in turns."""
    queries = lines_of(material / "queries.jsonl")
    passages = sum(1 for _ in (material / "passages.jsonl").open(encoding="utf-8"))
    for peer, result in results.items():
        try:
            seconds = fill(peer, material, store / peer.module, longest_add)
            result.added_per_second = round(passages / seconds, 1)
            print(f"{peer.name}: {result.added_per_second} passages/s", flush=True)
        except RuntimeError as error:
            result.fail(f"adding: {error}")
    with ExitStack() as stack:
        askers: dict[Told, Asker] = {}
        for peer, result in results.items():
            if not result.failed:
                _open(peer, result, stack, askers, material, store)
        for filtered in (False, True):
            _ask_in_turns(results, askers, queries, embedder, filtered=filtered)


def _open(
    peer: Told, result: Result, stack: ExitStack, askers: dict[Told, Asker], material: Path, store: Path
) -> None:
    try:
        askers[peer] = stack.enter_context(asker(peer, material, store / peer.module))
        result.first_answer = round(askers[peer].opened["first_answer"], 2)
    except RuntimeError as error:
        result.fail(f"opening: {error}")


@dataclass(slots=True)
class _Asked:
    """What one peer answered so far; `embedding` is what embedding the same queries took."""

    slow: bool = False
    clock: list[float] = field(default_factory=list)
    embedding: list[float] = field(default_factory=list)
    hits: int = 0
    megabytes: float = 0.0


def _ask_in_turns(
    results: Mapping[Told, Result],
    askers: Mapping[Told, Asker],
    queries: Sequence[Mapping[str, str]],
    embedder: Embedder,
    *,
    filtered: bool,
) -> None:
    asked = {peer: _Asked() for peer in askers if not results[peer].failed}
    for turn, first in enumerate([0, *range(0, len(queries), _TURN_OF)]):
        last = min(first + _TURN_OF, len(queries))
        embedding = [_embedded(embedder, one["text"]) for one in queries[first:last]]
        for peer, so_far in asked.items():
            if so_far.slow and turn % _SELDOM != 1:
                continue
            answer = _asked(askers[peer], results[peer], (first, last), filtered=filtered)
            if not answer:
                continue
            if not turn:  # the first turn warms up and is asked again
                so_far.slow = sum(answer["clock"]) > 1000 * _SLOW_TURN
                continue
            so_far.clock += answer["clock"]
            so_far.embedding += embedding
            so_far.hits += sum(map(len, answer["found"]))
            so_far.megabytes = answer["megabytes"]
    for peer, so_far in asked.items():
        if not results[peer].failed:
            _conclude(results[peer], so_far, len(queries), filtered=filtered)


def _conclude(result: Result, asked: _Asked, queries: int, *, filtered: bool) -> None:
    times, number = _times(asked.clock, asked.embedding), len(asked.clock)
    result.megabytes = round(asked.megabytes)
    if number < queries:
        result.remark = f"slow: times of {number} of the {queries} queries"
    if filtered:
        result.filtered = times
        result.filled = round(asked.hits / (K * number), 3)
    else:
        result.plain = times


def _asked(one: Asker, result: Result, part: tuple[int, int], *, filtered: bool) -> dict[str, Any] | None:
    """Return the answers of a peer; of one that has ended none, the others go on."""
    if result.failed:
        return None
    try:
        return one.ask(*part, K, filtered=filtered)
    except RuntimeError as error:
        result.fail(f"{'filtered' if filtered else 'asking'}: {error}")
        return None


def _embedded(embedder: Embedder, text: str) -> float:
    began = time.perf_counter()
    embedder.embed_queries([text])
    return 1000 * (time.perf_counter() - began)


def _times(clock: Sequence[float], embedding: Sequence[float]) -> Times:
    whole = np.add(clock, embedding)
    found = (*np.percentile(clock, [50, 95]), *np.percentile(whole, [50, 95]))
    return Times(*(round(float(one), 2) for one in found))


def measure_quality(
    results: Mapping[Told, Result], name: str, judged: Judged, material: Path, store: Path
) -> None:
    """Judge every peer on a foreign set, also one that failed before; ours by its own evaluation."""
    for peer, result in results.items():
        if not peer.environment:
            result.quality[name] = judged.ours
            continue
        try:
            fill(peer, material, store / peer.module)
            with asker(peer, material, store / peer.module) as one:
                found = one.ask(0, len(judged.queries), K_PASSAGES, filtered=False)["found"]
            result.quality[name] = judged.measured(found)
        except RuntimeError as error:
            result.fail(f"{name}: {error}")
        print(f"{name}, {peer.name}: {result.quality.get(name, result.failed)}", flush=True)


def version_of(peer: Told) -> str:
    """Return what a peer's environment is pinned to."""
    if not peer.environment:
        return "this tree"
    pins = (REQUIREMENTS / f"{peer.environment}.txt").read_text(encoding="utf-8").split()
    return ", ".join(pin.replace("==", " ") for pin in pins if not pin.startswith(("numpy", "torch")))


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--passages", type=int, help="how many passages of the reports; all without it")
    parser.add_argument("--longest-add", type=int, default=LONGEST_ADD, help="seconds a peer may add for")
    parser.add_argument("names", nargs="*", help="modules of adapters; every peer without")
    given = parser.parse_args()
    named = [one for one in PEERS if not one.environment or not given.names or one.module in given.names]
    every = {peer: Result(peer.name, version_of(peer), peer.search, peer.filters) for peer in named}
    results = {peer: result for peer, result in every.items() if python_of(peer.environment).exists()}
    for peer in every.keys() - results.keys():
        every[peer].fail("not installed")
    embedder, load = open_embedder(None, ROOT / "data" / "models"), os.getloadavg()[0]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="peer-stores-", dir=FOLDER) as folder:
        root = Path(folder)
        passages = make_reports(root / "reports" / "material", embedder, given.passages)
        measure_speed(results, root / "reports" / "material", root / "reports", embedder, given.longest_add)
        told = {"passages": passages, "load": [round(load, 2), round(os.getloadavg()[0], 2)]}
        _write(told, every.values())
        for name in FOREIGN:
            judged = make_foreign(name, root / name / "material", embedder)
            measure_quality(results, name, judged, root / name / "material", root / name)
            _write(told, every.values())


def _write(told: Mapping[str, Any], results: Iterable[Result]) -> None:
    whole = {**told, "peers": [asdict(one) for one in results]}
    RESULT.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_section(PAGE, "peers", table(whole))


if __name__ == "__main__":
    main()

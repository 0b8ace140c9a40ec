"""What taking files in costs beside embedding alone: `python -m tests.benchmarks.bench_ingest`.

Every nth work report is taken into an empty catalog by `duibiao ingest`, start of the process included, in
turn with the *floor*: a process that does nothing but embed the same passages, its start not included. Then
one document is added to an empty catalog and to those of `tests.benchmarks.catalogs`, if they are there.
Writes docs/benchmarks/ingest.json and the table in docs/benchmarks.md.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from api.evaluating import write_section
from corpus.catalog import Catalog
from index.chunks import chunk_item
from index.embedders import open_embedder
from ingest.reading import read_file
from tests.benchmarks.catalogs import REPORTS, ROOT, catalog_of

PAGE = ROOT / "docs" / "benchmarks.md"
RESULT = ROOT / "docs" / "benchmarks" / "ingest.json"
EVERY = 35
ROUNDS = 2
ADDINGS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of processor time, and the most memory a process took, in megabytes."""

    wall: float
    cpu: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Adding:
    """One document put into a catalog that holds so many chunks."""

    catalog: str
    chunks: int
    adding: Cost


@dataclass(frozen=True, slots=True)
class Result:
    """Throughput is that of ingest as a share of the floor's, by the clock and by processor time."""

    reports: int
    passages: int
    load_before: float
    floor: Cost
    ingest: Cost
    throughput: float
    throughput_cpu: float
    addings: tuple[Adding, ...]


def embed_alone() -> None:
    """Embed what the standard input lists and print the cost."""
    passages = json.load(sys.stdin)
    embedder = open_embedder(None, ROOT / "data" / "models")
    embedder.embed_passages(passages[:64])
    wall, cpu = time.perf_counter(), time.process_time()
    embedder.embed_passages(passages)
    cost = Cost(time.perf_counter() - wall, time.process_time() - cpu, _most_memory(resource.RUSAGE_SELF))
    print(json.dumps(asdict(cost)))


def _most_memory(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def _floor(passages: Sequence[str]) -> Cost:
    command = [sys.executable, "-m", "tests.benchmarks.bench_ingest", "--embed"]
    ran = subprocess.run(command, input=json.dumps(passages), text=True, check=True, capture_output=True)
    return Cost(**json.loads(ran.stdout))


def _duibiao(*arguments: str) -> tuple[Cost, str]:
    """Run the command line; the cost is that of its process, start included."""
    command = [sys.executable, "-m", "api.cli", *arguments]
    began = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert running.stdout is not None
    printed = running.stdout.read()
    _, status, used = os.wait4(running.pid, 0)
    if status != 0:
        raise RuntimeError(f"{' '.join(arguments[:1])} ended with {status}")
    wall = time.perf_counter() - began
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), printed


def _taken_in(paths: Sequence[Path]) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        return _duibiao("ingest", "--db", folder, "--json", *map(str, paths))[0]


def _median(costs: Sequence[Cost]) -> Cost:
    columns = zip(*((one.wall, one.cpu, one.megabytes) for one in costs), strict=True)
    return Cost(*(round(statistics.median(column), 2) for column in columns))


def _added(folder: Path) -> tuple[Cost, int]:
    """Add one document several times, each time taken out again; return the cost and the chunks there."""
    costs = []
    with tempfile.TemporaryDirectory() as made:
        for number in range(ADDINGS):
            path = Path(made) / f"新增{number}.txt"
            path.write_text(_document(number), encoding="utf-8")
            cost, printed = _duibiao("ingest", "--db", str(folder), "--json", str(path))
            costs.append(cost)
            for file in json.loads(printed)["files"]:
                for document in file["documents"]:
                    _duibiao("remove", str(document["id"]), "--db", str(folder), "--json")
    with Catalog.open(folder, read_only=True) as catalog:
        return _median(costs), catalog.counts().chunks


def _document(number: int) -> str:
    lines = ["2022年度业务目标", "单位名称：市测量局", "", "工作目标"]
    lines += [
        f"{place}. 第{place}项工作：完成第{number}批测量{100 * place}件，按期办结率达到9{place % 10}%以上。"
        for place in range(1, 11)
    ]
    return "\n".join(lines)


def measure() -> Result:
    """Measure ingest and its floor in turn, then the addings."""
    load = os.getloadavg()[0]
    paths = sorted(REPORTS.glob("*/*.md"))[::EVERY]
    documents = [document for path in paths for document in read_file(path, root=REPORTS).documents]
    passages = [chunk.text for d in documents for item in d.items for chunk in chunk_item(d, item)]
    floors, ours = [], []
    for _ in range(ROUNDS):
        floors.append(_floor(passages))
        ours.append(_taken_in(paths))
    floor, ingest = _median(floors), _median(ours)
    with tempfile.TemporaryDirectory() as empty:
        addings = [Adding("empty", 0, _added(Path(empty))[0])]
    for name in ("reports", "million"):
        if catalog_of(name).is_dir():
            cost, chunks = _added(catalog_of(name))
            addings.append(Adding(name, chunks, cost))
    return Result(
        reports=len(paths),
        passages=len(passages),
        load_before=round(load, 2),
        floor=floor,
        ingest=ingest,
        throughput=round(floor.wall / ingest.wall, 3),
        throughput_cpu=round(floor.cpu / ingest.cpu, 3),
        addings=tuple(addings),
    )


def table(result: Result) -> str:
    """Return what the page says."""
    rate = result.passages
    lines = [
        f"{result.reports} work reports, {rate:,} passages; load {result.load_before} from other work.",
        "",
        "| | passages/s | CPU s | most memory, MB |",
        "|---|---|---|---|",
    ]
    for name, cost in (("the embedder alone", result.floor), ("`duibiao ingest`", result.ingest)):
        lines.append(f"| {name} | {rate / cost.wall:.1f} | {cost.cpu:.1f} | {cost.megabytes:.0f} |")
    lines.append(f"| × the embedder | {result.throughput} | {result.throughput_cpu} | |")
    lines += [
        "",
        "| ten items added to | chunks there | seconds | CPU s | most memory, MB |",
        "|---|---|---|---|---|",
    ]
    for one in result.addings:
        cost = one.adding
        lines.append(
            f"| {one.catalog} | {one.chunks:,} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.megabytes:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and write."""
    if sys.argv[1:] == ["--embed"]:
        embed_alone()
        return
    if not REPORTS.is_dir():
        sys.exit("the work reports are not there: ../shared/data/reports")
    result = measure()
    RESULT.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    write_section(PAGE, "ingest", table(result))
    print(table(result))


if __name__ == "__main__":
    main()

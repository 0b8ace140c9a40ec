"""What reading costs beside embedding: `python -m tests.benchmarks.bench_reading`.

Reads every nth work report of ../shared/data/reports, cuts and embeds what it found, and writes
docs/benchmarks/reading.json and the table between the markers in docs/benchmarks.md. Times are CPU seconds
of the process, so that other work on the machine does not count.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from api.evaluating import write_section
from index.chunks import chunk_item
from index.embedders import open_embedder
from ingest.reading import read_file

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "data" / "reports"
PAGE = ROOT / "docs" / "benchmarks.md"
RESULT = ROOT / "docs" / "benchmarks" / "reading.json"
EVERY = 30
EMBEDDED = 600


@dataclass(frozen=True)
class Result:
    """CPU seconds; `embed` is projected from the first `EMBEDDED` passages drawn evenly."""

    reports: int
    characters: int
    items: int
    indicators: int
    passages: int
    read: float
    embed: float
    share: float


def measure() -> Result:
    """Read and embed a sample of the reports."""
    paths = sorted(REPORTS.glob("*/*.md"))[::EVERY]
    read_file(paths[0])  # patterns are compiled, tables are loaded
    began = time.process_time()
    documents = [document for path in paths for document in read_file(path, root=REPORTS).documents]
    read = time.process_time() - began
    passages = [chunk.text for d in documents for item in d.items for chunk in chunk_item(d, item)]
    drawn = passages[:: max(1, len(passages) // EMBEDDED)]
    embedder = open_embedder(None, ROOT / "data" / "models")
    embedder.embed_passages(drawn[:64])
    began = time.process_time()
    embedder.embed_passages(drawn)
    embed = (time.process_time() - began) * len(passages) / len(drawn)
    return Result(
        reports=len(paths),
        characters=sum(len(document.text) for document in documents),
        items=sum(len(document.items) for document in documents),
        indicators=sum(len(item.indicators) for d in documents for item in d.items),
        passages=len(passages),
        read=round(read, 2),
        embed=round(embed, 2),
        share=round(read / embed, 4),
    )


def table(result: Result) -> str:
    """Return what the page says."""
    columns = ("work reports", "characters", "items", "indicators", "passages", "reading, CPU s")
    cells = (result.reports, result.characters, result.items, result.indicators, result.passages, result.read)
    head = " | ".join((*columns, "embedding, CPU s", "reading / embedding"))
    row = " | ".join((*map(str, cells), str(result.embed), f"{result.share:.1%}"))
    return f"| {head} |\n|{'---|' * (len(columns) + 2)}\n| {row} |"


def main() -> None:
    """Measure and write."""
    if not REPORTS.is_dir():
        sys.exit("the work reports are not there: ../shared/data/reports")
    result = measure()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    write_section(PAGE, "reading", table(result))


if __name__ == "__main__":
    main()

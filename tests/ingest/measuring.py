"""Read one file in a process of its own and tell what it took."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import UnreadableFile
from ingest.readers.contract import Source
from ingest.reading import read_source

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cost:
    """The sentence of a refusal or how many items were read; seconds of work; MiB beyond the program's."""

    outcome: str
    seconds: float
    mebibytes: int


def _peak() -> int:
    own, children = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(own, children) // 1024


def cost_of(name: str, content: bytes) -> Cost:
    """Read in a child, so that what it takes is its own; the child may take no more than four minutes."""
    command = [sys.executable, "-m", "tests.ingest.measuring", name]
    done = subprocess.run(command, input=content, stdout=subprocess.PIPE, check=True, cwd=ROOT, timeout=240)
    return Cost(**json.loads(done.stdout))


def main() -> None:
    content = sys.stdin.buffer.read()
    before, begun = _peak(), time.process_time()
    try:
        reading = read_source(Source(sys.argv[1], content))
    except UnreadableFile as error:
        outcome = error.sentence
    else:
        outcome = str(sum(len(document.items) for document in reading.documents))
    print(json.dumps(asdict(Cost(outcome, time.process_time() - begun, _peak() - before))))


if __name__ == "__main__":
    main()

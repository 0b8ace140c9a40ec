"""The process of one peer: `add` fills a folder, `ask` opens it and answers whatever the bench asks.

    python -m tests.benchmarks.peers.runner add|ask MODULE MATERIAL FOLDER

Runs in the peer's own environment, from the root of the checkout. Answers are lines of JSON on the standard
output; what the peer itself prints there goes to the standard error.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from tests.benchmarks.memory import resident
from tests.benchmarks.peers.contract import Passage, Peer, Where


def lines_of(path: Path) -> list[Any]:
    """Return the values of a file with one JSON value a line."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def add(module: str, material: Path, folder: Path) -> dict[str, float]:
    """Fill `folder`; return the seconds it took, library and passages loaded beforehand."""
    passages = [Passage(**fields) for fields in lines_of(material / "passages.jsonl")]
    vectors = np.load(material / "vectors.npy")
    peer = _peer(module, folder)
    began = time.perf_counter()
    peer.add(passages, vectors)
    return {"seconds": time.perf_counter() - began}


def _peer(module: str, folder: Path) -> Peer:
    made: Peer = import_module(f"tests.benchmarks.peers.adapters.{module}").Adapter(folder)
    return made


def ask(module: str, material: Path, folder: Path, answers: TextIO) -> None:
    """Answer lines `{"first", "last", "filtered", "k"}` until there are no more."""
    queries = lines_of(material / "queries.jsonl")
    vectors = np.load(material / "query_vectors.npy")
    before, began = resident(), time.perf_counter()
    peer = _peer(module, folder)
    peer.search(queries[0]["text"], vectors[0], 10, None)
    opened = {"first_answer": time.perf_counter() - began, "before": before}
    print(json.dumps(opened), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        part = slice(asked["first"], asked["last"])
        told = _answers(peer, queries[part], vectors[part], asked)
        told["megabytes"] = resident() - before
        print(json.dumps(told), file=answers, flush=True)


def _answers(peer: Peer, queries: Sequence[Any], vectors: Any, asked: dict[str, Any]) -> dict[str, Any]:
    found, clock = [], []
    for query, vector in zip(queries, vectors, strict=True):
        where = Where(query["year"], query["city"]) if asked["filtered"] else None
        began = time.perf_counter()
        found.append(peer.search(query["text"], vector, asked["k"], where))
        clock.append(1000 * (time.perf_counter() - began))
    return {"found": found, "clock": clock}


def main() -> None:
    """Do what the command line says."""
    task, module, material, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if task == "add":
        folder.mkdir(parents=True)
        print(json.dumps(add(module, material, folder)), file=answers, flush=True)
    else:
        ask(module, material, folder, answers)
    # Libraries with threads of their own do not always end.
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()

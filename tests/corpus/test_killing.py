import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from corpus.catalog import Catalog, CatalogReader
from tests.corpus.changing import PIECES, current_model, document_of, embed

ROOT = Path(__file__).parents[2]


def assert_whole(catalog: Catalog, seen: set[int]) -> dict[int, int]:
    """Check that every document is complete and the vectors of one model; return the version of each key."""
    versions: dict[int, int] = {}
    with catalog.snapshot() as view:
        chunks = list(view.chunks_after(0))
        ids, vectors = view.vectors(0, 10**12)
        assert ids.tolist() == [row.chunk_id for row in chunks]
        if chunks:
            expected = embed([row.text for row in chunks], current_model(catalog))
            assert np.abs(vectors - expected).max() < 5e-4
        for stored in view.documents():
            key, version = int(stored.source.removesuffix(".md")), stored.year or 0
            versions[key] = version
            document = document_of(key, version)
            assert view.target_document(stored.id) == document
            assert sum(row.document_id == stored.id for row in chunks) == PIECES * len(document.items)
        assert_followed(view, set(ids.tolist()), seen)
    return versions


def assert_followed(view: CatalogReader, present: set[int], seen: set[int]) -> None:
    """Check that the removals alone tell which of the chunks ever `seen` are gone."""
    gone: set[int] = set()
    for removal in view.removals_after(0):
        gone.update(range(removal.first_chunk, removal.last_chunk + 1))
    seen |= present
    assert seen - gone == present
    assert max(seen, default=0) <= view.state().last_chunk


def run_and_kill(directory: Path, seed: int, seconds: float) -> list[str]:
    """Let a process change the catalog for a while, kill it, and return what it said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.corpus.changing", str(directory), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(seconds)
    with Catalog.open(directory, read_only=True) as reader:  # a reader beside the writer
        assert_consistent(reader)
    child.kill()
    said = [first, *child.stdout.read().splitlines()]
    child.wait()
    child.stdout.close()
    return said


def assert_consistent(reader: Catalog) -> None:
    with reader.snapshot() as view:
        chunks = sum(1 for _ in view.chunks_after(0))
        assert chunks == PIECES * sum(one.items for one in view.documents())
        assert chunks == len(view.vectors(0, 10**12)[0])


def follow(said: list[str], known: dict[int, set[int]]) -> None:
    """Bring up to date which versions each key may be at."""
    for line in said:
        word, key, version = line.split()
        may_be = known.setdefault(int(key), {0})
        if word == "done":
            may_be.clear()
        may_be.add(int(version))


def kill_repeatedly(directory: Path, rounds: int, draw: random.Random) -> None:
    Catalog.open(directory, create=True).close()
    known: dict[int, set[int]] = {}
    seen: set[int] = set()
    for seed in range(rounds):
        follow(run_and_kill(directory, seed, draw.uniform(0, 0.3)), known)
        with Catalog.open(directory, read_only=seed % 2 == 0) as catalog:
            assert catalog.damages() == ()
            versions = assert_whole(catalog, seen)
        for key, may_be in known.items():
            assert versions.get(key, 0) in may_be, (seed, key)
            known[key] = {versions.get(key, 0)}


def test_killing_a_writer_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    kill_repeatedly(tmp_path, 6, random.Random(1))


@pytest.mark.slow
def test_killing_a_writer_many_times_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    kill_repeatedly(tmp_path, 200, random.Random(2))

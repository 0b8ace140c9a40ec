from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.changes import ChangeWatch


def _written(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE noted (word TEXT)")
    return connection


def test_every_commit_counts_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite3"
    connection = _written(path)
    watch = ChangeWatch(path)
    before = watch.version()
    assert before is not None
    assert watch.version() == before
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO noted VALUES ('a')")
    assert watch.version() == before
    connection.execute("COMMIT")
    after = watch.version()
    assert after != before
    connection.execute("SELECT * FROM noted").fetchall()
    assert watch.version() == after
    connection.close()
    watch.close()


def test_a_file_in_its_place_counts(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite3"
    _written(path).close()
    watch = ChangeWatch(path)
    seen = {watch.version()}
    other = tmp_path / "other.sqlite3"
    _written(other).close()
    other.replace(path)
    assert watch.version() not in seen
    watch.close()


def test_no_file_no_version(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite3"
    watch = ChangeWatch(path)
    assert watch.version() is None
    path.write_text("not a catalog at all, but long enough to be read as one")
    assert watch.version() is None
    path.unlink()
    _written(path).close()
    assert watch.version() is not None
    watch.close()

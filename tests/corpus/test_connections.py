import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.catalog import FILE_NAME, Catalog, CatalogState, Outcome
from corpus.connections import translated
from corpus.errors import CatalogBusy, CatalogMissing, CatalogUnwritable
from tests.corpus.samples import SMALL, prepared, source_file, target_document

NOBODY = 65534


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may write anywhere: permissions are tried as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def filled(directory: Path) -> Catalog:
    catalog = Catalog.open(directory, create=True, patience=0.1)
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    return catalog


def test_a_reader_works_while_another_writes(tmp_path: Path) -> None:
    filled(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    with closing(other), Catalog.open(tmp_path, read_only=True) as reader:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM document")
        assert len(reader.documents()) == 1
        assert reader.state() == CatalogState(2, 0)
        other.execute("ROLLBACK")


def test_a_reader_sees_what_another_wrote_since(tmp_path: Path) -> None:
    with filled(tmp_path) as writer, Catalog.open(tmp_path, read_only=True) as reader:
        writer.store(source_file("b.md", "2"), [prepared(target_document(year=2020))], SMALL)
        assert reader.state() == CatalogState(4, 0)
        assert [one.year for one in reader.documents()] == [2021, 2020]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    filled(tmp_path).close()
    with Catalog.open(tmp_path, read_only=True) as reader:
        with pytest.raises(CatalogUnwritable, match="以只读方式打开的，不能修改"):
            reader.remove(1)
        assert len(reader.documents()) == 1


def test_a_writer_gives_up_when_another_holds_the_file(tmp_path: Path) -> None:
    with filled(tmp_path) as catalog:
        with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(CatalogBusy, match=r"一直被另一个程序占用.*重试"):
                catalog.remove(1)
            other.execute("ROLLBACK")
        assert catalog.remove(1).id == 1


def test_a_full_disk_changes_nothing_and_is_said(tmp_path: Path) -> None:
    with filled(tmp_path) as catalog:
        with catalog._pool.plain() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
        before = catalog.documents(), catalog.state()
        large = prepared(replace(target_document(items=50), text="长" * 100_000))
        with pytest.raises(CatalogUnwritable, match=r"磁盘已满.*未作任何改动"):
            catalog.store(source_file("a.md", "2"), [large], SMALL)
        assert (catalog.documents(), catalog.state()) == before
        assert catalog.damages() == ()
        assert catalog.store(source_file("a.md"), [prepared(target_document())], SMALL) is Outcome.UNCHANGED


def test_a_folder_without_permission_is_said(open_folder: Path) -> None:
    (open_folder / "closed").mkdir(mode=0o700)
    filled(open_folder / "closed" / "库").close()
    (open_folder / "closed").chmod(0o000)
    with ordinary_user():
        with pytest.raises(CatalogUnwritable, match="权限"):
            Catalog.open(open_folder / "closed" / "库")
        with pytest.raises(CatalogUnwritable, match="权限"):
            Catalog.open(open_folder / "closed" / "新", create=True)
    (open_folder / "closed").chmod(0o700)


def test_a_catalog_on_a_medium_that_cannot_be_written_is_read_but_not_changed(open_folder: Path) -> None:
    filled(open_folder / "库").close()
    (open_folder / "库" / FILE_NAME).chmod(0o444)
    (open_folder / "库").chmod(0o555)
    with ordinary_user():
        with Catalog.open(open_folder / "库", read_only=True) as reader:
            assert [one.path for one in reader.documents()] == ["a.md"]
        with pytest.raises(CatalogUnwritable, match="权限"), Catalog.open(open_folder / "库") as catalog:
            catalog.remove(1)
    (open_folder / "库").chmod(0o755)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "库").write_text("x")
    with pytest.raises(CatalogMissing):
        Catalog.open(tmp_path / "库")
    with pytest.raises(CatalogUnwritable):
        Catalog.open(tmp_path / "库", create=True)


def test_a_mistake_in_the_program_is_no_users_error() -> None:
    error = sqlite3.IntegrityError("UNIQUE constraint failed")
    error.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_UNIQUE
    assert translated(error, Path("库") / FILE_NAME) is None


def write_years(catalog: Catalog, name: str) -> None:
    for year in range(8):
        document = prepared(target_document(f"{name}.md", 3, year=year, unit=name))
        catalog.store(source_file(f"{name}.md", f"{name}{year}"), [document], SMALL)


def read_until(catalog: Catalog, done: threading.Event) -> int:
    """Look at whole states until told to stop; return how many were looked at."""
    looks = 0
    while not done.is_set():
        with catalog.snapshot() as view:
            rows = list(view.chunks_after(0))
            assert view.vectors(0, 10**9)[0].tolist() == [row.chunk_id for row in rows]
            items = view.items([row.item_id for row in rows])
            assert len(items) == len(rows) == 3 * len(view.documents())
        looks += 1
    return looks


def test_threads_read_and_write_through_one_catalog(tmp_path: Path) -> None:
    done = threading.Event()
    with Catalog.open(tmp_path, create=True) as catalog, ThreadPoolExecutor() as threads:
        readers = [threads.submit(read_until, catalog, done) for _ in range(2)]
        writers = [threads.submit(write_years, catalog, name) for name in ("甲局", "乙局", "丙局")]
        try:
            for writer in writers:
                writer.result()
        finally:
            done.set()
        assert all(reader.result() > 0 for reader in readers)
        assert {(one.unit, one.year) for one in catalog.documents()} == {
            ("甲局", 7),
            ("乙局", 7),
            ("丙局", 7),
        }
        assert catalog.damages() == ()


def test_a_dropped_iterator_gives_its_connection_back(tmp_path: Path) -> None:
    with filled(tmp_path) as catalog:
        rows = catalog.chunks_after(0)
        next(rows)
        del rows
        assert catalog.remove(1).id == 1
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
            busy, left, moved = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert (busy, left, moved) == (0, 0, 0)

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from corpus import schema
from corpus.catalog import FILE_NAME, Catalog, CatalogState
from corpus.errors import CatalogDamaged, CatalogMissing, CatalogTooNew, WrongUse
from tests.corpus.compat import make
from tests.corpus.samples import SMALL, prepared, source_file, target_document

COMPAT = Path(__file__).parent / "compat"


def raw(directory: Path) -> closing[sqlite3.Connection]:
    directory.mkdir(exist_ok=True)
    return closing(sqlite3.connect(directory / FILE_NAME, isolation_level=None))


def test_an_absent_catalog_is_missing_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CatalogMissing, match=rf"duibiao ingest .* --db {tmp_path}/无"):
        Catalog.open(tmp_path / "无")
    with pytest.raises(CatalogMissing):
        Catalog.open(tmp_path / "无", create=True, read_only=True)
    assert not (tmp_path / "无").exists()


def test_a_creation_that_was_cut_off_is_missing_until_it_is_repeated(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    for read_only in (False, True):
        with pytest.raises(CatalogMissing):
            Catalog.open(tmp_path, read_only=read_only)
    with raw(tmp_path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(CatalogMissing):
        Catalog.open(tmp_path)
    with Catalog.open(tmp_path, create=True) as catalog:
        assert catalog.state() == CatalogState(0, 0)


@pytest.mark.parametrize("content", [b"junk" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000, b"x"])
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    for create in (False, True):
        with pytest.raises(CatalogDamaged, match=r"不是完好的目标库.*duibiao ingest"):
            Catalog.open(tmp_path, create=create)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with raw(tmp_path) as connection:
        connection.execute("CREATE TABLE other (x)")
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(CatalogDamaged, match="别的程序的数据库"):
        Catalog.open(tmp_path, create=True)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_folder_of_that_name_is_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(CatalogDamaged, match="不是普通文件"):
        Catalog.open(tmp_path, create=True)


def test_a_later_format_is_too_new(tmp_path: Path) -> None:
    Catalog.open(tmp_path, create=True).close()
    with raw(tmp_path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(CatalogTooNew, match=rf"格式 {schema.VERSION + 1}，.*升级"):
        Catalog.open(tmp_path)


def test_a_catalog_without_its_tables_is_damaged(tmp_path: Path) -> None:
    Catalog.open(tmp_path, create=True).close()
    with raw(tmp_path) as connection:
        connection.execute("DROP TABLE document")
    with Catalog.open(tmp_path) as catalog, pytest.raises(CatalogDamaged, match="no such table"):
        catalog.documents()


def test_torn_pages_are_found_and_said(tmp_path: Path) -> None:
    with Catalog.open(tmp_path, create=True) as catalog:
        for n in range(20):
            document = prepared(target_document(items=20, year=n))
            catalog.store(source_file(f"{n}.md", str(n)), [document], SMALL)
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xaa" * (len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(CatalogDamaged, match="不是完好的目标库"), Catalog.open(tmp_path) as catalog:
        catalog.documents()


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    Catalog.open(tmp_path, create=True).close()
    with raw(tmp_path) as connection:
        assert schema.application_of(connection) == schema.APPLICATION_ID
        assert schema.version_of(connection) == schema.VERSION
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_migration_runs_whole_or_not_at_all(tmp_path: Path) -> None:
    later = (*schema.MIGRATIONS, ("ALTER TABLE item ADD COLUMN remark TEXT",))
    broken = (*later, ("CREATE TABLE further (x)", "this is no SQL"))
    Catalog.open(tmp_path, create=True).close()
    with raw(tmp_path) as connection:
        with pytest.raises(sqlite3.OperationalError):
            schema.migrate(connection, broken)
        assert schema.version_of(connection) == schema.VERSION
        assert "remark" not in [row[1] for row in connection.execute("PRAGMA table_info(item)")]
        schema.migrate(connection, later)
        schema.migrate(connection, later)
        assert schema.version_of(connection) == schema.VERSION + 1
        assert "remark" in [row[1] for row in connection.execute("PRAGMA table_info(item)")]


def test_an_older_format_is_upgraded_but_not_by_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Catalog.open(tmp_path, create=True).close()
    later = (*schema.MIGRATIONS, ("CREATE TABLE further (x)",))
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    monkeypatch.setattr(schema, "VERSION", len(later))
    with pytest.raises(WrongUse, match="旧格式"):
        Catalog.open(tmp_path, read_only=True)
    with Catalog.open(tmp_path) as catalog:
        assert catalog.state() == CatalogState(0, 0)
    with raw(tmp_path) as connection:
        assert schema.version_of(connection) == len(later)


def test_many_may_create_the_same_catalog_at_once(tmp_path: Path) -> None:
    identities: list[str] = []
    start = threading.Barrier(6)

    def create() -> None:
        start.wait()
        with Catalog.open(tmp_path / "库", create=True) as catalog:
            identities.append(catalog.identity())

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(identities) == 6
    assert len(set(identities)) == 1


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_a_catalog_of_every_format_so_far_can_be_read_and_written(tmp_path: Path, version: int) -> None:
    (tmp_path / FILE_NAME).write_bytes((COMPAT / f"version_{version}.sqlite3").read_bytes())
    with Catalog.open(tmp_path) as catalog:
        assert catalog.damages() == ()
        assert catalog.state() == CatalogState(6, 1)
        assert catalog.embedding() == SMALL
        documents = catalog.documents()
        assert [(one.id, one.path) for one in documents] == [(2, "样例局/2020.md"), (3, "样例局/2021.md")]
        assert [catalog.target_document(one.id) for one in documents] == make.documents()[1:]
        assert [row.chunk_id for row in catalog.chunks_after(0)] == [3, 4, 5, 6]
        ids, vectors = catalog.vectors(1, 6)
        assert ids.tolist() == [3, 4, 5, 6]
        assert vectors.shape == (4, 4)
        catalog.store(source_file("新.md", "9"), [prepared(target_document(year=2022))], SMALL)
        assert catalog.damages() == ()
    with raw(tmp_path) as connection:
        assert schema.version_of(connection) == schema.VERSION

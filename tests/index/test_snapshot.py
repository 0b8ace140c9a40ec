"""The files of an index: written beside the old ones, made again where they are damaged or another's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.catalog import Catalog
from index.fulltext import FullText
from index.searcher import Index
from tests.index.comparing import anew, assert_same
from tests.index.samples import OTHER_TOY, ToyEmbedder, store, target_document


def test_saved_then_opened_is_the_same(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    assert index.save()
    files = {file: file.read_bytes() for file in (tmp_path / "index").rglob("*") if file.is_file()}
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    assert index.save()
    assert Index(catalog, tmp_path).save()
    assert files.items() <= {file: file.read_bytes() for file in files}.items()


def test_a_new_document_is_written_beside_what_is_saved(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    index.save()
    saved = {file.name: file.stat().st_ino for file in (tmp_path / "index").rglob("*") if file.is_file()}
    store(catalog, target_document(40, items=2))
    index.save()
    after = {file.name: file.stat().st_ino for file in (tmp_path / "index").rglob("*") if file.is_file()}
    kept = {name for name, inode in saved.items() if after.get(name) == inode}
    assert {name.rsplit(".")[-1] for name in kept} >= {"faiss", "npy", "idx", "term", "fast"}
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))


def saved_files(directory: Path) -> list[Path]:
    return sorted(
        file for file in (directory / "index").rglob("*") if file.is_file() and "lock" not in file.name
    )


@pytest.mark.usefixtures("coded")
@pytest.mark.parametrize("damage", ["missing", "truncated", "altered"])
def test_any_damaged_file_is_made_again(
    damage: str, catalog: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Index(catalog, tmp_path).save()
    expected = anew(catalog, tmp_path)
    kinds = {file.suffix or file.name for file in saved_files(tmp_path)}
    assert kinds >= {".json", ".faiss", ".codes", ".npy", ".idx", ".term", ".fieldnorm", ".fast", ".store"}
    for kind in sorted(kinds):
        file = next(file for file in saved_files(tmp_path) if kind in (file.suffix, file.name))
        content = file.read_bytes()
        middle = len(content) // 2
        changed = {
            "truncated": content[:middle],
            "altered": content[:middle] + bytes([content[middle] ^ 0x55]) + content[middle + 1 :],
        }
        file.unlink()
        if damage != "missing":
            file.write_bytes(changed[damage])
        caplog.clear()
        assert_same(Index(catalog, tmp_path).searcher(), expected)
        if damage != "missing" or kind != ".json":
            assert "将根据目标库自动重建" in caplog.text
        caplog.clear()
        assert_same(Index(catalog, tmp_path).searcher(), expected)
        assert caplog.text == ""


def test_files_of_another_format_or_model_are_made_again(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(catalog, tmp_path)
    index.save()
    monkeypatch.setattr("index.manifest.FORMAT", 99)
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    monkeypatch.setattr("index.searcher.fingerprint", lambda: "tokens cut another way")
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    other = ToyEmbedder(OTHER_TOY)
    catalog.replace_vectors(OTHER_TOY, other.embed_passages)
    for searcher in (index.searcher(), Index(catalog, tmp_path).searcher()):
        hits = searcher.dense(other.embed("公文办理"), 5)
        assert hits == anew(catalog, tmp_path).dense(other.embed("公文办理"), 5)
        assert len(hits) == 5


def test_files_of_another_catalog_are_made_again(catalog: Catalog, tmp_path: Path) -> None:
    Index(catalog, tmp_path).save()
    catalog.close()
    for file in tmp_path.glob("catalog.sqlite3*"):
        file.unlink()
    with Catalog.open(tmp_path, create=True) as other:
        for number in range(11, 19):
            store(other, target_document(number))
        assert_same(Index(other, tmp_path).searcher(), anew(other, tmp_path))


def test_a_catalog_brought_back_from_a_copy_has_its_files_made_again(
    catalog: Catalog, tmp_path: Path
) -> None:
    Index(catalog, tmp_path).save()
    catalog.close()
    copy = (tmp_path / "catalog.sqlite3").read_bytes()
    with Catalog.open(tmp_path) as later:
        store(later, target_document(20))
        Index(later, tmp_path).save()
    (tmp_path / "catalog.sqlite3").write_bytes(copy)
    with Catalog.open(tmp_path) as restored:
        for index in (Index(restored, tmp_path), Index(restored, tmp_path)):
            assert_same(index.searcher(), anew(restored, tmp_path))
            assert index.searcher().size == 32
            assert index.save()


def test_also_when_it_has_gone_further_than_its_files_since(catalog: Catalog, tmp_path: Path) -> None:
    catalog.close()
    copy = (tmp_path / "catalog.sqlite3").read_bytes()
    with Catalog.open(tmp_path) as later:
        store(later, target_document(20))
        Index(later, tmp_path).save()
    (tmp_path / "catalog.sqlite3").write_bytes(copy)
    with Catalog.open(tmp_path) as restored:
        store(restored, target_document(21, items=6))
        assert Index(restored, tmp_path).save()
        assert_same(Index(restored, tmp_path).searcher(), anew(restored, tmp_path))


def test_a_snapshot_replaced_while_it_is_read_is_read_again(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, late = Index(catalog, tmp_path), Index(catalog, tmp_path)
    writer.save()
    store(catalog, target_document(20))
    private = FullText.private

    def overtaken(fulltext: FullText) -> FullText:
        monkeypatch.setattr(FullText, "private", private)
        store(catalog, target_document(21))
        writer.save()
        return private(fulltext)

    monkeypatch.setattr(FullText, "private", overtaken)
    assert late.searcher().size == 40
    assert_same(late.searcher(), writer.searcher())
    assert late.save()


def test_a_full_disk_loses_nothing(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    index = Index(catalog, tmp_path)
    index.save()

    def full(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    store(catalog, target_document(20))
    with monkeypatch.context() as patched:
        patched.setattr("index.snapshot.write_manifest", full)
        assert not index.save()
    assert "No space left on device" in caplog.text
    assert index.searcher().size == 36
    assert Index(catalog, tmp_path).searcher().size == 36
    assert index.save()
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))


def test_where_nothing_may_be_written_it_follows_in_memory(
    catalog: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Index(catalog, tmp_path).save()
    index = Index(catalog, tmp_path)
    with FileLock(tmp_path / "index" / "lock"):
        store(catalog, target_document(50))
        assert not index.save(patience=0)
        assert index.searcher().size == 36
        catalog.remove(1)
        assert index.searcher().size == 32
    assert index.save(patience=0)
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "index").write_text("a file where the folder should be")
    elsewhere = Index(catalog, blocked)
    assert not elsewhere.save()
    assert "cannot write" in caplog.text
    assert_same(elsewhere.searcher(), anew(catalog, tmp_path))


WRITER = """
import os, signal, sys
from pathlib import Path
from corpus.catalog import Catalog
from index import snapshot
from index.searcher import Index
from tests.index.samples import store, target_document

directory, last_step, numbers = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
if last_step != "none":
    def die(*arguments: object, **more: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(snapshot, last_step, die)
with Catalog.open(directory) as catalog:
    for number in numbers:
        store(catalog, target_document(int(number)))
        Index(catalog, directory).save()
"""


def write_in_another_process(directory: Path, last_step: str, *numbers: int) -> int:
    command = [sys.executable, "-c", WRITER, str(directory), last_step, *map(str, numbers)]
    return subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode


def test_what_another_process_ingests_is_seen_at_the_next_question(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    index.save()
    assert index.searcher().size == 32
    assert write_in_another_process(tmp_path, "none", 90, 91) == 0
    assert index.searcher().size == 40
    assert_same(index.searcher(), anew(catalog, tmp_path))


@pytest.mark.parametrize("last_step", ["_save_fulltext", "synced", "write_manifest", "_sweep"])
def test_killed_while_saving_the_old_or_the_new_files_are_there(
    last_step: str, catalog: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Index(catalog, tmp_path).save()
    assert write_in_another_process(tmp_path, last_step, 95) == -9
    reopened = Index(catalog, tmp_path)
    assert_same(reopened.searcher(), anew(catalog, tmp_path))
    assert caplog.text == ""
    assert reopened.save(patience=5)
    assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))
    assert len(list((tmp_path / "index").glob("fulltext-*"))) == 1

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.catalog import FILE_NAME, Catalog, CatalogState, Outcome, Removal
from corpus.errors import ModelMismatch, UnreadableFile, WrongUse
from tests.corpus.samples import (
    CONTACT,
    OTHER,
    SMALL,
    prepared,
    source_file,
    target_document,
)


def chunk_texts(catalog: Catalog) -> list[str]:
    return [row.text for row in catalog.chunks_after(0)]


def test_the_same_file_again_changes_nothing(catalog: Catalog) -> None:
    file, document = source_file("a.md"), prepared(target_document())
    assert not catalog.is_unchanged(file)
    catalog.store(file, [document], SMALL)
    before = catalog.documents(), catalog.state(), chunk_texts(catalog)
    assert catalog.is_unchanged(file)
    assert catalog.store(file, [document], SMALL) is Outcome.UNCHANGED
    assert (catalog.documents(), catalog.state(), chunk_texts(catalog)) == before


@pytest.mark.parametrize("change", [{"sha256": "2"}, {"reading_fingerprint": "r2"}])
def test_a_changed_file_or_reading_replaces(catalog: Catalog, change: dict[str, str]) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document(content="旧的目标。"))], SMALL)
    changed = replace(source_file("a.md"), **change)  # type: ignore[arg-type]
    assert not catalog.is_unchanged(changed)
    outcome = catalog.store(changed, [prepared(target_document(content="新的目标。"))], SMALL)
    assert outcome is Outcome.REPLACED
    assert [one.id for one in catalog.documents()] == [2]
    assert all("新的目标" in text for text in chunk_texts(catalog))
    assert catalog.removals_after(0) == (Removal(1, 1, 2),)
    assert catalog.state() == CatalogState(4, 1)
    assert catalog.items([1, 2]) == {}
    assert len(catalog.items([3, 4])) == 2


def test_the_same_file_read_with_another_year_replaces(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document(year=2020))], SMALL)
    assert (
        catalog.store(source_file("a.md"), [prepared(target_document(year=2021))], SMALL) is Outcome.REPLACED
    )
    assert [one.year for one in catalog.documents()] == [2021]


def test_a_copied_folder_adds_no_target_twice(catalog: Catalog) -> None:
    document = target_document()
    catalog.store(source_file("甲/2021.md"), [prepared(document)], SMALL)
    copy = source_file("乙/2021.md")
    assert catalog.store(copy, [prepared(document)], SMALL) is Outcome.UNCHANGED
    assert catalog.is_unchanged(copy)
    assert [one.path for one in catalog.documents()] == ["甲/2021.md"]
    assert catalog.state() == CatalogState(2, 0)


def test_the_same_bytes_about_another_year_are_another_document(catalog: Catalog) -> None:
    catalog.store(source_file("2020/a.md"), [prepared(target_document(year=2020))], SMALL)
    assert (
        catalog.store(source_file("2021/a.md"), [prepared(target_document(year=2021))], SMALL)
        is Outcome.ADDED
    )
    assert [one.year for one in catalog.documents()] == [2020, 2021]


def test_a_copy_is_kept_without_vectors(catalog: Catalog) -> None:
    document = target_document()
    assert catalog.store_copy(source_file("甲.md"), [document]) is None
    catalog.store(source_file("甲.md"), [prepared(document)], SMALL)
    assert catalog.store_copy(source_file("乙.md"), [document]) is Outcome.UNCHANGED
    assert catalog.is_unchanged(source_file("乙.md"))
    assert catalog.store_copy(source_file("乙.md", "2"), [document]) is None


def test_changing_one_copy_keeps_what_the_other_still_says(catalog: Catalog) -> None:
    old, new = target_document(content="旧的目标。"), target_document(content="新的目标。")
    for path in ("甲.md", "乙.md"):
        catalog.store(source_file(path), [prepared(old)], SMALL)
    assert catalog.store(source_file("甲.md", "2"), [prepared(new)], SMALL) is Outcome.REPLACED
    assert [(one.id, one.path) for one in catalog.documents()] == [(1, "乙.md"), (2, "甲.md")]
    assert catalog.store(source_file("乙.md", "2"), [prepared(new)], SMALL) is Outcome.REPLACED
    assert [(one.id, one.path) for one in catalog.documents()] == [(2, "甲.md")]
    assert catalog.removals_after(0) == (Removal(1, 1, 2),)


def test_a_newer_reading_of_a_copy_is_taken_over_by_all_its_places(catalog: Catalog) -> None:
    for path in ("甲.md", "乙.md"):
        catalog.store(source_file(path), [prepared(target_document())], SMALL)
    newer = source_file("乙.md", reading="r2")
    assert catalog.store(newer, [prepared(target_document(items=3))], SMALL) is Outcome.REPLACED
    assert [(one.id, one.items) for one in catalog.documents()] == [(2, 3)]
    assert catalog.is_unchanged(newer)
    assert catalog.is_unchanged(source_file("甲.md", reading="r2"))


def test_a_file_of_several_documents_is_one_thing(catalog: Catalog) -> None:
    documents = [prepared(target_document(year=year)) for year in (2019, 2020, 2021)]
    assert catalog.store(source_file("a.xlsx"), documents, SMALL) is Outcome.ADDED
    assert [one.year for one in catalog.documents()] == [2019, 2020, 2021]
    assert [row.document_id for row in catalog.chunks_after(0)] == [1, 1, 2, 2, 3, 3]
    assert [one.year for one in catalog.remove_source("a.xlsx")] == [2019, 2020, 2021]
    assert catalog.removals_after(0) == (Removal(1, 1, 2), Removal(2, 3, 4), Removal(3, 5, 6))


def test_a_removed_document_comes_back_with_its_file(catalog: Catalog) -> None:
    file = source_file("a.xlsx")
    documents = [prepared(target_document(year=year)) for year in (2019, 2020)]
    catalog.store(file, documents, SMALL)
    assert catalog.remove(1).year == 2019
    assert not catalog.is_unchanged(file)
    assert catalog.store(file, documents, SMALL) is Outcome.REPLACED
    assert [one.year for one in catalog.documents()] == [2019, 2020]


def test_removing_leaves_nothing_behind(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    removed = catalog.remove(1)
    assert (removed.id, removed.path) == (1, "a.md")
    with sqlite3.connect(catalog.path) as raw:
        tables = "source location document item indicator benchmark basis chunk vectors"
        for table in tables.split():
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    raw.close()
    assert catalog.state() == CatalogState(2, 1)
    assert catalog.embedding() is None
    assert catalog.damages() == ()


def test_ids_are_never_given_twice(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    catalog.remove(1)
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    rows = [(row.chunk_id, row.item_id, row.document_id) for row in catalog.chunks_after(0)]
    assert rows == [(3, 3, 2), (4, 4, 2)]


@pytest.mark.parametrize("name", ["/in/局/2021.md", "局/2021.md", "2021.md"])
def test_a_file_is_removed_by_key_path_or_name(catalog: Catalog, name: str) -> None:
    catalog.store(source_file("局/2021.md"), [prepared(target_document())], SMALL)
    catalog.store(source_file("局/2020.md", "2"), [prepared(target_document(year=2020))], SMALL)
    assert [one.path for one in catalog.remove_source(name)] == ["局/2021.md"]
    assert [one.path for one in catalog.documents()] == ["局/2020.md"]


def test_a_name_that_several_files_share_removes_none(catalog: Catalog) -> None:
    for n, folder in enumerate(("甲市", "乙市")):
        document = prepared(target_document(unit=folder))
        catalog.store(source_file(f"{folder}/2021.md", str(n)), [document], SMALL)
    with pytest.raises(WrongUse, match=r"有 2 个文件都叫“2021.md”.*乙市/2021.md、甲市/2021.md"):
        catalog.remove_source("2021.md")
    assert len(catalog.documents()) == 2


def test_another_model_is_refused_with_the_way_out(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    with pytest.raises(ModelMismatch, match=r"模型 small（4 维.*模型 other（2 维.*duibiao reembed --db .*库"):
        catalog.store(source_file("b.md", "2"), [prepared(target_document(), OTHER)], OTHER)
    with pytest.raises(ModelMismatch):
        catalog.require_embedding(replace(SMALL, fingerprint="small-2"))
    catalog.require_embedding(replace(SMALL, model="elsewhere/small"))
    assert len(catalog.documents()) == 1


def test_an_emptied_catalog_takes_any_model(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    catalog.remove(1)
    catalog.require_embedding(OTHER)
    catalog.store(source_file("a.md"), [prepared(target_document(), OTHER)], OTHER)
    assert catalog.embedding() == OTHER


def test_a_document_without_items_or_chunks_is_kept(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document(items=0))], SMALL)
    assert catalog.embedding() is None
    assert catalog.document_items(1) == ()
    assert catalog.is_unchanged(source_file("a.md"))
    catalog.remove(1)
    assert catalog.state() == CatalogState(0, 0)


@pytest.mark.parametrize("wrong", [np.ones(3), np.array([np.nan, 0, 0, 0]), np.array([1e9, 0, 0, 0])])
def test_an_impossible_vector_stores_nothing(catalog: Catalog, wrong: NDArray[np.float64]) -> None:
    good = prepared(target_document(items=1))
    chunk = replace(good.chunks[0][0], vector=wrong.astype(np.float32))
    with pytest.raises(ValueError, match="vector"):
        catalog.store(source_file("a.md"), [good, replace(good, chunks=((chunk,),))], SMALL)
    assert catalog.documents() == ()
    assert catalog.state() == CatalogState(0, 0)


def test_chunks_must_match_items(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="one tuple of chunks for each"):
        catalog.store(source_file("a.md"), [replace(prepared(target_document()), chunks=())], SMALL)


def test_text_that_is_no_unicode_is_refused_in_one_sentence(catalog: Catalog) -> None:
    document = prepared(replace(target_document(), text="正文\ud800"))
    with pytest.raises(UnreadableFile, match="第 3 个字符不是合法的 Unicode"):
        catalog.store(source_file("a.md"), [document], SMALL)
    assert catalog.documents() == ()


def test_only_the_stored_text_holds_contact_lines(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    assert CONTACT in catalog.text(1)
    with sqlite3.connect(catalog.path) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = {
            f"{table}.{column[1]}"
            for table in tables
            for column in raw.execute(f"PRAGMA table_info({table})").fetchall()
            for (value,) in raw.execute(f"SELECT CAST({column[1]} AS BLOB) FROM {table}")
            if value and any(secret.encode() in value for secret in ("甲某某", "乙某", "12345678"))
        }
    raw.close()
    assert held == {"document.text"}


def test_each_catalog_has_its_own_identity(tmp_path: Path) -> None:
    identities = set()
    for name in ("a", "b"):
        with Catalog.open(tmp_path / name, create=True) as catalog:
            identities.add(catalog.identity())
        with Catalog.open(tmp_path / name) as again:
            identities.add(again.identity())
    assert len(identities) == 2


def test_a_closed_catalog_says_so(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path, create=True)
    assert catalog.path == tmp_path / FILE_NAME
    catalog.close()
    catalog.close()
    with pytest.raises(WrongUse, match="已经关闭"):
        catalog.state()

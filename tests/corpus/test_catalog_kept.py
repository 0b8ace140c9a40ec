from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from corpus import catalog_bin
from corpus.catalog import FILE_NAME, Catalog, Outcome, PreparedDocument, ReadingRecord, Removal
from corpus.corrections import Correctable, Correcting, Correction, CorrectionsChanged, corrected, item_names
from corpus.errors import DocumentNotFound, ModelMismatch
from corpus.model import Origin, Place, Problem, TargetDocument
from tests.corpus.samples import CONTACT, OTHER, SMALL, embed, prepared, source_file, target_document

NOW = "2026-01-02T03:04:05+00:00"
YEAR = Correction(Correctable.YEAR, 2019, 2021, Origin.TITLE, NOW)


def with_corrections(read: TargetDocument, *corrections: Correction) -> PreparedDocument:
    return replace(prepared(corrected(read, corrections)), correcting=Correcting(read, corrections))


def correct(catalog: Catalog, number: int, read: TargetDocument, *corrections: Correction) -> None:
    with catalog.snapshot() as seen:
        catalog.correct(number, seen, with_corrections(read, *corrections))


def test_a_correction_keeps_ids_and_moves_chunks(catalog: Catalog) -> None:
    read = target_document()
    catalog.store(source_file("a.md"), [prepared(read)], SMALL)
    category = Correction(Correctable.CATEGORY, "创优目标", "重点目标", None, NOW, item_names(read.items)[0])
    correct(catalog, 1, read, YEAR, category)
    assert catalog.document(1).year == 2019
    assert [one.item.category for one in catalog.document_items(1)] == ["创优目标", "重点目标"]
    assert list(catalog.items([1, 2])) == [1, 2]
    assert catalog.removals_after(0) == (Removal(1, 1, 2),)
    assert [(row.chunk_id, row.item_id, row.year) for row in catalog.chunks_after(0)] == [
        (3, 1, 2019),
        (4, 2, 2019),
    ]
    assert catalog.target_document(1) == corrected(read, (YEAR, category))
    assert {one.place for one in catalog.corrections(1)} == {YEAR.place, category.place}
    assert catalog.is_unchanged(source_file("a.md"))
    assert catalog.damages() == ()


def test_what_is_due_must_have_been_applied(catalog: Catalog) -> None:
    read = target_document()
    catalog.store(source_file("a.md"), [prepared(read)], SMALL)
    correct(catalog, 1, read, YEAR)
    anew = source_file("a.md", reading="r2")
    assert catalog.due_corrections(anew, [read]) == ((YEAR,),)
    with pytest.raises(CorrectionsChanged, match="刚刚被别处修改"):
        catalog.store(anew, [prepared(read)], SMALL)
    assert [one.id for one in catalog.documents()] == [1]
    assert catalog.store(anew, [with_corrections(read, YEAR)], SMALL) is Outcome.REPLACED
    assert [(one.id, one.year) for one in catalog.documents()] == [(2, 2019)]
    assert catalog.corrections(2) == (YEAR,)


def test_correcting_what_was_changed_meanwhile_is_refused(catalog: Catalog) -> None:
    read = target_document()
    catalog.store(source_file("a.md"), [prepared(read)], SMALL)
    with catalog.snapshot() as seen:
        correct(catalog, 1, read, YEAR)
        with pytest.raises(CorrectionsChanged):
            catalog.correct(1, seen, with_corrections(read))
    assert catalog.corrections(1) == (YEAR,)


def test_a_correction_outlives_the_document(catalog: Catalog) -> None:
    read = target_document()
    catalog.store(source_file("a.md"), [prepared(read)], SMALL)
    correct(catalog, 1, read, YEAR)
    catalog.remove(1)
    assert catalog.due_corrections(source_file("b.md"), [read]) == ((YEAR,),)
    assert catalog.due_corrections(source_file("b.md", "2"), [read]) == ((),)


def test_corrections_follow_a_changed_file_only_where_it_holds_as_many_documents(catalog: Catalog) -> None:
    read, second = target_document(), target_document(year=2018)
    catalog.store(source_file("a.md"), [prepared(read), prepared(second)], SMALL)
    correct(catalog, 1, read, YEAR)
    changed = source_file("a.md", "2")
    assert catalog.due_corrections(changed, [read, second]) == ((YEAR,), ())
    assert catalog.due_corrections(changed, [read]) == ((),)


def test_removed_and_restored(catalog: Catalog) -> None:
    read = target_document()
    catalog.store(
        source_file("a.md"), [prepared(read, pieces=2)], SMALL, ReadingRecord(("表格",), 1, 1, 2, 0)
    )
    before = catalog.document(1), catalog.document_items(1), catalog.reading(1)
    texts = [row.text for row in catalog.chunks_after(0)]
    _, vectors = catalog.vectors(1, 4)
    catalog.remove(1)
    assert catalog.documents() == ()
    assert list(catalog.chunks_after(0)) == []
    assert [one.document for one in catalog.removed()] == [before[0]]
    assert catalog.restore(1, SMALL, embed) == before[0]
    assert (catalog.document(1), catalog.document_items(1), catalog.reading(1)) == before
    assert [(row.chunk_id, row.text) for row in catalog.chunks_after(4)] == list(enumerate(texts, start=5))
    assert np.array_equal(catalog.vectors(5, 8)[1], vectors)
    assert CONTACT not in catalog.text(1)
    assert catalog.is_unchanged(source_file("a.md"))
    assert catalog.removed() == ()
    assert catalog.damages() == ()


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_file_counts_as_read_when_all_its_documents_are_back(
    catalog: Catalog, order: tuple[int, ...]
) -> None:
    documents = [prepared(target_document(year=year)) for year in (2018, 2019)]
    catalog.store(source_file("a.md"), documents, SMALL)
    for number in (1, 2):
        catalog.remove(number)
    for number in order:
        assert not catalog.is_unchanged(source_file("a.md"))
        catalog.restore(number, SMALL, embed)
    assert catalog.is_unchanged(source_file("a.md"))
    assert [(one.id, one.year) for one in catalog.documents()] == [(1, 2018), (2, 2019)]
    assert {one.id for one in catalog.remove_source("a.md")} == {1, 2}
    assert len(catalog.removed()) == 2


def test_restoring_under_another_model_embeds_anew(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    catalog.store(source_file("b.md", "2"), [prepared(target_document(year=2018))], SMALL)
    catalog.remove(1)
    catalog.replace_vectors(OTHER, embed)
    with pytest.raises(ModelMismatch):
        catalog.restore(1, SMALL, embed)
    catalog.restore(1, OTHER, embed)
    ids, vectors = catalog.vectors(1, 100)
    assert vectors.shape == (4, OTHER.dimension)
    assert len(ids) == 4


def test_storing_the_file_again_leaves_nothing_to_restore(catalog: Catalog) -> None:
    document = prepared(target_document())
    catalog.store(source_file("a.md"), [document], SMALL)
    catalog.remove(1)
    catalog.store(source_file("a.md"), [document], SMALL)
    assert catalog.removed() == ()
    with pytest.raises(DocumentNotFound, match="没有可以恢复的编号 1"):
        catalog.restore(1, SMALL, embed)


def test_what_was_removed_is_let_go_after_a_while(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        catalog.store(source_file(f"{n}.md", str(n)), [prepared(target_document(year=2000 + n))], SMALL)
    monkeypatch.setattr(catalog_bin, "MOST_KEPT", 1)
    moments = iter(f"2099-01-0{n}T00:00:00+00:00" for n in (1, 2, 3))
    monkeypatch.setattr("corpus.catalog.moment", lambda: next(moments))
    for number in (1, 2):
        catalog.remove(number)
    assert [one.document.id for one in catalog.removed()] == [2]
    monkeypatch.setattr(catalog_bin, "KEPT_FOR", timedelta(days=-365 * 200))
    assert catalog.removed() == ()
    with pytest.raises(DocumentNotFound):
        catalog.restore(2, SMALL, embed)


def test_how_a_file_was_read_is_kept_and_replaced(catalog: Catalog) -> None:
    record = ReadingRecord(("表格",), 3, 1, 2, 0, 2, (Problem("a.md", Place(line=2), "有一行没有读到。"),))
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL, record)
    assert catalog.reading(1) == record
    catalog.store(source_file("a.md", reading="r2"), [prepared(target_document())], SMALL)
    assert catalog.reading(2) is None


def test_the_documents_of_a_file(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document(year=y)) for y in (2018, 2019)], SMALL)
    assert [one.year for one in catalog.documents_of("/in/a.md")] == [2018, 2019]
    assert catalog.documents_of("/in/b.md") == ()


def test_a_write_that_is_cut_off_leaves_all_as_it_was(catalog: Catalog, tmp_path: Path) -> None:
    read = target_document()
    catalog.store(source_file("a.md"), [prepared(read)], SMALL)
    before = catalog.target_document(1), catalog.state(), catalog.corrections(1)
    broken = with_corrections(read, YEAR)
    bad = tuple(
        tuple(replace(one, vector=np.full(4, np.nan, np.float32)) for one in of_item)
        for of_item in broken.chunks
    )
    with catalog.snapshot() as seen, pytest.raises(ValueError, match="finite"):
        catalog.correct(1, seen, replace(broken, chunks=bad))
    assert (catalog.target_document(1), catalog.state(), catalog.corrections(1)) == before
    assert catalog.damages() == ()
    with closing(sqlite3.connect(catalog.path.with_name(FILE_NAME))) as connection:
        assert connection.execute("SELECT count(*) FROM correction").fetchone() == (0,)

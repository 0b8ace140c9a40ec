from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.catalog import Catalog, CatalogState, Outcome, Removal
from corpus.errors import CatalogUnwritable, ModelMismatch
from tests.corpus.samples import OTHER, SMALL, embed, prepared, source_file, target_document, vector_of


def fill(catalog: Catalog, documents: int = 3, items: int = 2) -> None:
    for n in range(documents):
        document = prepared(target_document(f"{n}.md", items, year=n))
        catalog.store(source_file(f"{n}.md", str(n)), [document], SMALL)


def assert_embedded_by_other(catalog: Catalog) -> None:
    rows = list(catalog.chunks_after(0))
    ids, vectors = catalog.vectors(0, 10**9)
    assert ids.tolist() == [row.chunk_id for row in rows]
    expected = np.stack([vector_of(row.text, OTHER.dimension) for row in rows])
    assert np.abs(vectors - expected).max() < 5e-4
    assert catalog.embedding() == OTHER
    assert catalog.damages() == ()


def test_every_chunk_gets_a_new_vector_under_a_new_id(catalog: Catalog) -> None:
    fill(catalog)
    catalog.remove(2)
    heard: list[int] = []
    assert catalog.replace_vectors(OTHER, embed, batch=3, progress=heard.append) == 4
    assert heard == [3, 4]
    assert [row.chunk_id for row in catalog.chunks_after(6)] == [7, 8, 9, 10]
    assert catalog.state() == CatalogState(10, 2)
    assert catalog.removals_after(1) == (Removal(2, 1, 6),)
    assert_embedded_by_other(catalog)
    with pytest.raises(ModelMismatch, match="模型 other"):
        catalog.store(source_file("x.md", "x"), [prepared(target_document())], SMALL)


def test_documents_items_and_extractions_stay_as_they_are(catalog: Catalog) -> None:
    fill(catalog)
    before = catalog.documents(), catalog.document_items(2), list(catalog.indicators())
    catalog.replace_vectors(OTHER, embed)
    assert (catalog.documents(), catalog.document_items(2), list(catalog.indicators())) == before
    assert catalog.is_unchanged(source_file("1.md", "1"))


def test_later_changes_fit_in(catalog: Catalog) -> None:
    fill(catalog)
    catalog.replace_vectors(OTHER, embed)
    catalog.remove(1)
    again = prepared(target_document("0.md", 2, year=0), OTHER)
    assert catalog.store(source_file("0.md", "0"), [again], OTHER) is Outcome.ADDED
    assert [row.chunk_id for row in catalog.chunks_after(0)] == [9, 10, 11, 12, 13, 14]
    assert catalog.removals_after(1) == (Removal(2, 7, 8),)
    assert_embedded_by_other(catalog)


def test_what_is_stored_or_removed_meanwhile_is_neither_lost_nor_brought_back(catalog: Catalog) -> None:
    fill(catalog)
    calls: list[int] = []

    def embed_slowly(texts: Sequence[str]) -> NDArray[np.float32]:
        if not calls:
            catalog.remove(1)
            catalog.store(source_file("2.md", "changed"), [prepared(target_document(items=5, year=9))], SMALL)
        calls.append(len(texts))
        return embed(texts)

    assert catalog.replace_vectors(OTHER, embed_slowly, batch=4) == 7
    assert [(one.year, one.items) for one in catalog.documents()] == [(1, 2), (9, 5)]
    assert calls == [4, 2, 4, 1]
    assert_embedded_by_other(catalog)


def test_a_large_document_is_cut_into_batches_and_blocks(catalog: Catalog) -> None:
    fill(catalog, documents=2, items=301)
    sizes: list[int] = []

    def embed_counted(texts: Sequence[str]) -> NDArray[np.float32]:
        sizes.append(len(texts))
        return embed(texts)

    assert catalog.replace_vectors(OTHER, embed_counted, batch=100) == 602
    assert sizes == [100] * 6 + [2]
    assert_embedded_by_other(catalog)


def test_ids_grow_by_no_more_than_the_chunks_there_are(catalog: Catalog) -> None:
    fill(catalog)
    for again in range(70):
        assert catalog.replace_vectors(OTHER, embed) == 6
        assert catalog.state() == CatalogState(12 + 6 * again, again + 1)
    assert_embedded_by_other(catalog)


def test_a_failing_model_changes_nothing(catalog: Catalog) -> None:
    fill(catalog)
    before = catalog.state(), catalog.embedding(), catalog.vectors(0, 99)[1].tolist()

    def wrong(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 7), np.float32)

    with pytest.raises(ValueError, match="6 vectors of 2 numbers"):
        catalog.replace_vectors(OTHER, wrong)
    assert (catalog.state(), catalog.embedding(), catalog.vectors(0, 99)[1].tolist()) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_fills_up_changes_nothing_and_is_said(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(catalog)
    before = catalog.state(), catalog.embedding()
    full = Path("/dev/full").open("r+b", 0)  # noqa: SIM115 - closed by what is tested
    monkeypatch.setattr("corpus.reembedding.tempfile.TemporaryFile", lambda **_: full)
    with pytest.raises(CatalogUnwritable, match=r"写新向量的临时文件失败（磁盘已满），目标库未作任何改动"):
        catalog.replace_vectors(OTHER, embed)
    assert (catalog.state(), catalog.embedding()) == before


def test_an_empty_catalog_has_nothing_to_embed(catalog: Catalog) -> None:
    assert catalog.replace_vectors(OTHER, embed) == 0
    assert catalog.embedding() is None
    assert catalog.state() == CatalogState(0, 0)


def test_a_reader_does_not_embed(tmp_path: Path) -> None:
    with Catalog.open(tmp_path, create=True) as catalog:
        fill(catalog)
    with Catalog.open(tmp_path, read_only=True) as reader, pytest.raises(CatalogUnwritable, match="只读"):
        reader.replace_vectors(OTHER, never_called)


def never_called(texts: Sequence[str]) -> NDArray[np.float32]:
    raise AssertionError(texts)

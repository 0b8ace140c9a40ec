import numpy as np
import pytest

from corpus.catalog import Catalog, CatalogState, Outcome
from corpus.errors import DocumentNotFound
from corpus.model import DocumentKind
from tests.corpus.samples import (
    SMALL,
    prepared,
    source_file,
    target_document,
    vector_of,
)


def test_an_empty_catalog_has_nothing_and_no_model(catalog: Catalog) -> None:
    assert catalog.state() == CatalogState(0, 0)
    assert catalog.embedding() is None
    assert catalog.documents() == ()
    assert list(catalog.chunks_after(0)) == []
    ids, vectors = catalog.vectors(1, 100)
    assert (ids.tolist(), vectors.shape) == ([], (0, 0))
    assert catalog.removals_after(0) == ()
    assert catalog.damages() == ()


def test_a_stored_document_is_found_in_every_way(catalog: Catalog) -> None:
    document = target_document(items=2)
    assert catalog.store(source_file("局/2021.md"), [prepared(document, pieces=2)], SMALL) is Outcome.ADDED
    (stored,) = catalog.documents()
    assert (stored.id, stored.path, stored.source, stored.items) == (1, "局/2021.md", "2021.md", 2)
    assert catalog.document(1) == stored
    assert catalog.source_file(1) == source_file("局/2021.md")
    assert catalog.embedding() == SMALL
    assert catalog.state() == CatalogState(4, 0)
    first, second = catalog.document_items(1)
    assert (first.ordinal, first.item) == (0, document.items[0])
    assert (second.ordinal, second.item) == (1, document.items[1])
    assert catalog.items([second.id, 99, first.id]) == {second.id: second, first.id: first}
    assert list(catalog.items([second.id, first.id])) == [second.id, first.id]
    row = next(catalog.chunks_after(2))
    assert (row.chunk_id, row.item_id, row.document_id, row.start) == (3, second.id, 1, 0)
    assert (row.year, row.unit, row.category, row.city) == (2021, "样例局", "重点目标", "样例市")
    assert row.kind is DocumentKind.TARGETS
    assert row.text.endswith(document.items[1].content[row.start : row.end])


def test_outlines_and_texts_of_many_at_once(catalog: Catalog) -> None:
    document = target_document(items=2)
    catalog.store(source_file("局/2021.md"), [prepared(document, pieces=2)], SMALL)
    first, second = catalog.document_items(1)
    outlines = catalog.outlines([second.id, 99, first.id])
    assert set(outlines) == {first.id, second.id}
    one = outlines[first.id]
    assert (one.document_id, one.year, one.unit, one.city) == (1, 2021, "样例局", "样例市")
    assert (one.name, one.content) == (first.item.name, first.item.content)
    texts = {row.chunk_id: row.text for row in catalog.chunks_after(0)}
    assert catalog.chunk_texts([2, 4, 77]) == {2: texts[2], 4: texts[4]}
    assert (catalog.outlines([]), catalog.chunk_texts([])) == ({}, {})


def test_vectors_come_back_by_range_within_float16(catalog: Catalog) -> None:
    for n in range(3):
        document = target_document(f"{n}.md", 4, year=n)
        catalog.store(source_file(f"{n}.md", f"{n}"), [prepared(document)], SMALL)
    catalog.remove(2)
    ids, vectors = catalog.vectors(2, 11)
    assert ids.tolist() == [2, 3, 4, 9, 10, 11]
    texts = {row.chunk_id: row.text for row in catalog.chunks_after(0)}
    expected = np.stack([vector_of(texts[one], 4) for one in ids.tolist()])
    assert vectors.dtype == np.float32
    assert np.abs(vectors - expected).max() < 5e-4
    assert catalog.vectors(5, 8)[0].tolist() == []
    assert catalog.vectors(12, 900)[0].tolist() == [12]


def test_a_document_of_many_blocks_keeps_the_order_of_its_vectors(catalog: Catalog) -> None:
    document = target_document(items=300)
    catalog.store(source_file("a.md"), [prepared(document, pieces=2)], SMALL)
    ids, vectors = catalog.vectors(250, 530)
    assert ids.tolist() == list(range(250, 531))
    rows = list(catalog.chunks_after(249))[:281]
    expected = np.stack([vector_of(row.text, 4) for row in rows])
    assert np.abs(vectors - expected).max() < 5e-4


def test_the_vectors_of_a_file_come_back_by_their_texts(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document(items=3), pieces=2)], SMALL)
    catalog.store(source_file("b.md", "2"), [prepared(target_document("b.md", items=1, year=2015))], SMALL)
    found = catalog.vectors_of("/in/a.md")
    rows = [row for row in catalog.chunks_after(0) if row.document_id == 1]
    assert list(found) == list(dict.fromkeys(row.text for row in rows))
    for text, vector in found.items():
        assert np.abs(vector - vector_of(text, 4)).max() < 5e-4
    assert catalog.vectors_of("/in/none.md") == {}


def test_the_same_content_is_known_before_it_is_stored(catalog: Catalog) -> None:
    document = target_document()
    assert not catalog.has_twin(source_file("a.md"), [document])
    catalog.store(source_file("a.md"), [prepared(document)], SMALL)
    assert catalog.has_twin(source_file("moved.md"), [document])
    assert not catalog.has_twin(source_file("a.md", reading="r2"), [document])
    assert not catalog.has_twin(source_file("a.md"), [target_document(year=1999)])


def test_what_is_not_there_is_said_so(catalog: Catalog) -> None:
    for name in ("document", "text", "remove", "document_items", "target_document", "source_file"):
        with pytest.raises(DocumentNotFound, match="没有编号为 7 的文档"):
            getattr(catalog, name)(7)
    with pytest.raises(DocumentNotFound, match=r"没有名为“无\.md”的文档"):
        catalog.remove_source("无.md")


def test_extractions_come_with_what_they_are_about(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document(year=2020))], SMALL)
    other = target_document("b.md", year=2021, unit="另一局")
    catalog.store(source_file("b.md", "2"), [prepared(other)], SMALL)
    found = list(catalog.indicators())
    assert [(one.item_id, one.document_id, one.year, one.unit) for one in found] == [
        (1, 1, 2020, "样例局"),
        (2, 1, 2020, "样例局"),
        (3, 2, 2021, "另一局"),
        (4, 2, 2021, "另一局"),
    ]
    assert found[0].value == target_document().items[0].indicators[0]
    assert (found[0].ordinal, found[0].category, found[0].city) == (0, "重点目标", "样例市")
    assert [one.item_id for one in catalog.benchmarks([4, 2])] == [2, 4]
    assert [one.value.doc_number for one in catalog.bases([3])] == ["样政发〔2020〕1号"]
    assert list(catalog.indicators([])) == []
    assert [one.item_id for one in catalog.bases_numbered("样政发〔2020〕2号")] == [2, 4]


def test_any_number_of_ids_may_be_asked_for_at_once(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document(items=50))], SMALL)
    many = np.arange(40_000, dtype=np.int64)
    assert len(catalog.items(many)) == 50  # type: ignore[arg-type]
    assert len(list(catalog.indicators(list(range(40_000))))) == 50


def test_a_snapshot_sees_one_state_while_others_write(catalog: Catalog) -> None:
    catalog.store(source_file("a.md"), [prepared(target_document())], SMALL)
    with catalog.snapshot() as view:
        catalog.store(source_file("a.md", "2"), [prepared(target_document())], SMALL)
        assert view.state() == CatalogState(2, 0)
        assert [row.chunk_id for row in view.chunks_after(0)] == [1, 2]
        assert view.vectors(1, 9)[0].tolist() == [1, 2]
        assert list(view.items([1, 2, 3])) == [1, 2]
        assert catalog.state() == CatalogState(4, 1)
    assert [row.chunk_id for row in catalog.chunks_after(0)] == [3, 4]

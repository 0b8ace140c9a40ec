"""One immutable view of a catalog finds what it should, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.catalog import Catalog
from corpus.errors import ModelMismatch
from index.searcher import Filter, Index
from index.vectors import normalised
from tests.index.comparing import EMBEDDER, FILTERS, QUERIES, anew, assert_same, dense, lexical
from tests.index.samples import DIMENSION, store, target_document


def test_dense_is_the_exact_cosine_over_what_the_filter_allows(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    rows = list(catalog.chunks_after(0))
    _, vectors = catalog.vectors(1, rows[-1].chunk_id)
    query = EMBEDDER.embed("公文办理与会议")
    kept = normalised(vectors).astype(np.float16).astype(np.float32)
    cosine = kept @ query / np.linalg.norm(query)
    for years in (None, {2012}, {2011, 2013}, set[int]()):
        passing = [place for place, row in enumerate(rows) if years is None or row.year in years]
        best = sorted(passing, key=lambda place: (-round(float(cosine[place]), 6), rows[place].chunk_id))
        hits = searcher.dense(query, 7, Filter(years=None if years is None else frozenset(years)))
        assert [chunk_id for chunk_id, _ in hits] == [rows[place].chunk_id for place in best[:7]]
        np.testing.assert_allclose([hit[1] for hit in hits], cosine[best[:7]], atol=2e-6)


def test_scores_of_given_chunks_are_those_of_the_search(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    query = EMBEDDER.embed("政务热线")
    hits = searcher.dense(query, 40)
    ids = [chunk_id for chunk_id, _ in hits]
    np.testing.assert_allclose(
        searcher.similarities(query[np.newaxis], ids)[0], [hit[1] for hit in hits], atol=2e-6
    )
    found = dict(searcher.lexical("政务热线按期答复", 40))
    scores = searcher.lexical_scores("政务热线按期答复", ids)
    np.testing.assert_allclose(scores, [found.get(chunk_id, 0) for chunk_id in ids], atol=1e-4)
    items = {row.chunk_id: row.item_id for row in catalog.chunks_after(0)}
    assert searcher.items_of(ids).tolist() == [items[chunk_id] for chunk_id in ids]
    assert searcher.items_of([]).tolist() == []
    assert (
        searcher.similarities(query[np.newaxis], [ids[0], ids[0]])[0].tolist()
        == [pytest.approx(hits[0][1])] * 2
    )
    for ask in (searcher.items_of, lambda ids: searcher.lexical_scores("公文", ids)):
        with pytest.raises(KeyError, match="no chunk 4711"):
            ask([ids[0], 4711])


def test_single_items_may_be_picked_and_left_out(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    rows = list(catalog.chunks_after(0))
    item_of = {row.chunk_id: row.item_id for row in rows}
    every = sorted(set(item_of.values()))
    picked, left_out = frozenset(every[::3]), frozenset(every[::6])
    query, text = EMBEDDER.embed("公文"), "公文办理"
    for few in (2000, 0):  # named to the full text, or dropped after it
        monkeypatch.setattr("index.view._FEW", few)
        for allowed in (
            Filter(items=picked),
            Filter(without_items=left_out),
            Filter(items=picked, without_items=left_out, years=frozenset({2012})),
            Filter(items=frozenset()),
        ):
            passing = {
                row.chunk_id
                for row in rows
                if (allowed.items is None or row.item_id in allowed.items)
                and row.item_id not in allowed.without_items
                and (allowed.years is None or row.year in allowed.years)
            }
            for k in (3, 500):
                expected = [hit for hit in searcher.dense(query, 10_000) if hit[0] in passing][:k]
                assert searcher.dense(query, k, allowed) == expected
                expected = [hit for hit in searcher.lexical(text, 10_000) if hit[0] in passing][:k]
                assert searcher.lexical(text, k, allowed) == expected


def test_what_may_hold_a_text_is_named_by_chunk(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    expected = [row.chunk_id for row in catalog.chunks_after(0) if "学校食堂" in row.text]
    assert expected
    assert searcher.may_hold("学校食堂").tolist() == expected


def test_an_empty_catalog_finds_nothing_and_then_what_is_added(tmp_path: Path) -> None:
    with Catalog.open(tmp_path, create=True) as catalog:
        index = Index(catalog, tmp_path)
        searcher = index.searcher()
        assert searcher.size == 0
        assert dense(searcher) == lexical(searcher) == [[]] * len(QUERIES) * len(FILTERS)
        assert searcher.vocabulary().units == ()
        assert index.save()
        store(catalog, target_document(1))
        assert index.searcher().size == 4
        assert searcher.size == 0
        assert index.save()
        assert_same(Index(catalog, tmp_path).searcher(), anew(catalog, tmp_path))


def test_the_vocabulary_is_what_the_documents_state(catalog: Catalog, tmp_path: Path) -> None:
    index = Index(catalog, tmp_path)
    found = index.searcher().vocabulary()
    assert found.years == (2010, 2011, 2012, 2013)
    assert found.units == ("市政府办公厅",)
    assert found.categories == ("创优目标", "重点目标")
    assert found.cities == ("苏州市", "青岛市")
    for document in catalog.documents():
        if document.year == 2013 or document.city == "苏州市":
            catalog.remove(document.id)
    assert index.searcher().vocabulary().years == (2010, 2011, 2012)
    assert index.searcher().vocabulary().cities == ("青岛市",)


def test_what_is_impossible_is_refused_or_finds_nothing(catalog: Catalog, tmp_path: Path) -> None:
    searcher = Index(catalog, tmp_path).searcher()
    query = EMBEDDER.embed("公文")
    for allowed in (Filter(years=frozenset([10**30])), Filter(units=frozenset(["\udcff"]))):
        assert searcher.dense(query, 5, allowed) == searcher.lexical("公文", 5, allowed) == []
    assert searcher.dense(query, 0) == searcher.lexical("公文", 0) == searcher.dense(query, -3) == []
    assert len(searcher.dense(query, 10**6)) == searcher.size
    with pytest.raises(ModelMismatch, match="查询向量有 3 维，目标库的向量有 24 维"):
        searcher.dense(np.ones(3, np.float32), 5)


def test_vectors_have_the_length_of_the_model(catalog: Catalog, tmp_path: Path) -> None:
    _, vectors = catalog.vectors(1, 4)
    assert vectors.shape == (4, DIMENSION)
    assert Index(catalog, tmp_path).searcher().dense(vectors[2], 1)[0][0] == 3

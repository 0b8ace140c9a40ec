from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.build import prepare, prepare_all
from index.chunks import chunk_item
from tests.index.samples import ToyEmbedder, target_document


def test_every_chunk_has_the_vector_of_its_text() -> None:
    document, embedder = target_document(3), ToyEmbedder()
    prepared = prepare(document, embedder)
    assert prepared.document is document
    assert len(prepared.chunks) == len(document.items)
    for item, chunks in zip(document.items, prepared.chunks, strict=True):
        assert [(chunk.text, chunk.start, chunk.end) for chunk in chunks] == [
            (chunk.text, chunk.start, chunk.end) for chunk in chunk_item(document, item)
        ]
        for chunk in chunks:
            np.testing.assert_array_equal(chunk.vector, embedder.embed(chunk.text))


def test_documents_are_embedded_together_and_come_back_apart() -> None:
    told: list[int] = []
    documents = [
        target_document(1, items=2),
        replace(target_document(2), items=()),
        target_document(3, items=5),
    ]
    prepared = prepare_all(documents, ToyEmbedder(), told.append)
    assert [one.document for one in prepared] == documents
    assert [len(one.chunks) for one in prepared] == [2, 0, 5]
    assert told == [7]
    assert prepared[2].chunks[0][0].text == prepare(documents[2], ToyEmbedder()).chunks[0][0].text


def test_nothing_to_embed_asks_no_embedder() -> None:
    told: list[int] = []
    assert prepare(replace(target_document(1), items=()), ToyEmbedder(), told.append).chunks == ()
    assert told == []


def test_texts_with_known_vectors_and_repeated_texts_are_not_embedded_again() -> None:
    document, embedder = target_document(3, items=2), ToyEmbedder()
    first, second = (chunks[0].text for chunks in prepare(document, embedder).chunks)
    known = {first: np.full(3, 7, np.float32)}
    told: list[int] = []
    once, twice = prepare_all([document, document], embedder, told.append, known)
    assert told == [1]
    for prepared in (once, twice):
        np.testing.assert_array_equal(prepared.chunks[0][0].vector, known[first])
        np.testing.assert_array_equal(prepared.chunks[1][0].vector, embedder.embed(second))

"""Make a document ready to be stored: its items cut into chunks, each with its vector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import PreparedChunk, PreparedDocument
from corpus.model import TargetDocument
from index.chunks import chunk_item

_NONE_KNOWN: Mapping[str, NDArray[np.float32]] = MappingProxyType({})


class PassageEmbedder(Protocol):
    """What is needed of an embedder here."""

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector a text."""
        ...


def prepare(
    document: TargetDocument, embedder: PassageEmbedder, progress: Callable[[int], None] | None = None
) -> PreparedDocument:
    """Return a document with the chunks of its items and their vectors."""
    return prepare_all([document], embedder, progress)[0]


def prepare_all(
    documents: Sequence[TargetDocument],
    embedder: PassageEmbedder,
    progress: Callable[[int], None] | None = None,
    known: Mapping[str, NDArray[np.float32]] = _NONE_KNOWN,
) -> tuple[PreparedDocument, ...]:
    """Return several documents, embedded together: full batches are faster than many small ones.

    `progress` is told how many chunks have been embedded. `known` has vectors, made with the same model, of
    texts that need not be embedded again.
    """
    chunked = [[chunk_item(document, item) for item in document.items] for document in documents]
    texts = [chunk.text for items in chunked for chunks in items for chunk in chunks]
    new = [text for text in dict.fromkeys(texts) if text not in known]
    made = dict(zip(new, embedder.embed_passages(new, progress) if new else (), strict=True))
    vectors = iter([known[text] if text in known else made[text] for text in texts])
    prepared = []
    for document, items in zip(documents, chunked, strict=True):
        pieces = tuple(
            tuple(
                PreparedChunk(chunk.text, chunk.start, chunk.end, vector)
                for chunk, vector in zip(chunks, islice(vectors, len(chunks)), strict=True)
            )
            for chunks in items
        )
        prepared.append(PreparedDocument(document, pieces))
    return tuple(prepared)

"""duibiao itself, through the engine that the service asks: filters, both legs, fusion, highlights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from corpus.catalog import Catalog, PreparedChunk, PreparedDocument, SourceFile
from corpus.model import DocumentKind, TargetDocument, TargetItem
from corpus.stored import EmbeddingRecord
from index.searcher import Index
from search.engine import SearchEngine, SearchRequest
from tests.benchmarks.peers.contract import DIMENSION, Passage, Vector, Vectors, Where

_RECORD = EmbeddingRecord("given", "given", DIMENSION)


class Adapter:
    """See `contract.Peer`. Every passage is an item of its own, its number is the passage's id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "duibiao"
        self._catalog = Catalog.open(self._folder, create=True)
        self._index = Index(self._catalog, self._folder)
        self._given = _Given()
        self._engine = SearchEngine(self._catalog, self._index, self._given)

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        pairs = zip(passages, vectors, strict=True)
        for name, group in groupby(pairs, key=lambda pair: pair[0].document):
            source = SourceFile(name, name, name, name, 1, "given")
            self._catalog.store(source, [_document(name, list(group))], _RECORD)
        self._index.searcher()
        self._index.save()

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`. Words are taken for nothing but words, and every item is a hit of its own."""
        self._given.vector = vector
        request = SearchRequest(
            text,
            k,
            year=where.year if where else None,
            city=where.city if where else None,
            understand=False,
            group=False,
            prefer_recent=False,
            prefer_unit="",
        )
        return [hit.stored.item.number or "" for hit in self._engine.search(request).hits]


class _Given:
    """Stands for the model: gives the vector that came with the query, so that only searching is timed."""

    record = _RECORD

    def __init__(self) -> None:
        self.vector: Vector = np.zeros(DIMENSION, np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the given vector; for several texts at once, none has a direction."""
        if len(texts) > 1:  # the mean of common queries: nothing is taken out of a vector that is given
            return np.zeros((len(texts), DIMENSION), np.float32)
        return self.vector[np.newaxis]

    def embed_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See `index.embedders.Embedder`; passages bring their vectors."""
        raise NotImplementedError


def _document(name: str, group: Sequence[tuple[Passage, Vector]]) -> PreparedDocument:
    items = tuple(TargetItem(None, one.id, None, one.text) for one, _ in group)
    document = TargetDocument(
        source=name,
        title=None,
        kind=DocumentKind.REPORT,
        unit=None,
        year=group[0][0].year or None,
        city=group[0][0].city or None,
        items=items,
        text="",
    )
    chunks = tuple((PreparedChunk(one.text, 0, len(one.text), vector),) for one, vector in group)
    return PreparedDocument(document, chunks)

# mypy: disable-error-code="import-not-found"
"""Haystack: its store in memory, saved as a file; BM25 over pairs of characters, fused by its joiner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.adapters.cutting import PAIRS
from tests.benchmarks.peers.contract import Passage, Vector, Vectors, Where


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._path = folder / "haystack.json"
        self._store: Any = InMemoryDocumentStore(bm25_tokenization_regex=PAIRS)
        if self._path.exists():
            self._store = InMemoryDocumentStore.load_from_disk(str(self._path))
            self._connect()

    def _connect(self) -> None:
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever

        self._vectors = InMemoryEmbeddingRetriever(self._store)
        self._both: Any = Pipeline()
        self._both.add_component("words", InMemoryBM25Retriever(self._store))
        self._both.add_component("vectors", InMemoryEmbeddingRetriever(self._store))
        self._both.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._both.connect("words", "joiner")
        self._both.connect("vectors", "joiner")

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        from haystack import Document

        self._store.write_documents(
            [
                Document(
                    id=one.id,
                    content=one.text,
                    embedding=vector.tolist(),
                    meta={"year": one.year, "city": one.city},
                )
                for one, vector in zip(passages, vectors, strict=True)
            ]
        )
        self._store.save_to_disk(str(self._path))

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`. BM25 refuses a query without words: then vectors alone are asked."""
        filters = _conditions(where) if where else None
        nearest = {"query_embedding": vector.tolist(), "top_k": k, "filters": filters}
        if not text.strip():
            found = self._vectors.run(**nearest)["documents"]
        else:
            asked = {
                "words": {"query": text, "top_k": k, "filters": filters},
                "vectors": nearest,
                "joiner": {"top_k": k},
            }
            found = self._both.run(asked)["joiner"]["documents"]
        return [one.id for one in found]


def _conditions(where: Where) -> dict[str, object]:
    wanted: dict[str, int | str] = {"meta.year": where.year, "meta.city": where.city}
    parts = [{"field": field, "operator": "==", "value": value} for field, value in wanted.items()]
    return {"operator": "AND", "conditions": parts}

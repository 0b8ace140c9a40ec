# mypy: disable-error-code="import-not-found"
"""Chroma, persistent in the process: dense search alone, its local version has no ranked full text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.contract import Passage, Vector, Vectors, Where

_BATCH = 5000


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        client: Any = chromadb.PersistentClient(
            str(folder / "chroma"), settings=Settings(anonymized_telemetry=False)
        )
        self._collection = client.get_or_create_collection(
            "passages", embedding_function=None, configuration={"hnsw": {"space": "ip"}}
        )

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        for start in range(0, len(passages), _BATCH):
            part = passages[start : start + _BATCH]
            self._collection.add(
                ids=[one.id for one in part],
                embeddings=vectors[start : start + _BATCH],
                documents=[one.text for one in part],
                metadatas=[{"year": one.year, "city": one.city} for one in part],
            )

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`."""
        condition = {"$and": [{"year": where.year}, {"city": where.city}]} if where else None
        found = self._collection.query(
            query_embeddings=[vector], n_results=k, where=condition, include=["documents"]
        )
        ids: list[str] = found["ids"][0]
        return ids

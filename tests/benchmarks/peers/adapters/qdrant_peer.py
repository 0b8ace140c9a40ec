# mypy: disable-error-code="import-not-found"
"""Qdrant's client in its local mode: dense search alone, no Chinese full text comes with it."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.peers.contract import DIMENSION, Passage, Vector, Vectors, Where

_BATCH = 2000


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        from qdrant_client import QdrantClient

        warnings.filterwarnings("ignore", message="Local mode is not recommended")
        self._client = QdrantClient(path=str(folder / "qdrant"))

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        from qdrant_client import models

        shape = models.VectorParams(size=DIMENSION, distance=models.Distance.DOT)
        self._client.create_collection("passages", vectors_config=shape)
        for start in range(0, len(passages), _BATCH):
            points = [
                models.PointStruct(
                    id=start + number,
                    vector=vector.tolist(),
                    payload={"id": one.id, "text": one.text, "year": one.year, "city": one.city},
                )
                for number, (one, vector) in enumerate(
                    zip(passages[start : start + _BATCH], vectors[start : start + _BATCH], strict=True)
                )
            ]
            self._client.upsert("passages", points)
        self._client.close()

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`."""
        from qdrant_client import models

        allowed = None
        if where:
            wanted: dict[str, int | str] = {"year": where.year, "city": where.city}
            allowed = models.Filter(
                must=[
                    models.FieldCondition(key=key, match=models.MatchValue(value=one))
                    for key, one in wanted.items()
                ]
            )
        found = self._client.query_points(
            "passages", query=vector.tolist(), limit=k, query_filter=allowed, with_payload=True
        )
        return [point.payload["id"] for point in found.points]

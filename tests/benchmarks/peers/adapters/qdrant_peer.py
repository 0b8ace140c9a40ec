# mypy: disable-error-code="import-not-found"
"""Qdrant's client in its local mode: vectors and the sparse BM25 of its fastembed, fused by rank.

fastembed cuts at spaces and needs no model for that: it is given pairs of characters, parted by spaces.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.adapters.cutting import pairs
from tests.benchmarks.peers.contract import DIMENSION, Passage, Vector, Vectors, Where

_BATCH = 2000
_NAME, _VECTOR, _WORDS = "passages", "vector", "words"


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        from fastembed.sparse.bm25 import Bm25
        from qdrant_client import QdrantClient

        warnings.filterwarnings("ignore", message="Local mode is not recommended")
        self._client = QdrantClient(path=str(folder / "qdrant"))
        # Without stemming nothing is read from the folder of the "model", and nothing fetched.
        self._bm25 = Bm25("Qdrant/bm25", disable_stemmer=True, specific_model_path=str(folder))

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        from qdrant_client import models

        self._client.create_collection(
            _NAME,
            vectors_config={_VECTOR: models.VectorParams(size=DIMENSION, distance=models.Distance.DOT)},
            sparse_vectors_config={_WORDS: models.SparseVectorParams(modifier=models.Modifier.IDF)},
        )
        for start in range(0, len(passages), _BATCH):
            part = passages[start : start + _BATCH]
            sparse = self._bm25.embed([" ".join(pairs(one.text)) for one in part])
            points = [
                models.PointStruct(
                    id=start + number,
                    vector={_VECTOR: vector.tolist(), _WORDS: weights.as_object()},
                    payload={"id": one.id, "text": one.text, "year": one.year, "city": one.city},
                )
                for number, (one, vector, weights) in enumerate(
                    zip(part, vectors[start : start + _BATCH], sparse, strict=True)
                )
            ]
            self._client.upsert(_NAME, points)
        self._client.close()

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`."""
        from qdrant_client import models

        allowed = conditions(where) if where else None
        weights = next(iter(self._bm25.query_embed(" ".join(pairs(text)))))
        legs = [
            models.Prefetch(query=vector.tolist(), using=_VECTOR, limit=k, filter=allowed),
            models.Prefetch(
                query=models.SparseVector(**weights.as_object()), using=_WORDS, limit=k, filter=allowed
            ),
        ]
        fusion = models.FusionQuery(fusion=models.Fusion.RRF)
        found = self._client.query_points(_NAME, prefetch=legs, query=fusion, limit=k, with_payload=True)
        return [point.payload["id"] for point in found.points]


def conditions(where: Where) -> Any:
    """Return the filter of a year and a city."""
    from qdrant_client import models

    wanted: dict[str, int | str] = {"year": where.year, "city": where.city}
    parts = [
        models.FieldCondition(key=key, match=models.MatchValue(value=one)) for key, one in wanted.items()
    ]
    return models.Filter(must=parts)

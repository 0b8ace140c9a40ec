# mypy: disable-error-code="import-not-found, import-untyped"
"""txtai: FAISS, SQLite and its own BM25, scores combined; conditions of SQL hold for what was found."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.peers.contract import Passage, Vector, Vectors, Where

_GIVEN: dict[str, Vector] = {}


def given(texts: Sequence[str]) -> Vectors:
    """Return the vectors that came with some texts; txtai calls it by its name."""
    return np.stack([_GIVEN[text] for text in texts])


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"  # the function above is our own
        from txtai import Embeddings

        self._path = folder / "txtai"
        self._embeddings: Any = Embeddings(
            {
                "method": "external",
                "transform": f"{__name__}.given",
                "content": True,
                "hybrid": True,
                "scoring": {
                    "method": "bm25",
                    "terms": True,
                    "normalize": True,
                    "tokenizer": {"ngrams": {"ngrams": 2, "unique": True}},
                },
            }
        )
        if self._path.exists():
            self._embeddings.load(str(self._path))

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        _GIVEN.update(zip((one.text for one in passages), vectors, strict=True))
        self._embeddings.index(
            (one.id, {"text": one.text, "year": one.year, "city": one.city}) for one in passages
        )
        self._embeddings.save(str(self._path))

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`."""
        _GIVEN[text] = vector
        asked: dict[str, object] = {"text": text}
        condition = "similar(:text)"
        if where:
            condition += " AND year = :year AND city = :city"
            asked |= {"year": where.year, "city": where.city}
        query = f"SELECT id, text, score FROM txtai WHERE {condition}"
        found = self._embeddings.search(query, limit=k, parameters=asked)
        return [one["id"] for one in found]

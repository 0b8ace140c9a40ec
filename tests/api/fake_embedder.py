"""An embedder without a model: texts that share pairs of characters are near each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import EmbeddingRecord

DIMENSION = 256


class FakeEmbedder:
    """Counts pairs of characters; the same text always gets the same vector."""

    def __init__(self, model: str = "pairs") -> None:
        self.record = EmbeddingRecord(f"fake-{model}", model, DIMENSION)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_passages(texts)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        vectors = np.full((len(texts), DIMENSION), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for pair in pairwise(text):
                vectors[row, crc32("".join(pair).encode()) % DIMENSION] += 1
        if progress is not None:
            progress(len(texts))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def open_fake(model: str | None, models: Path) -> FakeEmbedder:
    """Stand in for `index.embedders.open_embedder`."""
    return FakeEmbedder(model or "pairs")

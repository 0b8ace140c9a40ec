"""Texts become vectors: one contract, the default model and any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from corpus.catalog import EmbeddingRecord


class Embedder(Protocol):
    """Makes vectors of length 1, so that their product is the cosine similarity.

    Vectors come in the order of the texts, shape (texts, dimension). Any text has a vector: an empty one
    too, and one that is longer than the model reads is cut at its end. Safe to use from several threads.
    """

    @property
    def record(self) -> EmbeddingRecord:
        """What made the vectors; vectors with different fingerprints must not be compared."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of questions, or of texts that something similar is searched for."""
        ...

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return the vectors of texts to be found; `progress` is told how many are done so far."""
        ...


def open_embedder(model: str | None, models: Path, progress: Callable[[str], None] | None = None) -> Embedder:
    """Open the default model, or any sentence-transformers model.

    `model` is a folder or a name. The default is what `duibiao tune` installed under `models`, else the
    model that is prepared there if it is not yet; `progress` is told what a first preparation does. A folder
    with a tuned default model is run as the default is. Raise ModelMissing.
    """
    from index.embedders.default import OnnxEmbedder
    from index.models.tuned import installed_tuned, is_tuned, verified

    if model is None:
        from index.models.prepare import prepare_default

        return OnnxEmbedder(installed_tuned(models) or prepare_default(models, progress))
    folder = Path(model).expanduser()
    if is_tuned(folder):
        return OnnxEmbedder(verified(folder))
    from index.embedders.transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(model)

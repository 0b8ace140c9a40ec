"""An embedder that embeds no text twice: queries within the process, passages also between processes."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.disk import replacing
from corpus.stored import EmbeddingRecord
from index.embedders import Embedder

_log = logging.getLogger(__name__)
_VERSION = 1
_DIGEST = 16  # bytes of a text's hash; 128 bits do not collide by chance

Vectors = NDArray[np.float32]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_DIGEST]


class RememberingEmbedder:
    """Gives the vectors of `embedder`, each computed once.

    With a `folder`, the vectors of passages are kept in a file there that is named by `collection` (a hash
    of what the passages are made from) and the model's fingerprint. A file that cannot be read is
    made anew.
    """

    def __init__(self, embedder: Embedder, folder: Path | None = None, collection: str = "") -> None:
        self._embedder = embedder
        self._queries: dict[str, Vectors] = {}
        self._passages: dict[bytes, Vectors] = {}
        self._path = folder / self._name(collection) if folder is not None else None
        if self._path is not None:
            self._passages = _load(self._path, embedder.record.dimension)
        self._saved = len(self._passages)

    @property
    def record(self) -> EmbeddingRecord:
        """What made the vectors."""
        return self._embedder.record

    def _name(self, collection: str) -> str:
        made_by = f"{_VERSION} {collection} {self._embedder.record.fingerprint}"
        return f"{hashlib.sha256(made_by.encode()).hexdigest()[:32]}.npz"

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        new = [text for text in dict.fromkeys(texts) if text not in self._queries]
        if new:
            self._queries.update(zip(new, self._embedder.embed_queries(new), strict=True))
        return np.stack([self._queries[text] for text in texts])

    def embed_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Return the vectors of passages; `progress` hears of those that had to be computed."""
        named = {_digest(text): text for text in texts}
        new = [digest for digest in named if digest not in self._passages]
        if new:
            vectors = self._embedder.embed_passages([named[digest] for digest in new], progress)
            self._passages.update(zip(new, vectors, strict=True))
        if not texts:
            return np.empty((0, self.record.dimension), np.float32)
        return np.stack([self._passages[_digest(text)] for text in texts])

    def save(self) -> None:
        """Keep the vectors of passages for the next process, where a folder was named and any are new."""
        if self._path is None or len(self._passages) == self._saved:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        digests = np.frombuffer(b"".join(self._passages), np.uint8).reshape(-1, _DIGEST)
        with replacing(self._path) as file:
            np.savez(file, digests=digests, vectors=np.stack(list(self._passages.values())))
        self._saved = len(self._passages)


def _load(path: Path, dimension: int) -> dict[bytes, Vectors]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            digests, vectors = kept["digests"], kept["vectors"]
    except FileNotFoundError:
        return {}
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        _log.warning("cannot read %s: %s", path, error)
        return {}
    if vectors.shape != (len(digests), dimension) or vectors.dtype != np.float32:
        _log.warning("%s holds vectors of another shape", path)
        return {}
    return {digest.tobytes(): vector for digest, vector in zip(digests, vectors, strict=True)}

"""What all queries have in common, as a vector: embedded once for each model, then kept in a file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from zlib import crc32

import numpy as np

from corpus.disk import replacing
from index.embedders import Embedder
from search.retrieve import COMMON_QUERIES, Vector


def mean_query(embedder: Embedder, folder: Path | None = None) -> Vector:
    """Return the mean of the common queries' vectors, from `folder` where it was kept there.

    A file that is absent, damaged or of another model is made anew; a folder that may not be written to
    costs the time of eight short texts in each process, and nothing else.
    """
    file = folder / _name(embedder) if folder else None
    kept = _read(file, embedder.record.dimension) if file else None
    if kept is not None:
        return kept
    mean = np.asarray(embedder.embed_queries(COMMON_QUERIES).mean(axis=0), dtype=np.float32)
    if file:
        with suppress(OSError):
            _write(file, mean)
    return mean


def _name(embedder: Embedder) -> str:
    """Return a name that changes with the model and with the queries."""
    queries = crc32("\n".join(COMMON_QUERIES).encode())
    return f"mean-query-{embedder.record.fingerprint[:16]}-{queries:08x}.npy"


def _read(file: Path, dimension: int) -> Vector | None:
    try:
        found = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    sound = found.shape == (dimension,) and found.dtype == np.float32 and bool(np.isfinite(found).all())
    return found if sound else None


def _write(file: Path, mean: Vector) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as stream:
        np.save(stream, mean, allow_pickle=False)

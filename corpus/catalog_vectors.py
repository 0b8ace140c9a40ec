"""Vectors as a catalog keeps them; every function works inside the caller's transaction."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from corpus.stored import EmbeddingRecord

BLOCK = 256  # vectors kept together in one row


def set_embedding(connection: sqlite3.Connection, embedding: EmbeddingRecord) -> None:
    """Write down what the vectors are made with."""
    connection.execute(
        "UPDATE catalog SET embedding_fingerprint = ?, embedding_model = ?, embedding_dimension = ?",
        (embedding.fingerprint, embedding.model, embedding.dimension),
    )


def forget_embedding_if_empty(connection: sqlite3.Connection) -> None:
    """Let a catalog without vectors take any model."""
    connection.execute(
        "UPDATE catalog SET embedding_fingerprint = NULL, embedding_model = NULL, embedding_dimension = NULL"
        " WHERE NOT EXISTS (SELECT 1 FROM vectors)"
    )


def insert_vectors(
    connection: sqlite3.Connection, document_id: int, first_chunk: int, halves: NDArray[np.float16]
) -> None:
    """Store the vectors of the chunks of one document from `first_chunk` on."""
    connection.executemany(
        "INSERT INTO vectors (first_chunk, document_id, chunks, block) VALUES (?, ?, ?, ?)",
        (
            (first_chunk + start, document_id, len(block), block.tobytes())
            for start in range(0, len(halves), BLOCK)
            for block in (halves[start : start + BLOCK],)
        ),
    )


def to_halves(vectors: NDArray[np.float32], expected: int, dimension: int) -> NDArray[np.float16]:
    """Return `vectors` as stored (little-endian float16); `ValueError` if one is ill-formed."""
    if vectors.shape != (expected, dimension):
        raise ValueError(
            f"expected {expected} vectors of {dimension} numbers, got an array of {vectors.shape}"
        )
    with np.errstate(over="ignore"):
        halves = vectors.astype("<f2")
    if not np.isfinite(halves).all():
        raise ValueError("a vector holds a number that is not finite or beyond 65504")
    return halves

"""Replacing every vector of a catalog by those of another model.

Embedding a large catalog takes hours, so it is done before the write lock is taken: vectors go to a temporary
file beside the catalog, readers and writers go on. One transaction then embeds what was added meanwhile and
swaps all vectors. The chunks get new ids, so that every derived index sees that nothing it holds is valid.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from corpus.catalog_queries import read_state
from corpus.catalog_vectors import BLOCK, insert_vectors, set_embedding, to_halves
from corpus.connections import refused
from corpus.stored import EmbeddingRecord

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def spool_file(folder: Path) -> BinaryIO:
    """Open a nameless file in `folder`, unbuffered: a full disk is met when writing, not when closing."""
    try:
        return cast("BinaryIO", tempfile.TemporaryFile(dir=folder, buffering=0))
    except OSError as error:
        raise refused(error, f"在 {folder} 中建立临时文件") from error


@dataclass(slots=True)
class Spool:
    """New vectors in a file, one document after the other in the order they were embedded."""

    file: BinaryIO
    embedding: EmbeddingRecord
    embed: Embed
    batch: int
    progress: Callable[[int], None] | None
    embedded: int = 0
    starts: dict[tuple[int, int], int] = field(default_factory=dict)  # first and last chunk → first row

    def add_missing(self, connection: sqlite3.Connection) -> None:
        """Embed the chunks of all documents that are not spooled yet, at most `batch` texts in memory."""
        texts: list[str] = []
        planned = self.embedded
        for _, first, last in documents_with_chunks(connection):
            if (first, last) in self.starts:
                continue
            self.starts[first, last] = planned
            planned += last - first + 1
            for (text,) in connection.execute(
                "SELECT text FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
            ):
                texts.append(text)
                if len(texts) == self.batch:
                    self._embed(texts)
                    texts = []
        if texts:
            self._embed(texts)

    def blocks(self, first: int, last: int) -> Iterator[tuple[int, NDArray[np.float16]]]:
        """Yield the spooled vectors of a document as (first chunk, vectors), at most `BLOCK` in memory."""
        width = self.embedding.dimension * 2
        self.file.seek(self.starts[first, last] * width)
        for start in range(first, last + 1, BLOCK):
            chunks = min(BLOCK, last + 1 - start)
            yield start, np.frombuffer(self.file.read(chunks * width), "<f2").reshape(chunks, -1)

    def _embed(self, texts: Sequence[str]) -> None:
        halves = to_halves(self.embed(texts), len(texts), self.embedding.dimension)
        rest = memoryview(halves.tobytes())
        try:
            self.file.seek(0, os.SEEK_END)
            while rest:  # an unbuffered file may take less than it is given
                rest = rest[self.file.write(rest) :]
        except OSError as error:
            raise refused(error, "写新向量的临时文件") from error
        self.embedded += len(texts)
        if self.progress:
            self.progress(self.embedded)


def documents_with_chunks(connection: sqlite3.Connection) -> list[tuple[int, int, int]]:
    """Return id, first and last chunk of every document that has chunks, in the order of the chunks."""
    return connection.execute(
        "SELECT id, first_chunk, last_chunk FROM document WHERE first_chunk IS NOT NULL ORDER BY first_chunk"
    ).fetchall()


def swap_vectors(connection: sqlite3.Connection, spool: Spool) -> int:
    """Put the spooled vectors in the place of all that are there; return how many chunks the catalog has.

    Works inside the caller's transaction. The chunks move, without gaps, to ids above all that were ever
    given; one removal covers everything below.
    """
    spool.add_missing(connection)
    documents = documents_with_chunks(connection)
    if not documents:
        return 0
    newest = read_state(connection).last_chunk
    connection.execute("DELETE FROM vectors")
    taken = newest
    for document_id, first, last in documents:
        moved = taken + 1 - first
        connection.execute("UPDATE chunk SET id = id + ? WHERE id BETWEEN ? AND ?", (moved, first, last))
        connection.execute(
            "UPDATE document SET first_chunk = ?, last_chunk = ? WHERE id = ?",
            (first + moved, last + moved, document_id),
        )
        for start, halves in spool.blocks(first, last):
            insert_vectors(connection, document_id, start + moved, halves)
        taken = last + moved
    connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'chunk'", (taken,))
    connection.execute("INSERT INTO removal (first_chunk, last_chunk) VALUES (1, ?)", (newest,))
    set_embedding(connection, spool.embedding)
    return taken - newest

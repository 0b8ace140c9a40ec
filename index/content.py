"""What an index holds of one state of a catalog, and how it follows the catalog to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import CatalogReader, CatalogState, ChunkRow
from corpus.errors import CatalogDamaged
from index.fulltext import FullText
from index.segments import Column, Names, Segment, encode, settled
from index.vectors import FaissIndex

_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Origin:
    """What an index was made from: which catalog, and with whose vectors."""

    identity: str
    fingerprint: str | None
    dimension: int


@dataclass(frozen=True, slots=True)
class Witness:
    """The last chunk that was read, by which a catalog that was brought back from a copy is told."""

    chunk_id: int
    checksum: int

    def agrees(self, reader: CatalogReader) -> bool:
        """Whether the chunk is still as it was, or gone."""
        row = next(reader.chunks_after(self.chunk_id - 1), None)
        return row is None or row.chunk_id != self.chunk_id or _checksum(row) == self.checksum


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """Everything searchable of one state of a catalog.

    `stale` is the number of removed chunks that may still count in the full text's statistics.
    """

    origin: Origin
    state: CatalogState
    names: Names
    segments: tuple[Segment, ...]
    fulltext: FullText
    stale: int = 0
    witness: Witness | None = None

    @property
    def size(self) -> int:
        """The number of chunks."""
        return sum(segment.size for segment in self.segments)


def origin_of(reader: CatalogReader) -> Origin:
    """Return what an index of this catalog has to be made from."""
    embedding = reader.embedding()
    if embedding is None:
        return Origin(reader.identity(), None, 0)
    return Origin(reader.identity(), embedding.fingerprint, embedding.dimension)


def empty(origin: Origin) -> Content:
    """Return the content of a catalog before its first document."""
    return Content(origin, CatalogState(0, 0), Names(), (), FullText.create())


def advanced(content: Content, reader: CatalogReader) -> Content:
    """Return the content at the reader's state, for what the change costs; `reader` must see one state.

    After an exception `content` must not be used any more.
    """
    state = reader.state()
    if state == content.state:
        return content
    removals = reader.removals_after(content.state.last_removal)
    names = content.names.copy()
    columns: list[NDArray[np.int64]] = []
    witness = content.witness

    def rows() -> Iterator[ChunkRow]:
        nonlocal witness
        for batch in _batches(reader.chunks_after(content.state.last_chunk)):
            columns.append(encode(batch, names))
            witness = Witness(batch[-1].chunk_id, _checksum(batch[-1]))
            yield from batch

    fulltext = content.fulltext.private()
    fulltext.change(removals, rows())
    kept = [segment.without(removals) for segment in content.segments]
    gone = content.size - sum(segment.size for segment in kept)
    if columns:
        kept.append(_segment(reader, content.origin.dimension, np.concatenate(columns, axis=1)))
    stale = content.stale + gone
    return Content(content.origin, state, names, settled(kept), fulltext, stale, witness)


def with_new_fulltext(content: Content, reader: CatalogReader) -> Content:
    """Return the content with its full text made again, so that removed chunks no longer count."""
    fulltext = FullText.create()
    fulltext.change((), reader.chunks_after(0))
    return replace(content, fulltext=fulltext, stale=0)


def _segment(reader: CatalogReader, dimension: int, columns: NDArray[np.int64]) -> Segment:
    """Return a segment of the chunks in `columns` with their vectors from the catalog."""

    def vectors() -> Iterator[NDArray[np.float32]]:
        ids = columns[Column.CHUNK]
        for start in range(0, len(ids), _BATCH):
            wanted = ids[start : start + _BATCH]
            found, matrix = reader.vectors(int(wanted[0]), int(wanted[-1]))
            if not np.array_equal(found, wanted):
                raise CatalogDamaged(
                    f"目标库中第 {wanted[0]} 至 {wanted[-1]} 段文字缺少向量；请用 duibiao ingest 重新导入，"
                    "或用备份恢复目标库。"
                )
            yield matrix

    return Segment(FaissIndex.build(dimension, vectors()), columns)


def _checksum(row: ChunkRow) -> int:
    return crc32(row.text.encode())


def _batches(rows: Iterator[ChunkRow]) -> Iterator[list[ChunkRow]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch

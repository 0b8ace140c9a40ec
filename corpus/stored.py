"""What goes into the catalog and what comes out of it, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.corrections import Correcting
from corpus.model import DocumentKind, Origin, Problem, TargetDocument, TargetItem

Extraction = TypeVar("Extraction", covariant=True)


@dataclass(frozen=True, slots=True)
class EmbeddingRecord:
    """What made the vectors of a catalog.

    `fingerprint` changes with everything that changes a vector (weights, precision, pooling, prompts);
    `model` is the name or folder that a person configured.
    """

    fingerprint: str
    model: str
    dimension: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was found.

    `key` is its identity: the absolute path, or `upload:NAME`. `path` is relative to the folder that was
    ingested, `name` the file's name alone. `reading_fingerprint` changes with everything but the bytes that
    decides what is read from them: readers, layouts, extraction, what the user or a manifest states.
    """

    key: str
    path: str
    name: str
    sha256: str
    size: int
    reading_fingerprint: str


@dataclass(frozen=True, slots=True)
class PreparedChunk:
    """A piece of an item that is embedded: context line, line break, `content[start:end]`."""

    text: str
    start: int
    end: int
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document ready to be stored; `chunks[i]` are the pieces of `document.items[i]`.

    `correcting` is what a person changed about it, `None` where it is as it was read.
    """

    document: TargetDocument
    chunks: tuple[tuple[PreparedChunk, ...], ...]
    correcting: Correcting | None = None

    @property
    def read(self) -> TargetDocument:
        """The document as it was read from the file."""
        return self.document if self.correcting is None else self.correcting.read


@dataclass(frozen=True, slots=True)
class ReadingRecord:
    """What the stages of reading a file gave, in numbers, with the problems met.

    `layouts` are those recognised, one for a file, several for an archive of `members` files. `unused` counts
    the paragraphs that no stage had a use for.
    """

    layouts: tuple[str, ...]
    paragraphs: int
    tables: int
    rows: int
    unused: int
    members: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What the catalog knows of a document, without its items and raw text.

    `source` is the file's name, `path` its path relative to the folder that was ingested, `items` the
    number of items, `added_at` a moment in UTC (ISO 8601).
    """

    id: int
    source: str
    path: str
    title: str | None
    kind: DocumentKind
    unit: str | None
    year: int | None
    city: str | None
    unit_origin: Origin | None
    year_origin: Origin | None
    city_origin: Origin | None
    doc_number: str | None
    published: str | None
    added_at: str
    items: int


class FileOfDocument(NamedTuple):
    """The file a document was read from, under one of the names it was found by.

    `source_id` is equal for all documents of one file. A named tuple, because all are asked for at once.
    """

    document_id: int
    source_id: int
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item with the document it stands in; `ordinal` counts from 0 in the order of the file."""

    id: int
    document: StoredDocument
    ordinal: int
    item: TargetItem


class ItemOutline(NamedTuple):
    """What tells near-duplicates among many items: a named tuple, because hundreds are read a query."""

    item_id: int
    document_id: int
    year: int | None
    unit: str | None
    city: str | None
    name: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Extracted(Generic[Extraction]):
    """An indicator, benchmark or basis with the item it was read from and what that item is about.

    `ordinal` counts from 0 within the item: `value == getattr(item, …)[ordinal]`.
    """

    item_id: int
    document_id: int
    ordinal: int
    category: str | None
    year: int | None
    unit: str | None
    city: str | None
    value: Extraction


@dataclass(frozen=True, slots=True)
class RemovedDocument:
    """A document that was taken out and can be put back; both moments are in UTC (ISO 8601)."""

    document: StoredDocument
    removed_at: str
    kept_until: str


@dataclass(frozen=True, slots=True)
class CatalogCounts:
    """How much a catalog holds; `removed` counts the documents that can be restored."""

    documents: int
    items: int
    indicators: int
    benchmarks: int
    bases: int
    chunks: int
    corrections: int
    removed: int


class Outcome(StrEnum):
    """What storing a file did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class CatalogState:
    """How far a catalog has come; both numbers only grow.

    Equal states of one catalog mean the same chunks with the same vectors. A derived index at state `s`
    catches up by dropping the ranges of `removals_after(s.last_removal)` and adding
    `chunks_after(s.last_chunk)`.
    """

    last_chunk: int
    last_removal: int


@dataclass(frozen=True, slots=True)
class Removal:
    """Chunks `first_chunk` to `last_chunk`, both included, are gone; their ids never come back."""

    id: int
    first_chunk: int
    last_chunk: int


class ChunkRow(NamedTuple):
    """A chunk with what a filter may ask of it.

    A named tuple because an index reads a million in one go: it is made four times faster than a dataclass.
    """

    chunk_id: int
    item_id: int
    document_id: int
    text: str
    start: int
    end: int
    year: int | None
    unit: str | None
    category: str | None
    city: str | None
    kind: DocumentKind

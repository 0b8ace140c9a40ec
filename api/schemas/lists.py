"""Lists that are read a stretch at a time, and single rows of them, as they leave this program."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.documents import DocumentJson, StoredItemJson


@dataclass(frozen=True, slots=True)
class ItemDetailJson:
    """An item of the catalog with the document it stands in."""

    document: DocumentJson
    item: StoredItemJson


@dataclass(frozen=True, slots=True)
class DocumentPageJson:
    """`length` documents of `total` at most, from number `start` on, counted from 0."""

    documents: tuple[DocumentJson, ...]
    start: int
    length: int
    total: int


@dataclass(frozen=True, slots=True)
class ItemPageJson:
    """`length` items of a document's `total` at most, in the order of the text, from number `start` on."""

    document: DocumentJson
    items: tuple[StoredItemJson, ...]
    start: int
    length: int
    total: int

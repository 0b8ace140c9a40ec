"""Provenance marks: what a citation in somebody's document carries so that it can be checked again.

A mark is `db1` and 32 characters of base 32, 35 in all: it fits a bookmark of Word (40 letters and digits)
with room for a counter, and the tag of a content control (64). It holds which file was cited (by its name and
by its bytes), which document of that file, which item, which stretch of which field, and a hash of the words
there; not the words themselves. Positions and hash are those of the text without white space, folded,
contacts blacked out: another line break is no change. Checking needs the catalog only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32decode, b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from corpus.catalog_reader import CatalogReader
from corpus.contacts import redact
from corpus.errors import WrongUse
from corpus.model import Field, Span
from corpus.stored import FileOfDocument, StoredItem
from corpus.text import fold
from search.results import Citation
from search.texts import field_text, sentence_around

PREFIX: Final = "db1"
_MARK: Final = re.compile(r"(?<![0-9a-z])db1[a-z2-7]{32}", re.IGNORECASE)
_FIELDS: Final = tuple(Field)
_CITED_FIELDS: Final = (Field.CONTENT, *(field for field in _FIELDS if field is not Field.CONTENT))


class MarkStatus(StrEnum):
    """What became of the words that a mark stands for."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REMOVED = "removed"
    UNREADABLE = "unreadable"


class Mark(NamedTuple):
    """The numbers in a mark, in the order in which they are written; `WIDTHS` are their bits."""

    file_name: int
    file_bytes: int
    document: int
    item: int
    field: int
    start: int
    length: int
    words: int


WIDTHS: Final = Mark(24, 32, 8, 16, 3, 19, 14, 44)


@dataclass(frozen=True, slots=True)
class Verified:
    """A mark with what became of it.

    `citation` quotes the words where they stand now; where they were changed, the sentence that stands in
    their place, if the item is still there. `moved` says that they stand in another item now, `renewed` that
    the file is not the one that was cited.
    """

    mark: str
    status: MarkStatus
    citation: Citation | None = None
    moved: bool = False
    renewed: bool = False


def marks_in(text: str) -> tuple[str, ...]:
    """Return the marks that stand in a text, each once, in order."""
    return tuple(dict.fromkeys(found.group().lower() for found in _MARK.finditer(text)))


def make_mark(stored: StoredItem, span: Span, catalog: CatalogReader) -> str:
    """Return the mark of the words at `span`. Raise WrongUse where there are none, or too many."""
    text = redact(field_text(stored.item, span.field))
    if not 0 <= span.start < span.end <= len(text):
        raise WrongUse(f"要引用的位置 {span.start} 到 {span.end} 不在这一条的文字里；请重新查找后再引用。")
    start, words = len(_bare(text[: span.start])), _bare(text[span.start : span.end])
    file = _file_of(stored, catalog)
    numbers = Mark(
        _name_number(file.own.name),
        _bytes_number(file.own.sha256),
        file.position,
        stored.ordinal,
        _FIELDS.index(span.field),
        start,
        len(words),
        _words_number(words),
    )
    if not words or any(number >> width for number, width in zip(numbers, WIDTHS, strict=True)):
        raise WrongUse("要引用的文字是空的或者太长；请只引用其中的一两句。")
    packed = 0
    for number, width in zip(numbers, WIDTHS, strict=True):
        packed = packed << width | number
    return PREFIX + b32encode(packed.to_bytes(sum(WIDTHS) // 8, "big")).decode("ascii").lower()


def read_mark(written: str) -> Mark | None:
    """Return the numbers in a mark, `None` where it is none."""
    if not _MARK.fullmatch(written):
        return None
    packed = int.from_bytes(b32decode(written[len(PREFIX) :].upper()), "big")
    numbers = []
    for width in reversed(WIDTHS):
        numbers.append(packed & (1 << width) - 1)
        packed >>= width
    mark = Mark._make(reversed(numbers))
    return mark if mark.field < len(_FIELDS) and mark.length else None


def verify(marks: Sequence[str], catalog: CatalogReader) -> tuple[Verified, ...]:
    """Return what became of the words of each mark, in the order asked."""
    verifier = _Verifier(catalog)
    return tuple(verifier.verified(mark) for mark in marks)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def _bits(content: bytes, width: int) -> int:
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big") >> 64 - width


def _name_number(name: str) -> int:
    return _bits(unicodedata.normalize("NFC", name).encode("utf-8", "replace"), WIDTHS.file_name)


def _bytes_number(sha256: str) -> int:
    return int(sha256[:8], 16)


def _words_number(words: str) -> int:
    return _bits(words.encode("utf-8", "replace"), WIDTHS.words)


@dataclass(frozen=True, slots=True)
class _File:
    """The file of a document, and which of the file's documents it is, counted from 0."""

    own: FileOfDocument
    position: int


def _file_of(stored: StoredItem, catalog: CatalogReader) -> _File:
    files = catalog.files()
    own = next((file for file in files if file.document_id == stored.document.id), None)
    if own is None:
        raise WrongUse("要引用的文档刚刚从目标库中移除；请重新查找后再引用。")
    siblings = list(dict.fromkeys(file.document_id for file in files if file.source_id == own.source_id))
    return _File(own, siblings.index(own.document_id))


class _Verifier:
    """Looks marks up in one catalog; what was read for one mark is kept for the next."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog
        self._files = catalog.files()
        self._items: dict[int, tuple[StoredItem, ...]] = {}
        self._texts: dict[tuple[int, Field], str] = {}

    def verified(self, written: str) -> Verified:
        """Return what became of one mark."""
        mark = read_mark(written)
        if mark is None:
            return Verified(written, MarkStatus.UNREADABLE)
        candidates = self._candidates(mark)
        if not candidates:
            return Verified(written, MarkStatus.REMOVED)
        same = {file.document_id for file in self._files if _bytes_number(file.sha256) == mark.file_bytes}
        for document_id in candidates:
            found = self._found(mark, document_id)
            if found is not None:
                moved = found.stored.ordinal != mark.item
                return Verified(written, MarkStatus.UNCHANGED, found, moved, document_id not in same)
        instead = self._instead(mark, candidates[0])
        return Verified(written, MarkStatus.CHANGED, instead, renewed=candidates[0] not in same)

    def _candidates(self, mark: Mark) -> tuple[int, ...]:
        """Return the documents that may be meant, the likeliest first: the same bytes, then the same name."""
        by_bytes = [file for file in self._files if _bytes_number(file.sha256) == mark.file_bytes]
        by_name = [file for file in self._files if _name_number(file.name) == mark.file_name]
        ordered: dict[int, None] = {}
        for group in (by_bytes, by_name):
            for source_id in dict.fromkeys(file.source_id for file in group):
                ids = list(dict.fromkeys(file.document_id for file in group if file.source_id == source_id))
                ordered |= dict.fromkeys(ids[mark.document : mark.document + 1])
                ordered |= dict.fromkeys(ids)
        return tuple(ordered)

    def _document(self, document_id: int) -> tuple[StoredItem, ...]:
        if document_id not in self._items:
            self._items[document_id] = self._catalog.document_items(document_id)
        return self._items[document_id]

    def _text(self, stored: StoredItem, field: Field) -> str:
        """Return what marks of a field are made from."""
        key = (stored.id, field)
        if key not in self._texts:
            self._texts[key] = _bare(redact(field_text(stored.item, field)))
        return self._texts[key]

    def _found(self, mark: Mark, document_id: int) -> Citation | None:
        """Return the words where they stand in a document: where they stood, or else anywhere in it."""
        items = self._document(document_id)
        if mark.item < len(items):
            field = _FIELDS[mark.field]
            text = self._text(items[mark.item], field)
            if self._stands_at(mark, text, mark.start):
                return self._quoted(items[mark.item], field, mark.start, mark.length)
        for stored, field, text in self._nearest_first(mark, items):
            for start in range(len(text) - mark.length + 1):
                if self._stands_at(mark, text, start):
                    return self._quoted(stored, field, start, mark.length)
        return None

    def _nearest_first(
        self, mark: Mark, items: Sequence[StoredItem]
    ) -> Iterator[tuple[StoredItem, Field, str]]:
        for stored in sorted(items, key=lambda one: (abs(one.ordinal - mark.item), one.ordinal)):
            for field in _CITED_FIELDS:
                text = self._text(stored, field)
                if len(text) >= mark.length:
                    yield stored, field, text

    def _stands_at(self, mark: Mark, text: str, start: int) -> bool:
        words = text[start : start + mark.length]
        return len(words) == mark.length and _words_number(words) == mark.words

    def _quoted(self, stored: StoredItem, field: Field, start: int, length: int) -> Citation:
        """Return the words as written that `length` characters from `start` of the bare text are."""
        shown = redact(field_text(stored.item, field))
        places = [place for place, character in enumerate(shown) if not character.isspace()]
        span = Span(field, places[start], places[start + length - 1] + 1)
        return Citation(stored, shown[span.start : span.end], span)

    def _instead(self, mark: Mark, document_id: int) -> Citation | None:
        """Return the sentence that now stands where the words of a mark stood."""
        items = self._document(document_id)
        if mark.item >= len(items):
            return None
        stored, field = items[mark.item], _FIELDS[mark.field]
        shown = redact(field_text(stored.item, field))
        places = [place for place, character in enumerate(shown) if not character.isspace()]
        if not places:
            return None
        start = places[min(mark.start, len(places) - 1)]
        end = places[min(mark.start + mark.length, len(places)) - 1] + 1
        start, end = sentence_around(shown, start, max(end, start + 1))
        return Citation(stored, shown[start:end], Span(field, start, end))

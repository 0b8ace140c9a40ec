"""Texts that belong together, taken from a catalog without anybody's labels.

An item's name goes with its content, a heading with a paragraph below it, and an item with itself in
another year. Items are split by the hash of their names: what is held out is in no pair that is trained on.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from corpus.catalog import CatalogReader, StoredDocument, StoredItem
from corpus.contacts import redact
from corpus.text import fold

LONGEST_TEXT = 300  # characters; as long as a chunk's piece
_HELD_OUT_OF = 8  # one name in so many
_SHORTEST_NAME, _LONGEST_NAME = 4, 40
_SHORTEST_CONTENT = 24
_LONGEST_HEADING = 60
_PARAGRAPHS_A_HEADING = 3
_ENOUGH_NAMED = 1000
_NUMBERING = re.compile(
    r"^[\s—\-·●]*(?:第?[一二三四五六七八九十百\d]+(?:项目标)?[、.．:：]|[（(][一二三四五六七八九十\d]+[)）]"
    r"|[一二三四五六七八九十]+(?:是|要)|[①-⑳])*[\s、]*"
)
_OPENING = re.compile(r"[^。；！？\n]+")
_MARKS = "。；！？：:，,、 \n"
_NOT_WORDS = re.compile(r"[\W\d_]+")
# A heading that says which part of a report this is, and nothing of what the part is about.
_PART = re.compile(r"[年五期]|回顾|建议|实事")
_PART_ENDS = re.compile(r"(?:任务|工作|目标|回顾|安排|要求|重点|部署|发展|项目|建议|总结|情况)$")


class PairKind(StrEnum):
    """Why two texts belong together."""

    NAME = "name"
    HEADING = "heading"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text to search with and a text to be found.

    `item_id` is the item that `positive` is taken from, `part` the part of the document it stands in: a
    report says in two parts what was done and what will be done about one thing. `key` names what both
    texts are about: those of another pair with the same key are no counterexample. `negative` looks like
    the positive and is another item.
    """

    kind: PairKind
    key: str
    document_id: int
    item_id: int
    anchor: str
    positive: str
    negative: str | None = None
    part: str | None = None

    @property
    def is_held_out(self) -> bool:
        """Whether the pair judges and nothing is trained on it."""
        return is_held_out(self.key)


@dataclass(frozen=True, slots=True)
class _Read:
    """An item as pairs are made of it."""

    stored: StoredItem
    key: str
    name: str | None
    content: str


def is_held_out(key: str) -> bool:
    """Whether what `key` names is kept from training; depends on nothing but the key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[0] % _HELD_OUT_OF == 0


def collect_pairs(catalog: CatalogReader) -> tuple[Pair, ...]:
    """Return all pairs of a catalog, document by document; the same catalog gives the same pairs."""
    found: list[Pair] = []
    versions: dict[tuple[str, str], list[_Read]] = defaultdict(list)
    for document in catalog.documents():
        read = [_read(stored) for stored in catalog.document_items(document.id)]
        usable = [one for one in read if len(one.content) >= _SHORTEST_CONTENT]
        found.extend(_named(usable))
        found.extend(_headed(usable))
        whose = _whose(document)
        if whose is not None and document.year is not None:
            for one in usable:
                if one.name is not None:
                    versions[whose, one.key].append(one)
    found.extend(_over_the_years(versions.values()))
    return tuple(dict.fromkeys(found))


def part_of(stored: StoredItem) -> str | None:
    """Return the outermost heading above an item."""
    path = stored.item.heading_path
    return path[0] if path else None


def item_key(stored: StoredItem) -> str:
    """Return what an item is about as one word: its name without numerals and marks."""
    return _read(stored).key


def _whose(document: StoredDocument) -> str | None:
    return document.unit or document.city


def _read(stored: StoredItem) -> _Read:
    """Take name and content apart; where a paragraph has no name, a short first sentence is its name."""
    content = redact(_NUMBERING.sub("", stored.item.content, count=1)).strip()
    name = redact(_NUMBERING.sub("", stored.item.name or "", count=1)).strip()
    opening = _OPENING.match(content)
    if not name and opening is not None and opening.end() < len(content):
        name = opening.group().strip()
    is_name = _SHORTEST_NAME <= len(name) <= _LONGEST_NAME
    if is_name and content.startswith(name) and content[len(name) :][:1] in _MARKS:
        content = content[len(name) :].lstrip(_MARKS)
    key = _NOT_WORDS.sub("", fold(name if is_name else content[:_LONGEST_NAME]))
    return _Read(stored, key, name if is_name else None, content[:LONGEST_TEXT])


def _named(read: Sequence[_Read]) -> Iterator[Pair]:
    for one in read:
        if one.name is not None and one.key:
            yield _pair(PairKind.NAME, one, one.name)


def _headed(read: Sequence[_Read]) -> Iterator[Pair]:
    """Yield headings with paragraphs that do not repeat them, a few to a heading."""
    paragraphs: dict[str, list[_Read]] = defaultdict(list)
    for one in read:
        path = one.stored.item.heading_path
        heading = redact(_NUMBERING.sub("", path[-1], count=1)).strip() if path else ""
        if _says_something(heading) and heading not in one.content and heading != one.name:
            paragraphs[heading].append(one)
    for heading, under in paragraphs.items():
        for one in sorted(under, key=lambda one: _order(one.key))[:_PARAGRAPHS_A_HEADING]:
            yield _pair(PairKind.HEADING, one, heading)


def _says_something(heading: str) -> bool:
    if not _SHORTEST_NAME + 2 <= len(heading) <= _LONGEST_HEADING:
        return False
    return not (_PART.search(heading) and _PART_ENDS.search(heading))


def _over_the_years(groups: Iterable[Sequence[_Read]]) -> Iterator[Pair]:
    """Yield each item with the same unit's item of the same name in the year before it that has one."""
    for group in groups:
        ordered = sorted(group, key=lambda one: (one.stored.document.year or 0, one.stored.id))
        for earlier, later in pairwise(ordered):
            same_year = earlier.stored.document.year == later.stored.document.year
            if not same_year and _without_figures(earlier) != _without_figures(later):
                yield _pair(PairKind.YEARS, earlier, later.content)


def _without_figures(one: _Read) -> str:
    return _NOT_WORDS.sub("", fold(one.content))


def _pair(kind: PairKind, one: _Read, anchor: str) -> Pair:
    stored = one.stored
    part = part_of(stored)
    return Pair(kind, one.key, stored.document.id, stored.id, anchor, one.content, part=part)


def _order(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def worth_training(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return what is trained on: headings only where names and years give few pairs.

    A heading tells less of what a paragraph says; docs/decisions/tuning.md has what that costs.
    """
    precise = tuple(pair for pair in pairs if pair.kind is not PairKind.HEADING)
    return precise if len(precise) >= _ENOUGH_NAMED else tuple(pairs)


def sample(pairs: Sequence[Pair], limit: int) -> tuple[Pair, ...]:
    """Return at most `limit` pairs in their old order: those of whole documents, chosen by hash.

    Pairs of one document are each other's best counterexamples; the last document may be cut.
    """
    documents = sorted({pair.document_id for pair in pairs}, key=lambda number: _order(str(number)))
    place = {number: index for index, number in enumerate(documents)}
    ranked = sorted(range(len(pairs)), key=lambda index: (place[pairs[index].document_id], index))
    return tuple(pairs[index] for index in sorted(ranked[:limit]))

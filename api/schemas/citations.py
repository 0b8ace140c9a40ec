"""What an editor inserts and what becomes of the citations in it, as they leave this program."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.results import CitationJson
from corpus.model import Field


@dataclass(frozen=True, slots=True)
class InsertionAskedJson:
    """What is to be inserted: an item, or the characters `start` to `end` of one of its fields.

    Without `end`, the field to its end. `sentence` widens what is cited to whole sentences. `headers` are the
    header cells of the table that a row is meant for.
    """

    item_id: int
    field: Field = Field.CONTENT
    start: int = 0
    end: int | None = None
    sentence: bool = False
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InsertedCitationJson:
    """A citation with its provenance mark.

    `mark` fits the name of a bookmark and the tag of a content control. `label` is what a reader sees then,
    `plain` the same with the mark in it, where nothing else can carry it; `sentence` and `plain_sentence` are
    the quoted words with the one or the other behind them.
    """

    mark: str
    label: str
    plain: str
    sentence: str
    plain_sentence: str


@dataclass(frozen=True, slots=True)
class InsertionJson:
    """What can be inserted of an item: its words, a row of a table, a citation.

    `cells[i]` belongs under `headers[i]`; numbers, weights and remarks are left empty, for they are the
    drafter's own.
    """

    text: str
    headers: tuple[str, ...]
    cells: tuple[str, ...]
    citation: InsertedCitationJson
    source: CitationJson


@dataclass(frozen=True, slots=True)
class MarksJson:
    """Citations to be checked: marks, or a text in which they stand, or both."""

    marks: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class VerifiedJson:
    """What became of the words that a mark stands for: `unchanged`, `changed`, `removed`, or `unreadable`.

    `sentence` says it in Chinese. `citation` is where the words stand now, or what stands in their place.
    `moved` says that they stand in another item now, `renewed` that the file is not the one that was cited.
    """

    mark: str
    status: str
    title: str
    sentence: str
    citation: CitationJson | None
    moved: bool
    renewed: bool


@dataclass(frozen=True, slots=True)
class VerificationJson:
    """What became of the citations, in the order in which they were given or stand in the text."""

    unchanged: int
    changed: int
    removed: int
    unreadable: int
    marks: tuple[VerifiedJson, ...]

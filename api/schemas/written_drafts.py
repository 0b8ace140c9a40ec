"""A draft as a drafter writes it: the items of the workspace, with what was taken from the catalog."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Field


@dataclass(frozen=True, slots=True)
class InsertedJson:
    """Words taken from the catalog: `text` as it was put into the field `into`, and where it stands there.

    `start` and `end` are `null` where the place inside the field is not known.
    """

    text: str
    into: str
    document_id: int
    item_id: int
    field: Field = Field.CONTENT
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class WrittenItemJson:
    """One item; a `number` that is not given counts within its category."""

    name: str | None = None
    content: str = ""
    category: str | None = None
    number: str | None = None
    benchmark_city: str | None = None
    benchmark_value: str | None = None
    basis_text: str | None = None
    responsible: str | None = None
    deadline: str | None = None
    inserted: tuple[InsertedJson, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenDraftJson:
    """The items of one unit for one year; `off` are the codes of rules that a review leaves out."""

    items: tuple[WrittenItemJson, ...]
    unit: str | None = None
    year: int | None = None
    city: str | None = None
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDraftJson:
    """The items of a file, to be written on; `notes` say what was left out or read differently."""

    draft: WrittenDraftJson
    notes: tuple[str, ...]

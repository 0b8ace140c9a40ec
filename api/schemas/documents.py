"""What a document says, as it leaves this program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.corrections import Correctable
from corpus.model import Comparator, DocumentKind, Field, Origin, Status

Number = int | float
Identifying = Literal["title", "unit", "year", "city"]


@dataclass(frozen=True, slots=True)
class SpanJson:
    """Characters `start` (included) to `end` (excluded) of one field of the item beside it."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlaceJson:
    """Where in the file something stands; every number counts from 1."""

    line: int | None
    page: int | None
    sheet: str | None
    table: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class QuantityJson:
    """A number with its unit and, where the text says so, the year it was true in."""

    value: Number
    unit: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class BoundJson:
    """What a relative promise comes to in absolute terms."""

    op: Comparator
    value: Number
    unit: str | None


@dataclass(frozen=True, slots=True)
class IndicatorJson:
    """One quantified commitment."""

    name: str | None
    op: Comparator
    value: Number
    high: Number | None
    unit: str | None
    text: str
    span: SpanJson | None
    baseline: QuantityJson | None
    bound: BoundJson | None
    period: str | None
    deadline: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class BenchmarkJson:
    """A city that the unit compares itself with, and what that city achieved."""

    city: str
    value: str | None
    text: str
    span: SpanJson | None
    quantity: QuantityJson | None
    ours: QuantityJson | None
    gap: Number | None
    stated_gap: Number | None


@dataclass(frozen=True, slots=True)
class BasisJson:
    """A document that a promise rests on."""

    title: str
    doc_number: str | None
    year: int | None
    issuer: str | None
    text: str
    span: SpanJson | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemJson:
    """One row of a target document, or one paragraph of a report."""

    category: str | None
    number: str | None
    name: str | None
    content: str
    indicators: tuple[IndicatorJson, ...]
    benchmarks: tuple[BenchmarkJson, ...]
    bases: tuple[BasisJson, ...]
    responsible_units: tuple[str, ...]
    deadline: str | None
    weight: str | None
    progress: str | None
    basis_text: str | None
    benchmark_text: str | None
    target_value: str | None
    heading_path: tuple[str, ...]
    place: PlaceJson


@dataclass(frozen=True, slots=True)
class ParsedDocumentJson:
    """A document as read from a file, with where its unit, year and city were taken from."""

    source: str
    title: str | None
    kind: DocumentKind
    unit: str | None
    year: int | None
    city: str | None
    unit_origin: Origin | None
    year_origin: Origin | None
    city_origin: Origin | None
    inferred: tuple[str, ...]
    doc_number: str | None
    published: str | None
    items: tuple[ItemJson, ...]


@dataclass(frozen=True, slots=True)
class WarningJson:
    """Something in a file that could not be read, while the rest was."""

    source: str
    sentence: str
    place: PlaceJson


@dataclass(frozen=True, slots=True)
class ParseJson:
    """What one file states."""

    documents: tuple[ParsedDocumentJson, ...]
    warnings: tuple[WarningJson, ...]


@dataclass(frozen=True, slots=True)
class DocumentJson:
    """A document of the catalog; `source` is the file's name, `path` where in the folder it stood."""

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
    inferred: tuple[str, ...]
    doc_number: str | None
    published: str | None
    added_at: str
    item_count: int


@dataclass(frozen=True, slots=True)
class DocumentListJson:
    """The documents of the catalog."""

    documents: tuple[DocumentJson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredItemJson(ItemJson):
    """An item of the catalog."""

    id: int


@dataclass(frozen=True, slots=True)
class CorrectionJson:
    """What a person put in the place of what was read; `None` is unknown.

    `item_id` is `None` for a field of the document. `applied` is false where the item is not there any more.
    """

    field: Correctable
    item_id: int | None
    value: str | int | None
    read: str | int | None
    read_origin: Origin | None
    made_at: str
    applied: bool


@dataclass(frozen=True, slots=True)
class ReadingJson:
    """What the stages of reading a file gave; `members` counts the files of an archive.

    `unused` counts paragraphs that belong to no row and no heading.
    """

    layouts: tuple[str, ...]
    paragraphs: int
    tables: int
    rows: int
    unused: int
    members: int
    warnings: tuple[WarningJson, ...]


@dataclass(frozen=True, slots=True)
class DocumentDetailJson:
    """A document of the catalog with its items and its text, contact lines blacked out.

    `reading` is `None` for what was stored before readings were kept.
    """

    document: DocumentJson
    items: tuple[StoredItemJson, ...]
    text: str
    corrections: tuple[CorrectionJson, ...] = ()
    reading: ReadingJson | None = None


@dataclass(frozen=True, slots=True)
class CorrectedJson:
    """A document after it was corrected, and all corrections of it."""

    document: DocumentJson
    corrections: tuple[CorrectionJson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChangesJson:
    """What is to change about a document; what is not named stays.

    `unknown` names fields that nobody knows, `take_back` fields that are to stand as they were read.
    """

    title: str | None = None
    unit: str | None = None
    year: int | None = None
    city: str | None = None
    unknown: tuple[Identifying, ...] = ()
    take_back: tuple[Identifying, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChangesJson:
    """What is to change about an item: its category, or that it has none, or that it stands as read."""

    category: str | None = None
    unknown: bool = False
    take_back: bool = False

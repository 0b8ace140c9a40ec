"""What a target document says, as frozen values.

A `TargetDocument` is one unit's targets for one year; it has `TargetItem`s (the rows), each with the
`Indicator`s, `Benchmark`s and `Basis`es that were read from its text. Text is kept as it was written;
an aligned value stands beside it. Unknown is `None`. Every extracted thing knows where it stands: a
`Span` of characters in a field of its item, and the item's `Place` in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Comparator(StrEnum):
    """How a promised figure is to be compared; the value is what the interfaces write as `op`."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EQUAL = "="
    ABOUT = "~"
    BETWEEN = "between"
    INCREASE = "increase"
    DECREASE = "decrease"

    @property
    def is_change(self) -> bool:
        """Whether the figure says by how much something changes, not what it comes to."""
        return self in {Comparator.INCREASE, Comparator.DECREASE}


class DocumentKind(StrEnum):
    """What sort of text a document is; it decides how items are named and cited."""

    TARGETS = "targets"
    PLAN = "plan"
    REPORT = "report"


class Origin(StrEnum):
    """Where a document's unit, year or city was taken from, most trusted first."""

    CORRECTION = "correction"
    USER = "user"
    MANIFEST = "manifest"
    TITLE = "title"
    HEADER = "header"
    FILE_NAME = "file-name"
    FOLDER = "folder"
    CONTENT = "content"

    @property
    def is_inferred(self) -> bool:
        """Whether nobody stated the value: it follows from other words of the text."""
        return self is Origin.CONTENT


class Status(StrEnum):
    """Whether a figure is promised for the document's year or reported as achieved before it."""

    PROMISED = "promised"
    ACHIEVED = "achieved"


class Field(StrEnum):
    """The fields of an item that spans point into."""

    NAME = "name"
    CONTENT = "content"
    BASIS = "basis_text"
    BENCHMARK = "benchmark_text"
    TARGET_VALUE = "target_value"
    DEADLINE = "deadline"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of one field of an item."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file something stands; each number counts from 1, as a person would."""

    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `year` is the year it was true in, where the text says so."""

    value: float
    unit: str | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What a relative promise comes to in absolute terms: 180 件 cut by 10 % is `<= 162 件`."""

    op: Comparator
    value: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One quantified commitment.

    `unit` is normalised (%, 件, 美元, …) with 万 and 亿 multiplied out into `value`. `text` is the
    phrase as written, `span` its place: `text == getattr(item, span.field)[span.start:span.end]`.
    `high` is the upper end of a `BETWEEN`. `period` is the written frequency (每季度), `deadline` the
    written date by which it holds (年底前).
    """

    name: str | None
    op: Comparator
    value: float
    unit: str | None
    text: str
    span: Span
    high: float | None = None
    baseline: Quantity | None = None
    bound: Bound | None = None
    period: str | None = None
    deadline: str | None = None
    status: Status = Status.PROMISED


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A city (or province, district, country) that the unit compares itself with.

    `city` is the full official name where one is known (苏州 → 苏州市); `value` is what it achieved, as
    written. `quantity` and `ours` are the compared figures where both sides are stated; `stated_gap` is
    the difference the text claims, `gap` the difference recomputed (ours minus theirs).
    """

    city: str
    value: str | None
    text: str
    span: Span
    quantity: Quantity | None = None
    ours: Quantity | None = None
    gap: float | None = None
    stated_gap: float | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that a promise rests on; `doc_number` is normalised to 青政办发〔2012〕15号."""

    title: str
    doc_number: str | None
    year: int | None
    issuer: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TargetItem:
    """One row of a target document, or one paragraph of a report.

    `category` is aligned (工作 目标 → 工作目标); `number` is as written; `heading_path` holds the headings
    above the item, outermost first. `basis_text`, `benchmark_text` and `target_value` are the cells that
    the extractions were read from.
    """

    category: str | None
    number: str | None
    name: str | None
    content: str
    indicators: tuple[Indicator, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    bases: tuple[Basis, ...] = ()
    responsible_units: tuple[str, ...] = ()
    deadline: str | None = None
    weight: str | None = None
    progress: str | None = None
    basis_text: str | None = None
    benchmark_text: str | None = None
    target_value: str | None = None
    heading_path: tuple[str, ...] = ()
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class TargetDocument:
    """One unit's targets for one year, as read from one file.

    `source` is the file's name. `unit_origin`, `year_origin`, `city_origin` say where the value beside
    them came from and are `None` exactly where the value is. `text` is the whole text as read, contact
    lines included: it is kept in the catalog and never leaves it unredacted.
    """

    source: str
    title: str | None
    kind: DocumentKind
    unit: str | None
    year: int | None
    city: str | None
    items: tuple[TargetItem, ...]
    unit_origin: Origin | None = None
    year_origin: Origin | None = None
    city_origin: Origin | None = None
    doc_number: str | None = None
    published: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that could not be read, while the rest was."""

    source: str
    place: Place
    sentence: str

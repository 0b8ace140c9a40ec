"""What can be told of single items, as it leaves this program: history, comparison, what rests on a basis."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.carryover import FigureChangeJson
from api.schemas.documents import DocumentJson, IndicatorJson, Number, StoredItemJson
from api.schemas.results import CitationJson, RankedBasisJson, SeriesJson


@dataclass(frozen=True, slots=True)
class AppearanceJson:
    """The same promise in one year; `confidence` is `null` for the item that was asked about.

    `figures` are those that go on from the appearance before it.
    """

    year: int | None
    citation: CitationJson
    confidence: Number | None
    note: str
    figures: tuple[FigureChangeJson, ...]


@dataclass(frozen=True, slots=True)
class HistoryJson:
    """An item over the years, oldest first; `absent` are years whose documents hold no such item."""

    item: CitationJson
    appearances: tuple[AppearanceJson, ...]
    absent: tuple[int, ...]
    series: tuple[SeriesJson, ...]


@dataclass(frozen=True, slots=True)
class StretchJson:
    """A stretch of an item's content; `changed` says that the text it is compared with does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ComparedItemJson:
    """An item with its content against the first item's; `alike`, 0 to 1, is the share in common."""

    document: DocumentJson
    item: StoredItemJson
    wording: tuple[StretchJson, ...]
    alike: Number


@dataclass(frozen=True, slots=True)
class FigureRowJson:
    """One indicator in all items, in their order; `null` where an item does not state it."""

    name: str
    cells: tuple[IndicatorJson | None, ...]
    differs: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonJson:
    """Items side by side, in the order asked for."""

    items: tuple[ComparedItemJson, ...]
    figures: tuple[FigureRowJson, ...]


@dataclass(frozen=True, slots=True)
class RestingJson:
    """The documents that `basis` names, each with every item that rests on it."""

    basis: str
    bases: tuple[RankedBasisJson, ...]

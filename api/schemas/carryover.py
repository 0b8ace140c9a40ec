"""What became of last year's targets, as it leaves this program."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.documents import Number
from api.schemas.results import CitationJson


@dataclass(frozen=True, slots=True)
class FigureChangeJson:
    """A figure that goes on, as both years wrote it; `notes` say what changed besides the value."""

    old: str
    new: str
    confidence: Number
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarriedJson:
    """An item: `fate` is `continued`, `reworded`, `new` (without `old`) or `dropped` (without `new`)."""

    fate: str
    old: CitationJson | None
    new: CitationJson | None
    confidence: Number | None
    note: str
    figures: tuple[FigureChangeJson, ...]


@dataclass(frozen=True, slots=True)
class CarryoverJson:
    """A unit's targets of a year against those of the year `before`; `null` where there are none."""

    unit: str
    year: int
    before: int | None
    continued: int
    reworded: int
    new: int
    dropped: int
    items: tuple[CarriedJson, ...]

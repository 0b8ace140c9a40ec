"""What became of last year's targets, as it leaves this program."""

from __future__ import annotations

from collections import Counter

from api.conversions.documents import shown
from api.conversions.results import citation_to_json, rounded
from api.schemas.carryover import CarriedJson, CarryoverJson, FigureChangeJson
from api.schemas.results import CitationJson
from corpus.model import Field, Span
from corpus.stored import StoredItem
from search.carryover import Carried, Carryover, Fate, FigureChange
from search.texts import cite


def carryover_to_json(found: Carryover) -> CarryoverJson:
    """Return the items with what became of them, and how many there are of each kind."""
    counts = Counter(one.fate for one in found.items)
    return CarryoverJson(
        unit=found.unit,
        year=found.year,
        before=found.before,
        continued=counts[Fate.CONTINUED],
        reworded=counts[Fate.REWORDED],
        new=counts[Fate.NEW],
        dropped=counts[Fate.DROPPED],
        items=tuple(_carried(one) for one in found.items),
    )


def _carried(one: Carried) -> CarriedJson:
    return CarriedJson(
        fate=one.fate.value,
        old=None if one.old is None else whole_to_json(one.old),
        new=None if one.new is None else whole_to_json(one.new),
        confidence=None if one.confidence is None else rounded(one.confidence),
        note=one.note,
        figures=tuple(figure_change_to_json(change) for change in one.figures),
    )


def figure_change_to_json(change: FigureChange) -> FigureChangeJson:
    """Return a figure that goes on, as both sides wrote it."""
    return FigureChangeJson(shown(change.old), shown(change.new), rounded(change.confidence), change.notes)


def whole_to_json(stored: StoredItem) -> CitationJson:
    """Cite the whole content of an item."""
    return citation_to_json(cite(stored, Span(Field.CONTENT, 0, len(stored.item.content))))

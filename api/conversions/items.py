"""History, comparison, facets and what rests on a basis, as they leave this program."""

from __future__ import annotations

from api.conversions.carryover import figure_change_to_json, whole_to_json
from api.conversions.documents import document_to_json, indicator_to_json, shown, stored_item_to_json
from api.conversions.relations import ranked_basis_to_json, series_to_json
from api.conversions.results import rounded
from api.schemas.items import (
    AppearanceJson,
    ComparedItemJson,
    ComparisonJson,
    FigureRowJson,
    HistoryJson,
    RestingJson,
    StretchJson,
)
from search.comparing import Comparison, FigureRow
from search.history import Appearance, ItemHistory
from search.results import RankedBasis


def history_to_json(found: ItemHistory) -> HistoryJson:
    """Return what became of an item."""
    return HistoryJson(
        item=whole_to_json(found.item),
        appearances=tuple(_appearance(one) for one in found.appearances),
        absent=found.absent,
        series=tuple(series_to_json(one) for one in found.series),
    )


def _appearance(one: Appearance) -> AppearanceJson:
    return AppearanceJson(
        year=one.stored.document.year,
        citation=whole_to_json(one.stored),
        confidence=None if one.confidence is None else rounded(one.confidence),
        note=one.note,
        figures=tuple(figure_change_to_json(change) for change in one.figures),
    )


def comparison_to_json(found: Comparison) -> ComparisonJson:
    """Return items side by side."""
    rows = zip(found.items, found.wordings, found.alike, strict=True)
    return ComparisonJson(
        tuple(
            ComparedItemJson(
                document_to_json(stored.document),
                stored_item_to_json(stored),
                tuple(StretchJson(one.text, one.changed) for one in wording),
                rounded(alike),
            )
            for stored, wording, alike in rows
        ),
        tuple(_figures(row) for row in found.figures),
    )


def _figures(row: FigureRow) -> FigureRowJson:
    cells = tuple(
        None if cell is None else indicator_to_json(cell.stored.item, cell.indicator) for cell in row.cells
    )
    return FigureRowJson(shown(row.name), cells, row.differs, tuple(shown(note) for note in row.notes))


def resting_to_json(basis: str, found: tuple[RankedBasis, ...]) -> RestingJson:
    """Return which items rest on what `basis` names."""
    return RestingJson(basis, tuple(ranked_basis_to_json(one) for one in found))

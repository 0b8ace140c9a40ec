"""What tests of layouts ask of a recognition."""

from __future__ import annotations

from ingest.layouts.contract import Recognition, Row
from ingest.vocabulary import Column


def rows_of(recognition: Recognition) -> tuple[Row, ...]:
    """Return the rows of all sections, in their order."""
    return tuple(row for section in recognition.sections for row in section.rows)


def brief(row: Row) -> tuple[str | None, ...]:
    """Return category, number, name and content."""
    return row.category, row.get(Column.NUMBER), row.get(Column.NAME), row.get(Column.CONTENT)

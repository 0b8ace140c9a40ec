"""Find the header of a table: one row, or two where a header cell is divided below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.blocks import Cell
from ingest.layouts import plausible
from ingest.layouts.grid_rows import Entry, GridRow
from ingest.vocabulary import Column, Vocabulary

_SUPPORTING: Final = frozenset(
    {
        Column.TARGET_VALUE,
        Column.BASIS,
        Column.BENCHMARK,
        Column.BENCHMARK_CITY,
        Column.BENCHMARK_VALUE,
        Column.RESPONSIBLE,
        Column.DEADLINE,
        Column.PROGRESS,
        Column.WEIGHT,
        Column.SCORING,
    }
)
_LEAST_KNOWN: Final = 0.5
_LEAST_CELLS: Final = 2
_MOST_CELLS: Final = 60
_TALLEST: Final = 3
_SAMPLE: Final = 12


@dataclass(frozen=True, slots=True)
class GridHeader:
    """What each grid column holds; `height` is how many rows the header takes."""

    columns: tuple[Column | None, ...]
    texts: tuple[str, ...]
    height: int


def header_at(
    entries: Sequence[Entry], position: int, vocabulary: Vocabulary, known: GridHeader | None
) -> GridHeader | None:
    """Return the header that begins at a row, `None` where the row is not one.

    `known` is the header above: a row of the body has to look more like a header than two chance words.
    """
    first = entries[position]
    if not isinstance(first, GridRow) or not _LEAST_CELLS <= len(first.distinct()) <= _MOST_CELLS:
        return None
    for rows in (_tall(entries, position), [first]):
        header = _named(rows, vocabulary) if rows else None
        if header is not None and (known is None or _is_sure(header, known)):
            return _with_measures(header, entries[position + header.height :])
    return None


def _tall(entries: Sequence[Entry], position: int) -> list[GridRow]:
    """Return the rows that the tallest cell of a row covers, where that is more than one."""
    first = entries[position]
    if not isinstance(first, GridRow):
        return []
    height = (
        max(cell.row_span for cell in first.distinct() if cell.row == first.number) if first.starts() else 1
    )
    if not 1 < height <= _TALLEST:
        return []
    rows = [
        e for e in entries[position : position + height] if isinstance(e, GridRow) and e.table is first.table
    ]
    return rows if len(rows) == height else []


def _named(rows: Sequence[GridRow], vocabulary: Vocabulary) -> GridHeader | None:
    texts = tuple(
        _header_text(column, vocabulary) for column in zip(*(row.cells for row in rows), strict=True)
    )
    tops = rows[0].cells
    anchors = [
        n for n, cell in enumerate(tops) if n == 0 or cell is None or cell is not tops[n - 1] or len(rows) > 1
    ]
    named = vocabulary.columns([texts[n] for n in anchors])
    by_anchor = dict(zip(anchors, named, strict=True))
    columns: list[Column | None] = []
    for n in range(len(texts)):
        columns.append(by_anchor.get(n, columns[-1] if columns else None))
    stated = [n for n in anchors if texts[n]]
    known = {by_anchor[n] for n in stated} - {None}
    if not _is_header(known) or sum(by_anchor[n] is not None for n in stated) < _LEAST_KNOWN * len(stated):
        return None
    return GridHeader(tuple(columns), texts, len(rows))


def _is_header(known: set[Column | None]) -> bool:
    if Column.CONTENT in known:
        return len(known) > 1
    return Column.NAME in known and bool(known & _SUPPORTING)


def _is_sure(header: GridHeader, known: GridHeader) -> bool:
    if header.columns == known.columns:
        return True
    least = 3
    return len({c for c in header.columns if c is not None}) >= least


def _header_text(cells: Sequence[Cell | None], vocabulary: Vocabulary) -> str:
    """Return the text that names a column: both cells joined, the lower, the upper, the first known.

    Below a cell that heads several columns the lower comes first.
    """
    texts: list[str] = []
    seen: list[Cell] = []
    for cell in cells:
        if cell is not None and cell.text.strip() and not any(cell is other for other in seen):
            seen.append(cell)
            texts.append(cell.text.strip())
    is_group = len(seen) > 1 and seen[0].column_span > seen[-1].column_span
    whole = "".join(texts)
    options = [texts[-1], whole, *texts] if is_group else [whole, *reversed(texts)]
    return next((text for text in options if vocabulary.candidates(text)), texts[-1] if texts else "")


def _with_measures(header: GridHeader, below: Sequence[Entry]) -> GridHeader:
    """Read a column 单位 as units of measure where its cells are 件, % and the like."""
    if Column.UNIT not in header.columns:
        return header
    at = header.columns.index(Column.UNIT)
    rows = [e for e in below[:_SAMPLE] if isinstance(e, GridRow) and at < len(e.cells)]
    texts = [cell.text.strip() for row in rows if (cell := row.cells[at]) is not None and cell.text.strip()]
    if not texts or 2 * sum(plausible.is_measure(text) for text in texts) < len(texts):
        return header
    columns = tuple(Column.MEASURE if n == at else c for n, c in enumerate(header.columns))
    return GridHeader(columns, header.texts, header.height)

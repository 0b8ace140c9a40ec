"""What a sheet of a workbook shows, whatever the format: its visible cells, and what it hides.

Rows and columns are counted from 1, as the sheet itself counts them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import Place, Problem
from ingest.blocks import Cell
from ingest.readers.contract import Source

_MOST_LISTED: Final = 12
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows and columns that a sheet does not show."""

    rows: frozenset[int]
    columns: frozenset[int]


def listed(names: Sequence[object]) -> str:
    """Return the first names of many, as a sentence lists them."""
    return "、".join(map(str, names[:_MOST_LISTED])) + ("等" if len(names) > _MOST_LISTED else "")


class VisibleGrid:
    """The grid of a sheet, closed over its hidden rows and columns.

    `merged` are the areas that are one cell, each as its rows and its columns.
    """

    def __init__(self, sheet: Place, hidden: Hidden, merged: Iterable[tuple[range, range]]) -> None:
        self._sheet = sheet
        self._hidden = hidden
        self._rows_out, self._columns_out = sorted(hidden.rows), sorted(hidden.columns)
        self._spans: dict[Position, Position] = {}
        self._covered: set[Position] = set()
        for rows, columns in merged:
            first = (rows.start, columns.start)
            self._spans[first] = (len(rows), len(columns))
            self._covered.update((row, column) for row in rows for column in columns)
            self._covered.discard(first)

    def is_covered(self, row: int, column: int) -> bool:
        """Whether the position belongs to a merged cell that begins elsewhere."""
        return (row, column) in self._covered

    def cell(self, row: int, column: int, text: str) -> Cell | None:
        """Return the cell that begins there, `None` where it shows nothing or is hidden."""
        height, width = self._spans.get((row, column), (1, 1))
        if not text and (height, width) == (1, 1):
            return None
        rows = [one for one in range(row, row + height) if one not in self._hidden.rows]
        columns = [one for one in range(column, column + width) if one not in self._hidden.columns]
        if not rows or not columns:
            return None
        top = rows[0] - 1 - bisect_left(self._rows_out, rows[0])
        left = columns[0] - 1 - bisect_left(self._columns_out, columns[0])
        place = Place(sheet=self._sheet.sheet, table=self._sheet.table, row=rows[0])
        return Cell(text, top, left, len(rows), len(columns), place)


def sheet_problems(
    source: Source, sheet: str, hidden: Hidden, filled: Sequence[Position], failed: Sequence[Position]
) -> Iterator[Problem]:
    """Name the hidden rows and columns that hold any of the `filled` cells, and the formulas that failed."""
    rows = sorted(hidden.rows & {row for row, _ in filled})
    if rows:
        sentence = f"工作表“{sheet}”第 {listed(rows)} 行是隐藏的，未读取；如需读取请先取消隐藏。"
        yield source.problem(sentence, Place(sheet=sheet, row=rows[0]))
    columns = [_letter(one) for one in sorted(hidden.columns & {column for _, column in filled})]
    if columns:
        sentence = f"工作表“{sheet}”第 {listed(columns)} 列是隐藏的，未读取；如需读取请先取消隐藏。"
        yield source.problem(sentence, Place(sheet=sheet))
    if failed:
        names = listed([f"{_letter(column)}{row}" for row, column in failed])
        sentence = f"工作表“{sheet}”单元格 {names} 的公式结果是错误值，按空白读取；请改正公式后再读取。"
        yield source.problem(sentence, Place(sheet=sheet, row=failed[0][0]))


def _letter(column: int) -> str:
    from openpyxl.utils.cell import get_column_letter

    return get_column_letter(column)

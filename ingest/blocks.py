"""What a reader gives, whatever the format: paragraphs and table grids in reading order.

A layout sees only these. Text is as written; a block never carries formatting beyond a heading's level
and a cell's spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.model import Place

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line, without its line end but with its leading tabs and trailing marks.

    `level` is the heading level where the format states one (1 is outermost); headings that are only
    numbered (一、 (一)) are found by the layouts. `text` is blank only where the blank is itself an empty
    cell: a line of plain text that holds nothing but a tab.
    """

    text: str
    place: Place = NOWHERE
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at `row`, `column` of its table's grid (both count from 0), covering its spans.

    A merged cell is ONE `Cell` with spans, never repeated. Lines and list entries inside a cell are
    separated by a line feed. Numbers, percentages and dates stand as the format displays them (96%,
    2021年3月1日). `is_header` is set where the format itself marks a heading cell.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = NOWHERE
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid. Title rows, repeated header rows and empty rows are left in: layouts know them.

    A table that continues on the next page may come as two tables; layouts join them.
    """

    cells: tuple[Cell, ...]
    place: Place = NOWHERE
    rows: int = field(init=False)
    columns: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", max((c.row + c.row_span for c in self.cells), default=0))
        object.__setattr__(self, "columns", max((c.column + c.column_span for c in self.cells), default=0))

    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """Return the cells by row and column; a merged cell stands at every position that it covers."""
        positions: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    if positions[row][column] is None:
                        positions[row][column] = cell
        return tuple(tuple(row) for row in positions)


Block = Paragraph | Table


def table_of(texts: Iterable[Sequence[str]], place: Place = NOWHERE, first_row: int = 1) -> Table:
    """Build a table without merged cells; its rows are placed from `first_row` on."""
    return Table(
        tuple(
            Cell(
                text,
                row,
                column,
                place=Place(
                    line=None, page=place.page, sheet=place.sheet, table=place.table, row=first_row + row
                ),
            )
            for row, cells in enumerate(texts)
            for column, text in enumerate(cells)
        ),
        place,
    )


def paragraphs_of(blocks: Iterable[Block]) -> list[Paragraph]:
    """Return the paragraphs that are not blank, in their order."""
    return [block for block in blocks if isinstance(block, Paragraph) and block.text.strip()]


def text_of(blocks: Iterable[Block]) -> str:
    """Return what a person would read: a line a paragraph, a line a table row, cells parted by tabs."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        by_row: dict[int, list[Cell]] = {}
        for cell in block.cells:
            by_row.setdefault(cell.row, []).append(cell)
        lines.extend(
            "\t".join(c.text for c in sorted(cells, key=lambda c: c.column))
            for _, cells in sorted(by_row.items())
        )
    return "\n".join(lines)

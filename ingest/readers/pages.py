"""Pages as a fixed-layout format states them (words and ruling lines), and the blocks that they hold.

The one way from positions to text, for PDF, OFD and what OCR finds: ruled tables as grids, unruled ones by
their columns, the rest as paragraphs. Running heads and page numbers are left out, lines that a page only
broke are joined, also over a page's end. A table that a page broke comes as two: layouts join them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from corpus.model import Place
from ingest.blocks import Block, Cell, Paragraph, Table
from ingest.readers.page_lines import Column, Line, Word, cell_text, goes_on, joined, lines_of, paragraphs_of
from ingest.readers.ruled import Grid, Rule, Square, grids_of
from ingest.readers.unruled import Unruled, parts_of

_MARGIN: Final = 0.12
_SAMPLE: Final = 3000
_PAGE_NUMBER: Final = re.compile(
    r"[-—–－─\s·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－─\s·]*"
)
_YEAR: Final = re.compile(r"\d{4}年")


@dataclass(frozen=True, slots=True)
class Page:
    """One page; the unit of its coordinates is its own, `snap` is how far off a line may be in it.

    `is_recognised` says that the words come from OCR.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    snap: float = 3.0
    is_recognised: bool = False

    @property
    def slack(self) -> float:
        """Return how many characters short of its strip a full line may be."""
        return 0.8 if self.is_recognised else 0.35


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page with its words sorted into ruled tables and lines."""

    page: Page
    grids: tuple[tuple[Grid, Table], ...]
    lines: tuple[Line, ...]

    def edges(self) -> list[Line]:
        """Return the lines that may be running heads or page numbers: near the edge, or outermost."""
        margin = _MARGIN * self.page.height
        top = min((grid.top for grid, _ in self.grids), default=float("inf"))
        bottom = max((grid.bottom for grid, _ in self.grids), default=float("-inf"))
        last = len(self.lines) - 1
        return [
            line
            for at, line in enumerate(self.lines)
            if not margin < line.middle < self.page.height - margin
            or (at == 0 and line.middle < top)
            or (at == last and line.middle > bottom)
        ]


@dataclass(slots=True)
class _Flow:
    """A paragraph that the next page may go on with."""

    lines: list[Line]
    place: Place
    column: Column


def blocks_of(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Return the blocks of all pages in reading order; tables are counted from 1."""
    laid = [_laid(page) for page in pages]
    running = _running(laid)
    blocks: list[Block] = []
    flow: _Flow | None = None
    carried: Unruled | None = None
    for page, kept in zip(laid, _kept(laid, running), strict=True):
        own = Place(page=page.page.number)
        column = Column.of(kept, page.page.slack) if kept else Column(0, 0, 0, 0)
        is_first = True
        for part in _parts(page.grids, kept, carried):
            if isinstance(part, tuple):
                groups = paragraphs_of(part, column)
                if (
                    is_first
                    and flow is not None
                    and goes_on(flow.lines[-1], part[0], flow.column, below=column)
                ):
                    flow.lines.extend(groups.pop(0))
                for group in groups:
                    _close(blocks, flow)
                    flow = _Flow(group, own, column)
                carried = None
            else:
                _close(blocks, flow)
                flow = None
                blocks.append(part if isinstance(part, Table) else _table(part, page.page))
                carried = part if isinstance(part, Unruled) else None
            is_first = False
    _close(blocks, flow)
    return tuple(_numbered(blocks))


def _close(blocks: list[Block], flow: _Flow | None) -> None:
    if flow is not None:
        blocks.append(Paragraph(joined(flow.lines), flow.place))


def _laid(page: Page) -> _Laid:
    grids: list[tuple[Grid, Table]] = []
    rest = list(page.words)
    for grid in grids_of(page.rules, page.snap):
        inside = [w for w in rest if grid.holds(w.centre, w.middle)]
        if not inside:
            continue
        rest = [w for w in rest if not grid.holds(w.centre, w.middle)]
        grids.append((grid, _grid_table(grid, inside, page)))
    return _Laid(page, tuple(grids), tuple(lines_of(rest)))


def _grid_table(grid: Grid, words: Sequence[Word], page: Page) -> Table:
    lines = [lines_of(inside) for inside in _by_square(grid, words)]
    padding = _padding(grid, lines)
    cells = tuple(
        Cell(
            cell_text(inside, _strip(square, inside, padding, page.slack)) if inside else "",
            square.row,
            square.column,
            square.row_end - square.row,
            square.column_end - square.column,
        )
        for square, inside in zip(grid.squares, lines, strict=True)
    )
    return Table(cells, Place(page=page.number))


def _by_square(grid: Grid, words: Sequence[Word]) -> list[list[Word]]:
    """Return the words of each square, in the order of the squares."""
    xs = sorted({edge for square in grid.squares for edge in (square.left, square.right)})
    ys = sorted({edge for square in grid.squares for edge in (square.top, square.bottom)})
    owners = {
        (row, column): at
        for at, square in enumerate(grid.squares)
        for row in range(square.row, square.row_end)
        for column in range(square.column, square.column_end)
    }
    found: list[list[Word]] = [[] for _ in grid.squares]
    for word in words:
        at = owners.get((bisect_right(ys, word.middle) - 1, bisect_right(xs, word.centre) - 1))
        if at is not None:
            found[at].append(word)
    return found


def _padding(grid: Grid, lines: Sequence[Sequence[Line]]) -> float:
    """Return how far from its edges the text of a table's cells begins and ends, where it fills them."""
    free = (
        min(line.left - square.left, square.right - line.right)
        for square, inside in zip(grid.squares, lines, strict=True)
        for line in inside
    )
    return max(0.0, min(free, default=0.0))


def _strip(square: Square, lines: Sequence[Line], padding: float, slack: float) -> Column:
    own = Column.of(lines, slack)
    return Column(own.left, max(own.right, square.right - padding), (square.left + square.right) / 2, slack)


def _table(part: Unruled, page: Page) -> Table:
    texts = part.texts(page.slack)
    return Table(
        tuple(Cell(t, r, c) for r, row in enumerate(texts) for c, t in enumerate(row)),
        Place(page=page.number),
    )


def _parts(
    grids: Sequence[tuple[Grid, Table]], lines: Sequence[Line], carried: Unruled | None
) -> Iterator[Table | Unruled | tuple[Line, ...]]:
    """Yield what stands on a page from top to bottom."""
    rest = list(lines)
    for grid, table in (*grids, (None, None)):
        above = [line for line in rest if grid is None or line.middle < grid.top]
        rest = rest[len(above) :]
        if above:
            yield from parts_of(above, carried)
        carried = None
        if table is not None:
            yield table


def _running(laid: Sequence[_Laid]) -> frozenset[str]:
    """Return the shapes of the lines that stand at the edge of most pages, no larger than the text."""
    sizes = [word.size for page in laid for word in page.page.words[:_SAMPLE]]
    body = median(sizes) if sizes else 0.0
    counts: Counter[str] = Counter()
    for page in laid:
        counts.update({_shape(line) for line in page.edges() if line.size <= 1.1 * body})
    return frozenset(shape for shape, count in counts.items() if count >= 2 and count > len(laid) / 2)


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", "".join(line.text.split()))


def _kept(laid: Sequence[_Laid], running: frozenset[str]) -> Iterator[list[Line]]:
    """Yield the lines of each page without page numbers and running heads.

    A running head that names a year is kept once: it may be the only title.
    """
    seen: set[str] = set()
    for page in laid:
        left_out: set[int] = set()
        for line in page.edges():
            shape = _shape(line)
            is_running = shape in running and (shape in seen or not _YEAR.search(line.text))
            seen.add(shape)
            if is_running or _PAGE_NUMBER.fullmatch(line.text.strip()):
                left_out.add(id(line))
        yield [line for line in page.lines if id(line) not in left_out]


def _numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Count the tables and give every cell its place."""
    count = 0
    for block in blocks:
        if isinstance(block, Table):
            count += 1
            place = replace(block.place, table=count)
            cells = tuple(replace(c, place=replace(place, row=c.row + 1)) for c in block.cells)
            yield Table(cells, place)
        else:
            yield block

"""Tables without ruling lines: columns parted by strips that stay free from the header to the last row."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.readers.page_lines import Column, Line, Word, joined, lines_of, paragraphs_of

_SERIAL: Final = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.、．]?")
_NO_HEADER: Final = re.compile(r"[：:。；，]")
_LEAST_COLUMNS: Final = 3
_MOST_COLUMNS: Final = 60
_LEAST_LINES: Final = 3
_LONGEST_HEADER: Final = 16
_HEADER_GAP: Final = 0.7
_WIDEST_SPREAD: Final = 2.5
_NARROWEST: Final = 0.4
_WIDER: Final = 1.25
_MOST_BETWEEN: Final = 4


@dataclass(frozen=True, slots=True)
class Gutter:
    """A free strip between two columns."""

    left: float
    right: float

    def without(self, word: Word) -> Gutter | None:
        """Return the widest part of the strip that a word leaves free, `None` where it fills it."""
        if word.right <= self.left or word.left >= self.right:
            return self
        parts = [Gutter(self.left, word.left), Gutter(word.right, self.right)]
        widest = max(parts, key=lambda g: g.right - g.left)
        return widest if widest.right - widest.left > _NARROWEST * word.size else None


@dataclass(frozen=True, slots=True)
class Unruled:
    """The lines of one table; `head` is its header's text, `has_header` whether that is the first line."""

    lines: tuple[Line, ...]
    gutters: tuple[Gutter, ...]
    head: str
    has_header: bool

    def texts(self, slack: float) -> list[list[str]]:
        """Return the cells row by row, the paragraphs of a cell parted by line feeds."""
        columns = self.columns()
        strips = [Column.of(lines, slack) if lines else None for lines in columns]
        bounds = _bounds(columns, self.lines[0] if self.has_header else None)
        by_column = [_by_row(lines, bounds) for lines in columns]
        rows = (
            [_cell(lines[row], strip) for lines, strip in zip(by_column, strips, strict=True)]
            for row in range(len(bounds) - 1)
        )
        return [row for row in rows if any(row)]

    def columns(self) -> list[list[Line]]:
        """Return the lines of each column."""
        middles = [(g.left + g.right) / 2 for g in self.gutters]
        words: list[list[Word]] = [[] for _ in range(len(middles) + 1)]
        for line in self.lines:
            for word in line.words:
                words[bisect_left(middles, word.centre)].append(word)
        return [lines_of(column) for column in words]


def parts_of(lines: Sequence[Line], before: Unruled | None = None) -> list[Unruled | tuple[Line, ...]]:
    """Part lines into prose and unruled tables; `before` is a table that the first lines may go on with."""
    parts: list[Unruled | tuple[Line, ...]] = []
    prose: list[Line] = []
    index = 0
    above = before
    while index < len(lines):
        header = _header_cells(lines[index])
        table = _table_at(lines[index:], header, above if index == 0 else None) if header else None
        if table is None and above is not None and (index == 0 or _is_row(lines[index], above, prose)):
            table = _carried_on(lines[index:], above)
        if table is None:
            prose.append(lines[index])
            index += 1
            continue
        if prose:
            parts.append(tuple(prose))
            prose = []
        parts.append(table)
        above = table
        index += len(table.lines)
    if prose:
        parts.append(tuple(prose))
    return parts


def _is_row(line: Line, above: Unruled, between: Sequence[Line]) -> bool:
    """Whether a line stands in the columns of a table that a few lines over its whole width parted."""
    if len(between) > _MOST_BETWEEN or _narrowed(above.gutters, line) is None:
        return False
    filled = sum(map(bool, Unruled((line,), above.gutters, above.head, has_header=False).columns()))
    return filled >= max(_LEAST_COLUMNS, len(above.gutters))


def _table_at(lines: Sequence[Line], segments: Sequence[Line], before: Unruled | None) -> Unruled | None:
    """Return the table whose header is the first of the lines; one repeated from `before` needs no more."""
    gutters = tuple(Gutter(a.right, b.left) for a, b in pairwise(segments))
    head = "".join(lines[0].text.split())
    table = _grown(lines, gutters, head, has_header=True)
    if before is not None and before.head == head:
        return Unruled(table.lines, before.gutters, head, has_header=True)
    below = [column for column in table.columns() if len(column) > 1]
    is_table = len(table.lines) >= _LEAST_LINES and len(below) >= max(2, len(segments) - 1)
    return table if is_table else None


def _header_cells(line: Line) -> list[Line]:
    """Return the cells of a header, none where the line looks like no header.

    One whose characters are spread (类 别) is one cell.
    """
    cells: list[Line] = []
    for part in line.parts(_HEADER_GAP):
        is_spread = bool(cells) and len(part.text) == 1 and len(cells[-1].text) == 1
        if is_spread and part.left - cells[-1].right < _WIDEST_SPREAD * line.size:
            cells[-1] = Line((*cells[-1].words, *part.words))
        else:
            cells.append(part)
    is_header = _LEAST_COLUMNS <= len(cells) <= _MOST_COLUMNS and not any(
        len(cell.text) > _LONGEST_HEADER or _NO_HEADER.search(cell.text) for cell in cells
    )
    return cells if is_header else []


def _carried_on(lines: Sequence[Line], before: Unruled) -> Unruled | None:
    """Return the lines that keep to the columns of the table before, but not prose below it."""
    table = _grown(lines, before.gutters, before.head, has_header=False)
    if not table.lines:
        return None
    table = Unruled(table.lines, before.gutters, before.head, has_header=False)
    columns = table.columns()
    return table if sum(map(bool, columns)) >= 2 or not columns[0] else None


def _grown(lines: Sequence[Line], gutters: tuple[Gutter, ...], head: str, *, has_header: bool) -> Unruled:
    """Take lines while every gutter stays free."""
    taken: list[Line] = []
    for line in lines:
        if taken and line.top - taken[-1].bottom > 4 * line.size:
            break
        narrowed = _narrowed(gutters, line)
        if narrowed is None:
            break
        gutters = narrowed
        taken.append(line)
    return Unruled(tuple(taken), _free_strips(taken) if taken else gutters, head, has_header)


def _free_strips(lines: Sequence[Line]) -> tuple[Gutter, ...]:
    """Return the strips that no word of the lines touches, from left to right."""
    words = sorted((word for line in lines for word in line.words), key=lambda w: w.left)
    narrowest = _NARROWEST * median(word.size for word in words)
    strips: list[Gutter] = []
    right = words[0].right
    for word in words:
        if word.left - right > narrowest:
            strips.append(Gutter(right, word.left))
        right = max(right, word.right)
    return tuple(strips)


def _narrowed(gutters: tuple[Gutter, ...], line: Line) -> tuple[Gutter, ...] | None:
    left: list[Gutter] = []
    for gutter in gutters:
        free: Gutter | None = gutter
        for word in line.words:
            free = free.without(word) if free is not None else None
        if free is None:
            return None
        left.append(free)
    return tuple(left)


def _by_row(lines: Sequence[Line], bounds: Sequence[float]) -> list[list[Line]]:
    """Return the lines of each row; `bounds` are where rows begin and where the last one ends."""
    rows: list[list[Line]] = [[] for _ in bounds]
    for line in lines:
        rows[bisect_right(bounds, line.middle) - 1].append(line)
    return rows


def _cell(lines: Sequence[Line], strip: Column | None) -> str:
    if not lines or strip is None:
        return ""
    return "\n".join(joined(group) for group in paragraphs_of(lines, strip))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines by their middles, so that those between two heights are found at once."""

    lines: tuple[Line, ...]
    middles: tuple[float, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> _Lines:
        """Order the lines."""
        ordered = sorted(((line.middle, line.top, at, line) for at, line in enumerate(lines)))
        return cls(tuple(line for *_, line in ordered), tuple(middle for middle, *_ in ordered))

    def between(self, start: float, end: float) -> list[Line]:
        """Return the lines whose middles lie above `start` and not above `end`, from top to bottom."""
        found = self.lines[bisect_right(self.middles, start) : bisect_right(self.middles, end)]
        return sorted(found, key=lambda line: line.top)


def _bounds(columns: Sequence[Sequence[Line]], header: Line | None) -> list[float]:
    """Return the heights at which rows begin, and a last one below them all; the first row is the header."""
    first = header.bottom if header is not None else float("-inf")
    below = [[line for line in column if line.middle > first] for column in columns]
    every = _Lines.of(line for column in below for line in column)
    usual = _usual_gap(_widest(below))
    bounds = [float("-inf")]
    start = first
    for key in _keys(below):
        bound = _bound(every, start, key, usual)
        if (
            header is not None
            and len(bounds) == 1
            and any(len(line.text) > _LONGEST_HEADER / 2 for line in every.between(start, bound))
        ):
            bound = first  # no second line of the header: the row's text begins above its number
        bounds.append(max(bound, bounds[-1]))
        start = key.middle
    if header is not None and len(bounds) == 1:
        bounds.append(first)
    return [*bounds, float("inf")]


def _widest(columns: Sequence[Sequence[Line]]) -> Sequence[Line]:
    return max(columns, key=lambda lines: sum(line.right - line.left for line in lines))


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [below.top - above.bottom for above, below in pairwise(lines)]
    return min(median(gaps), median(line.size for line in lines)) if gaps else 0.0


def _bound(every: _Lines, start: float, key: Line, usual: float) -> float:
    """Return where the row of `key` begins: at the widest gap above it, or with it where no gap is wide."""
    bottom = start
    widest, bound = 0.0, key.top
    for line in every.between(start, key.middle):
        if line.top - bottom >= widest and bottom != float("-inf"):
            widest, bound = line.top - bottom, (line.top + bottom) / 2
        bottom = max(bottom, line.bottom)
    return bound if widest > max(usual, 0.0) * _WIDER + 0.1 * key.size else key.top


def _keys(columns: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines that begin rows: serial numbers, or the entries of the column with most of them."""
    for column in columns:
        serials = [line for line in column if _SERIAL.fullmatch(line.text.strip())]
        if serials and 2 * len(serials) > len(column):
            return serials
    widest = _widest(columns)
    return max((_entries(column) for column in columns if column is not widest), key=len, default=[])


def _entries(column: Sequence[Line]) -> list[Line]:
    """Return the first line of each entry of a column; the lines of one entry stand close together."""
    firsts: list[Line] = []
    bottom = float("-inf")
    for line in column:
        if line.top - bottom > 0.9 * line.size:
            firsts.append(line)
        bottom = line.bottom
    return firsts

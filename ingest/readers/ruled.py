"""From ruling lines to tables: which lines make a grid, and which of its squares are one merged cell.

Works on the lines alone, wherever they come from (drawn in a PDF or OFD, found in a picture), so borders in
pieces, double or slightly off borders and tables open at a side are no special cases: lines are snapped to
common positions, lines that touch make a grid, and two neighbouring squares without a line between them are
one cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_COVERED: Final = 0.55
_MOST_RULES: Final = 3000
_MOST_SQUARES: Final = 40_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, horizontal or vertical, by the box it covers."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it is wider than high."""
        return self.right - self.left >= self.bottom - self.top

    @property
    def length(self) -> float:
        """The longer side."""
        return max(self.right - self.left, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a grid: its rows and columns (from 0, ends excluded) and its edges on the page."""

    row: int
    column: int
    row_end: int
    column_end: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one ruled table, row by row."""

    squares: tuple[Square, ...]
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def columns(self) -> int:
        """The number of columns."""
        return max(s.column_end for s in self.squares)


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A line at `position` across its direction, from `start` to `end` along it."""

    position: float
    start: float
    end: float


def grids_of(rules: Iterable[Rule], snap: float = 3.0) -> tuple[Grid, ...]:
    """Return the tables that the lines draw, from top to bottom; `snap` is how far off lines may be.

    A frame around text and a ruled single column are no tables. A table inside a cell is part of the cell.
    """
    long = [rule for rule in rules if rule.length > 2 * snap]
    across = _merged(
        (_Stroke((r.top + r.bottom) / 2, r.left, r.right) for r in long if r.is_horizontal), snap
    )
    down = _merged(
        (_Stroke((r.left + r.right) / 2, r.top, r.bottom) for r in long if not r.is_horizontal), snap
    )
    if not across or not down or len(across) + len(down) > _MOST_RULES:
        return ()
    grids = [grid for part in _touching(across, down, snap) if (grid := _grid(*part, snap)) is not None]
    outer = [g for g in grids if not any(_is_within(g, other) for other in grids if other is not g)]
    return tuple(sorted(outer, key=lambda g: (g.top, g.left)))


def _is_within(inner: Grid, outer: Grid) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


def _merged(strokes: Iterable[_Stroke], snap: float) -> list[_Stroke]:
    """Join the pieces of each line; pieces less than two snaps apart are one line."""
    merged: list[_Stroke] = []
    for group in _clusters(sorted(strokes, key=lambda s: s.position), snap):
        position = sum(s.position for s in group) / len(group)
        pieces: list[list[float]] = []
        for stroke in sorted(group, key=lambda s: s.start):
            if pieces and stroke.start <= pieces[-1][1] + 2 * snap:
                pieces[-1][1] = max(pieces[-1][1], stroke.end)
            else:
                pieces.append([stroke.start, stroke.end])
        merged.extend(_Stroke(position, start, end) for start, end in pieces)
    return merged


def _clusters(strokes: Sequence[_Stroke], snap: float) -> list[list[_Stroke]]:
    """Group lines whose positions lie within `snap` of the group's first."""
    groups: list[list[_Stroke]] = []
    for stroke in strokes:
        if groups and stroke.position - groups[-1][0].position <= snap:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups


def _touching(
    across: Sequence[_Stroke], down: Sequence[_Stroke], snap: float
) -> list[tuple[list[_Stroke], list[_Stroke]]]:
    """Return the sets of lines that hang together, horizontal and vertical ones apart."""
    parents = list(range(len(across) + len(down)))
    for v, vertical in enumerate(down, start=len(across)):
        for h, horizontal in enumerate(across):
            if (
                horizontal.start - snap <= vertical.position <= horizontal.end + snap
                and vertical.start - snap <= horizontal.position <= vertical.end + snap
            ):
                _unite(parents, h, v)
    parts: dict[int, tuple[list[_Stroke], list[_Stroke]]] = {}
    for h, horizontal in enumerate(across):
        parts.setdefault(_root(parents, h), ([], []))[0].append(horizontal)
    for v, vertical in enumerate(down, start=len(across)):
        parts.setdefault(_root(parents, v), ([], []))[1].append(vertical)
    return [part for part in parts.values() if part[0] and part[1]]


def _root(parents: list[int], member: int) -> int:
    while parents[member] != member:
        parents[member] = parents[parents[member]]
        member = parents[member]
    return member


def _unite(parents: list[int], one: int, other: int) -> None:
    first, second = _root(parents, one), _root(parents, other)
    parents[max(first, second)] = min(first, second)


def _grid(across: Sequence[_Stroke], down: Sequence[_Stroke], snap: float) -> Grid | None:
    """Return the grid of lines that hang together, `None` where they bound fewer than two columns."""
    xs = _positions(down, across, snap)
    ys = _positions(across, down, snap)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 2 or height < 1 or width * height > _MOST_SQUARES:
        return None
    at_x = [[s for s in down if abs(s.position - x) <= snap] for x in xs]
    at_y = [[s for s in across if abs(s.position - y) <= snap] for y in ys]
    parents = list(range(width * height))
    for r in range(height):
        for c in range(width):
            if c + 1 < width and not _covers(at_x[c + 1], ys[r], ys[r + 1]):
                _unite(parents, r * width + c, r * width + c + 1)
            if r + 1 < height and not _covers(at_y[r + 1], xs[c], xs[c + 1]):
                _unite(parents, r * width + c, (r + 1) * width + c)
    owners = [[_root(parents, r * width + c) for c in range(width)] for r in range(height)]
    squares = _squares(owners, xs, ys)
    if max(s.column_end for s in squares) < 2:
        return None
    return Grid(squares, xs[0], ys[0], xs[-1], ys[-1])


def _positions(strokes: Sequence[_Stroke], crossing: Sequence[_Stroke], snap: float) -> list[float]:
    """Return the edges of one direction: its lines, and where the crossing lines end without one."""
    edges = [s.position for s in strokes]
    for end in (min(s.start for s in crossing), max(s.end for s in crossing)):
        if all(abs(end - edge) > 3 * snap for edge in edges):
            edges.append(end)
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > snap:
            distinct.append(edge)
    return distinct


def _covers(strokes: Sequence[_Stroke], start: float, end: float) -> bool:
    """Whether lines cover most of the way from `start` to `end`."""
    covered = sum(max(0.0, min(s.end, end) - max(s.start, start)) for s in strokes)
    return covered >= _COVERED * (end - start)


def _squares(owners: Sequence[Sequence[int]], xs: Sequence[float], ys: Sequence[float]) -> tuple[Square, ...]:
    """Turn areas into rectangles: runs of a row that are one area, joined to equal runs below."""
    found: list[tuple[int, int, int, int]] = []  # row, column, row end, column end
    open_runs: dict[tuple[int, int, int], int] = {}  # area, column, column end → place in `found`
    for r, row in enumerate(owners):
        runs: dict[tuple[int, int, int], int] = {}
        c = 0
        while c < len(row):
            end = c + 1
            while end < len(row) and row[end] == row[c]:
                end += 1
            key = (row[c], c, end)
            if key in open_runs:
                at = open_runs[key]
                found[at] = (*found[at][:2], r + 1, end)
            else:
                at = len(found)
                found.append((r, c, r + 1, end))
            runs[key] = at
            c = end
        open_runs = runs
    rows = sorted({edge for square in found for edge in (square[0], square[2])})
    columns = sorted({edge for square in found for edge in (square[1], square[3])})
    return tuple(
        Square(
            rows.index(top),
            columns.index(left),
            rows.index(bottom),
            columns.index(right),
            xs[left],
            ys[top],
            xs[right],
            ys[bottom],
        )
        for top, left, bottom, right in sorted(found)
    )

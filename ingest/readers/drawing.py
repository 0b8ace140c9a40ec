"""Coordinates and paths of drawings, as PDF and OFD both have them; which paths are ruling lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingest.readers.ruled import Rule

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(point: Point, matrix: Matrix) -> Point:
    """Apply a matrix to a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


Stretch = Sequence[Point | None]
"""The corners of a connected part of a path; a curve to the next corner is a `None` before it."""


def rules_of(
    stretches: Iterable[Stretch], *, is_stroked: bool, is_filled: bool, thickest: float
) -> Iterator[Rule]:
    """Yield the ruling lines of a path: strokes along the page, and filled shapes as thin as lines."""
    for stretch in stretches:
        corners = [point for point in stretch if point is not None]
        if is_filled and not is_stroked and len(corners) > 1:
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            rule = Rule(min(xs), min(ys), max(xs), max(ys))
            if min(rule.right - rule.left, rule.bottom - rule.top) <= thickest:
                yield rule
        if is_stroked:
            yield from _strokes(stretch, thickest)


def _strokes(stretch: Stretch, thickest: float) -> Iterator[Rule]:
    for one, other in pairwise(stretch):
        if one is None or other is None:
            continue
        (a, b), (c, d) = one, other
        if min(abs(a - c), abs(b - d)) <= thickest / 3:
            yield Rule(min(a, c), min(b, d), max(a, c), max(b, d))

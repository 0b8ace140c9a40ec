"""Rows out of a stream of cells: the column that each line of a flattened table belongs to.

A table that was flattened to one cell a line has lost its grid: empty cells may be gone, a cell may have
become several lines, page marks may stand in between. The columns are known from the header, so each line
is given a column such that the whole costs least: a serial number stands in the number column and follows
the one before, names are short, contents long, an empty or a continued cell costs a little. The search is
a beam over (column, last number, category named); paths far behind the best are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import Place
from ingest.layouts.labels import label_of
from ingest.layouts.weights import Columns, Weights
from ingest.vocabulary import Column

_BEAM: Final = 12
_FAR_BEHIND: Final = 12.0
_OVER_FENCE: Final = 3.0
_WITHOUT_FENCE: Final = 1.5
_LABELLED: Final = -2
_JUNK: Final = -1


@dataclass(frozen=True, slots=True)
class Token:
    """A line taken for a cell.

    `starts_row` is set where a fence stands before it, `is_empty` for an explicitly empty cell.
    """

    text: str
    place: Place
    starts_row: bool = False
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Assigned:
    """A token with the row (counted from 0) and the column it was given; `column` is `None` for no cell."""

    token: Token
    row: int
    column: Column | None


@dataclass(slots=True)  # not frozen: millions are made, and a frozen one takes thrice the time
class _Step:
    """The end of a path: what it cost and how its last token was placed."""

    cost: float
    row: int
    at: int  # index of the column the last cell stands in, -1 before the first
    last: int | None  # the last serial number
    fresh: bool  # whether this row names a category
    placed: int  # index of the column of this very token, or _JUNK or _LABELLED
    before: _Step | None

    def key(self) -> tuple[int, int | None, bool]:
        return self.at, self.last, self.fresh


def assign(
    tokens: Sequence[Token], columns: Sequence[Column | None], held: frozenset[Column] = frozenset()
) -> tuple[Assigned, ...]:
    """Give each token the row and column of the cheapest reading; the tokens keep their order.

    `held` are columns whose labelled lines stand inside a cell of another column.
    """
    table = Columns(columns, held)
    fenced = any(token.starts_row for token in tokens)
    beam = [_Step(0.0, -1, -1, None, fresh=False, placed=_JUNK, before=None)]
    for token in tokens:
        weights = table.weigh(token.text, is_empty=token.is_empty)
        best: dict[tuple[int, int | None, bool], _Step] = {}
        for step in beam:
            for following in _following(step, token, weights, table, fenced=fenced):
                known = best.get(following.key())
                if known is None or following.cost < known.cost:
                    best[following.key()] = following
        ranked = sorted(best.values(), key=lambda step: step.cost)[:_BEAM]
        beam = [step for step in ranked if step.cost <= ranked[0].cost + _FAR_BEHIND]
    end = min(beam, key=lambda step: step.cost + (table.skip(step.at + 1) if step.row >= 0 else 0.0))
    return _path(end, tokens, table)


def _following(
    step: _Step, token: Token, weights: Weights, table: Columns, *, fenced: bool
) -> Iterator[_Step]:
    """Yield every way in which a token may follow a path."""
    yield _Step(step.cost + weights.junk, step.row, step.at, step.last, step.fresh, _JUNK, step)
    if weights.only_junk:
        return
    if weights.label is not None and step.row >= 0:
        cost = step.cost + table.skip(step.at + 1)
        yield _Step(cost, step.row, len(table.named) - 1, step.last, step.fresh, _LABELLED, step)
    if step.row >= 0:
        yield from _in_row(step, token, weights, table)
    yield from _in_new_row(step, token, weights, table, fenced=fenced)


def _in_row(step: _Step, token: Token, weights: Weights, table: Columns) -> Iterator[_Step]:
    base = step.cost + (_OVER_FENCE if token.starts_row else 0.0)
    further = weights.continues[step.at]
    if further is not None:
        yield _Step(base + further, step.row, step.at, step.last, step.fresh, step.at, step)
    for at in range(step.at + 1, len(table.named)):
        fit = weights.fits[at]
        if fit is not None:
            numbering, last = _numbered(step, weights, is_number=at == table.number, fresh=step.fresh)
            cost = base + table.skip(step.at + 1, at) + fit + numbering
            yield _Step(cost, step.row, at, last, step.fresh, at, step)


def _in_new_row(
    step: _Step, token: Token, weights: Weights, table: Columns, *, fenced: bool
) -> Iterator[_Step]:
    base = step.cost + (table.skip(step.at + 1) if step.row >= 0 else 0.0)
    if fenced and not token.starts_row:
        base += _WITHOUT_FENCE
    for at, fit in enumerate(weights.fits):
        if fit is not None:
            numbering, last = _numbered(step, weights, is_number=at == table.number, fresh=False)
            fresh = at == table.category and not token.is_empty
            yield _Step(base + table.skip(0, at) + fit + numbering, step.row + 1, at, last, fresh, at, step)


def _numbered(step: _Step, weights: Weights, *, is_number: bool, fresh: bool) -> tuple[float, int | None]:
    """Return what a serial number costs after the last one, and the last one from here on."""
    if not is_number:
        return 0.0, step.last
    number, last = weights.serial, step.last
    if number is None:
        return 0.5, last
    if last is None:
        return (0.0 if number == 1 else 0.6), number
    if number == last + 1:
        return 0.0, number
    if number == 1:
        return (0.2 if fresh else 1.5), number
    if number == last:
        return 3.0, number
    return (2.5 if last < number <= last + 3 else 4.0), number


def _path(end: _Step, tokens: Sequence[Token], table: Columns) -> tuple[Assigned, ...]:
    """Follow a path back to its start and name the columns."""
    steps: list[_Step] = []
    step: _Step | None = end
    while step is not None and step.before is not None:
        steps.append(step)
        step = step.before
    assigned: list[Assigned] = []
    label: tuple[int, Column] | None = None  # row and column of the last labelled line
    for token, step in zip(tokens, reversed(steps), strict=True):
        column = table.named[step.placed] if step.placed >= 0 else None
        if step.placed == _LABELLED:
            found = label_of(token.text)
            column = found[0] if found is not None else None
            label = (step.row, column) if column is not None else None
        elif column is not None and label is not None and label[0] == step.row:
            column = label[1]  # what follows a labelled line in its row continues it
        assigned.append(Assigned(token, step.row, column))
    return tuple(assigned)

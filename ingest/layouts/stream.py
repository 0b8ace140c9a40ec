"""Rows out of a stream of cells: which column does each line of a flattened table belong to?

A table that was flattened to one cell a line has lost its grid: empty cells may be gone, a cell may
have become several lines, pages put lines in between. The columns of the header are known, so each line
is given a column such that the whole costs least: a serial number must stand in the number column and
follow the one before, names are short, contents long, empty cells and continued cells cost a little. The
search is a beam over (column, last number), exact in practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import Place
from ingest.layouts import plausible
from ingest.layouts.furniture import is_date, is_furniture
from ingest.layouts.labels import label_of
from ingest.vocabulary import Column

_BEAM: Final = 40
_SKIP: Final = {Column.CATEGORY: 0.2, Column.NUMBER: 4.0, Column.NAME: 4.0, Column.CONTENT: 5.0}
_SKIP_OTHER: Final = 1.6
_CONTINUE: Final = {
    Column.CONTENT: 1.0,
    Column.BASIS: 1.1,
    Column.BENCHMARK: 1.1,
    Column.BENCHMARK_VALUE: 1.2,
    Column.PROGRESS: 1.1,
    Column.RESPONSIBLE: 1.8,
    Column.CATEGORY: 2.5,
    Column.NAME: 3.5,
}
_CONTINUE_OTHER: Final = 5.0
_LABELLED: Final = -2
_JUNK: Final = -1


@dataclass(frozen=True, slots=True)
class Token:
    """A line taken for a cell. `starts_row` is set where a fence stands before it, `is_empty` for an empty cell."""

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


@dataclass(frozen=True, slots=True)
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


def assign(tokens: Sequence[Token], columns: Sequence[Column | None]) -> tuple[Assigned, ...]:
    """Give each token the row and column of the cheapest reading; the tokens keep their order."""
    stated: list[Column | None] = list(columns)
    if Column.CATEGORY not in stated:
        stated.insert(0, Column.CATEGORY)
    table = _Columns(tuple(stated), has_category=Column.CATEGORY in columns)
    fenced = any(t.starts_row for t in tokens)
    beam = [_Step(0.0, -1, -1, None, fresh=False, placed=_JUNK, before=None)]
    for token in tokens:
        best: dict[tuple[int, int | None, bool], _Step] = {}
        for step in beam:
            for following in _following(step, token, table, fenced=fenced):
                known = best.get(following.key())
                if known is None or following.cost < known.cost:
                    best[following.key()] = following
        beam = sorted(best.values(), key=lambda s: s.cost)[:_BEAM]
    closing = (s for s in beam)
    end = min(closing, key=lambda s: s.cost + (table.skip_after(s.at) if s.at >= 0 else 0.0))
    return _path(end, tokens, table)


@dataclass(frozen=True, slots=True)
class _Columns:
    named: tuple[Column | None, ...]
    has_category: bool

    def skip(self, start: int, end: int) -> float:
        """Cost of leaving the columns from `start` to before `end` empty."""
        return sum(_SKIP_OTHER if c is None else _SKIP.get(c, _SKIP_OTHER) for c in self.named[start:end])

    def skip_after(self, at: int) -> float:
        return self.skip(at + 1, len(self.named))

    def fit(self, token: Token, at: int) -> float | None:
        """How badly the token fits the column; `None` where it cannot stand there."""
        column = self.named[at]
        if token.is_empty:
            return {Column.NUMBER: 2.0, Column.CONTENT: 3.0, Column.NAME: 2.0}.get(
                column or Column.REMARK, 0.0
            )
        if column is Column.CATEGORY and not self.has_category:
            return 0.5 if plausible.is_category_line(token.text) else None
        return plausible.misfit(column, token.text)


def _following(step: _Step, token: Token, table: _Columns, *, fenced: bool) -> Iterator[_Step]:
    junk = _junk_cost(token)
    yield _Step(step.cost + junk, step.row, step.at, step.last, step.fresh, _JUNK, step)
    if is_furniture(token.text) and not token.is_empty:
        return
    labelled = label_of(token.text)
    if labelled is not None and labelled[0] not in table.named and step.row >= 0:
        end = len(table.named) - 1
        cost = step.cost + table.skip(step.at + 1, end + 1)
        yield _Step(cost, step.row, end, step.last, step.fresh, _LABELLED, step)
    yield from _same_row(step, token, table)
    yield from _new_row(step, token, table, fenced=fenced)


def _same_row(step: _Step, token: Token, table: _Columns) -> Iterator[_Step]:
    if step.row < 0:
        return
    fence = 3.0 if token.starts_row else 0.0
    column = table.named[step.at]
    if token.is_empty:
        yield _Step(step.cost + 0.5 + fence, step.row, step.at, step.last, step.fresh, step.at, step)
    elif column is not Column.NUMBER:
        cost = _CONTINUE.get(column, _CONTINUE_OTHER) if column else 2.0
        misfit = plausible.continuation(column, token.text)
        yield _Step(
            step.cost + cost + misfit + fence, step.row, step.at, step.last, step.fresh, step.at, step
        )
    for at in range(step.at + 1, len(table.named)):
        fit = table.fit(token, at)
        if fit is None:
            continue
        cost = step.cost + table.skip(step.at + 1, at) + fit + fence
        last = step.last
        if table.named[at] is Column.NUMBER and not token.is_empty:
            number = plausible.serial(token.text)
            cost += _sequence_cost(number, step.last, fresh=step.fresh)
            last = number if number is not None else last
        yield _Step(cost, step.row, at, last, step.fresh, at, step)


def _new_row(step: _Step, token: Token, table: _Columns, *, fenced: bool) -> Iterator[_Step]:
    base = step.cost + (table.skip_after(step.at) if step.row >= 0 else 0.0)
    if fenced and not token.starts_row:
        base += 1.5
    for at in range(len(table.named)):
        fit = table.fit(token, at)
        if fit is None:
            continue
        cost = base + table.skip(0, at) + fit
        last = step.last
        fresh = table.named[at] is Column.CATEGORY and not token.is_empty
        if table.named[at] is Column.NUMBER and not token.is_empty:
            number = plausible.serial(token.text)
            cost += _sequence_cost(number, step.last, fresh=False)
            last = number if number is not None else last
        yield _Step(cost, step.row + 1, at, last, fresh, at, step)


def _sequence_cost(number: int | None, last: int | None, *, fresh: bool) -> float:
    """Cost of a serial number after the last one: the next is free, a new start nearly so."""
    if number is None:
        return 0.5
    if last is None:
        return 0.0 if number == 1 else 0.6
    if number == last + 1:
        return 0.0
    if number == 1:
        return 0.2 if fresh else 1.5
    if number == last:
        return 3.0
    return 2.5 if last < number <= last + 3 else 4.0


def _junk_cost(token: Token) -> float:
    if token.is_empty:
        return 0.3
    if is_furniture(token.text):
        return 0.0
    if is_date(token.text):
        return 1.2
    return 6.0 if len(token.text) < 40 else 9.0


def _path(end: _Step, tokens: Sequence[Token], table: _Columns) -> tuple[Assigned, ...]:
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

"""What it costs to put a line into a column: worked out once a line, whatever came before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from ingest.layouts import plausible
from ingest.layouts.furniture import is_date, is_furniture
from ingest.layouts.labels import label_of
from ingest.vocabulary import Column

_SKIP: Final = {Column.CATEGORY: 0.2, Column.NUMBER: 4.0, Column.NAME: 4.0, Column.CONTENT: 5.0}
_SKIP_OTHER: Final = 1.6
_EMPTY: Final = {Column.NUMBER: 2.0, Column.CONTENT: 3.0, Column.NAME: 2.0}
_EMPTY_AGAIN: Final = 0.5
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
_BARE_CATEGORY: Final = 0.5
_LABELLED: Final = 4.0
_JUNK_EMPTY, _JUNK_DATE, _JUNK_SHORT, _JUNK_LONG = 0.3, 1.2, 6.0, 9.0
_SHORT: Final = 40


@dataclass(frozen=True, slots=True)
class Weights:
    """The costs of one line: in no cell, as the first line of each column, as a further line of each.

    `None` means that the line cannot stand there. `label` is the column that a labelled line names.
    """

    junk: float
    fits: tuple[float | None, ...]
    continues: tuple[float | None, ...]
    serial: int | None
    label: Column | None
    only_junk: bool


class Columns:
    """The columns that lines are given to; a category may head rows even where no column is named for it."""

    def __init__(self, columns: Sequence[Column | None], held: frozenset[Column] = frozenset()) -> None:
        """`held` are columns whose labelled lines belong into a cell of another, as its header says."""
        self._held = held
        self.has_category = Column.CATEGORY in columns
        self.named = tuple(columns) if self.has_category else (Column.CATEGORY, *columns)
        self.number = self.named.index(Column.NUMBER) if Column.NUMBER in self.named else -1
        self.category = self.named.index(Column.CATEGORY)
        costs = (_SKIP_OTHER if c is None else _SKIP.get(c, _SKIP_OTHER) for c in self.named)
        self._skipped = (0.0, *accumulate(costs))

    def skip(self, start: int, end: int | None = None) -> float:
        """Cost of leaving the columns from `start` to before `end` empty."""
        return self._skipped[-1 if end is None else end] - self._skipped[start]

    def weigh(self, text: str, *, is_empty: bool) -> Weights:
        """Return the costs of a line."""
        if is_empty:
            fits: tuple[float | None, ...] = tuple(_EMPTY.get(c or Column.REMARK, 0.0) for c in self.named)
            return Weights(_JUNK_EMPTY, fits, (_EMPTY_AGAIN,) * len(fits), None, None, only_junk=False)
        if is_furniture(text):
            return Weights(0.0, (), (), None, None, only_junk=True)
        labelled = label_of(text)
        label = (
            labelled[0] if labelled is not None and labelled[0] not in (*self.named, *self._held) else None
        )
        junk = _JUNK_DATE if is_date(text) else _JUNK_SHORT if len(text) < _SHORT else _JUNK_LONG
        fits = tuple(self._fit(column, text, label) for column in self.named)
        continues = tuple(_continuing(column, text) for column in self.named)
        return Weights(junk, fits, continues, plausible.serial(text), label, only_junk=False)

    def _fit(self, column: Column | None, text: str, label: Column | None) -> float | None:
        if label is not None:
            return None if column is Column.NUMBER else _LABELLED
        if column is Column.CATEGORY and not self.has_category:
            return _BARE_CATEGORY if plausible.is_category_line(text) else None
        return plausible.misfit(column, text)


def _continuing(column: Column | None, text: str) -> float | None:
    if column is Column.NUMBER:
        return None
    cost = _CONTINUE.get(column, _CONTINUE_OTHER) if column is not None else 2.0
    return cost + plausible.continuation(column, text)

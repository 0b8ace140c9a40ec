"""Segments: runs of chunks with ascending ids, their vectors and what filters ask, row beside row.

A segment never changes. New chunks become a new segment, removed ones are marked in a copy that shares
everything else, and small neighbours are merged, so that a change costs what it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import ChunkRow, Removal
from index.filters import Filter
from index.vectors import FaissIndex

UNSTATED = np.iinfo(np.int64).min
_MERGE_RATIO = 2
_TOLERATED_DEAD = 4  # a quarter


class Column(IntEnum):
    """The rows of `Segment.columns`; names stand as their codes, what is not stated as UNSTATED."""

    CHUNK = 0
    ITEM = 1
    YEAR = 2
    UNIT = 3
    CATEGORY = 4
    CITY = 5
    KIND = 6


class Names:
    """Codes of the names of units, categories, cities and kinds; a code never changes."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._codes = {name: code for code, name in enumerate(names)}

    def listed(self) -> tuple[str, ...]:
        """Return all names in the order of their codes."""
        return tuple(self._codes)

    def copy(self) -> Names:
        """Return names that may grow without changing these."""
        return Names(self._codes)

    def add(self, name: str | None) -> int:
        """Return the code of `name`, giving it one if it has none."""
        return UNSTATED if name is None else self._codes.setdefault(name, len(self._codes))

    def codes(self, names: Iterable[str]) -> list[int]:
        """Return the codes of those `names` that have one."""
        return [self._codes[name] for name in names if name in self._codes]


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """`columns[Column.X, row]` belongs to row `row` of `vectors`; `alive` is None while no row is removed.

    `name` is that of its files, None while it has none.
    """

    vectors: FaissIndex
    columns: NDArray[np.int64]
    alive: NDArray[np.bool_] | None = None
    name: str | None = None

    @property
    def size(self) -> int:
        """The number of rows that are not removed."""
        return self.columns.shape[1] if self.alive is None else int(np.count_nonzero(self.alive))

    @property
    def chunk_ids(self) -> NDArray[np.int64]:
        """The ids of all rows, removed ones too, ascending."""
        ids: NDArray[np.int64] = self.columns[Column.CHUNK]
        return ids

    def living(self) -> NDArray[np.int64]:
        """Return the rows that are not removed."""
        return np.arange(self.columns.shape[1]) if self.alive is None else np.flatnonzero(self.alive)

    def without(self, removals: Sequence[Removal]) -> Segment:
        """Return the segment with the removed chunks marked."""
        alive = None
        for removal in removals:
            start, end = np.searchsorted(self.chunk_ids, (removal.first_chunk, removal.last_chunk + 1))
            if start < end:
                alive = self._marks() if alive is None else alive
                alive[start:end] = False
        return self if alive is None else replace(self, alive=alive)

    def allowed(self, wanted: Filter, names: Names) -> NDArray[np.bool_] | None:
        """Return which rows pass, or None where all do."""
        kinds = None if wanted.kinds is None else names.codes(kind.value for kind in wanted.kinds)
        restrictions: tuple[tuple[Column, Iterable[int] | None], ...] = (
            (Column.YEAR, wanted.years),
            (Column.UNIT, None if wanted.units is None else names.codes(wanted.units)),
            (Column.CATEGORY, None if wanted.categories is None else names.codes(wanted.categories)),
            (Column.CITY, None if wanted.cities is None else names.codes(wanted.cities)),
            (Column.KIND, kinds),
            (Column.ITEM, wanted.items),
        )
        passing = [
            np.isin(self.columns[column], list(values))
            for column, values in restrictions
            if values is not None
        ]
        if wanted.without_items:
            passing.append(~np.isin(self.columns[Column.ITEM], list(wanted.without_items)))
        if self.alive is not None:
            passing.append(self.alive)
        return reduce(np.logical_and, passing) if passing else None

    def rows_of(self, chunk_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the row of each id, -1 where the segment does not hold it (any more)."""
        held = self.chunk_ids
        rows = np.minimum(np.searchsorted(held, chunk_ids), len(held) - 1)
        found = held[rows] == chunk_ids
        if self.alive is not None:
            found &= self.alive[rows]
        return np.where(found, rows, -1)

    def _marks(self) -> NDArray[np.bool_]:
        return np.ones(self.columns.shape[1], np.bool_) if self.alive is None else self.alive.copy()


def encode(rows: Sequence[ChunkRow], names: Names) -> NDArray[np.int64]:
    """Return the columns of `rows`; names that are new get their codes."""
    encoded = [
        (
            row.chunk_id,
            row.item_id,
            UNSTATED if row.year is None else row.year,
            names.add(row.unit),
            names.add(row.category),
            names.add(row.city),
            names.add(row.kind.value),
        )
        for row in rows
    ]
    return np.array(encoded, np.int64).reshape(len(rows), len(Column)).T.copy()


def settled(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Merge neighbours until each segment is twice as large as the next, and drop rows long removed.

    So there are few segments, and a chunk is copied a few times in its life however chunks arrive.
    """
    kept: list[Segment] = []
    for segment in segments:
        if segment.size == 0:
            continue
        dead = segment.columns.shape[1] - segment.size
        kept.append(_merged([segment]) if dead * _TOLERATED_DEAD > segment.columns.shape[1] else segment)
        while len(kept) > 1 and kept[-2].size < _MERGE_RATIO * kept[-1].size:
            kept[-2:] = [_merged(kept[-2:])]
    return tuple(kept)


def _merged(segments: Sequence[Segment]) -> Segment:
    living = [segment.living() for segment in segments]
    vectors = FaissIndex.merge(
        segments[0].vectors.dimension,
        [(segment.vectors, rows) for segment, rows in zip(segments, living, strict=True)],
    )
    columns = [segment.columns[:, rows] for segment, rows in zip(segments, living, strict=True)]
    return Segment(vectors, np.concatenate(columns, axis=1))

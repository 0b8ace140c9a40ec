"""An immutable view of everything searchable in one state of a catalog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMismatch
from index.content import Content
from index.filters import ALL, Filter
from index.fulltext import FieldWeights
from index.segments import UNSTATED, Column, Segment

# So many chunks are named to the full text; of more it is cheaper to drop what does not pass.
_FEW = 2000


@dataclass(frozen=True, slots=True)
class Tallies:
    """How often each value occurs; `None` counts what states none."""

    years: dict[int | None, int]
    units: dict[str | None, int]
    categories: dict[str | None, int]
    cities: dict[str | None, int]
    kinds: dict[str | None, int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the documents of a catalog are about, each sorted."""

    years: tuple[int, ...]
    units: tuple[str, ...]
    categories: tuple[str, ...]
    cities: tuple[str, ...]


class Searcher:
    """Searches one state of a catalog; later changes do not reach it, so answers made with it agree.

    Chunk ids are those of the catalog. Under a filter, and after removals, results are those of a full
    scan over what remains.
    """

    def __init__(self, content: Content) -> None:
        self.state = content.state
        self.size = content.size
        self._dimension = content.origin.dimension
        self._names = content.names
        self._segments = content.segments
        self._fulltext = content.fulltext.searcher()

    def weighted(self, weights: FieldWeights) -> Searcher:
        """Return a view of the same state whose full text weighs its fields otherwise."""
        view = copy(self)
        view._fulltext = self._fulltext.weighted(weights)
        return view

    def dense(self, vector: NDArray[np.float32], k: int, allowed: Filter = ALL) -> list[tuple[int, float]]:
        """Return up to `k` (chunk id, cosine similarity), most similar first, equal ones by id."""
        self._check(vector)
        wanted = allowed.possible()
        hits: list[tuple[int, float]] = []
        for segment in self._segments:
            rows, found = segment.vectors.search(vector, k, segment.allowed(wanted, self._names))
            similarities = np.round(found.astype(np.float64), 6).tolist()  # 0.7, not 0.699999988079071
            hits.extend(zip(segment.chunk_ids[rows].tolist(), similarities, strict=True))
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]

    def lexical(self, text: str, k: int, allowed: Filter = ALL) -> list[tuple[int, float]]:
        """Return up to `k` (chunk id, BM25), best first, equal ones by id; each has a token of `text`."""
        wanted = allowed.possible()
        if not wanted.picks_items:
            return self._fulltext.search(text, k, wanted)
        chunk_ids = self._passing(wanted)
        if len(chunk_ids) <= _FEW:
            return self._fulltext.search_among(text, k, chunk_ids.tolist())
        asked = 2 * k
        while True:
            found = self._fulltext.search(text, asked, wanted)
            passing = np.isin([chunk for chunk, _ in found], chunk_ids).tolist()
            hits = [hit for hit, passes in zip(found, passing, strict=True) if passes]
            if len(hits) >= k or len(found) < asked:
                return hits[: max(k, 0)]
            asked *= 4

    def may_hold(self, text: str) -> NDArray[np.int64]:
        """Return the ids, ascending, of the chunks that hold the folded `text`, and of some that do not.

        `index.holding` says which.
        """
        return self._fulltext.may_hold(text)

    def with_word(self, word: str) -> NDArray[np.int64]:
        """Return the ids, ascending, of the chunks that have `word` (also a figure) as one of their words."""
        return self._fulltext.with_word(word)

    def frequency(self, text: str) -> int:
        """Return the most chunks that can hold `text`, as far as its single pairs of characters tell."""
        return self._fulltext.frequency(text)

    def similarities(self, vectors: NDArray[np.float32], chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        """Return a row for each row of the matrix `vectors`: what `dense` gives each chunk.

        KeyError for an id not in this view.
        """
        self._check(vectors[0])
        found = np.zeros((len(vectors), len(chunk_ids)), np.float32)
        for segment, places, rows in self._located(chunk_ids):
            found[:, places] = segment.vectors.similarities(vectors, rows)
        return found

    def lexical_scores(self, text: str, chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the BM25 that `lexical` gives each chunk, 0 without a common token; KeyError as above."""
        self.items_of(chunk_ids)
        return self._fulltext.scores(text, chunk_ids)

    def items_of(self, chunk_ids: Sequence[int]) -> NDArray[np.int64]:
        """Return the item id of each chunk; KeyError for an id not in this view."""
        found = np.zeros(len(chunk_ids), np.int64)
        for segment, places, rows in self._located(chunk_ids):
            found[places] = segment.columns[Column.ITEM][rows]
        return found

    def tallies(self, chunk_ids: Sequence[int]) -> Tallies:
        """Count the chunks by what their documents and items state; KeyError for an id not in this view."""
        columns = [segment.columns[:, rows] for segment, _, rows in self._located(chunk_ids)]
        found = np.concatenate(columns, axis=1) if columns else np.zeros((len(Column), 0), np.int64)
        names = self._names.listed()

        def counted(column: Column) -> dict[int | None, int]:
            values, counts = np.unique(found[column], return_counts=True)
            pairs = zip(values.tolist(), counts.tolist(), strict=True)
            return {None if value == UNSTATED else value: count for value, count in pairs}

        def named(column: Column) -> dict[str | None, int]:
            return {None if code is None else names[code]: count for code, count in counted(column).items()}

        return Tallies(
            counted(Column.YEAR),
            named(Column.UNIT),
            named(Column.CATEGORY),
            named(Column.CITY),
            named(Column.KIND),
        )

    def vocabulary(self) -> Vocabulary:
        """Return the years, units, categories and cities that occur."""
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        names = self._names.listed()

        def named(column: Column) -> tuple[str, ...]:
            return tuple(sorted(names[code] for code in self._distinct(column)))

        years = tuple(sorted(self._distinct(Column.YEAR)))
        return Vocabulary(years, named(Column.UNIT), named(Column.CATEGORY), named(Column.CITY))

    def _distinct(self, column: Column) -> set[int]:
        """Return the stated values of a column in what is not removed."""
        found: set[int] = set()
        for segment in self._segments:
            values = segment.columns[column]
            values = values if segment.alive is None else values[segment.alive]
            values = values[values != UNSTATED]
            if len(values):
                least = int(values.min())
                found.update((np.flatnonzero(np.bincount(values - least)) + least).tolist())
        return found

    def _passing(self, wanted: Filter) -> NDArray[np.int64]:
        """Return the ids of the chunks that pass a filter."""
        passing = [np.zeros(0, np.int64)]
        for segment in self._segments:
            rows = segment.allowed(wanted, self._names)
            passing.append(segment.chunk_ids if rows is None else segment.chunk_ids[rows])
        return np.concatenate(passing)

    def _located(
        self, chunk_ids: Sequence[int]
    ) -> Iterator[tuple[Segment, NDArray[np.intp], NDArray[np.int64]]]:
        """Yield for each segment the places in `chunk_ids` that it holds, and their rows."""
        wanted = np.asarray(chunk_ids, np.int64)
        held = np.zeros(len(wanted), np.bool_)
        for segment in self._segments:
            rows = segment.rows_of(wanted)
            places = np.flatnonzero(rows >= 0)
            held[places] = True
            if len(places):
                yield segment, places, rows[places]
        if not held.all():
            raise KeyError(f"no chunk {wanted[~held][0]} at {self.state}")

    def _check(self, vector: NDArray[np.float32]) -> None:
        if self._segments and vector.shape != (self._dimension,):
            raise ModelMismatch(
                f"查询向量有 {vector.size} 维，目标库的向量有 {self._dimension} 维，不是同一个模型算出的；"
                "请改用建库时的模型，或用当前模型重新计算目标库的向量。"
            )

"""Which items could answer: both legs bring candidates, and every candidate is scored by both.

The filters hold inside each leg, so that a filtered search is as deep as an unfiltered one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.filters import Filter
from search.fuse import DEFAULT_RECIPE, Candidate, Recipe, ScoredItem, fuse
from search.thesaurus import also_called
from search.words import content

Vector = NDArray[np.float32]

# Questions of the kinds people ask; their mean is what every query has in common.
_COMMON = """
工作目标是什么 如何提高效率 群众反映的问题 项目建设进展 推进改革 环境保护 谁负责 什么时候完成
"""
COMMON_QUERIES = tuple(_COMMON.split())


class Legs(Protocol):
    """What retrieval needs of `index.searcher.Searcher`."""

    def dense(self, vector: Vector, k: int, allowed: Filter) -> list[tuple[int, float]]:
        """Return up to `k` (chunk id, cosine), best first."""

    def lexical(self, text: str, k: int, allowed: Filter) -> list[tuple[int, float]]:
        """Return up to `k` (chunk id, BM25), best first."""

    def similarities(self, vector: Vector, chunk_ids: Sequence[int]) -> Vector:
        """Return the cosine of each chunk."""

    def lexical_scores(self, text: str, chunk_ids: Sequence[int]) -> Vector:
        """Return the BM25 of each chunk."""

    def items_of(self, chunk_ids: Sequence[int]) -> NDArray[np.int64]:
        """Return the item that each chunk belongs to."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query ready for both legs.

    `text` is what was typed, `also` the official words for it, `vector` its embedding and `direction`
    the embedding with the mean query taken out, which the dense leg ranks by.
    """

    text: str
    also: tuple[str, ...]
    vector: Vector
    direction: Vector


def passage_of(text: str) -> str:
    """Return the text that is embedded for a query: its own words, then what offices call them."""
    also = also_called(text)
    return f"{text}（{'、'.join(also)}）" if also else text


def make_question(
    text: str, vector: Vector, mean: Vector | None, recipe: Recipe = DEFAULT_RECIPE
) -> Question:
    """Put a query's text and the embedding of `passage_of(text)` together."""
    direction = vector if mean is None else vector - recipe.centring * mean
    length = float(np.linalg.norm(direction)) or 1.0
    return Question(text, also_called(text), vector, (direction / length).astype(np.float32))


def find_candidates(
    legs: Legs, question: Question, allowed: Filter, recipe: Recipe = DEFAULT_RECIPE
) -> tuple[Candidate, ...]:
    """Return every chunk that a leg has among its best, ascending by id, scored by both legs."""
    text = content(question.text)
    more = " ".join(question.also)
    ids = {chunk for chunk, _ in legs.dense(question.direction, recipe.pool, allowed)}
    ids |= {chunk for chunk, _ in legs.lexical(text, recipe.pool, allowed)}
    if more:
        ids |= {chunk for chunk, _ in legs.lexical(more, recipe.pool, allowed)}
    if not ids:
        return ()
    chunk_ids = sorted(ids)
    lexical = np.asarray(legs.lexical_scores(text, chunk_ids), dtype=np.float64)
    if more:
        lexical = lexical + recipe.expansion * np.asarray(
            legs.lexical_scores(more, chunk_ids), dtype=np.float64
        )
    rows = zip(
        chunk_ids,
        legs.items_of(chunk_ids).tolist(),
        legs.similarities(question.vector, chunk_ids).tolist(),
        legs.similarities(question.direction, chunk_ids).tolist(),
        lexical.tolist(),
        strict=True,
    )
    return tuple(Candidate(*row) for row in rows)


def retrieve(
    legs: Legs, question: Question, allowed: Filter, recipe: Recipe = DEFAULT_RECIPE
) -> tuple[ScoredItem, ...]:
    """Return the items that may answer, best first."""
    return fuse(find_candidates(legs, question, allowed, recipe), recipe)

"""Which items could answer: both legs bring candidates, and every candidate is scored by both.

The filters hold inside each leg, so that a filtered search is as deep as an unfiltered one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.filters import Filter
from search.fuse import DEFAULT_RECIPE, NO_CANDIDATES, Candidates, Recipe, ScoredItem, fuse
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

    def similarities(self, vectors: Vector, chunk_ids: Sequence[int]) -> Vector:
        """Return for each row of the matrix `vectors` the cosine of each chunk."""

    def lexical_scores(self, text: str, chunk_ids: Sequence[int]) -> Vector:
        """Return the BM25 of each chunk."""

    def items_of(self, chunk_ids: Sequence[int]) -> NDArray[np.int64]:
        """Return the item that each chunk belongs to."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """A query for the dense leg.

    `direction` is the vector with the mean query taken out, which the leg ranks by.
    """

    vector: Vector
    direction: Vector


@dataclass(frozen=True, slots=True)
class Question:
    """A query ready for both legs.

    `text` is what was typed, `also` the official words for it. `embedding` waits for what may still be
    computed: the full text can be asked meanwhile.
    """

    text: str
    also: tuple[str, ...]
    embedding: Callable[[], Embedding]


def passage_of(text: str) -> str:
    """Return the text that is embedded for a query: its own words, then what offices call them."""
    also = also_called(text)
    return f"{text}（{'、'.join(also)}）" if also else text


def make_embedding(vector: Vector, mean: Vector | None, recipe: Recipe = DEFAULT_RECIPE) -> Embedding:
    """Put the embedding of `passage_of(text)` and its direction together."""
    direction = vector if mean is None else vector - recipe.centring * mean
    length = float(np.linalg.norm(direction)) or 1.0
    return Embedding(vector, (direction / length).astype(np.float32))


def make_question(text: str, embedding: Callable[[], Embedding]) -> Question:
    """Return a query with the official words for it."""
    return Question(text, also_called(text), embedding)


def find_candidates(
    legs: Legs, question: Question, allowed: Filter, recipe: Recipe = DEFAULT_RECIPE
) -> Candidates:
    """Return every chunk that a leg has among its best, ascending by id, scored by both legs."""
    text, more = content(question.text), " ".join(question.also)
    found = dict(legs.lexical(text, recipe.pool, allowed))
    also = dict(legs.lexical(more, recipe.pool, allowed)) if more else {}
    embedding = question.embedding()
    near = {chunk for chunk, _ in legs.dense(embedding.direction, recipe.near, allowed)}
    chunk_ids = sorted(near | found.keys() | also.keys())
    if not chunk_ids:
        return NO_CANDIDATES
    lexical = _scores(legs, text, found, chunk_ids)
    if more:
        lexical = lexical + recipe.expansion * _scores(legs, more, also, chunk_ids)
    vectors = np.stack([embedding.vector, embedding.direction])
    similarity, closeness = legs.similarities(vectors, chunk_ids).astype(np.float64)
    ids = np.array(chunk_ids, np.int64)
    return Candidates(ids, legs.items_of(chunk_ids), similarity, closeness, lexical)


def _scores(legs: Legs, text: str, found: dict[int, float], chunk_ids: Sequence[int]) -> NDArray[np.float64]:
    """Return the lexical score of each chunk; only for those not `found` the full text is asked again."""
    missing = [chunk_id for chunk_id in chunk_ids if chunk_id not in found]
    scores = found | dict(zip(missing, legs.lexical_scores(text, missing).tolist(), strict=True))
    return np.array([scores[chunk_id] for chunk_id in chunk_ids], np.float64)


def retrieve(
    legs: Legs, question: Question, allowed: Filter, recipe: Recipe = DEFAULT_RECIPE
) -> tuple[ScoredItem, ...]:
    """Return the items that may answer, best first."""
    return fuse(find_candidates(legs, question, allowed, recipe), recipe)

"""How a candidate's two scores become one: the whole recipe, in one tunable place.

A convex combination of calibrated scores: each leg is centred and scaled over the candidates of the
query, then weighted. Rank fusion is not used: it throws away how much better the best one is, and it
lets a weak leg pull down a strong one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that ranking can be tuned by.

    `dense` and `lexical` are the weights of the calibrated legs. `expansion` is the share of the
    lexical score that thesaurus words earn beside the query's own. `centring` is how much of the mean
    query direction is taken out of the query vector before ranking (0 none, 1 all): it stops passages
    that are a little like every query from coming first. Each leg brings `pool` candidates. A leg
    whose scores spread less than its floor says nothing and must not be blown up; `lexical_floor` is a
    share of the leg's best score.

    The weights were chosen on one half of the questions and judged on the other (docs/decisions/ranking.md).
    """

    dense: float = 0.3
    lexical: float = 0.7
    expansion: float = 0.5
    centring: float = 0.5
    pool: int = 200
    dense_floor: float = 0.008
    lexical_floor: float = 0.15


DEFAULT_RECIPE = Recipe()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One chunk that a leg brought in, with the exact scores of both legs.

    `similarity` is the cosine to the query; `closeness` is the score that the dense leg ranks by.
    """

    chunk_id: int
    item_id: int
    similarity: float
    closeness: float
    lexical: float


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """An item with its best chunk's fused score and the best similarity and lexical score of any chunk."""

    item_id: int
    chunk_id: int
    score: float
    similarity: float
    lexical: float


def calibrate(scores: NDArray[np.float64], floor: float) -> NDArray[np.float64]:
    """Centre and scale `scores`; a spread below `floor` counts as `floor`, so that noise stays small."""
    if not scores.size:
        return scores
    spread = max(float(scores.std()), floor)
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


def fuse(candidates: tuple[Candidate, ...], recipe: Recipe = DEFAULT_RECIPE) -> tuple[ScoredItem, ...]:
    """Return the candidates' items, best first; an item is as good as its best chunk.

    Equal scores are ordered by similarity, then by item id, so that the same query over the same
    catalog always gives the same list.
    """
    dense = np.array([candidate.closeness for candidate in candidates], dtype=np.float64)
    lexical = np.array([candidate.lexical for candidate in candidates], dtype=np.float64)
    lexical_floor = recipe.lexical_floor * float(lexical.max(initial=0.0))
    fused = recipe.dense * calibrate(dense, recipe.dense_floor) + recipe.lexical * calibrate(
        lexical, lexical_floor
    )
    best: dict[int, ScoredItem] = {}
    for candidate, score in zip(candidates, fused.tolist(), strict=True):
        known = best.get(candidate.item_id)
        leads = known is None or (score, -candidate.chunk_id) > (known.score, -known.chunk_id)
        best[candidate.item_id] = ScoredItem(
            item_id=candidate.item_id,
            chunk_id=candidate.chunk_id if leads or known is None else known.chunk_id,
            score=score if leads or known is None else known.score,
            similarity=max(candidate.similarity, known.similarity if known else -1.0),
            lexical=max(candidate.lexical, known.lexical if known else 0.0),
        )
    return tuple(sorted(best.values(), key=lambda item: (-item.score, -item.similarity, item.item_id)))

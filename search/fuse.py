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
    that are a little like every query from coming first. The full text brings `pool` candidates, the
    vectors `near`. A leg whose scores spread less than its floor says nothing and must not be blown up;
    `lexical_floor` is a share of the leg's best score.

    The weights were chosen on one half of the questions and judged on the other (docs/decisions/ranking.md).
    """

    dense: float = 0.3
    lexical: float = 0.7
    expansion: float = 0.5
    centring: float = 0.5
    pool: int = 200
    near: int = 100
    dense_floor: float = 0.008
    lexical_floor: float = 0.15


DEFAULT_RECIPE = Recipe()


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Chunks that a leg brought in, ascending by id, with the exact scores of both legs, place by place.

    `similarity` is the cosine to the query; `closeness` is the score that the dense leg ranks by.
    """

    chunk_ids: NDArray[np.int64]
    item_ids: NDArray[np.int64]
    similarity: NDArray[np.float64]
    closeness: NDArray[np.float64]
    lexical: NDArray[np.float64]


_NO_IDS, _NO_SCORES = np.empty(0, np.int64), np.empty(0, np.float64)
NO_CANDIDATES = Candidates(_NO_IDS, _NO_IDS, _NO_SCORES, _NO_SCORES, _NO_SCORES)


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


def fuse(candidates: Candidates, recipe: Recipe = DEFAULT_RECIPE) -> tuple[ScoredItem, ...]:
    """Return the candidates' items, best first; an item is as good as its best chunk.

    Equal scores are ordered by similarity, then by item id, so that the same query over the same
    catalog always gives the same list.
    """
    if not candidates.chunk_ids.size:
        return ()
    lexical_floor = recipe.lexical_floor * float(candidates.lexical.max())
    fused = recipe.dense * calibrate(candidates.closeness, recipe.dense_floor)
    fused += recipe.lexical * calibrate(candidates.lexical, lexical_floor)
    # Chunks of one item side by side, the best of them first.
    together = np.lexsort((candidates.chunk_ids, -fused, candidates.item_ids))
    owners = candidates.item_ids[together]
    starts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    items, leading = owners[starts], together[starts]
    similarity = np.maximum.reduceat(candidates.similarity[together], starts)
    lexical = np.maximum.reduceat(candidates.lexical[together], starts)
    order = np.lexsort((items, -similarity, -fused[leading]))
    columns = (items, candidates.chunk_ids[leading], fused[leading], similarity, lexical)
    return tuple(map(ScoredItem, *(column[order].tolist() for column in columns)))

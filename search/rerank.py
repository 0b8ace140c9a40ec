"""A second opinion on the best candidates, from a model that reads question and passage together.

It is asked only where one is configured: it takes a hundred times as long as the search itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.fuse import ScoredItem, calibrate

Texts = Callable[[Sequence[int]], Mapping[int, str]]

DEPTH = 50
# A share for the fused order keeps exact figures and 文号, which such models tend to pass over.
_SHARE = 0.7


class Reranker(Protocol):
    """Scores pairs; any scale will do, higher is better."""

    @property
    def name(self) -> str:
        """The model, as it was configured."""
        ...

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """Return a score for each passage, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Reranking:
    """The best `depth` candidates are scored anew; `share` is the model's part of the new score."""

    depth: int = DEPTH
    share: float = _SHARE


def rerank(
    query: str,
    ranked: Sequence[ScoredItem],
    reranker: Reranker,
    texts: Texts,
    settings: Reranking = Reranking(),
) -> tuple[ScoredItem, ...]:
    """Return all of `ranked`, the first `depth` in a new order by their best chunks, the rest behind them.

    Both scores are centred and scaled over the candidates, then weighted. A chunk that is gone counts as
    the worst.
    """
    first = ranked[: settings.depth]
    if len(first) < 2:
        return tuple(ranked)
    found = texts([one.chunk_id for one in first])
    passages = [found[one.chunk_id] for one in first if one.chunk_id in found]
    judged = iter(np.asarray(reranker.scores(query, passages), dtype=np.float64).tolist() if passages else ())
    opinions = np.array([next(judged) if one.chunk_id in found else np.nan for one in first])
    opinions = np.where(np.isnan(opinions), np.nanmin(opinions) if passages else 0.0, opinions)
    fused = np.array([one.score for one in first])
    scores = settings.share * calibrate(opinions, 0.0) + (1 - settings.share) * calibrate(fused, 0.0)
    best = [replace(one, score=score) for one, score in zip(first, scores.tolist(), strict=True)]
    best.sort(key=lambda one: (-one.score, -one.similarity, one.item_id))
    behind = best[-1].score - first[-1].score
    return (*best, *(replace(one, score=one.score + behind) for one in ranked[settings.depth :]))

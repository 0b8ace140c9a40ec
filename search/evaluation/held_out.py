"""A model judged by pairs it was not trained on, by its vectors alone: which text goes with which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.embedders import Embedder
from index.tuning.pairs import Pair
from search.evaluation.comparison import Comparison, compare
from search.evaluation.measures import measure
from search.evaluation.queries import EvaluationQuery
from search.evaluation.variants import Ranked, Ranking

PRIMARY, FIRST = "nDCG@10", "R@1"
SIGNIFICANT = 0.05
WORTHWHILE = 0.01  # less is not worth embedding a catalog anew
_DEPTH = 10

Judged = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Questions with what is right for each, and all texts there are to be found."""

    queries: tuple[EvaluationQuery, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two models compared over the same questions."""

    primary: Comparison
    first: Comparison

    @property
    def is_better(self) -> bool:
        """Whether the second ranks clearly and surely better, and puts the right text first no less often."""
        rises = self.primary.difference >= WORTHWHILE and self.primary.p < SIGNIFICANT
        return rises and self.first.difference >= 0


def held_out_set(pairs: Sequence[Pair], distractors: Sequence[str] = ()) -> HeldOut:
    """Return the set of held-out pairs.

    Right are all passages of pairs that ask the same or are about the same. `distractors` are found by
    nobody's question.
    """
    passages = tuple(dict.fromkeys((*(pair.positive for pair in pairs), *distractors)))
    place = {text: number for number, text in enumerate(passages)}
    by_subject: dict[str, set[int]] = defaultdict(set)
    for pair in pairs:
        by_subject[pair.key].add(place[pair.positive])
        by_subject[pair.anchor].add(place[pair.positive])
    queries = {}
    for pair in pairs:
        right = (by_subject[pair.key] | by_subject[pair.anchor]) - {place.get(pair.anchor, -1)}
        grades = {str(number): 1 for number in sorted(right)}
        queries[pair.anchor] = EvaluationQuery(pair.anchor, pair.anchor, (pair.kind.value,), grades=grades)
    return HeldOut(tuple(queries.values()), passages)


def judge(
    embedder: Embedder, held_out: HeldOut, progress: Callable[[int], None] | None = None
) -> dict[str, dict[str, float]]:
    """Return the measures of each question; a text is never found by itself."""
    passages = embedder.embed_passages(held_out.passages, progress)
    vectors = embedder.embed_queries([query.text for query in held_out.queries])
    similarities = vectors @ passages.T
    place = {text: number for number, text in enumerate(held_out.passages)}
    rankings = []
    for query, row in zip(held_out.queries, similarities, strict=True):
        if query.text in place:
            row[place[query.text]] = -1.0
        best = np.argsort(-row, kind="stable")[:_DEPTH]
        results = [Ranked(str(number), None, float(row[number]), float(row[number]), 0) for number in best]
        rankings.append(Ranking(query, tuple(results)))
    return measure(rankings)


def verdict(before: Judged, after: Judged) -> Verdict:
    """Compare two models by what `judge` returned of them over the same set."""
    primary, first = (
        compare(
            {query: found[name] for query, found in before.items() if name in found},
            {query: found[name] for query, found in after.items() if name in found},
        )
        for name in (PRIMARY, FIRST)
    )
    if primary is None or first is None:
        raise ValueError("the two models were judged by different questions")
    return Verdict(primary, first)

"""How good rankings are: measures of the library `ir_measures`, a query at a time, and the years of the hits.

A query that got no result scores 0. One with nothing relevant in the set has no measures at all: no
ranking could be right, so it says nothing about ranking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.evaluation.variants import Ranking

# Gains are the grades themselves. No more than 10 results are looked at, so RR is RR@10.
RANKING_MEASURES = ("nDCG@10", "Success@1", "R@1", "R@10", "RR@10", "P@10", "Judged@10")
WRONG_YEAR, WRONG_YEAR_FIRST = "WrongYear@10", "WrongYear@1"
PRIMARY = "nDCG@10"

Measured = Mapping[str, Mapping[str, float]]


def measure(rankings: Sequence[Ranking]) -> dict[str, dict[str, float]]:
    """Return the measures of each query by its id; a query has those that can be told of it."""
    found: dict[str, dict[str, float]] = {ranking.query.id: {} for ranking in rankings}
    for query_id, name, value in _ranked_well(rankings):
        found[query_id][name] = value
    for ranking in rankings:
        if ranking.query.years:
            wrong = [result.year not in ranking.query.years for result in ranking.results]
            found[ranking.query.id][WRONG_YEAR] = sum(wrong) / len(wrong) if wrong else 0.0
            found[ranking.query.id][WRONG_YEAR_FIRST] = float(wrong[0]) if wrong else 0.0
    return found


def _ranked_well(rankings: Sequence[Ranking]) -> Iterable[tuple[str, str, float]]:
    judged = [ranking for ranking in rankings if ranking.query.is_judged]
    if not judged:
        return
    import ir_measures

    measures = [ir_measures.parse_measure(name) for name in RANKING_MEASURES]
    qrels = {ranking.query.id: dict(ranking.query.grades) for ranking in judged}
    # The library breaks ties by name: ranks as scores keep the product's own order.
    run = {
        ranking.query.id: {
            result.key: float(len(ranking.results) - place) for place, result in enumerate(ranking.results)
        }
        for ranking in judged
        if ranking.results  # Judged@10 of no results is a division by zero
    }
    calculated = {
        (found.query_id, str(found.measure)): float(found.value)
        for found in ir_measures.iter_calc(measures, qrels, run)
    }
    for ranking in judged:
        for name in RANKING_MEASURES:
            yield ranking.query.id, name, calculated.get((ranking.query.id, name), 0.0)


def mean(measured: Measured, ids: Iterable[str] | None = None) -> dict[str, float]:
    """Return the mean of each measure over the queries that have it, in the order they were met."""
    values: dict[str, list[float]] = defaultdict(list)
    for query_id in measured if ids is None else ids:
        for name, value in measured[query_id].items():
            values[name].append(value)
    return {name: sum(some) / len(some) for name, some in values.items()}

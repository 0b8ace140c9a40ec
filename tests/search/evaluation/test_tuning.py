"""The choice is made on one half and judged on the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest

from search.evaluation.queries import EvaluationQuery, KeyOf, document_of
from search.evaluation.tuning import grid, tune
from search.evaluation.variants import FUSED, Bench, Ranked, Ranking, Variant
from search.fuse import DEFAULT_RECIPE


class StubBench:
    """Finds what a query is about where the weight of the dense leg is as the query's text says."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def rank(
        self, variant: Variant, queries: Sequence[EvaluationQuery], key_of: KeyOf, k: int = 10
    ) -> tuple[Ranking, ...]:
        self.asked += [(variant.name, query.id) for query in queries]
        return tuple(
            Ranking(query, (Ranked("x", None, 0, 0, 1),) if f"{variant.recipe.dense:g}" in query.text else ())
            for query in queries
        )


def halves() -> tuple[list[str], list[str]]:
    names = [str(number) for number in range(20)]
    held_out = [name for name in names if EvaluationQuery(name, "").is_held_out]
    return [name for name in names if name not in held_out], held_out


def queries(train: str, held_out: str) -> list[EvaluationQuery]:
    first, second = halves()
    return [EvaluationQuery(name, train, grades={"x": 1}) for name in first] + [
        EvaluationQuery(name, held_out, grades={"x": 1}) for name in second
    ]


def test_both_halves_are_there_and_stay_as_they_are() -> None:
    first, second = halves()
    assert min(len(first), len(second)) >= 5
    assert EvaluationQuery("q001", "").is_held_out == EvaluationQuery("q001", "另一问").is_held_out


def test_the_held_out_half_has_no_say() -> None:
    bench = StubBench()
    found = tune(cast(Bench, bench), queries("0.4", "0.3 0.7"), grid(dense=(0.7, 0.4)), document_of)
    assert [(one.variant.recipe.dense, one.train) for one in found.tried] == [(0.4, 1.0), (0.7, 0.0)]
    assert found.held_out is not None
    assert (found.held_out.before, found.held_out.after) == (1.0, 0.0)
    assert {name for name, query in bench.asked if query in halves()[1]} == {FUSED.name, "0.4/0.5/0.008/0.15"}


def test_of_equals_the_first_is_taken() -> None:
    found = tune(cast(Bench, StubBench()), queries("0.3 0.7", ""), grid(dense=(0.7, 0.3)), document_of)
    assert found.tried[0].variant.recipe.dense == 0.7


def test_the_grid_holds_every_combination_and_weights_sum_to_one() -> None:
    variants = grid(dense=(0.3, 0.6), centring=(0.0, 0.5, 1.0), dense_floor=(0.01,))
    assert len({variant.name for variant in variants}) == 6
    assert all(variant.recipe.dense + variant.recipe.lexical == 1 for variant in variants)
    assert {variant.recipe.lexical_floor for variant in variants} == {DEFAULT_RECIPE.lexical_floor}


def test_without_anything_to_tune_on() -> None:
    with pytest.raises(ValueError, match="judged queries"):
        tune(cast(Bench, StubBench()), [EvaluationQuery("a", "")], grid(), document_of)
    with pytest.raises(ValueError, match="needs variants"):
        tune(cast(Bench, StubBench()), queries("", ""), (), document_of)

"""Measures of rankings made by hand."""

from __future__ import annotations

from math import log2

import pytest

from search.evaluation.measures import mean, measure
from search.evaluation.queries import EvaluationQuery
from search.evaluation.variants import Ranked, Ranking


def ranking(
    query_id: str, grades: dict[str, int], *results: str, years: tuple[int, ...] = (), wanted: int = 2020
) -> Ranking:
    query = EvaluationQuery(query_id, "问", years=frozenset({wanted} if years else ()), grades=grades)
    dated = [*years, *[None] * (len(results) - len(years))]
    return Ranking(query, tuple(Ranked(key, y, 0.0, 0.0, 1) for key, y in zip(results, dated, strict=True)))


def test_a_ranking_by_hand() -> None:
    found = measure([ranking("a", {"x": 3, "y": 1, "n": 0}, "n", "x", "?")])["a"]
    ideal = 3 + 1 / log2(3)
    assert found["nDCG@10"] == pytest.approx(3 / log2(3) / ideal)
    assert found["RR@10"] == 0.5
    assert (found["R@1"], found["R@10"], found["Success@1"]) == (0.0, 0.5, 0.0)
    assert found["P@10"] == pytest.approx(0.1)
    assert found["Judged@10"] == pytest.approx(2 / 3)


def test_the_order_is_that_of_the_product_also_among_equal_scores() -> None:
    assert measure([ranking("a", {"a": 1}, "a", "z")])["a"]["Success@1"] == 1.0
    assert measure([ranking("a", {"z": 1}, "z", "a")])["a"]["Success@1"] == 1.0


def test_a_query_without_results_scores_nothing_and_counts() -> None:
    found = measure([ranking("a", {"x": 1}, "x"), ranking("b", {"x": 1})])
    assert set(found["b"].values()) == {0.0}
    assert mean(found)["nDCG@10"] == 0.5
    assert mean(measure([ranking("b", {"x": 1})]))["R@10"] == 0.0


def test_a_query_with_nothing_relevant_has_no_measures() -> None:
    found = measure([ranking("a", {"x": 1}, "x"), ranking("b", {"x": 0}, "x"), ranking("c", {}, "x")])
    assert found["b"] == found["c"] == {}
    assert mean(found)["nDCG@10"] == 1.0
    assert measure([ranking("c", {}, "x")]) == {"c": {}}
    assert mean({"c": {}}) == {}


def test_the_share_of_wrong_years() -> None:
    found = measure(
        [
            ranking("a", {"x": 1}, "x", "y", "z", "u", years=(2020, 2019, 2020)),
            ranking("b", {"x": 1}, "x", "y", years=(2019, 2020)),
            ranking("c", {"x": 1}, "x"),
        ]
    )
    assert (found["a"]["WrongYear@10"], found["a"]["WrongYear@1"]) == (0.5, 0.0)
    assert (found["b"]["WrongYear@10"], found["b"]["WrongYear@1"]) == (0.5, 1.0)
    assert "WrongYear@10" not in found["c"]
    assert mean(found)["WrongYear@1"] == 0.5

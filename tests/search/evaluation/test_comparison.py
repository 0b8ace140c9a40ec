"""Two runs compared."""

import pytest

from search.evaluation.comparison import Change, compare


def test_differences_are_listed_from_the_largest_loss() -> None:
    before = {"a": 1.0, "b": 0.5, "c": 0.0, "gone": 1.0}
    after = {"a": 0.0, "b": 0.5, "c": 0.5, "new": 1.0}
    found = compare(before, after)
    assert found is not None
    assert found.changes == (Change("a", 1.0, 0.0), Change("c", 0.0, 0.5))
    assert (found.queries, found.better, found.worse) == (3, 1, 1)
    assert found.before == 0.5
    assert found.after == pytest.approx(1 / 3)
    assert found.difference == pytest.approx(-1 / 6)


def test_equal_runs_and_runs_that_share_nothing() -> None:
    same = compare({"a": 0.5}, {"a": 0.5})
    assert same is not None
    assert (same.p, same.changes) == (1.0, ())
    assert compare({"a": 0.5}, {"b": 0.5}) is None


def test_one_change_alone_proves_nothing() -> None:
    found = compare({"a": 0.5, "b": 0.5}, {"a": 1.0, "b": 0.5})
    assert found is not None
    assert (found.p, found.better) == (1.0, 1)


def test_the_probability_is_that_of_all_exchanges() -> None:
    before = {str(i): 0.0 for i in range(8)}
    after = {str(i): 0.1 for i in range(8)}
    found = compare(before, after)
    assert found is not None
    assert found.p == pytest.approx(2 / 2**8)  # only all or none exchanged gives as much
    mixed = compare(before, {str(i): 0.1 if i % 2 else -0.1 for i in range(8)})
    assert mixed is not None
    assert mixed.p == 1.0


def test_many_queries_are_sampled_the_same_way_each_time() -> None:
    before = {str(i): 0.0 for i in range(60)}
    after = {str(i): 0.3 if i % 3 else -0.2 for i in range(60)}
    first, second = compare(before, after), compare(before, after)
    assert first is not None
    assert first == second
    assert first.p < 0.001

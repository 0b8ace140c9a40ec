"""Sources that contradict each other: different figures for the same indicator, owner and year."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from search.changes import succeeds
from search.figures import SAME_ENOUGH, Observed, amount, sameness
from search.observing import year_of

_MOST_COMPARED = 24
Pair = tuple[Observed, Observed]


def contradictions(figures: Iterable[Observed]) -> tuple[Pair, ...]:
    """Return the pairs of figures of different documents that cannot both hold, in the order given.

    A promise and what became of it do not contradict each other, nor do a growth and an amount.
    """
    some = list(figures)[:_MOST_COMPARED]
    return tuple(pair for pair in combinations(some, 2) if _contradict(*pair))


def _contradict(one: Observed, other: Observed) -> bool:
    left, right = one.stored.document, other.stored.document
    year = year_of(one)
    if left.id == right.id or year is None or year != year_of(other):
        return False
    if one.indicator.status is not other.indicator.status:
        return False
    cities = {left.city, right.city} - {None}
    if len(cities) > 1 or not succeeds(left.unit, right.unit):
        return False
    if amount(one.indicator).value == amount(other.indicator).value:
        return False
    return sameness(one, other) >= SAME_ENOUGH

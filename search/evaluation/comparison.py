"""Whether a change made a difference: two runs over the same queries, and a test of significance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 9999
_SEED = 20120315  # any number, but always the same one


@dataclass(frozen=True, slots=True)
class Change:
    """A query whose measure changed."""

    id: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs by one measure, over the queries that both have.

    `p` is the share of random exchanges of before and after, query by query, that give a mean difference
    at least as large (paired randomisation test, two-sided). `changes` are ordered from the largest loss
    to the largest gain.
    """

    queries: int
    before: float
    after: float
    p: float
    changes: tuple[Change, ...]

    @property
    def difference(self) -> float:
        """By how much the mean rose."""
        return self.after - self.before

    @property
    def better(self) -> int:
        """How many queries rose."""
        return sum(change.after > change.before for change in self.changes)

    @property
    def worse(self) -> int:
        """How many queries fell."""
        return sum(change.after < change.before for change in self.changes)


def compare(before: Mapping[str, float], after: Mapping[str, float]) -> Comparison | None:
    """Compare two runs by a measure of each query; `None` where they share no query."""
    shared = [query for query in after if query in before]
    if not shared:
        return None
    old = np.array([before[query] for query in shared])
    new = np.array([after[query] for query in shared])
    changes = sorted(
        (Change(query, before[query], after[query]) for query in shared if before[query] != after[query]),
        key=lambda change: (change.after - change.before, change.id),
    )
    return Comparison(
        len(shared), float(old.mean()), float(new.mean()), _significance(old, new), tuple(changes)
    )


def _significance(old: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    changed = old != new
    if changed.sum() < 2:  # one change may have gone either way
        return 1.0
    from scipy.stats import permutation_test

    found = permutation_test(
        (new[changed], old[changed]),  # what did not change adds nothing to either side
        _mean_difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(_SEED),
    )
    return float(found.pvalue)


def _mean_difference(
    new: NDArray[np.float64], old: NDArray[np.float64], axis: int = -1
) -> NDArray[np.float64]:
    return np.asarray((new - old).mean(axis=axis))

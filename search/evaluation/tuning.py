"""Choose a variant on the questions that may be tuned on, and say on the others what the choice is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from search.evaluation.comparison import Comparison, compare
from search.evaluation.measures import PRIMARY, measure
from search.evaluation.queries import EvaluationQuery, KeyOf
from search.evaluation.variants import FUSED, Bench, Variant
from search.fuse import DEFAULT_RECIPE, Recipe


@dataclass(frozen=True, slots=True)
class Tried:
    """A variant with its mean nDCG@10 over the half that tunes."""

    variant: Variant
    train: float


@dataclass(frozen=True, slots=True)
class Tuned:
    """All variants, best on the tuning half first; the first is the choice.

    `held_out` compares the product as it is with the choice on the other half; `None` where that is empty.
    """

    tried: tuple[Tried, ...]
    held_out: Comparison | None


def grid(
    base: Recipe = DEFAULT_RECIPE,
    *,
    dense: Iterable[float] = (0.3, 0.4, 0.5, 0.6, 0.7),
    centring: Iterable[float] | None = None,
    dense_floor: Iterable[float] | None = None,
    lexical_floor: Iterable[float] | None = None,
) -> tuple[Variant, ...]:
    """Return `base` with every combination of what is named; the weights of the legs sum to 1."""
    variants = []
    parts = (
        dense,
        (base.centring,) if centring is None else centring,
        (base.dense_floor,) if dense_floor is None else dense_floor,
        (base.lexical_floor,) if lexical_floor is None else lexical_floor,
    )
    for weight, centred, low, lexical_low in product(*parts):
        recipe = replace(
            base,
            dense=weight,
            lexical=round(1 - weight, 6),
            centring=centred,
            dense_floor=low,
            lexical_floor=lexical_low,
        )
        variants.append(Variant(f"{weight:g}/{centred:g}/{low:g}/{lexical_low:g}", recipe))
    return tuple(variants)


def tune(
    bench: Bench, queries: Sequence[EvaluationQuery], variants: Sequence[Variant], key_of: KeyOf
) -> Tuned:
    """Try every variant on the tuning half and the best of them on the held-out half.

    Of equally good ones the earlier is taken. ValueError without variants or without judged queries.
    """
    train = [query for query in queries if query.is_judged and not query.is_held_out]
    held_out = [query for query in queries if query.is_judged and query.is_held_out]
    if not variants or not train:
        raise ValueError("tuning needs variants and judged queries of the tuning half")
    tried = [Tried(variant, _mean(_measured(bench, variant, train, key_of))) for variant in variants]
    tried.sort(key=lambda one: -one.train)
    choice = tried[0].variant
    before = _measured(bench, FUSED, held_out, key_of)
    return Tuned(tuple(tried), compare(before, _measured(bench, choice, held_out, key_of)))


def _measured(
    bench: Bench, variant: Variant, queries: Sequence[EvaluationQuery], key_of: KeyOf
) -> dict[str, float]:
    found = measure(bench.rank(variant, queries, key_of))
    return {query: measures[PRIMARY] for query, measures in found.items()}


def _mean(values: dict[str, float]) -> float:
    return sum(values.values()) / len(values)

"""The same promised figure over the years, although its name and unit changed on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.model import Status
from corpus.stored import StoredItem
from search.evidence import DEFAULT_THRESHOLDS, Subject, Thresholds
from search.figures import SAME_ENOUGH, Observed, amount, common_name, sameness
from search.results import Series, TrendPoint
from search.texts import cite_sentence, field_text, plain_name, sentence_around, whole_text
from search.units import same_unit
from search.words import Comparable, head_of, weights

_RATE_FOR_A_COUNT = 0.5
_HEAD_NEAR = 0.75
_CLAUSE = re.compile(r"[，,、。；;：:！？\n]")


@dataclass(frozen=True, slots=True)
class Fitting:
    """An observed figure with how well it fits what was asked about, 0 to 1."""

    observed: Observed
    fit: float


def promised(items: Iterable[StoredItem]) -> tuple[Observed, ...]:
    """Return the promised figures of `items`; what was achieved before is not a promise."""
    return tuple(
        Observed(stored, indicator)
        for stored in items
        for indicator in stored.item.indicators
        if indicator.status is Status.PROMISED
    )


def _clause_around(text: str, start: int, end: int) -> str:
    before = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
    after = _CLAUSE.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def fit(subject: Subject, observed: Observed) -> float:
    """Return how well a figure fits `subject`: each word counts by how near to the figure it stands.

    A word in the indicator's name counts whole, in its clause nearly, in the item's name less, then in
    its sentence (which may list twenty figures) and elsewhere in the item. No figure fits better than
    the head of the subject does: what stands near 生产总值 is not 能耗. Without words every figure fits
    half.
    """
    if not subject.words:
        return 0.5
    best = max(worth * _fit_of(words, observed) for worth, words in subject.wordings())
    is_rate = amount(observed.indicator).unit == "%"
    return best * _RATE_FOR_A_COUNT if subject.counted and is_rate else best


def _fit_of(words: tuple[str, ...], observed: Observed) -> float:
    item, indicator = observed.stored.item, observed.indicator
    span = indicator.span
    field = field_text(item, span.field)
    sentence = field[slice(*sentence_around(field, span.start, span.end))]
    zones = [
        (1.0, plain_name(indicator.name or "")),
        (0.95, _clause_around(field, span.start, span.end)),
        (0.6, sentence),
        (0.75, " ".join((item.name or "", *item.heading_path))),
        (0.5, whole_text(observed.stored)),
    ]
    compared = [(worth, Comparable(text)) for worth, text in zones]
    fits = [max(worth * text.share_of(word) for worth, text in compared) for word in words]
    total = sum(weight * one for weight, one in zip(weights(words), fits, strict=True))
    head = head_of(words)
    return total if head is None or fits[head] >= _HEAD_NEAR else min(total, fits[head])


def fitting(
    subject: Subject, items: Iterable[StoredItem], least: float = DEFAULT_THRESHOLDS.figure
) -> tuple[Fitting, ...]:
    """Return the promised figures that fit `subject` by at least `least`, best first."""
    rated = [Fitting(observed, fit(subject, observed)) for observed in promised(items)]
    kept = [one for one in rated if one.fit >= least]
    return tuple(sorted(kept, key=_best_first))


def _best_first(one: Fitting) -> tuple[float, int, int, int]:
    stored, span = one.observed.stored, one.observed.indicator.span
    return (-round(one.fit, 6), -(stored.document.year or 0), stored.id, span.start)


def _same_owner(one: Observed, other: Observed) -> bool:
    """Whether two figures were promised by one unit of one city; what is unknown may be the same."""
    left, right = one.stored.document, other.stored.document
    cities = left.city is None or right.city is None or left.city == right.city
    return cities and same_unit(left.unit, right.unit)


def _strength(one: Observed, chain: list[Fitting]) -> float:
    """Return how surely `one` belongs to `chain`; 0 where its year is taken or its owner another."""
    year = one.stored.document.year
    if any(other.observed.stored.document.year == year for other in chain):
        return 0.0
    if not all(_same_owner(one, other.observed) for other in chain):
        return 0.0
    return max(sameness(one, other.observed) for other in chain)


def link(figures: Iterable[Fitting]) -> tuple[tuple[Fitting, ...], ...]:
    """Chain the figures of different years that are one indicator, each chain oldest first.

    Figures are taken best first; each joins the chain it belongs to most surely, or starts its own. A
    chain has one figure a year, and all of it was promised by one unit. Figures of unknown year cannot
    stand in a chain and are left out.
    """
    dated = [one for one in figures if one.observed.stored.document.year is not None]
    chains: list[list[Fitting]] = []
    for one in sorted(dated, key=_best_first):
        strengths = [_strength(one.observed, chain) for chain in chains]
        best = max(strengths, default=0.0)
        if best >= SAME_ENOUGH:
            chains[strengths.index(best)].append(one)
        else:
            chains.append([one])
    return tuple(tuple(sorted(chain, key=lambda o: o.observed.stored.document.year or 0)) for chain in chains)


def chain_fit(chain: tuple[Fitting, ...]) -> float:
    """Return how well a chain fits the topic; more years make it a little better."""
    return max(one.fit for one in chain) + 0.02 * min(len(chain) - 1, 5)


def make_series(chain: tuple[Fitting, ...]) -> Series:
    """Turn a chain into what is shown."""
    last = chain[-1].observed
    names = [one.observed.indicator.name for one in chain]
    written = [name for name in names if name]
    return Series(
        indicator=common_name(written) if written else last.stored.item.name or last.indicator.text,
        unit=amount(last.indicator).unit,
        points=tuple(
            TrendPoint(
                year=one.observed.stored.document.year or 0,
                indicator=one.observed.indicator,
                citation=cite_sentence(one.observed.stored, one.observed.indicator.span),
            )
            for one in chain
        ),
        owner=_latest(chain, lambda stored: stored.document.unit),
        city=_latest(chain, lambda stored: stored.document.city),
    )


def _latest(chain: tuple[Fitting, ...], read: Callable[[StoredItem], str | None]) -> str | None:
    return next((value for one in reversed(chain) if (value := read(one.observed.stored))), None)


def trends(
    subject: Subject, items: Iterable[StoredItem], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> tuple[Series, ...]:
    """Return the series of figures about `subject`, the best fitting first."""
    chains = sorted(link(fitting(subject, items, thresholds.figure)), key=lambda chain: -chain_fit(chain))
    if not chains:
        return ()
    best = chain_fit(chains[0])
    return tuple(make_series(chain) for chain in chains if chain_fit(chain) >= thresholds.near * best)

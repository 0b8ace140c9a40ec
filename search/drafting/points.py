"""What is known of one figure: the unit's promises of it, what was achieved, what others say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Comparator, Field, Span, Status
from corpus.stored import StoredItem
from search.check.direction import Better
from search.drafting.proposal import FigurePoint
from search.figures import (
    SAME_ENOUGH,
    Observed,
    amount,
    figure_words,
    is_telling,
    names_alike,
    sameness,
    units_agree,
)
from search.texts import cite_sentence, plain_name
from search.words import grams

_MOST_ELSEWHERE = 3
_SURE_NAME = 0.75
_RECENT = 8
_CLAUSE = re.compile(r"[，,。；;、\n]")
_COUNT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(万|亿)?\s*(%|[一-龥]{1,3})")
_SIZES = {None: 1.0, "万": 1e4, "亿": 1e8}
_OP_WORDS = {
    Comparator.AT_LEAST: "不低于",
    Comparator.ABOVE: "超过",
    Comparator.AT_MOST: "不超过",
    Comparator.BELOW: "低于",
    Comparator.ABOUT: "约",
    Comparator.INCREASE: "增加",
    Comparator.DECREASE: "减少",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where figures are looked for: the unit's own items, its city's reports, other units and cities."""

    own: tuple[StoredItem, ...]
    city: tuple[StoredItem, ...]
    others: tuple[StoredItem, ...]


def number_words(value: float) -> str:
    """Write a number without noise: 96, 49.5, 5万."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.4f}".rstrip("0").rstrip(".") + name
    return f"{value:.4f}".rstrip("0").rstrip(".")


def value_words(op: Comparator, value: float, unit: str | None, high: float | None = None) -> str:
    """Say a figure: 不低于96%."""
    if op is Comparator.BETWEEN and high is not None:
        return f"{number_words(value)}—{number_words(high)}{unit or ''}"
    return f"{_OP_WORDS.get(op, '')}{number_words(value)}{unit or ''}"


def point_words(point: FigurePoint) -> str:
    """Say the figure of a point: 不低于96%."""
    return value_words(point.op, point.value, point.unit, point.high)


def point_of(observed: Observed) -> FigurePoint:
    """Return a figure as a point: what it comes to, where it stands."""
    comes_to = amount(observed.indicator)
    return FigurePoint(
        observed.stored.document.year,
        comes_to.op,
        comes_to.value,
        observed.indicator.high,
        comes_to.unit,
        figure_words(observed),
        observed.stored.document,
        cite_sentence(observed.stored, observed.indicator.span),
        observed.indicator,
    )


def history_of(observed: Observed, own: Sequence[StoredItem]) -> tuple[FigurePoint, ...]:
    """Return the unit's promises of the same, one a year, oldest first; the last is `observed` itself."""
    best: dict[int, tuple[float, Observed]] = {}
    newest = observed.stored.document.year
    for other in _figures(own, Status.PROMISED):
        at = other.stored.document.year
        sure = sameness(observed, other)
        if at is None or newest is None or at >= newest or sure < SAME_ENOUGH:
            continue
        if at not in best or sure > best[at][0]:
            best[at] = (sure, other)
    return (*(point_of(best[at][1]) for at in sorted(best)), point_of(observed))


def _figures(items: Iterable[StoredItem], status: Status) -> Iterator[Observed]:
    for stored in items:
        for one in stored.item.indicators:
            if one.status is status:
                yield Observed(stored, one)


def achieved_of(observed: Observed, elsewhere: Elsewhere) -> tuple[FigurePoint, ...]:
    """Return what is known to have been achieved since the last promise, newest first."""
    promised = observed.stored.document.year or 0
    found = [*_of_progress(observed)]
    for other in _figures((*elsewhere.own, *elsewhere.city), Status.ACHIEVED):
        sure = names_alike(observed.indicator.name, other.indicator.name)
        if sure < _SURE_NAME or sameness(observed, other) < SAME_ENOUGH:
            continue
        if (other.stored.document.year or 0) >= promised:
            found.append(point_of(other))
    return tuple(sorted(found, key=lambda one: -(one.year or 0))[:_MOST_ELSEWHERE])


def _of_progress(observed: Observed) -> Iterator[FigurePoint]:
    """Read the column 进展 of the same row: a number of the same unit in a clause of the same name."""
    progress = observed.stored.item.progress or ""
    name = grams(plain_name(observed.indicator.name or ""))
    unit = amount(observed.indicator).unit
    found = []
    for match in _COUNT.finditer(progress):
        if unit is None or not any(units_agree(match[3][:size], unit) for size in (1, 2, 3)):
            continue
        before = [one.end() for one in _CLAUSE.finditer(progress, 0, match.start())]
        clause = progress[before[-1] if before else 0 : match.end()]
        if not name or len(name & grams(clause)) >= max(1, len(name) // 3):
            found.append(match)
    if len(found) != 1:
        return
    match = found[0]
    span = Span(Field.PROGRESS, *match.span())
    value = float(match[1]) * _SIZES[match[2]]
    document = observed.stored.document
    yield FigurePoint(
        document.year,
        Comparator.EQUAL,
        value,
        None,
        unit,
        match.group(),
        document,
        cite_sentence(observed.stored, span),
    )


def others_of(
    observed: Observed, items: Iterable[StoredItem], year: int, better: Better
) -> tuple[FigurePoint, ...]:
    """Return what others promise or achieved of just the same in recent years, the best first."""
    name = observed.indicator.name
    if name is None or not is_telling(name) or amount(observed.indicator).relative:
        return ()
    found: dict[tuple[str | None, str | None], FigurePoint] = {}
    for stored in items:
        at = stored.document.year
        if at is None or year - at > _RECENT or stored.id == observed.stored.id:
            continue
        for one in stored.item.indicators:
            other = Observed(stored, one)
            if names_alike(name, one.name) < _SURE_NAME or sameness(observed, other) < SAME_ENOUGH:
                continue
            whose = (stored.document.unit, stored.document.city)
            if whose not in found or (found[whose].year or 0) < at:
                found[whose] = point_of(other)
    sign = 1 if better is Better.LESS else -1
    ordered = sorted(found.values(), key=lambda one: (sign * one.value, -(one.year or 0), one.document.id))
    return tuple(ordered[:_MOST_ELSEWHERE])

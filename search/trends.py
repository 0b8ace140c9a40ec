"""The same promised figure over the years, although its name and unit changed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.model import Indicator, Status
from corpus.stored import StoredItem
from search.changes import change_between, succeeds
from search.evidence import DEFAULT_THRESHOLDS, Subject, Thresholds
from search.figures import SAME_ENOUGH, Observed, amount, common_name, items_alike, sameness
from search.observing import is_of_several_years, year_of
from search.results import Series, TrendPoint
from search.texts import cite_sentence, clause_around, field_text, plain_name, sentence_around, whole_text
from search.words import Comparable, head_of, weights

_RATE_FOR_A_COUNT = 0.5
_HEAD_NEAR = 0.75
_SCOPE_CHANGED = 0.1
_PROMISED_FIRST = 0.05
_MOST_FIGURES = 400
PROMISED = frozenset({Status.PROMISED})
EVERY_STATUS = frozenset(Status)


@dataclass(frozen=True, slots=True)
class Fitting:
    """An observed figure with how well it fits what was asked about, 0 to 1."""

    observed: Observed
    fit: float


def clause_of(observed: Observed) -> str:
    """Return the clause that states a figure."""
    span = observed.indicator.span
    return clause_around(field_text(observed.stored.item, span.field), span.start, span.end)


def fit(subject: Subject, observed: Observed) -> float:
    """Return how well a figure fits `subject`: each word counts by how near to the figure it stands.

    A word in the indicator's name counts whole, in its clause nearly, in the item's name less, then in
    its sentence (which may list twenty figures) and elsewhere in the item. No figure fits better than
    the head of the subject does: what stands near 生产总值 is not 能耗. Without words every figure fits
    half.
    """
    return _Fit(subject, observed.stored).of(observed.indicator)


class _Fit:
    """How well the figures of one item fit a subject; what the item says is made ready once."""

    def __init__(self, subject: Subject, stored: StoredItem) -> None:
        self._subject = subject
        self._item = stored.item
        named = " ".join((stored.item.name or "", *stored.item.heading_path))
        self._zones = [(0.75, Comparable(named)), (0.5, Comparable(whole_text(stored)))]

    def best(self) -> float:
        """Return what no figure of the item can surpass."""
        names = " ".join(plain_name(one.name or "") for one in self._item.indicators)
        said = Comparable("\n".join((*(text.folded for _, text in self._zones), names)))
        return max(
            worth * sum(w * said.share_of(word) for w, word in zip(weights(words), words, strict=True))
            for worth, words in self._subject.wordings()
        )

    def of(self, indicator: Indicator) -> float:
        """Return how well one figure fits."""
        if not self._subject.words:
            return 0.5
        span = indicator.span
        field = field_text(self._item, span.field)
        zones = [
            (1.0, Comparable(plain_name(indicator.name or ""))),
            (0.95, Comparable(clause_around(field, span.start, span.end))),
            (0.6, Comparable(field[slice(*sentence_around(field, span.start, span.end))])),
            *self._zones,
        ]
        best = max(worth * _fit_of(words, zones) for worth, words in self._subject.wordings())
        is_rate = amount(indicator).unit == "%"
        return best * _RATE_FOR_A_COUNT if self._subject.counted and is_rate else best


def _fit_of(words: tuple[str, ...], zones: list[tuple[float, Comparable]]) -> float:
    fits = [max(worth * text.share_of(word) for worth, text in zones) for word in words]
    total = sum(weight * one for weight, one in zip(weights(words), fits, strict=True))
    head = head_of(words)
    return total if head is None or fits[head] >= _HEAD_NEAR else min(total, fits[head])


def fitting(
    subject: Subject,
    items: Iterable[StoredItem],
    least: float = DEFAULT_THRESHOLDS.figure,
    statuses: frozenset[Status] = PROMISED,
) -> tuple[Fitting, ...]:
    """Return the figures of `statuses` that fit `subject` by at least `least`, best first."""
    kept = []
    for stored in items:
        figures = [one for one in stored.item.indicators if one.status in statuses]
        fits = _Fit(subject, stored)
        if not figures or (subject.words and fits.best() < least):
            continue
        rated = (Fitting(Observed(stored, one), fits.of(one)) for one in figures)
        kept += [one for one in rated if one.fit >= least]
    return tuple(sorted(kept, key=_best_first))


def _best_first(one: Fitting) -> tuple[float, int, int, int]:
    stored, span = one.observed.stored, one.observed.indicator.span
    return (-round(one.fit, 6), -(stored.document.year or 0), stored.id, span.start)


def _same_owner(one: Observed, other: Observed) -> bool:
    """Whether two figures were promised by one unit of one city; what is unknown may be the same."""
    left, right = one.stored.document, other.stored.document
    cities = left.city is None or right.city is None or left.city == right.city
    return cities and succeeds(left.unit, right.unit)


Slot = Callable[[Observed], object]


def _document_year(one: Observed) -> int | None:
    return one.stored.document.year


class _Linking:
    """Figures while they are chained; how alike two items are is worked out once."""

    def __init__(self) -> None:
        self.chains: list[list[Fitting]] = []
        self._taken: list[set[object]] = []
        self._alike: dict[tuple[int, int], float] = {}

    def add(self, one: Fitting, slot: object) -> None:
        """Put a figure where it belongs most surely, or into a chain of its own."""
        strengths = [self._strength(one.observed, slot, place) for place in range(len(self.chains))]
        best = max(strengths, default=0.0)
        if best >= SAME_ENOUGH:
            place = strengths.index(best)
            self.chains[place].append(one)
            self._taken[place].add(slot)
        else:
            self.chains.append([one])
            self._taken.append({slot})

    def _strength(self, one: Observed, slot: object, place: int) -> float:
        """Return how surely `one` belongs to a chain; 0 where its slot is taken or its owner another."""
        chain = self.chains[place]
        if slot in self._taken[place]:
            return 0.0
        if not all(_same_owner(one, other.observed) for other in chain):
            return 0.0
        return max(sameness(one, other.observed, self._items_alike) for other in chain)

    def _items_alike(self, one: StoredItem, other: StoredItem) -> float:
        pair = (id(one), id(other))
        if pair not in self._alike:
            self._alike[pair] = items_alike(one, other)
        return self._alike[pair]


def link(figures: Iterable[Fitting], slot: Slot = _document_year) -> tuple[tuple[Fitting, ...], ...]:
    """Chain the figures of different years that are one indicator, each chain oldest first.

    Figures are taken best first; each joins the chain it belongs to most surely, or starts its own. A
    chain has one figure in each `slot`, a year where nothing else is said, and all of it was promised by
    one unit. Figures of unknown year cannot stand in a chain and are left out.
    """
    linking = _Linking()
    for one in sorted(figures, key=_best_first):
        if one.observed.stored.document.year is not None:
            linking.add(one, slot(one.observed))
    return tuple(tuple(sorted(chain, key=lambda other: _order(other.observed))) for chain in linking.chains)


def _order(one: Observed) -> tuple[int, str]:
    return year_of(one) or 0, one.indicator.status


def chain_fit(chain: tuple[Fitting, ...]) -> float:
    """Return how well a chain fits the topic; more years make it a little better."""
    return max(one.fit for one in chain) + 0.02 * min(len(chain) - 1, 5)


def make_series(chain: tuple[Fitting, ...]) -> Series:
    """Turn a chain into what is shown: each point linked to the one before it of its status."""
    last = chain[-1].observed
    names = [name for one in chain if (name := one.observed.indicator.name)]
    return Series(
        indicator=common_name(names) if names else last.stored.item.name or last.indicator.text,
        unit=amount(last.indicator).unit,
        points=tuple(_point(chain, place) for place in range(len(chain))),
        owner=_latest(chain, lambda stored: stored.document.unit),
        city=_latest(chain, lambda stored: stored.document.city),
        units=tuple(dict.fromkeys(unit for one in chain if (unit := amount(one.observed.indicator).unit))),
    )


def _point(chain: tuple[Fitting, ...], place: int) -> TrendPoint:
    one = chain[place].observed
    status = one.indicator.status
    before = next(
        (other.observed for other in reversed(chain[:place]) if other.observed.indicator.status is status),
        None,
    )
    return TrendPoint(
        year=year_of(one) or 0,
        indicator=one.indicator,
        citation=cite_sentence(one.stored, one.indicator.span),
        confidence=None if before is None else link_confidence(before, one),
        notes=() if before is None else change_between(before, one).notes,
    )


def link_confidence(old: Observed, new: Observed) -> float:
    """Return how surely two figures are one indicator, 0 to 1; a changed scope makes it less sure.

    0 for figures of different owners, which never are one series.
    """
    if not _same_owner(old, new):
        return 0.0
    sure = min(1.0, sameness(old, new))
    if sure < SAME_ENOUGH:
        return round(sure, 4)
    return round(max(SAME_ENOUGH, sure - _SCOPE_CHANGED * change_between(old, new).scope), 4)


def _latest(chain: tuple[Fitting, ...], read: Callable[[StoredItem], str | None]) -> str | None:
    return next((value for one in reversed(chain) if (value := read(one.observed.stored))), None)


def trends(
    subject: Subject, items: Iterable[StoredItem], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> tuple[Series, ...]:
    """Return the series of figures about `subject`, the best fitting first.

    What was promised for a year and what was achieved in it are two points of one series. Totals and means
    of several years stand in none.
    """
    rated = fitting(subject, items, thresholds.figure, EVERY_STATUS)
    yearly = [one for one in rated if not is_of_several_years(one.observed)][:_MOST_FIGURES]
    chains = sorted(link(yearly, year_and_status), key=_rank)
    if not chains:
        return ()
    best = chain_fit(chains[0])
    return tuple(make_series(chain) for chain in chains if chain_fit(chain) >= thresholds.near * best)


def year_and_status(one: Observed) -> tuple[int | None, Status]:
    """Return the slot of a series: what was promised for a year and what was achieved are two points."""
    return year_of(one), one.indicator.status


def _rank(chain: tuple[Fitting, ...]) -> float:
    """Chains that fit better come first; one that nothing was promised in comes behind its likes."""
    promised_some = any(one.observed.indicator.status is Status.PROMISED for one in chain)
    return -chain_fit(chain) - _PROMISED_FIRST * promised_some

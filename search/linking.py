"""Which items and figures of one document go on in another, although wording and names changed.

Items are compared by their names, by their texts and by their figures. A pair of characters tells the more
the fewer items of the two documents hold it: 工作 stands everywhere, 热线 does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from corpus.stored import StoredDocument, StoredItem
from search.figures import SAME_ENOUGH, Observed, names_alike, promised_figures, sameness
from search.texts import whole_text
from search.unit_names import UnitNames, default_unit_names
from search.units import core, units_named
from search.words import grams

CONTINUES = 0.4
_UNCHANGED = 0.9
_REWORDED = 0.6
_FIGURE_WORTH = 0.75
_NAME_WORTH = 0.9
_LEAST_NAME_PAIRS = 3


@dataclass(frozen=True, slots=True)
class ItemLink:
    """An item that goes on in another; `confidence` is 0 to 1, `note` says in Chinese what changed."""

    old: StoredItem
    new: StoredItem
    confidence: float
    note: str


@dataclass(frozen=True, slots=True)
class FigureLink:
    """A figure that goes on in another, with how sure that is, 0 to 1."""

    old: Observed
    new: Observed
    confidence: float


def link_items(old: Sequence[StoredItem], new: Sequence[StoredItem]) -> tuple[ItemLink, ...]:
    """Return which of `old` go on in which of `new`, by the order of `old`, surest first.

    Each item is linked to the one it is most like, from either side, so that an item that was split or
    merged has several links; an item without any was dropped or is new.
    """
    table = _Likeness(old, new)
    best: dict[tuple[int, int], float] = {}
    for row in range(len(old)):
        _keep_best(best, ((row, column) for column in range(len(new))), table)
    for column in range(len(new)):
        _keep_best(best, ((row, column) for row in range(len(old))), table)
    ordered = sorted(best.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))
    from_old = Counter(row for row, _ in best)
    from_new = Counter(column for _, column in best)
    return tuple(
        ItemLink(
            old[row],
            new[column],
            round(sure, 4),
            _note(old[row], new[column], sure, split=from_old[row] > 1, merged=from_new[column] > 1),
        )
        for (row, column), sure in ordered
    )


def _keep_best(
    best: dict[tuple[int, int], float], pairs: Iterable[tuple[int, int]], table: _Likeness
) -> None:
    rated = [(table.of(*pair), pair) for pair in pairs]
    sure, pair = max(rated, default=(0.0, (0, 0)), key=lambda one: (one[0], (-one[1][0], -one[1][1])))
    if sure >= CONTINUES:
        best[pair] = sure


def _note(old: StoredItem, new: StoredItem, sure: float, *, split: bool, merged: bool) -> str:
    same_name = (old.item.name or "") == (new.item.name or "")
    if sure >= _UNCHANGED and same_name:
        note = "延续，文字基本未变"
    elif same_name:
        note = "延续，内容有改动"
    elif sure >= _REWORDED:
        note = "延续，名称改写"
    else:
        note = "可能延续，名称和内容都有改写"
    if split:
        note += "；原来的一条分到了几条里"
    if merged:
        note += "；由原来的几条合并而成"
    return note


class _Likeness:
    """How surely an old item goes on in a new one; each text is cut into pairs once."""

    def __init__(self, old: Sequence[StoredItem], new: Sequence[StoredItem]) -> None:
        self._names = [[grams(one.item.name or "") for one in side] for side in (old, new)]
        self._texts = [[grams(whole_text(one)) for one in side] for side in (old, new)]
        self._figures = [[promised_figures((one,)) for one in side] for side in (old, new)]
        held = Counter(pair for side in self._texts for text in side for pair in text)
        count = len(old) + len(new)
        self._weights = {pair: log(1 + count / (1 + times)) for pair, times in held.items()}
        self._known: dict[tuple[int, int], float] = {}

    def of(self, row: int, column: int) -> float:
        """Return the confidence for a pair: what the names say, the texts, or one figure in common."""
        if (row, column) not in self._known:
            self._known[row, column] = self._rate(row, column)
        return self._known[row, column]

    def _rate(self, row: int, column: int) -> float:
        texts = self._share(self._texts[0][row], self._texts[1][column])
        name, other = self._names[0][row], self._names[1][column]
        named = self._share(name, other) if min(len(name), len(other)) >= _LEAST_NAME_PAIRS else 0.0
        return max(texts, min(1.0, _NAME_WORTH * named + 0.3 * texts), self._figured(row, column, texts))

    def _figured(self, row: int, column: int, texts: float) -> float:
        """Return what the likest figures say; the items' texts have a say, or 办结率 alone would decide."""
        pairs = [(one, two) for one in self._figures[0][row] for two in self._figures[1][column]]
        best = max((sameness(one, two) for one, two in pairs), default=0.0)
        return min(1.0, _FIGURE_WORTH * best + 0.5 * texts) if best >= SAME_ENOUGH else 0.0

    def _share(self, one: frozenset[str], other: frozenset[str]) -> float:
        smaller = min(self._weight(one), self._weight(other))
        return self._weight(one & other) / smaller if smaller else 0.0

    def _weight(self, pairs: frozenset[str]) -> float:
        return sum(self._weights.get(pair, 1.0) for pair in pairs)


def link_figures(old: Iterable[StoredItem], new: Iterable[StoredItem]) -> tuple[FigureLink, ...]:
    """Return which promised figures of `old` go on in which of `new`; each stands in one link at most.

    What figures are called decides before their items do: 办结率 alone may be anybody's.
    """
    before, after = promised_figures(old), promised_figures(new)
    rated = [
        (names_alike(one.indicator.name, other.indicator.name), sure, row, column)
        for row, one in enumerate(before)
        for column, other in enumerate(after)
        if (sure := sameness(one, other)) >= SAME_ENOUGH
    ]
    links: dict[int, FigureLink] = {}
    taken: set[int] = set()
    for _, sure, row, column in sorted(rated, key=lambda one: (-one[0], -one[1], one[2], one[3])):
        if row not in links and column not in taken:
            links[row] = FigureLink(before[row], after[column], round(sure, 4))
            taken.add(column)
    return tuple(links[row] for row in sorted(links))


def documents_of_unit(
    unit: str, city: str | None, documents: Iterable[StoredDocument], names: UnitNames | None = None
) -> tuple[StoredDocument, ...]:
    """Return the documents of a unit, also under its former and later names, in their order.

    A document of another city is another unit's; where a city is unknown it may be any.
    """
    listed = tuple(documents)
    names = names or default_unit_names()
    units = tuple(sorted({one.unit for one in listed if one.unit}))
    meant = set(units_named(unit, units, names))
    related = {core(unit), *names.related(core(unit))}
    meant |= {one for one in units if core(one) in related}
    return tuple(
        one for one in listed if one.unit in meant and (city is None or one.city is None or one.city == city)
    )

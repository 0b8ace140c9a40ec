"""What a user would rather see first: newer documents, one unit. Said in each hit, never a filter.

A preference adds to the calibrated score. There the best item stands 0.5 above the fifth, 0.8 above the
tenth and 1.8 above the fiftieth (medians of 20 queries over work reports): a preference reorders what answers
about equally well, and lifts nothing that does not answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.stored import ItemOutline, StoredDocument
from search.fuse import ScoredItem
from search.units import units_named

# What the newest year and the preferred unit are worth; a year earns less by a tenth for each it is older.
RECENT = 0.3
SAME_UNIT = 0.5
_YEARS = 10


@dataclass(frozen=True, slots=True)
class Preferences:
    """`newest` is the year that age is measured from, `None` where it does not matter."""

    newest: int | None = None
    units: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.newest is not None or bool(self.units)

    def of_year(self, year: int | None) -> float:
        """Return what a document's year adds; nothing where it is not known."""
        if self.newest is None or year is None:
            return 0.0
        return RECENT * min(1.0, max(0.0, 1 - (self.newest - year) / _YEARS))

    def of_unit(self, unit: str | None) -> float:
        """Return what a document's unit adds."""
        return SAME_UNIT if unit in self.units else 0.0


@dataclass(frozen=True, slots=True)
class Habits:
    """The preferences that hold where a request states none; `unit` as a user writes it."""

    recent: bool = False
    unit: str | None = None


NO_HABITS = Habits()


def read_preferences(
    recent: bool | None, unit: str | None, habits: Habits, years: Sequence[int], units: tuple[str, ...]
) -> tuple[Preferences, str | None]:
    """Return the preferences, with a note in Chinese where the unit is none of the catalog's `units`.

    `recent` and `unit` are what the request states: `None` leaves it to the habits, `""` is no unit.
    """
    recent = habits.recent if recent is None else recent
    name = (habits.unit if unit is None else unit) or None
    meant = units_named(name, units) if name else ()
    note = f"目标库中没有单位为“{name}”的文件，未按单位优先。" if name and not meant else None
    return Preferences(max(years, default=None) if recent else None, frozenset(meant)), note


def preferred(
    ranked: Sequence[ScoredItem], preferences: Preferences, outlines: Mapping[int, ItemOutline]
) -> tuple[ScoredItem, ...]:
    """Return the items with what the preferences add, in their new order."""

    def lifted(one: ScoredItem) -> ScoredItem:
        outline = outlines[one.item_id]
        more = preferences.of_year(outline.year) + preferences.of_unit(outline.unit)
        return replace(one, score=one.score + more)

    known = [lifted(one) for one in ranked if one.item_id in outlines]
    return tuple(sorted(known, key=lambda one: (-one.score, -one.similarity, one.item_id)))


def preference_reasons(document: StoredDocument, preferences: Preferences) -> tuple[str, ...]:
    """Say in Chinese what a preference added to the score of an item of `document`."""
    said = []
    if more := preferences.of_year(document.year):
        said.append(f"较新：{document.year}年（+{more:.2f}）")
    if more := preferences.of_unit(document.unit):
        said.append(f"优先单位：{document.unit}（+{more:.2f}）")
    return tuple(said)

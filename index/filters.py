"""Which chunks a search may return."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.model import DocumentKind

_LARGEST_YEAR = 2**31


@dataclass(frozen=True, slots=True)
class Filter:
    """Restrictions that must all hold; None restricts nothing, an empty set allows nothing.

    Names are compared exactly as written. A chunk whose document does not state a value never passes a
    restriction of it. `items` and `without_items` are ids.
    """

    years: frozenset[int] | None = None
    units: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    cities: frozenset[str] | None = None
    kinds: frozenset[DocumentKind] | None = None
    items: frozenset[int] | None = None
    without_items: frozenset[int] = frozenset()

    @property
    def picks_items(self) -> bool:
        """Whether single items are named, be it as the only ones allowed or as not allowed."""
        return self.items is not None or bool(self.without_items)

    def possible(self) -> Filter:
        """Return the filter without values that no catalog can hold: the libraries below refuse them."""
        years = self.years and frozenset(year for year in self.years if abs(year) < _LARGEST_YEAR)
        units, categories, cities = map(_writable, (self.units, self.categories, self.cities))
        return replace(self, years=years, units=units, categories=categories, cities=cities)


ALL = Filter()


def _writable(names: frozenset[str] | None) -> frozenset[str] | None:
    """Return the names that UTF-8 can hold (a broken byte of a command line cannot be written)."""
    return names and frozenset(name for name in names if not _has_surrogate(name))


def _has_surrogate(name: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in name)

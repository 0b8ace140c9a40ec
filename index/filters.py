"""Which chunks a search may return."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import DocumentKind


@dataclass(frozen=True, slots=True)
class Filter:
    """Restrictions that must all hold, exactly as written; None restricts nothing, an empty set allows nothing.

    A chunk whose document does not state a value never passes a restriction of it.
    """

    years: frozenset[int] | None = None
    units: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    cities: frozenset[str] | None = None
    kinds: frozenset[DocumentKind] | None = None


ALL = Filter()

"""How what a search found is spread over years, units, cities, categories and kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.searcher import Searcher
from search.fuse import ScoredItem
from search.results import Facet, Facets


def make_facets(found: Sequence[ScoredItem], searcher: Searcher) -> Facets:
    """Count all candidates of a search; `found` must come from `searcher`."""
    tallies = searcher.tallies([one.chunk_id for one in found])
    years = sorted(tallies.years.items(), key=lambda one: -(one[0] or 0))
    return Facets(
        counted=len(found),
        years=tuple(Facet(year, count) for year, count in years),
        units=_ordered(tallies.units),
        cities=_ordered(tallies.cities),
        categories=_ordered(tallies.categories),
        kinds=_ordered(tallies.kinds),
    )


def _ordered(counts: Mapping[str | None, int]) -> tuple[Facet, ...]:
    """Return the values by count, the most first, equal ones by name; what states none comes last."""
    ordered = sorted(counts.items(), key=lambda one: (one[0] is None, -one[1], one[0] or ""))
    return tuple(Facet(value, count) for value, count in ordered)

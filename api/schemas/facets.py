"""How what a search found is spread, as it leaves this program."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FacetJson:
    """A value that a search can be narrowed to, with the number of items; `null` is not stated."""

    value: int | str | None
    count: int


@dataclass(frozen=True, slots=True)
class FacetsJson:
    """How all candidates of a search, `counted` items before equal ones were put together, are spread."""

    counted: int
    years: tuple[FacetJson, ...]
    units: tuple[FacetJson, ...]
    cities: tuple[FacetJson, ...]
    categories: tuple[FacetJson, ...]
    kinds: tuple[FacetJson, ...]

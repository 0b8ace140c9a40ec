"""The table of the cities' figures in the order a visitor asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from api.schemas.results import StandingJson
from api.web.forms import Form

_KEYS: dict[str, Callable[[StandingJson], tuple[bool, float | str]]] = {
    "rank": lambda row: (row.rank is None, row.rank or 0),
    "city": lambda row: (False, row.city),
    "year": lambda row: (False, row.year),
    "status": lambda row: (False, row.status.value),
    "value": lambda row: (False, row.value),
}
_LABELS = {"rank": "名次", "city": "城市", "year": "年份", "status": "性质", "value": "数值"}


@dataclass(frozen=True, slots=True)
class SortLink:
    """A heading that sorts; `sorted_as` is how the table stands now, as ARIA calls it."""

    name: str
    label: str
    address: str
    sorted_as: str | None


def sorted_standings(
    rows: tuple[StandingJson, ...], sort: str, *, descending: bool
) -> tuple[StandingJson, ...]:
    """Return the rows by a column, equal ones as they stood; by any other name as they are."""
    key = _KEYS.get(sort)
    return rows if key is None else tuple(sorted(rows, key=key, reverse=descending))


def sorting_links(path: str, form: Form) -> tuple[SortLink, ...]:
    """Return the headings; the one that the table is sorted by turns it round."""
    links = []
    for name, label in _LABELS.items():
        ascending = form.sort == name and form.order != "desc"
        asked = replace(form, sort=name, order="desc" if ascending else "")
        now = None if form.sort != name else "ascending" if ascending else "descending"
        links.append(SortLink(name, label, f"{path}?{asked.query_string()}#standings", now))
    return tuple(links)

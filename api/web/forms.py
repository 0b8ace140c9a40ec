"""What stands in the form of a page that asks something, and the addresses that change one thing of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from api.requests import MOST_HITS
from api.schemas.facets import FacetJson, FacetsJson
from api.schemas.results import InterpretedJson
from api.wording import FACETS, KINDS, facet_label, years_label
from corpus.model import DocumentKind

FIRST_HITS = 10
MORE_HITS = 20
_QUOTATION_MARKS = re.compile(r"[“”\"「」『』]+")
_FILTERS = {"years": "year", "units": "unit", "cities": "city", "categories": "category", "kinds": "kind"}


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the search form; empty text means that nothing was chosen.

    `prefer_recent` is 1, 0 or empty, which leaves it to the settings, as `None` leaves the unit. `kind` is of
    the search alone, `own_city`, `recent`, `sort` and `order` of the benchmark cities, `llm` of the answers:
    1 to have a model's words follow, `wait` to wait for them.
    """

    q: str = ""
    year: str = ""
    unit: str = ""
    category: str = ""
    city: str = ""
    literal: bool = False
    k: int = FIRST_HITS
    prefer_recent: str = ""
    prefer_unit: str | None = None
    grouped: bool = True
    kind: str = ""
    own_city: str = ""
    recent: str = ""
    sort: str = ""
    order: str = ""
    llm: str = ""

    def query_string(self) -> str:
        """Return the form as the part of an address after `?`, without what is not set."""
        values = {"q": self.q, "year": self.year, "unit": self.unit, "category": self.category}
        values |= {"city": self.city, "literal": "1" if self.literal else ""}
        values |= {"k": str(self.k) if self.k != FIRST_HITS else ""}
        values |= {"prefer_recent": self.prefer_recent, "group": "" if self.grouped else "0"}
        values |= {"kind": self.kind, "own_city": self.own_city, "recent": self.recent}
        values |= {"sort": self.sort, "order": self.order, "llm": self.llm}
        address = {name: value for name, value in values.items() if value}
        return urlencode(address | ({} if self.prefer_unit is None else {"prefer_unit": self.prefer_unit}))

    def more(self) -> Form | None:
        """Return the form that asks for more hits, or `None` at the limit."""
        return replace(self, k=min(self.k + MORE_HITS, MOST_HITS)) if self.k < MOST_HITS else None

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter was chosen."""
        return any((self.year, self.unit, self.category, self.city, self.kind))


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in effect, and the address that takes it off."""

    label: str
    address: str


def _filters(interpreted: InterpretedJson) -> tuple[tuple[str, str], ...]:
    """Return the filters in effect as (name in the form, value)."""
    return (
        *(("year", str(year)) for year in interpreted.years),
        *(("unit", unit) for unit in interpreted.units),
        *(("category", category) for category in interpreted.categories),
        *(("city", city) for city in interpreted.cities),
    )


def _without(form: Form, interpreted: InterpretedJson, kept: list[tuple[str, str]]) -> Form:
    """Return the form that asks the same under the filters `kept` only.

    The form holds one value a filter; where two of a kind are kept they go back into the words, and so do
    all where something is demanded or excluded, which only words can say.
    """
    names = [name for name, _ in kept]
    bare = replace(form, year="", unit="", category="", city="", literal=False)
    demanding = interpreted.phrases or interpreted.excluded
    if len(set(names)) == len(names) and not demanding:
        one = dict(kept)
        year, unit, category, city = (one.get(name, "") for name in ("year", "unit", "category", "city"))
        text = interpreted.text or form.q
        return replace(bare, q=text, literal=True, year=year, unit=unit, category=category, city=city)
    words = [f"{value}年" if name == "year" else value for name, value in kept]
    words += [interpreted.text, *(f"-{word}" for word in interpreted.excluded)]
    return replace(bare, q=" ".join(words).strip())


def _held_label(interpreted: InterpretedJson) -> str:
    """Say what every hit holds and what none does: 含“新闻发布会”，不含“会议”."""
    held = "、".join(f"“{phrase}”" for phrase in interpreted.phrases)
    excluded = "、".join(f"“{word}”" for word in interpreted.excluded)
    said = (f"含{held}" if held else "", f"不含{excluded}" if excluded else "")
    return "，".join(part for part in said if part)


def chips(path: str, form: Form, interpreted: InterpretedJson) -> tuple[Chip, ...]:
    """Return a chip for each filter in effect, whether chosen or understood from the words.

    Three or more years in a row are one chip, taken off together, and so is all that hits must and must
    not hold.
    """
    filters = _filters(interpreted)
    found = []

    def add(label: str, kept: list[tuple[str, str]]) -> None:
        found.append(Chip(label, f"{path}?{_without(form, interpreted, kept).query_string()}"))

    span = years_label(interpreted.years)
    if span is not None:
        add(span, [one for one in filters if one[0] != "year"])
    for position, (name, value) in enumerate(filters):
        if name != "year":
            add(value, [*filters[:position], *filters[position + 1 :]])
        elif span is None:
            add(f"{value}年", [*filters[:position], *filters[position + 1 :]])
    if label := _held_label(interpreted):
        bare = " ".join(_QUOTATION_MARKS.sub(" ", interpreted.text).split())
        free = replace(interpreted, text=bare, phrases=(), excluded=())
        found.append(Chip(label, f"{path}?{_without(form, free, list(filters)).query_string()}"))
    if form.kind in KINDS:
        said = KINDS[DocumentKind(form.kind)]
        found.append(Chip(said, f"{path}?{replace(form, kind='').query_string()}"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value that the search can be narrowed to; without an address it is not one, or in effect already."""

    label: str
    count: int
    address: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of one facet; `more` are those that are not shown at once."""

    label: str
    values: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]


def facet_groups(
    path: str, form: Form, interpreted: InterpretedJson, facets: FacetsJson, at_once: int = 6
) -> tuple[FacetGroup, ...]:
    """Return the facets as links that narrow the search by one value, whatever else is in effect kept."""
    groups = []
    for name, label in FACETS.items():
        values: tuple[FacetJson, ...] = getattr(facets, name)
        links = tuple(_facet_link(path, form, interpreted, name, one) for one in values)
        groups.append(FacetGroup(label, links[:at_once], links[at_once:]))
    return tuple(one for one in groups if one.values)


def _facet_link(
    path: str, form: Form, interpreted: InterpretedJson, name: str, facet: FacetJson
) -> FacetLink:
    chosen = _FILTERS[name]
    label = facet_label(name, facet.value)
    in_effect = form.kind if name == "kinds" else [v for n, v in _filters(interpreted) if n == chosen]
    current = in_effect in (facet.value, [str(facet.value)])
    if facet.value is None or current:
        return FacetLink(label, facet.count, None, current)
    if name == "kinds":
        narrowed = replace(form, kind=str(facet.value))
    else:
        kept = [one for one in _filters(interpreted) if one[0] != chosen]
        narrowed = _without(form, interpreted, [*kept, (chosen, str(facet.value))])
    return FacetLink(label, facet.count, f"{path}?{narrowed.query_string()}", False)

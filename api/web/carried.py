"""What became of a unit's targets, sorted by fate for the page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from api.schemas.carryover import CarriedJson, CarryoverJson
from api.wording import FATES


@dataclass(frozen=True, slots=True)
class CarryoverForm:
    """What stands in the form; `fate` shows the items of one fate alone."""

    unit: str
    year: str
    city: str
    fate: str

    def address(self, fate: str) -> str:
        """Return where only the items of a fate are shown; of an empty one, all."""
        values = {"unit": self.unit, "year": self.year, "city": self.city, "fate": fate}
        return f"/carryover?{urlencode({name: value for name, value in values.items() if value})}"


@dataclass(frozen=True, slots=True)
class FateGroup:
    """The items of one fate, none where another fate was chosen."""

    name: str
    label: str
    count: int
    address: str
    current: bool
    items: tuple[CarriedJson, ...]


def fates(form: CarryoverForm, found: CarryoverJson) -> tuple[FateGroup, ...]:
    """Return all items by fate, in the order of the documents; a fate chosen hides the others' items."""
    groups = []
    for name, label in FATES.items():
        items = tuple(one for one in found.items if one.fate == name)
        chosen = form.fate == name
        shown = items if chosen or form.fate not in FATES else ()
        groups.append(FateGroup(name, label, len(items), form.address("" if chosen else name), chosen, shown))
    return tuple(groups)

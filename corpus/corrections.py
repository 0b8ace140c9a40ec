"""What a person puts in the place of what was read: unit, year, city, title, the category of an item.

A correction belongs to the content of a file and is applied again whenever that content is stored. It holds
what was read beside it, so that it can be taken back.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, cast

from corpus.errors import CatalogBusy
from corpus.model import Origin, TargetDocument, TargetItem

OF_DOCUMENT: Final = ""
_STATED: Final = frozenset({Origin.USER, Origin.MANIFEST})


class Correctable(StrEnum):
    """What can be corrected; all but the category are fields of the document."""

    TITLE = "title"
    UNIT = "unit"
    YEAR = "year"
    CITY = "city"
    CATEGORY = "category"


IDENTITY: Final = (Correctable.TITLE, Correctable.UNIT, Correctable.YEAR, Correctable.CITY)
_ORIGINS: Final = MappingProxyType(
    {
        Correctable.UNIT: "unit_origin",
        Correctable.YEAR: "year_origin",
        Correctable.CITY: "city_origin",
    }
)

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """`value` stands where `read` was read; `None` is unknown. `item` names an item by its words.

    `made_at` is a moment in UTC (ISO 8601).
    """

    field: Correctable
    value: Value
    read: Value
    read_origin: Origin | None
    made_at: str
    item: str = OF_DOCUMENT

    @property
    def place(self) -> tuple[str, Correctable]:
        """What it corrects: one place has one correction."""
        return self.item, self.field


@dataclass(frozen=True, slots=True)
class Correcting:
    """A document as it was read, and the corrections that were applied to it."""

    read: TargetDocument
    corrections: tuple[Correction, ...]


class CorrectionsChanged(CatalogBusy):
    """Corrections of a document were changed by another while it was made ready to be stored."""


def item_names(items: Sequence[TargetItem]) -> tuple[str, ...]:
    """Name each item by its words: the same words have the same name in every reading of a file.

    Items with the same words are counted.
    """
    seen: Counter[str] = Counter()
    names = []
    for item in items:
        words = f"{item.name or ''}\n{item.content}"
        digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        names.append(f"{digest}-{seen[digest]}")
        seen[digest] += 1
    return tuple(names)


def read_value(document: TargetDocument, field: Correctable) -> tuple[Value, Origin | None]:
    """Return what a field of a document holds, and where that was taken from."""
    value: Value = getattr(document, field)
    origin: Origin | None = getattr(document, _ORIGINS[field]) if field in _ORIGINS else None
    return value, origin


def corrected(document: TargetDocument, corrections: Sequence[Correction]) -> TargetDocument:
    """Return the document with every correction in its place.

    Extractions stay as they are, though some depend on year and city.
    """
    return _filled(document, {one.place: (one.value, Origin.CORRECTION) for one in corrections})


def uncorrected(document: TargetDocument, corrections: Sequence[Correction]) -> TargetDocument:
    """Return the document with what was read back in the place of every correction."""
    return _filled(document, {one.place: (one.read, one.read_origin) for one in corrections})


def standing(
    read: TargetDocument, corrections: Sequence[Correction], *, same_content: bool
) -> tuple[Correction, ...]:
    """Return the corrections that hold for a new reading, each with what was read now.

    Of the same bytes all hold, but for a value that a person has stated in another way since. Of changed
    bytes those hold that correct what is still read as it was.
    """
    categories = dict(zip(item_names(read.items), (item.category for item in read.items), strict=True))
    kept = []
    for one in corrections:
        if one.item == OF_DOCUMENT:
            value, origin = read_value(read, one.field)
        elif one.item in categories:
            value, origin = categories[one.item], None
        else:
            if same_content:
                kept.append(one)  # the item may be read again one day
            continue
        if value == one.read or (same_content and origin not in _STATED):
            kept.append(replace(one, read=value, read_origin=origin))
    return tuple(kept)


def _filled(
    document: TargetDocument, values: dict[tuple[str, Correctable], tuple[Value, Origin | None]]
) -> TargetDocument:
    changes: dict[str, object] = {}
    for field in IDENTITY:
        if (OF_DOCUMENT, field) in values:
            value, origin = values[OF_DOCUMENT, field]
            changes[field] = value
            if field in _ORIGINS:
                changes[_ORIGINS[field]] = None if value is None else origin
    if any(item != OF_DOCUMENT for item, _ in values):
        changes["items"] = tuple(
            replace(item, category=cast("str | None", values[name, Correctable.CATEGORY][0]))
            if (name, Correctable.CATEGORY) in values
            else item
            for item, name in zip(document.items, item_names(document.items), strict=True)
        )
    return replace(document, **changes)  # type: ignore[arg-type]

"""What became of last year's targets: which items of a unit go on, were reworded, are new, were dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.catalog import CatalogReader
from corpus.errors import WrongUse
from corpus.model import DocumentKind
from corpus.stored import StoredDocument, StoredItem
from search.changes import change_between
from search.figures import figure_words
from search.linking import FigureLink, ItemLink, documents_of_unit, link_figures, link_items
from search.unit_names import UnitNames

_SAME = 0.9


class Fate(StrEnum):
    """What became of an item."""

    CONTINUED = "continued"
    REWORDED = "reworded"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that goes on, as both years wrote it, with what changed besides the value."""

    old: str
    new: str
    confidence: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """An item with what became of it; `old` is `None` for a new one, `new` for a dropped one."""

    fate: Fate
    old: StoredItem | None
    new: StoredItem | None
    confidence: float | None
    note: str
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Carryover:
    """The items of a unit's year in their order, then what was dropped; `before` is the year compared with.

    `before` is `None` where the unit has no earlier document: then nothing is compared.
    """

    unit: str
    year: int
    before: int | None
    items: tuple[Carried, ...]


def carryover(
    unit: str, year: int, catalog: CatalogReader, names: UnitNames | None = None, city: str | None = None
) -> Carryover:
    """Compare a unit's targets of `year` with those of its latest earlier year. Raise WrongUse.

    Work reports are not compared: they are no unit's targets.
    """
    kept = [one for one in catalog.documents() if one.kind is not DocumentKind.REPORT]
    own = [one for one in documents_of_unit(unit, city, kept, names) if one.year is not None]
    if not own:
        raise WrongUse(f"目标库里没有“{unit}”的业务目标；请用 duibiao documents 查看已有的单位。")
    new = [one for one in own if one.year == year]
    if not new:
        years = "、".join(f"{one}年" for one in sorted({one.year or 0 for one in own}))
        raise WrongUse(f"目标库里没有“{unit}”{year}年的业务目标，只有{years}的；请改正年份。")
    before = max((one.year or 0 for one in own if (one.year or 0) < year), default=None)
    now = _items(new, catalog)
    if before is None:
        return Carryover(
            unit, year, None, tuple(Carried(Fate.NEW, None, one, None, "没有更早的目标可比") for one in now)
        )
    then = _items([one for one in own if one.year == before], catalog)
    return Carryover(unit, year, before, carried(then, now))


def _items(documents: Iterable[StoredDocument], catalog: CatalogReader) -> tuple[StoredItem, ...]:
    return tuple(item for one in documents for item in catalog.document_items(one.id))


def carried(old: tuple[StoredItem, ...], new: tuple[StoredItem, ...]) -> tuple[Carried, ...]:
    """Return what became of each item: those of `new` in their order, then the dropped ones of `old`."""
    links, figure_links = link_items(old, new), link_figures(old, new)
    found = []
    for one in new:
        best = max((link for link in links if link.new.id == one.id), key=_sure, default=None)
        if best is None:
            found.append(Carried(Fate.NEW, None, one, None, "新增，上次没有相应的条目"))
        else:
            fate = Fate.CONTINUED if _unchanged(best) else Fate.REWORDED
            figures = figure_changes(one, figure_links)
            found.append(Carried(fate, best.old, one, best.confidence, best.note, figures))
    going_on = {link.old.id for link in links}
    dropped = [one for one in old if one.id not in going_on]
    return (
        *found,
        *(Carried(Fate.DROPPED, one, None, None, "上次有，这次没有相应的条目") for one in dropped),
    )


def _sure(link: ItemLink) -> float:
    return link.confidence


def _unchanged(link: ItemLink) -> bool:
    return link.confidence >= _SAME and (link.old.item.name or "") == (link.new.item.name or "")


def figure_changes(item: StoredItem, links: Iterable[FigureLink]) -> tuple[FigureChange, ...]:
    """Return how figures went on in `item`, as both sides wrote them."""
    return tuple(
        FigureChange(
            f"{one.old.indicator.name or ''} {figure_words(one.old)}".strip(),
            f"{one.new.indicator.name or ''} {figure_words(one.new)}".strip(),
            one.confidence,
            change_between(one.old, one.new).notes,
        )
        for one in links
        if one.new.stored.id == item.id
    )

"""One item over the years: where the same promise stood before and where it went on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.catalog import CatalogReader
from corpus.errors import ItemNotFound
from corpus.model import DocumentKind
from corpus.stored import StoredDocument, StoredItem
from search.carryover import FigureChange, figure_changes
from search.figures import Observed
from search.linking import ItemLink, documents_of_unit, link_figures, link_items
from search.results import Series
from search.trends import Fitting, link, make_series, year_and_status
from search.unit_names import UnitNames


@dataclass(frozen=True, slots=True)
class Appearance:
    """An item of one year; `confidence`, 0 to 1, and `note` say how surely it is the same promise, and why.

    `figures` are those that go on from the appearance before it. The item asked about has no confidence.
    """

    stored: StoredItem
    confidence: float | None
    note: str
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """What became of an item, oldest first; `series` are its figures of at least two years.

    `absent` are the years of which the same owner's documents are kept, but hold no such item.
    """

    item: StoredItem
    appearances: tuple[Appearance, ...]
    absent: tuple[int, ...]
    series: tuple[Series, ...]


def item_history(item_id: int, catalog: CatalogReader, names: UnitNames | None = None) -> ItemHistory:
    """Return the history of an item in its unit's documents, or its city's reports. Raise ItemNotFound."""
    stored = stored_item(item_id, catalog)
    by_year: dict[int, list[StoredItem]] = {}
    for document in _of_owner(stored.document, catalog.documents(), names):
        if document.year is not None and document.year != stored.document.year:
            by_year.setdefault(document.year, []).extend(catalog.document_items(document.id))
    return history(stored, by_year)


def stored_item(item_id: int, catalog: CatalogReader) -> StoredItem:
    """Return one item. Raise ItemNotFound."""
    found = catalog.items([item_id]).get(item_id)
    if found is None:
        raise ItemNotFound(f"没有编号为 {item_id} 的条目，它所在的文档可能已经更新或移除；请重新检索。")
    return found


def _of_owner(
    own: StoredDocument, documents: Iterable[StoredDocument], names: UnitNames | None
) -> tuple[StoredDocument, ...]:
    """Return the documents that may hold the same promise: reports of the city, or targets of the unit."""
    is_report = own.kind is DocumentKind.REPORT
    alike = [one for one in documents if (one.kind is DocumentKind.REPORT) == is_report]
    if own.unit is not None and not is_report:
        return documents_of_unit(own.unit, own.city, alike, names)
    if own.city is None:
        return ()
    return tuple(one for one in alike if one.city == own.city and one.unit == own.unit)


def history(stored: StoredItem, by_year: Mapping[int, Iterable[StoredItem]]) -> ItemHistory:
    """Follow an item from its year back and forth through the items of other years.

    In each year the item is sought that is most like the one found last, or the one asked about: wording
    drifts from year to year.
    """
    year = stored.document.year
    before = sorted((one for one in by_year if year is not None and one < year), reverse=True)
    after = sorted(one for one in by_year if year is not None and one > year)
    earlier = _followed(stored, before, by_year)[::-1]
    later = _followed(stored, after, by_year)
    found = [*earlier, Appearance(stored, None, "所查的条目"), *later]
    held = {one.stored.document.year for one in found}
    return ItemHistory(
        stored,
        tuple(_with_figures(found)),
        tuple(sorted(one for one in by_year if one not in held)) if year is not None else (),
        _series([one.stored for one in found]),
    )


def _followed(
    stored: StoredItem, years: Iterable[int], by_year: Mapping[int, Iterable[StoredItem]]
) -> list[Appearance]:
    found: list[Appearance] = []
    last = stored
    for year in years:
        items = tuple(by_year[year])
        links = [
            *link_items(items, (last,)),
            *(link_items(items, (stored,)) if last is not stored else ()),
        ]
        best = max(links, key=_sure, default=None)
        if best is not None:
            last = best.old
            found.append(Appearance(last, best.confidence, best.note.partition("；")[0]))
    return found


def _sure(link: ItemLink) -> float:
    return link.confidence


def _with_figures(found: list[Appearance]) -> list[Appearance]:
    pairs = zip([None, *found[:-1]], found, strict=True)
    return [
        one
        if before is None
        else Appearance(
            one.stored,
            one.confidence,
            one.note,
            figure_changes(one.stored, link_figures((before.stored,), (one.stored,))),
        )
        for before, one in pairs
    ]


def _series(items: list[StoredItem]) -> tuple[Series, ...]:
    """Return the figures that the items state in at least two years, the longest series first."""
    figures = [Fitting(Observed(one, figure), 1.0) for one in items for figure in one.item.indicators]
    series = [make_series(chain) for chain in link(figures, year_and_status)]
    lasting = [one for one in series if len({point.year for point in one.points}) > 1]
    return tuple(sorted(lasting, key=lambda one: -len(one.points)))

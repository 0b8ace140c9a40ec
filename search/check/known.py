"""What the catalog holds that a draft is compared with, each part looked up when a rule first asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from corpus.catalog import CatalogReader
from corpus.model import DocumentKind
from corpus.stored import StoredDocument, StoredItem
from corpus.text import fold
from search.check.draft import Draft
from search.check.findings import Compared
from search.dated import Edition, cite_opening, cited_editions, edition_key
from search.linking import FigureLink, ItemLink, documents_of_unit, link_figures, link_items
from search.unit_names import UnitNames
from search.units import same_unit, units_named

RECENT_YEARS = 3

Similar = Callable[[StoredItem], tuple[StoredItem, ...]]


class Known:
    """What is known of a draft's past and surroundings.

    `earlier` are the items of the unit's latest earlier year, `compared` says which. `similar` finds items
    of the catalog that speak of the same.
    """

    def __init__(
        self,
        draft: Draft,
        compared: Compared | None,
        earlier: tuple[StoredItem, ...],
        similar: Similar,
        catalog: CatalogReader,
    ) -> None:
        self.draft = draft
        self.compared = compared
        self.earlier = earlier
        self.similar = similar
        self._catalog = catalog

    @property
    def is_recent(self) -> bool:
        """Whether the earlier document is near enough for a draft to be its successor."""
        year, compared = self.draft.document.year, self.compared
        return compared is not None and (year is None or year - compared.year <= RECENT_YEARS)

    @cached_property
    def item_links(self) -> tuple[ItemLink, ...]:
        """Which earlier items go on in the draft."""
        return link_items(self.earlier, self.draft.items)

    @cached_property
    def figure_links(self) -> tuple[FigureLink, ...]:
        """Which earlier figures go on in the draft."""
        return link_figures(self.earlier, self.draft.items)

    def successor(self, old: StoredItem) -> StoredItem | None:
        """Return the item of the draft that an earlier one goes on in."""
        links = [link for link in self.item_links if link.old.id == old.id]
        return max(links, key=lambda link: link.confidence).new if links else None

    def predecessor(self, new: StoredItem) -> StoredItem | None:
        """Return the earlier item that an item of the draft continues."""
        links = [link for link in self.item_links if link.new.id == new.id]
        return max(links, key=lambda link: link.confidence).old if links else None

    @cached_property
    def editions(self) -> dict[str, tuple[Edition, ...]]:
        """The dated documents that the catalog cites or holds, by `edition_key`."""
        wanted = {edition_key(basis.title) for one in self.draft.items for basis in one.item.bases}
        if not wanted:
            return {}
        cited = (one for one in self._catalog.bases() if edition_key(one.value.title) in wanted)
        found = cited_editions(cited, self._catalog)
        for document in self._catalog.documents():
            year = _year_of(document)
            if document.title and year is not None and edition_key(document.title) in wanted:
                opening = cite_opening(document, self._catalog)
                edition = Edition(document.title, document.doc_number, year, document.city, opening)
                found.setdefault(edition_key(document.title), []).append(edition)
        return {key: tuple(editions) for key, editions in found.items()}

    @cached_property
    def assigned(self) -> tuple[StoredItem, ...]:
        """The items of this year's work report and its decomposition that name the unit as responsible."""
        about = self.draft.document
        if about.unit is None or about.year is None:
            return ()
        return tuple(
            stored
            for document in self._catalog.documents()
            if document.kind is not DocumentKind.TARGETS
            and document.year == about.year
            and _same_city(document, about)
            and document.source != about.source
            for stored in self._catalog.document_items(document.id)
            if any(names_unit(written, about.unit) for written in stored.item.responsible_units)
        )


def _year_of(document: StoredDocument) -> int | None:
    if document.doc_number and (match := re.search(r"(?:19|20)\d{2}", document.doc_number)):
        return int(match.group())
    return document.year


def _same_city(one: StoredDocument, other: StoredDocument) -> bool:
    return one.city is None or other.city is None or one.city == other.city


def names_unit(written: str, unit: str) -> bool:
    """Whether a cell of responsible units means `unit`, also by a short or former name."""
    return same_unit(written, unit) or bool(units_named(fold(written), (unit,)))


def latest(documents: Iterable[StoredDocument], before: int | None) -> Compared | None:
    """Return the documents of the latest year before `before`; of the latest of all where that is unknown."""
    dated = [
        one
        for one in documents
        if one.year is not None
        and one.kind is not DocumentKind.REPORT
        and (before is None or one.year < before)
    ]
    if not dated:
        return None
    year = max(one.year or 0 for one in dated)
    return Compared(year, tuple(one for one in dated if one.year == year))


def known_of(draft: Draft, catalog: CatalogReader, similar: Similar, names: UnitNames | None = None) -> Known:
    """Look up the unit's latest earlier document, and leave the rest until it is asked for."""
    about = draft.document
    own = documents_of_unit(about.unit, about.city, catalog.documents(), names) if about.unit else ()
    compared = latest((one for one in own if one.source != about.source), about.year)
    earlier: list[StoredItem] = []
    for document in compared.documents if compared else ():
        earlier += catalog.document_items(document.id)
    return Known(draft, compared, tuple(earlier), similar, catalog)

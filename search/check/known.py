"""What the catalog holds that a draft is compared with, each part looked up when a rule first asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.catalog import CatalogReader
from corpus.model import Basis, DocumentKind
from corpus.stored import StoredDocument, StoredItem
from corpus.text import fold
from search.bases import title_key
from search.check.draft import Draft
from search.check.findings import Compared
from search.linking import (
    FigureLink,
    ItemLink,
    documents_of_unit,
    link_figures,
    link_items,
)
from search.results import Citation
from search.texts import cite
from search.unit_names import UnitNames
from search.units import same_unit, units_named

RECENT_YEARS = 3
_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:年度|年)?")
_EDITION = re.compile(r"试行|暂行|修订稿?|修正案?|草案|征求意见稿|\d{4}年?版|新版")

Similar = Callable[[StoredItem], tuple[StoredItem, ...]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as some item or title of the catalog names it."""

    title: str
    doc_number: str | None
    year: int
    citation: Citation | None


def edition_key(title: str) -> str:
    """Return what all editions of one document share: its title without years and 试行, 修订."""
    return _EDITION.sub("", _YEAR.sub("", title_key(title)))


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
        found: dict[str, list[Edition]] = {}
        cited = [
            one
            for one in self._catalog.bases()
            if one.value.year is not None and edition_key(one.value.title) in wanted
        ]
        stored = self._catalog.items([one.item_id for one in cited])
        for one in cited:
            if one.item_id in stored:
                citation = cite(stored[one.item_id], one.value.span)
                edition = Edition(one.value.title, one.value.doc_number, one.value.year or 0, citation)
                found.setdefault(edition_key(one.value.title), []).append(edition)
        for document in self._catalog.documents():
            year = _year_of(document)
            if document.title and year is not None and edition_key(document.title) in wanted:
                edition = Edition(document.title, document.doc_number, year, self._first_of(document))
                found.setdefault(edition_key(document.title), []).append(edition)
        return {key: tuple(editions) for key, editions in found.items()}

    def _first_of(self, document: StoredDocument) -> Citation | None:
        from search.check.quoting import cite_item

        items = self._catalog.document_items(document.id)
        return cite_item(items[0]) if items else None

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


def is_yearly(basis: Basis) -> bool:
    """Whether a document is made anew every year: 2012年市政府工作报告, 2012年工作要点."""
    return basis.year is not None and bool(_YEARLY.search(basis.title)) and bool(_YEAR.search(basis.title))


_YEARLY = re.compile(
    r"政府工作报告|工作要点|工作计划|年度计划|行动计划要点|办(?:好的?)?[一-龥\d]{0,4}件?实事|实事项目|重点工作(?:任务|安排|分工)?"
    r"|工作安排|一号文件|经济工作会议|两会|发展计划|目标任务|任务分解"
)


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

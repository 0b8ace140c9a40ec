"""Documents that have editions: which titles are one document's, and where the catalog cites them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.catalog import CatalogReader, Extracted
from corpus.model import Basis
from corpus.stored import StoredDocument
from search.bases import title_key
from search.check.quoting import cite_item
from search.results import Citation
from search.texts import cite

_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:年度|年)?")
_EDITION = re.compile(r"试行|暂行|修订稿?|修正案?|草案|征求意见稿|\d{4}年?版|新版")
_YEARLY = re.compile(
    r"政府工作报告|工作要点|工作计划|年度计划|行动计划要点|办(?:好的?)?[一-龥\d]{0,4}件?实事|实事项目|重点工作(?:任务|安排|分工)?"
    r"|工作安排|一号文件|经济工作会议|两会|发展计划|目标任务|任务分解"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated document as some item or title of the catalog names it; `city` is whose document names it."""

    title: str
    doc_number: str | None
    year: int
    city: str | None
    citation: Citation | None


def edition_key(title: str) -> str:
    """Return what all editions of one document share: its title without years and 试行, 修订."""
    return _EDITION.sub("", _YEAR.sub("", title_key(title)))


def is_yearly(basis: Basis) -> bool:
    """Whether a document is made anew every year: 2012年市政府工作报告, 2012年工作要点."""
    return basis.year is not None and bool(_YEARLY.search(basis.title)) and bool(_YEAR.search(basis.title))


def cited_editions(bases: Iterable[Extracted[Basis]], catalog: CatalogReader) -> dict[str, list[Edition]]:
    """Return the dated ones of `bases` by `edition_key`, each quoted where it is cited."""
    dated = [(one, one.value.year) for one in bases if one.value.year is not None]
    stored = catalog.items(sorted({one.item_id for one, _ in dated}))
    found: dict[str, list[Edition]] = {}
    for one, year in dated:
        if one.item_id in stored:
            basis, citation = one.value, cite(stored[one.item_id], one.value.span)
            edition = Edition(basis.title, basis.doc_number, year, one.city, citation)
            found.setdefault(edition_key(basis.title), []).append(edition)
    return found


def cite_opening(document: StoredDocument, catalog: CatalogReader) -> Citation | None:
    """Quote the first item of a document, `None` where it has no items."""
    items = catalog.document_items(document.id)
    return cite_item(items[0]) if items else None

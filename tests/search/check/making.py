"""Small drafts and what is known of them, read by the program's own extraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.catalog import Catalog
from corpus.model import Basis, DocumentKind, TargetDocument, TargetItem
from corpus.stored import Extracted, StoredDocument, StoredItem
from ingest.bases import find_bases
from ingest.benchmarks import find_benchmarks
from ingest.indicators import find_indicators
from search.check.draft import Draft, draft_of
from search.check.findings import Compared, Remark
from search.check.known import Known
from search.check.rules import BY_CODE
from tests.search.making import document

UNIT, CITY = "市教育局", "青岛市"


def target(
    name: str,
    content: str,
    *,
    category: str = "重点目标",
    basis: str | None = None,
    benchmark: str | None = None,
    deadline: str | None = None,
    responsible: tuple[str, ...] = (),
    year: int = 2022,
) -> TargetItem:
    """A row, with what the program reads from it."""
    bare = TargetItem(
        category=category,
        number="1",
        name=name,
        content=content,
        basis_text=basis,
        benchmark_text=benchmark,
        deadline=deadline,
        responsible_units=responsible,
    )
    return replace(
        bare,
        indicators=find_indicators(bare, year),
        benchmarks=find_benchmarks(bare, CITY),
        bases=find_bases(bare),
    )


def draft(*items: TargetItem, year: int | None = 2022, is_fragment: bool = False) -> Draft:
    """A draft of 市教育局."""
    read = TargetDocument("草稿.txt", None, DocumentKind.TARGETS, UNIT, year, CITY, items)
    return draft_of(read, is_fragment=is_fragment)


def stored(
    *items: TargetItem,
    number: int = 1,
    unit: str = UNIT,
    year: int = 2021,
    kind: DocumentKind = DocumentKind.TARGETS,
) -> tuple[StoredItem, ...]:
    """The items of a document of the catalog; ids begin at a hundred times the document's."""
    about = replace(document(number, year, unit, CITY), kind=kind)
    return tuple(StoredItem(100 * number + place, about, place, item) for place, item in enumerate(items))


@dataclass
class StoredAlready(Catalog):
    """A catalog that holds just these items."""

    kept: tuple[StoredItem, ...] = ()

    def documents(self) -> tuple[StoredDocument, ...]:
        return tuple(dict.fromkeys(one.document for one in self.kept))

    def document_items(self, document_id: int) -> tuple[StoredItem, ...]:
        return tuple(one for one in self.kept if one.document.id == document_id)

    def items(self, item_ids: Iterable[int]) -> dict[int, StoredItem]:
        return {one.id: one for one in self.kept if one.id in set(item_ids)}

    def bases(self, item_ids: object = None) -> Iterator[Extracted[Basis]]:
        for one in self.kept:
            about = one.document
            for place, basis in enumerate(one.item.bases):
                yield Extracted(
                    one.id, about.id, place, one.item.category, about.year, about.unit, about.city, basis
                )


def known(of: Draft, earlier: tuple[StoredItem, ...] = (), others: tuple[StoredItem, ...] = ()) -> Known:
    """What is known of a draft: its unit's `earlier` items, and `others` that are like it."""
    year = earlier[0].document.year if earlier else None
    compared = Compared(year, (earlier[0].document,)) if year is not None else None
    return Known(of, compared, earlier, lambda _: others, StoredAlready(kept=(*earlier, *others)))


def apply(
    code: str,
    of: Draft,
    earlier: tuple[StoredItem, ...] = (),
    others: tuple[StoredItem, ...] = (),
) -> list[Remark]:
    """What one rule says."""
    return [finding.remark for finding in BY_CODE[code].findings(of, known(of, earlier, others))]

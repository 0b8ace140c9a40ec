"""A draft under review: items that stand in no catalog, in the shape of items that do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from corpus.model import TargetDocument
from corpus.stored import StoredDocument, StoredItem

_NO_ID = 0


@dataclass(frozen=True)
class Draft:
    """A draft; its items have negative ids, in their order.

    `is_fragment` says that it is a passage of a document: what a whole document must hold is not asked of it.
    """

    document: StoredDocument
    items: tuple[StoredItem, ...]
    is_fragment: bool = False

    @cached_property
    def has_basis_column(self) -> bool:
        """Whether some items state what they rest on, so that the others should."""
        return any(one.item.basis_text for one in self.items)

    @cached_property
    def has_deadline_column(self) -> bool:
        """Whether some items state a deadline of their own, so that the others should."""
        return any(one.item.deadline for one in self.items)


def draft_of(document: TargetDocument, *, is_fragment: bool = False) -> Draft:
    """Return a document that was read, as a draft."""
    stored = StoredDocument(
        id=_NO_ID,
        source=document.source,
        path=document.source,
        title=document.title,
        kind=document.kind,
        unit=document.unit,
        year=document.year,
        city=document.city,
        unit_origin=document.unit_origin,
        year_origin=document.year_origin,
        city_origin=document.city_origin,
        doc_number=document.doc_number,
        published=document.published,
        added_at="",
        items=len(document.items),
    )
    items = tuple(
        StoredItem(id=-1 - ordinal, document=stored, ordinal=ordinal, item=item)
        for ordinal, item in enumerate(document.items)
    )
    return Draft(stored, items, is_fragment)

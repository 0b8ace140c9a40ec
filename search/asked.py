"""One request against one state of the catalog: what it asks for, and what was found for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from corpus.catalog import CatalogReader
from corpus.stored import StoredDocument, StoredItem
from index.filters import Filter
from index.searcher import Searcher
from search.evidence import Found, make_subject, weigh
from search.fuse import Recipe, ScoredItem
from search.query import Wanted, understand
from search.retrieve import Question, retrieve


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with explicit filters; `understand` off takes the query's words as nothing but words.

    The last three are for `search` alone. `group` makes items that promise the same one hit, and `k` counts
    such groups. The preferences are added to the score; `None` leaves them to the settings, `""` is no unit.
    """

    query: str
    k: int = 10
    year: int | None = None
    unit: str | None = None
    category: str | None = None
    city: str | None = None
    understand: bool = True
    group: bool = True
    prefer_recent: bool | None = None
    prefer_unit: str | None = None


class Asked:
    """A request while it is answered; everything comes from the state that `searcher` shows."""

    def __init__(
        self,
        request: SearchRequest,
        catalog: CatalogReader,
        searcher: Searcher,
        embed: Callable[[str], Question],
        today: date,
        recipe: Recipe,
    ) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._recipe = recipe
        wanted = Wanted(request.year, request.unit, request.category, request.city)
        self.understood = understand(
            request.query, searcher.vocabulary(), today, wanted, read_words=request.understand
        )
        self.question = embed(self.understood.interpreted.text)
        self.subject = make_subject(self.understood.topic, request.query)

    def best(self, k: int) -> tuple[tuple[StoredItem, ScoredItem], ...]:
        """Return the `k` best items under the filters; a category only read from words gives way to none."""
        return self._load(self.ranked(), k)

    def ranked(self) -> tuple[ScoredItem, ...]:
        """Return every candidate under the filters, best first; the category gives way as in `best`."""
        scored = self._retrieve(self.understood.allowed)
        if not scored and self.understood.soft_category:
            scored = self._without_category()
        return scored

    def found(self, k: int) -> tuple[Found, ...]:
        """Return the `k` best items with what speaks for them as evidence."""
        return self._weigh(self.best(k))

    def other_years(self, k: int) -> tuple[Found, ...]:
        """Return the `k` best items under the filters but the years."""
        scored = self._retrieve(replace(self.understood.allowed, years=None))
        return self._weigh(self._load(scored, k))

    def listed(self) -> tuple[StoredItem, ...]:
        """Return every item under the filters, in the order of the files; none without any filter."""
        allowed = self.understood.allowed
        if allowed == Filter():
            return ()
        documents = [one for one in self._catalog.documents() if _passes(one, allowed)]
        return tuple(
            stored
            for document in documents
            for stored in self._catalog.document_items(document.id)
            if allowed.categories is None or stored.item.category in allowed.categories
        )

    def _without_category(self) -> tuple[ScoredItem, ...]:
        understood = self.understood
        allowed = replace(understood.allowed, categories=None)
        scored = self._retrieve(allowed)
        if scored:
            names = "、".join(f"“{name}”" for name in understood.interpreted.categories)
            note = f"筛选范围内没有类别为{names}的目标，未按类别筛选。"
            notes = (*understood.interpreted.notes, note)
            interpreted = replace(understood.interpreted, categories=(), notes=notes)
            self.understood = replace(
                understood, interpreted=interpreted, allowed=allowed, soft_category=False
            )
        return scored

    def _retrieve(self, allowed: Filter) -> tuple[ScoredItem, ...]:
        return retrieve(self._searcher, self.question, allowed, self._recipe)

    def _load(self, scored: tuple[ScoredItem, ...], k: int) -> tuple[tuple[StoredItem, ScoredItem], ...]:
        """Load the best `k`; an item deleted a moment ago is left out."""
        best = scored[:k]
        stored = self._catalog.items([one.item_id for one in best])
        return tuple((stored[one.item_id], one) for one in best if one.item_id in stored)

    def _weigh(self, loaded: tuple[tuple[StoredItem, ScoredItem], ...]) -> tuple[Found, ...]:
        return tuple(weigh(self.subject, stored, scored) for stored, scored in loaded)


def _passes(document: StoredDocument, allowed: Filter) -> bool:
    pairs = ((document.year, allowed.years), (document.unit, allowed.units), (document.city, allowed.cities))
    return all(wanted is None or value in wanted for value, wanted in pairs)

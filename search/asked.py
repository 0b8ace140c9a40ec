"""One request against one state of the catalog: what it asks for, and what was found for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.catalog import CatalogReader
from corpus.model import DocumentKind
from corpus.stored import ItemOutline, StoredDocument, StoredItem
from index.filters import Filter
from index.searcher import Searcher, Vocabulary
from search.categories import aligned
from search.demands import Demand, DemandKind, compact
from search.evidence import Found, make_subject, weigh
from search.facets import make_facets
from search.fuse import Recipe, ScoredItem
from search.holding import items_that_hold, items_with, items_with_any
from search.query import Understood, Wanted, understand
from search.rarity import rarity_in
from search.results import Facets
from search.retrieve import Question, retrieve
from search.understanding_notes import no_category, not_held, other_category
from search.unit_names import UnitNames
from search.words import head_of

# How many items that hold a word are looked through where a unit or city is asked about, and where not.
_MANY, _FEW = 4000, 800


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with explicit filters; `understand` off takes the query's words as nothing but words.

    What follows `understand` is for `search` alone. `group` makes items that promise the same one hit, and
    `k` counts such groups. The preferences are added to the score; `None` leaves them to the settings, `""`
    is no unit. `facets` asks how all that was found is spread over years, units, ….
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
    kind: DocumentKind | None = None
    facets: bool = False


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
        unit_names: UnitNames | None = None,
    ) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._recipe = recipe
        wanted = Wanted(request.year, request.unit, request.category, request.city)
        self.understood = understand(
            request.query,
            searcher.vocabulary(),
            today,
            wanted,
            read_words=request.understand,
            names=unit_names,
        )
        if request.kind is not None:
            kinds = frozenset({request.kind})
            self.understood = replace(self.understood, allowed=replace(self.understood.allowed, kinds=kinds))
        self._held = _Held(self.understood, catalog, searcher)
        self.question = embed(self.understood.interpreted.text)
        self.rarity = rarity_in(searcher)
        self.subject = make_subject(self.understood.topic, request.query)

    def best(self, k: int) -> tuple[tuple[StoredItem, ScoredItem], ...]:
        """Return the `k` best items under the filters; a category only read from words gives way to none."""
        return self._load(self.ranked(), k)

    def ranked(self) -> tuple[ScoredItem, ...]:
        """Return every candidate under the filters, best first.

        Where there is none, what was only read from the words gives way step by step, which `understood`
        then says: a category to that of other years, titles, document numbers and figures, the category.
        A quotation never does.
        """
        asked = self.understood
        scored = self._retrieve(asked.allowed)
        if scored or self._held.never:
            return scored or self._without_phrase()
        for relaxed in _relaxations(asked, self._searcher.vocabulary()):
            self.understood = relaxed
            if scored := self._retrieve(relaxed.allowed):
                return scored
        self.understood = asked
        return self._without_phrase()

    def facets(self, found: Sequence[ScoredItem]) -> Facets:
        """Return how what `ranked` returned is spread."""
        return make_facets(found, self._searcher)

    def found(self, k: int) -> tuple[Found, ...]:
        """Return the `k` best items with what speaks for them as evidence."""
        return self._weigh(self.best(k))

    def other_years(self, k: int) -> tuple[Found, ...]:
        """Return the `k` best items under the filters but the years."""
        scored = self._retrieve(replace(self.understood.allowed, years=None))
        return self._weigh(self._load(scored, k))

    def next_years(self, k: int) -> tuple[Found, ...]:
        """Return the `k` best items of the years after those asked for: they look back on them."""
        years = self.understood.allowed.years
        if not years:
            return ()
        after = frozenset(year + 1 for year in years) - years
        scored = self._retrieve(replace(self.understood.allowed, years=after)) if after else ()
        return self._weigh(self._load(scored, k))

    def listed(self) -> tuple[StoredItem, ...]:
        """Return every item under the filters, in the order of the files; none without any filter."""
        allowed = self._held.pick(self.understood.allowed, self.understood.demands)
        if allowed == Filter():
            return ()
        documents = [one for one in self._catalog.documents() if _passes(one, allowed)]
        return tuple(
            stored
            for document in documents
            for stored in self._catalog.document_items(document.id)
            if (allowed.categories is None or stored.item.category in allowed.categories)
            and (allowed.items is None or stored.id in allowed.items)
            and stored.id not in allowed.without_items
        )

    def wide(self) -> tuple[StoredItem, ...]:
        """Return every item that may state a figure on the subject: all candidates, the best first.

        To them come the items that hold what is asked for in a word, as many as they are where a unit or a
        city is asked about, else where they are few.
        """
        ranked = [one.item_id for one in self.ranked()]
        allowed = self._held.pick(self.understood.allowed, self.understood.demands)
        most = _MANY if allowed.units or allowed.cities else _FEW
        extra = self._with_head(allowed, most) if self.subject.words else []
        stored = self._catalog.items(list(dict.fromkeys((*ranked, *extra))))
        categories = allowed.categories
        return tuple(one for one in stored.values() if categories is None or one.item.category in categories)

    def found_among(self, k: int, items: frozenset[int]) -> tuple[Found, ...]:
        """Return the `k` best of some items under the filters, as deep as if there were no others."""
        picked = self._held.pick(self.understood.allowed, self.understood.demands)
        kept = items if picked.items is None else picked.items & items
        if not kept:
            return ()
        scored = retrieve(self._searcher, self.question, replace(picked, items=kept), self._recipe)
        return self._weigh(self._load(scored, k))

    def of_any_city(self, k: int, items: frozenset[int]) -> tuple[Found, ...]:
        """Return the `k` best of some items under the filters but the cities."""
        allowed = self._held.pick(replace(self.understood.allowed, cities=None), self.understood.demands)
        kept = items if allowed.items is None else allowed.items & items
        if not kept:
            return ()
        scored = retrieve(self._searcher, self.question, replace(allowed, items=kept), self._recipe)
        return self._weigh(self._load(scored, k))

    def _with_head(self, allowed: Filter, most: int) -> list[int]:
        """Return the items under a filter that hold the head of the subject; none where over `most` do."""
        wordings = [words for _, words in self.subject.wordings()]
        heads = {words[place] for words in wordings if (place := head_of(words)) is not None}
        holding = frozenset[int]().union(
            *(items_with(compact(head), self._searcher, self._catalog) for head in sorted(heads))
        )
        if allowed.items is not None:
            holding &= allowed.items
        holding -= allowed.without_items
        if len(holding) > most:
            return []
        outlines = self._catalog.outlines(sorted(holding))
        return [one for one, outline in sorted(outlines.items()) if _passes(outline, allowed)]

    def _without_phrase(self) -> tuple[ScoredItem, ...]:
        """Return nothing, and say so where that is for what a hit has to hold."""
        asked = self.understood
        phrases = [one for one in asked.demands if one.kind is DemandKind.PHRASE]
        if phrases:
            filtered = asked.allowed != Filter()
            self.understood = _noted(asked, not_held(asked.demands, filtered=filtered))
        return ()

    def _retrieve(self, allowed: Filter) -> tuple[ScoredItem, ...]:
        picked = self._held.pick(allowed, self.understood.demands)
        if picked.items is not None and not picked.items:
            return ()
        return retrieve(self._searcher, self.question, picked, self._recipe)

    def _load(self, scored: tuple[ScoredItem, ...], k: int) -> tuple[tuple[StoredItem, ScoredItem], ...]:
        """Load the best `k`; an item deleted a moment ago is left out."""
        best = scored[:k]
        stored = self._catalog.items([one.item_id for one in best])
        return tuple((stored[one.item_id], one) for one in best if one.item_id in stored)

    def _weigh(self, loaded: tuple[tuple[StoredItem, ScoredItem], ...]) -> tuple[Found, ...]:
        return tuple(weigh(self.subject, stored, scored) for stored, scored in loaded)


class _Held:
    """Which items hold what a query demands, looked up once for each demand."""

    def __init__(self, understood: Understood, catalog: CatalogReader, searcher: Searcher) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._found: dict[Demand, frozenset[int]] = {}
        words = understood.without
        self._without = items_with_any(words, searcher, catalog) if words else frozenset()
        self.never = any(
            not self._holding(one) for one in understood.demands if one.kind is DemandKind.PHRASE
        )

    def pick(self, allowed: Filter, demands: tuple[Demand, ...]) -> Filter:
        """Return the filter for those items too that hold all of `demands` and nothing excluded."""
        if self._without:
            allowed = replace(allowed, without_items=self._without)
        if demands:
            held = frozenset.intersection(*(self._holding(one) for one in demands))
            allowed = replace(allowed, items=held)
        return allowed

    def _holding(self, demand: Demand) -> frozenset[int]:
        if demand not in self._found:
            self._found[demand] = items_that_hold(demand, self._searcher, self._catalog)
        return self._found[demand]


def _relaxations(asked: Understood, vocabulary: Vocabulary) -> Iterator[Understood]:
    """Yield what else the words may mean, the nearest first."""
    interpreted = asked.interpreted
    categories = interpreted.categories
    others = aligned(categories, vocabulary.categories) if asked.soft_category else ()
    if others:
        yield _noted(_in_categories(asked, others), other_category(categories, others))
    soft = tuple(one for one in asked.demands if one.kind is not DemandKind.PHRASE)
    if soft:
        kept = tuple(one for one in asked.demands if one.kind is DemandKind.PHRASE)
        phrases = tuple(one.text for one in kept)
        note = not_held(soft, filtered=asked.allowed != Filter())
        asked = replace(asked, demands=kept, interpreted=replace(interpreted, phrases=phrases))
        asked = _noted(asked, note)
        yield asked
        if others:
            yield _noted(_in_categories(asked, others), other_category(categories, others))
    if asked.soft_category:
        yield _noted(replace(_in_categories(asked, ()), soft_category=False), no_category(categories))


def _in_categories(asked: Understood, categories: tuple[str, ...]) -> Understood:
    allowed = replace(asked.allowed, categories=frozenset(categories) if categories else None)
    return replace(asked, allowed=allowed, interpreted=replace(asked.interpreted, categories=categories))


def _noted(asked: Understood, note: str) -> Understood:
    interpreted = replace(asked.interpreted, notes=(*asked.interpreted.notes, note))
    return replace(asked, interpreted=interpreted)


def _passes(document: StoredDocument | ItemOutline, allowed: Filter) -> bool:
    pairs = ((document.year, allowed.years), (document.unit, allowed.units), (document.city, allowed.cities))
    return all(wanted is None or value in wanted for value, wanted in pairs)

"""Everything that can be asked of a catalog, behind one object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np

from corpus.catalog import CatalogReader
from corpus.stored import StoredDocument, StoredItem
from index.embedders import Embedder
from index.filters import Filter
from index.searcher import Index
from search.answer import Evidence, answer
from search.bases import ranked_bases
from search.benchmarks import benchmark_cities
from search.evidence import DEFAULT_THRESHOLDS, Found, Thresholds, make_subject, weigh
from search.fuse import DEFAULT_RECIPE, Recipe, ScoredItem
from search.highlight import highlights, matched_words, reasons
from search.query import Understood, Wanted, understand
from search.results import Answer, BasisResponse, BenchmarkResponse, Hit, SearchResponse, TrendResponse
from search.retrieve import COMMON_QUERIES, Question, Vector, make_question, passage_of, retrieve
from search.trends import trends

# How many items the extracted tables are read from, and an answer is looked for in.
_WIDE = 60
_NARROW = 24


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with explicit filters; `understand` off takes the query's words as nothing but words."""

    query: str
    k: int = 10
    year: int | None = None
    unit: str | None = None
    category: str | None = None
    city: str | None = None
    understand: bool = True


def local_today() -> date:
    """Return today's date where this program runs."""
    return datetime.now().astimezone().date()


class SearchEngine:
    """Answers requests over the catalog's state at the moment of each request."""

    def __init__(
        self,
        catalog: CatalogReader,
        index: Index,
        embedder: Embedder,
        *,
        today: Callable[[], date] = local_today,
        recipe: Recipe = DEFAULT_RECIPE,
        thresholds: Thresholds = DEFAULT_THRESHOLDS,
    ) -> None:
        self._catalog = catalog
        self._index = index
        self._embedder = embedder
        self._today = today
        self._recipe = recipe
        self._thresholds = thresholds

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the `k` items nearest to the query, best first."""
        asked = _Asked(self, request)
        found = asked.found(request.k)
        words = asked.subject.words
        return SearchResponse(
            asked.understood.interpreted,
            tuple(_hit(one, words, asked.question.also, asked.understood) for one in found),
        )

    def benchmarks(self, request: SearchRequest) -> BenchmarkResponse:
        """Return the benchmark cities named for a topic, best first."""
        asked = _Asked(self, request)
        cities = benchmark_cities(asked.subject, asked.found(_WIDE), self._thresholds)
        return BenchmarkResponse(asked.understood.interpreted, cities[: request.k])

    def bases(self, request: SearchRequest) -> BasisResponse:
        """Return the documents that targets about a topic rest on, best first."""
        asked = _Asked(self, request)
        bases = ranked_bases(asked.subject, asked.found(_WIDE), self._thresholds)
        return BasisResponse(asked.understood.interpreted, bases[: request.k])

    def trend(self, request: SearchRequest) -> TrendResponse:
        """Return how the promised figures about a topic went over the years."""
        asked = _Asked(self, request)
        items = [found.stored for found in asked.found(_WIDE)]
        series = trends(asked.subject, items, self._thresholds)
        return TrendResponse(asked.understood.interpreted, series[: request.k])

    def ask(self, request: SearchRequest) -> Answer:
        """Answer a question from cited facts, or say that nothing was found."""
        asked = _Asked(self, request)
        evidence = Evidence(asked.subject, asked.found(_NARROW), asked.other_years, asked.listed)
        return answer(asked.understood, evidence, self._thresholds)

    @cached_property
    def _mean_query(self) -> Vector:
        vectors = self._embedder.embed_queries(COMMON_QUERIES)
        return np.asarray(vectors.mean(axis=0), dtype=np.float32)

    def _question(self, text: str) -> Question:
        vector = self._embedder.embed_queries([passage_of(text)])[0]
        return make_question(text, vector, self._mean_query, self._recipe)


class _Asked:
    """One request against one state of the catalog."""

    def __init__(self, engine: SearchEngine, request: SearchRequest) -> None:
        self._engine = engine
        self._searcher = engine._index.searcher()
        wanted = Wanted(request.year, request.unit, request.category, request.city)
        self.understood = understand(
            request.query,
            self._searcher.vocabulary(),
            engine._today(),
            wanted,
            read_words=request.understand,
        )
        text = self.understood.interpreted.text
        self.question = engine._question(text)
        self.subject = make_subject(self.understood.topic, request.query)

    def found(self, k: int) -> tuple[Found, ...]:
        """Return the `k` best items under the filters; a category only read from words gives way to none."""
        scored = self._retrieve(self.understood.allowed)
        if not scored and self.understood.soft_category:
            scored = self._without_category()
        return self._load(scored, k)

    def _without_category(self) -> tuple[ScoredItem, ...]:
        understood = self.understood
        allowed = replace(understood.allowed, categories=None)
        scored = self._retrieve(allowed)
        if scored:
            names = "、".join(f"“{name}”" for name in understood.interpreted.categories)
            note = f"筛选范围内没有类别为{names}的目标，未按类别筛选。"
            interpreted = replace(
                understood.interpreted, categories=(), notes=(*understood.interpreted.notes, note)
            )
            self.understood = replace(
                understood, interpreted=interpreted, allowed=allowed, soft_category=False
            )
        return scored

    def other_years(self) -> tuple[Found, ...]:
        """Return the best items under the filters but the years."""
        return self._load(self._retrieve(replace(self.understood.allowed, years=None)), _NARROW)

    def listed(self) -> tuple[StoredItem, ...]:
        """Return every item under the filters, in the order of the files; none without any filter."""
        allowed = self.understood.allowed
        if allowed == Filter():
            return ()
        documents = [one for one in self._engine._catalog.documents() if _passes(one, allowed)]
        return tuple(
            stored
            for document in documents
            for stored in self._engine._catalog.document_items(document.id)
            if allowed.categories is None or stored.item.category in allowed.categories
        )

    def _retrieve(self, allowed: Filter) -> tuple[ScoredItem, ...]:
        return retrieve(self._searcher, self.question, allowed, self._engine._recipe)

    def _load(self, scored: tuple[ScoredItem, ...], k: int) -> tuple[Found, ...]:
        """Load the best `k`; an item deleted a moment ago is left out."""
        best = scored[:k]
        stored = self._engine._catalog.items([one.item_id for one in best])
        return tuple(weigh(self.subject, stored[one.item_id], one) for one in best if one.item_id in stored)


def _passes(document: StoredDocument, allowed: Filter) -> bool:
    pairs = ((document.year, allowed.years), (document.unit, allowed.units), (document.city, allowed.cities))
    return all(wanted is None or value in wanted for value, wanted in pairs)


def _hit(found: Found, words: tuple[str, ...], also: tuple[str, ...], understood: Understood) -> Hit:
    stored, scored = found.stored, found.scored
    matched = matched_words(words, stored)
    return Hit(
        stored=stored,
        score=round(scored.score, 6),
        similarity=round(scored.similarity, 6),
        lexical=round(scored.lexical, 6),
        matched_words=matched,
        highlights=highlights((*words, *also), stored),
        reasons=reasons(stored, understood.interpreted, matched, scored.similarity, also),
    )

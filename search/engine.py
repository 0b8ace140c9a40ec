"""Everything that can be asked of a catalog, behind one object."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.catalog import CatalogReader
from index.embedders import Embedder
from index.searcher import Index, Searcher
from search.asked import Asked, SearchRequest
from search.common_queries import mean_query
from search.evidence import DEFAULT_THRESHOLDS, Thresholds
from search.fuse import DEFAULT_RECIPE, Recipe
from search.likeness import scale_of
from search.preferences import NO_HABITS, Habits
from search.ranking import Ranker
from search.rerank import Reranker
from search.results import (
    Answer,
    BasisResponse,
    BenchmarkResponse,
    Comparing,
    SearchResponse,
    TrendResponse,
)
from search.retrieve import Embedding, Question, Vector, make_embedding, make_question, passage_of
from search.unit_names import UnitNames

if TYPE_CHECKING:
    from corpus.model import TargetDocument
    from corpus.stored import CatalogState, StoredItem
    from search.check.findings import CheckReport
    from search.check.rules import Selection
    from search.drafting.proposal import DraftRequest, Proposal
    from search.lookup import LookupResponse

__all__ = ["SearchEngine", "SearchRequest", "local_today"]

# How many items the extracted tables are read from, and an answer is looked for in.
_WIDE = 60
_NARROW = 24
# How much of an item is searched with, and how many items like it are compared with it.
_LONGEST_ASKED = 400
_LIKE = 16


def local_today() -> date:
    """Return today's date where this program runs."""
    return datetime.now().astimezone().date()


class SearchEngine:
    """Answers requests over the catalog's state at the moment of each request.

    What only one kind of question needs is imported when it is asked: a process that searches once should
    not wait for the rules of answering.
    """

    def __init__(
        self,
        catalog: CatalogReader,
        index: Index,
        embedder: Embedder,
        *,
        today: Callable[[], date] = local_today,
        recipe: Recipe = DEFAULT_RECIPE,
        thresholds: Thresholds = DEFAULT_THRESHOLDS,
        habits: Habits = NO_HABITS,
        reranker: Callable[[], Reranker] | None = None,
        kept: Path | None = None,
        unit_names: UnitNames | None = None,
    ) -> None:
        self._catalog = catalog
        self._index = index
        self._embedder = embedder
        self._today = today
        self._recipe = recipe
        self._thresholds = thresholds
        self._habits = habits
        self._reranker = reranker
        self._kept = kept
        self._unit_names = unit_names
        self._having: dict[str, tuple[CatalogState, frozenset[int]]] = {}
        # A query is embedded here while its full text is searched.
        self._embedding = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed-query")

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the `k` best items, or groups of items that promise the same, best first."""
        searcher = self._index.searcher()
        asked = self._asked_of(request, searcher)
        ranker = Ranker(self._catalog, searcher.vocabulary(), self._habits, self._reranker)
        return ranker.respond(request, asked)

    def benchmarks(self, request: SearchRequest, comparing: Comparing | None = None) -> BenchmarkResponse:
        """Return the benchmark cities named for a topic and what cities promised and achieved, best first."""
        from search.benchmarks import benchmark_cities
        from search.standings import own_cities, standings

        comparing = comparing or Comparing()
        asked = self._asked(request)
        years = asked.understood.interpreted.years
        this_year = max(years) if years else self._today().year
        found = asked.found_among(_WIDE, self._with("benchmark"))
        cities = benchmark_cities(
            asked.subject, found, self._limits, this_year=this_year, recent=comparing.recent
        )
        own = frozenset({comparing.own}) if comparing.own else own_cities(self._catalog.documents())
        table = standings(
            asked.subject,
            asked.wide(),
            self._limits,
            own=own,
            this_year=this_year,
            recent=comparing.recent,
        )
        return BenchmarkResponse(asked.understood.interpreted, cities[: request.k], table)

    def bases(self, request: SearchRequest) -> BasisResponse:
        """Return the documents that targets about a topic rest on, best first."""
        from search.bases import ranked_bases
        from search.editions import bases_named, with_editions

        asked = self._asked(request)
        interpreted = asked.understood.interpreted
        this_year = request.year or self._today().year
        named = bases_named(request.query, self._catalog) if request.understand else None
        if named:
            return BasisResponse(interpreted, with_editions(named[: request.k], self._catalog, this_year))
        if named is not None:
            note = "没有条目以问到的文件或文号为依据；下面是内容相近的依据。"
            interpreted = replace(interpreted, notes=(*interpreted.notes, note))
        found = asked.found_among(_WIDE, self._with("basis"))
        bases = ranked_bases(asked.subject, found, self._limits)
        return BasisResponse(interpreted, with_editions(bases[: request.k], self._catalog, this_year))

    def trend(self, request: SearchRequest) -> TrendResponse:
        """Return how the promised figures about a topic went over the years."""
        from search.trends import trends

        asked = self._asked(request)
        series = trends(asked.subject, asked.wide(), self._thresholds)
        return TrendResponse(asked.understood.interpreted, series[: request.k])

    def ask(self, request: SearchRequest) -> Answer:
        """Answer a question from cited facts, or say that nothing was found."""
        from search.answer import answer
        from search.answer_reading import Evidence
        from search.questions import Kind, kind_of

        asked, scale = self._asked(request), self._limits.scale

        def alike(texts: Sequence[str]) -> list[float]:
            cosines = self._embedder.embed_passages(texts) @ asked.question.embedding().vector
            return [scale.likeness(float(one)) for one in cosines] if scale else []

        evidence = Evidence(
            asked.subject,
            asked.found(_WIDE if kind_of(request.query) is Kind.CITIES else _NARROW),
            other_years=lambda: asked.other_years(_NARROW),
            listed=asked.listed,
            next_years=lambda: asked.next_years(_NARROW),
            wide=asked.wide,
            compared=lambda: asked.of_any_city(_NARROW, self._with("benchmark")),
            rarity=asked.rarity,
            similar=alike if scale else None,
        )
        return answer(asked.understood, evidence, self._limits)

    def check(
        self, document: TargetDocument, selection: Selection, *, is_fragment: bool = False
    ) -> CheckReport:
        """Review a draft against the catalog by the selected rules. Raise WrongUse for an unknown rule."""
        from search.check.reviewing import review

        return review(
            document,
            selection,
            self._catalog,
            self._similar,
            is_fragment=is_fragment,
            names=self._unit_names,
        )

    def lookup(
        self, document: TargetDocument, request: SearchRequest, selection: Selection
    ) -> LookupResponse:
        """Return what belongs beside the passage that `document` is, retrieved for `request`."""
        from search.check.draft import draft_of
        from search.lookup import AskedOnce, look_up

        searcher = self._index.searcher()
        asked = AskedOnce(
            request,
            self._catalog,
            searcher,
            self._question,
            self._today(),
            self._recipe,
            self._unit_names,
        )
        ranker = Ranker(self._catalog, searcher.vocabulary(), self._habits, self._reranker)
        draft = draft_of(document, is_fragment=True)
        return look_up(draft, request, asked, ranker, self._catalog, selection, self._limits)

    def draft(self, request: DraftRequest) -> Proposal:
        """Propose next year's items about some topics, every word and figure with its source."""
        from search.drafting.drafting import draft

        return draft(request, self._catalog, self._asked)

    def _with(self, kind: str) -> frozenset[int]:
        """Return the items that name a benchmark or a basis; read again when the catalog has changed."""
        state = self._catalog.state()
        if self._having.get(kind, (None,))[0] != state:
            named = self._catalog.benchmarks() if kind == "benchmark" else self._catalog.bases()
            self._having[kind] = (state, frozenset(one.item_id for one in named))
        return self._having[kind][1]

    def _similar(self, stored: StoredItem) -> tuple[StoredItem, ...]:
        request = SearchRequest(stored.item.content[:_LONGEST_ASKED], k=_LIKE, understand=False)
        return tuple(one for one, _ in self._asked(request).best(_LIKE))

    def _asked(self, request: SearchRequest) -> Asked:
        return self._asked_of(request, self._index.searcher())

    def _asked_of(self, request: SearchRequest, searcher: Searcher) -> Asked:
        today, names = self._today(), self._unit_names
        return Asked(request, self._catalog, searcher, self._question, today, self._recipe, names)

    def _question(self, text: str) -> Question:
        return make_question(text, self._embedding.submit(self._embed, passage_of(text)).result)

    def _embed(self, passage: str) -> Embedding:
        vector = self._embedder.embed_queries([passage])[0]
        return make_embedding(vector, self._mean_query, self._recipe)

    @cached_property
    def _limits(self) -> Thresholds:
        """What counts as evidence, on the scale of the model."""
        return replace(self._thresholds, scale=scale_of(self._embedder, self._kept))

    @cached_property
    def _mean_query(self) -> Vector:
        return mean_query(self._embedder, self._kept)

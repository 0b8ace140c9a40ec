"""From candidates to hits: a second model's opinion, the user's preferences, groups, and their reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from corpus.catalog import CatalogReader
from corpus.stored import StoredItem
from index.searcher import Vocabulary
from search.asked import Asked, SearchRequest
from search.fuse import ScoredItem
from search.grouping import Group, differing_figures, group
from search.highlight import highlights, matched_words, reasons
from search.preferences import Habits, Preferences, preference_reasons, preferred, read_preferences
from search.rerank import Reranker, rerank
from search.results import Hit, Ranking, SearchResponse, Version

# Preferences add less than what lies between the best item and these.
_LEAST_PREFERRED = 200
_PREFERRED_A_HIT = 4


class Ranker:
    """Orders and explains what was retrieved for one request."""

    def __init__(
        self,
        catalog: CatalogReader,
        vocabulary: Vocabulary,
        habits: Habits,
        reranker: Callable[[], Reranker] | None,
    ) -> None:
        self._catalog = catalog
        self._vocabulary = vocabulary
        self._habits = habits
        self._reranker = reranker

    def respond(self, request: SearchRequest, asked: Asked) -> SearchResponse:
        """Return the hits of a search, best first, and what decided their order."""
        preferences, note = read_preferences(
            request.prefer_recent,
            request.prefer_unit,
            self._habits,
            self._vocabulary.years,
            self._vocabulary.units,
        )
        ranked = asked.ranked()
        reranker = self._reranker() if self._reranker else None
        if reranker is not None:
            text = asked.understood.interpreted.text
            ranked = rerank(text, ranked, reranker, self._catalog.chunk_texts)
        if preferences:
            ranked = self._preferred(ranked, preferences, request.k)
        groups = self._groups(request, ranked)
        interpreted = asked.understood.interpreted
        if note:
            interpreted = replace(interpreted, notes=(*interpreted.notes, note))
        return SearchResponse(
            interpreted,
            self._hits(groups, asked, preferences),
            Ranking(
                grouped=request.group,
                prefer_recent=preferences.newest is not None,
                prefer_units=tuple(sorted(preferences.units)),
                reranker=reranker.name if reranker else None,
            ),
            facets=asked.facets(ranked) if request.facets else None,
        )

    def _preferred(
        self, ranked: tuple[ScoredItem, ...], preferences: Preferences, k: int
    ) -> tuple[ScoredItem, ...]:
        first = ranked[: max(_LEAST_PREFERRED, _PREFERRED_A_HIT * k)]
        outlines = self._catalog.outlines([one.item_id for one in first])
        return (*preferred(first, preferences, outlines), *ranked[len(first) :])

    def _groups(self, request: SearchRequest, ranked: tuple[ScoredItem, ...]) -> tuple[Group, ...]:
        if request.group:
            return group(ranked, request.k, self._catalog.outlines)
        return tuple(Group(one) for one in ranked[: request.k])

    def _hits(self, groups: tuple[Group, ...], asked: Asked, preferences: Preferences) -> tuple[Hit, ...]:
        """Load what the groups hold; an item deleted a moment ago is left out."""
        wanted = [one.item_id for each in groups for one in (each.best, *each.versions)]
        stored = self._catalog.items(wanted)
        return tuple(_hit(each, stored, asked, preferences) for each in groups if each.best.item_id in stored)


def _hit(group: Group, items: dict[int, StoredItem], asked: Asked, preferences: Preferences) -> Hit:
    stored, scored = items[group.best.item_id], group.best
    words, also = asked.subject.words, asked.question.also
    matched = matched_words(words, stored)
    said = reasons(stored, asked.understood.interpreted, matched, scored.similarity, also)
    return Hit(
        stored=stored,
        score=round(scored.score, 6),
        similarity=round(scored.similarity, 6),
        lexical=round(scored.lexical, 6),
        matched_words=matched,
        highlights=highlights((*matched, *also), stored),
        reasons=(*said, *preference_reasons(stored.document, preferences)),
        versions=tuple(
            Version(items[one.item_id], round(one.similarity, 6), figures)
            for one in group.versions
            if one.item_id in items
            for figures in (differing_figures(stored, items[one.item_id]),)
        ),
    )

"""The same catalog asked in several ways: single legs, and the whole with a part changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.catalog import Catalog
from index.embedders import Embedder
from index.fulltext import FIELD_WEIGHTS, FieldWeights
from index.searcher import Index, Searcher
from search.engine import SearchEngine, local_today
from search.evaluation.queries import EvaluationQuery, KeyOf
from search.evidence import DEFAULT_THRESHOLDS, Thresholds
from search.fuse import DEFAULT_RECIPE, Recipe
from search.results import Answer


@dataclass(frozen=True, slots=True)
class Variant:
    """A named way to rank and to judge evidence; what is not named is as in the product.

    `understand` off takes every query literally.
    """

    name: str
    recipe: Recipe = DEFAULT_RECIPE
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    fields: FieldWeights = FIELD_WEIGHTS
    understand: bool = True


def _alone(name: str, recipe: Recipe, fields: FieldWeights = FIELD_WEIGHTS) -> Variant:
    return Variant(name, recipe, fields=fields)


_DENSE = replace(DEFAULT_RECIPE, dense=1.0, lexical=0.0, near=200)
_LEXICAL = replace(DEFAULT_RECIPE, dense=0.0, lexical=1.0)

FUSED = Variant("fused")
LEGS = (
    _alone("dense", _DENSE),
    _alone("words", _LEXICAL, FieldWeights(words=1.0, grams=0.0)),
    _alone("characters", _LEXICAL, FieldWeights(words=0.0, grams=1.0)),
    _alone("lexical", _LEXICAL),
)

# The product with one part taken out or replaced; the last is the product as it is.
ABLATION = (
    Variant("dense leg alone", _DENSE),
    Variant("full-text leg alone", _LEXICAL),
    Variant("weights 0.7 dense, 0.3 full text", replace(DEFAULT_RECIPE, dense=0.7, lexical=0.3)),
    Variant("weights 0.5 dense, 0.5 full text", replace(DEFAULT_RECIPE, dense=0.5, lexical=0.5)),
    Variant("full text without words", fields=FieldWeights(words=0.0)),
    Variant("full text without characters", fields=FieldWeights(grams=0.0)),
    Variant("no centring of the query", replace(DEFAULT_RECIPE, centring=0.0)),
    Variant("no thesaurus in full text", replace(DEFAULT_RECIPE, expansion=0.0)),
    Variant("200 candidates of either leg", replace(DEFAULT_RECIPE, near=200)),
    Variant("50 candidates of either leg", replace(DEFAULT_RECIPE, pool=50, near=50)),
    Variant("query taken literally", understand=False),
    FUSED,
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result: what it is called in judgments, its document's year, and why it stands where it does."""

    key: str
    year: int | None
    score: float
    similarity: float
    item_id: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The results of one query, best first, none twice."""

    query: EvaluationQuery
    results: tuple[Ranked, ...]


class _WeighedIndex(Index):
    """Another index whose full text weighs its fields otherwise; nothing is opened twice."""

    def __init__(self, index: Index, weights: FieldWeights) -> None:
        self._whole = index
        self._weights = weights

    def searcher(self) -> Searcher:
        return self._whole.searcher().weighted(self._weights)


class Bench:
    """One catalog with its index and model, to be asked in any number of ways.

    Each query is asked as the product asks it, through a `SearchEngine` of the variant; a query that says
    what day it is is asked on that day.
    """

    def __init__(self, catalog: Catalog, index: Index, embedder: Embedder) -> None:
        self.catalog = catalog
        self.index = index
        self.embedder = embedder
        self._today: date | None = None

    def rank(
        self, variant: Variant, queries: Sequence[EvaluationQuery], key_of: KeyOf, k: int = 10
    ) -> tuple[Ranking, ...]:
        """Return the `k` best results of each query; of several items with one key the best stands for it."""
        engine = self._engine(variant)
        return tuple(self._ranking(engine, variant, query, key_of, k) for query in queries)

    def ask(self, variant: Variant, queries: Sequence[EvaluationQuery]) -> tuple[Answer, ...]:
        """Return the answer to each query."""
        engine = self._engine(variant)
        answers = []
        for query in queries:
            self._today = query.today
            answers.append(engine.ask(_asked(variant, query).request(10)))
        return tuple(answers)

    def _ranking(
        self, engine: SearchEngine, variant: Variant, query: EvaluationQuery, key_of: KeyOf, k: int
    ) -> Ranking:
        self._today = query.today
        best: dict[str, Ranked] = {}
        for hit in engine.search(_asked(variant, query).request(k)).hits:
            key = key_of(hit.stored)
            year = hit.stored.document.year
            best.setdefault(key, Ranked(key, year, hit.score, hit.similarity, hit.stored.id))
        return Ranking(query, tuple(best.values()))

    def _engine(self, variant: Variant) -> SearchEngine:
        index = self.index
        if variant.fields != FIELD_WEIGHTS:
            index = _WeighedIndex(index, variant.fields)
        return SearchEngine(
            self.catalog,
            index,
            self.embedder,
            today=lambda: self._today or local_today(),
            recipe=variant.recipe,
            thresholds=variant.thresholds,
        )


def _asked(variant: Variant, query: EvaluationQuery) -> EvaluationQuery:
    return query if variant.understand else replace(query, understand=False)

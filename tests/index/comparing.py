"""Two searchers are the same when they answer alike."""

from __future__ import annotations

from pathlib import Path

from corpus.catalog import Catalog
from corpus.model import DocumentKind
from index.searcher import ALL, Filter, Index, Searcher
from tests.index.samples import TOPICS, ToyEmbedder

EMBEDDER = ToyEmbedder()
QUERIES = (TOPICS[0], "公文办结率不低于85%", "2012年招商引资", "件")
FILTERS = (
    ALL,
    Filter(years=frozenset([2012, 2013])),
    Filter(categories=frozenset(["重点目标"]), cities=frozenset(["青岛市"])),
    Filter(kinds=frozenset([DocumentKind.PLAN])),
    Filter(units=frozenset(["没有这个单位"])),
)
Answers = list[list[tuple[int, float]]]


def dense(searcher: Searcher, k: int = 500) -> Answers:
    return [searcher.dense(EMBEDDER.embed(query), k, allowed) for query in QUERIES for allowed in FILTERS]


def lexical(searcher: Searcher, k: int = 500) -> Answers:
    return [searcher.lexical(query, k, allowed) for query in QUERIES for allowed in FILTERS]


def anew(catalog: Catalog, directory: Path) -> Searcher:
    """Return a searcher made from the catalog alone."""
    return Index(catalog, directory / "nowhere" / "at all").searcher()


def assert_same(one: Searcher, other: Searcher) -> None:
    assert one.state == other.state
    assert one.size == other.size
    assert dense(one) == dense(other)
    assert lexical(one) == lexical(other)
    assert one.vocabulary() == other.vocabulary()

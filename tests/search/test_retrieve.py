"""Candidates of two legs, over a few vectors in memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.filters import ALL, Filter
from search.fuse import DEFAULT_RECIPE, Recipe
from search.retrieve import (
    Question,
    Vector,
    find_candidates,
    make_embedding,
    make_question,
    passage_of,
    retrieve,
)


class FewChunks:
    """Chunk n belongs to item n // 10; the lexical score is the number of shared characters."""

    def __init__(self, chunks: dict[int, tuple[Vector, str]]) -> None:
        self.chunks = chunks
        self.asked: list[Filter] = []

    def dense(self, vector: Vector, k: int, allowed: Filter) -> list[tuple[int, float]]:
        self.asked.append(allowed)
        found = [(chunk, float(vector @ row)) for chunk, (row, _) in self.chunks.items()]
        return sorted(found, key=lambda pair: -pair[1])[:k]

    def lexical(self, text: str, k: int, allowed: Filter) -> list[tuple[int, float]]:
        self.asked.append(allowed)
        scores = self.lexical_scores(text, list(self.chunks))
        found = [(chunk, float(score)) for chunk, score in zip(self.chunks, scores, strict=True) if score]
        return sorted(found, key=lambda pair: -pair[1])[:k]

    def similarities(self, vectors: Vector, chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        return vectors @ np.stack([self.chunks[chunk][0] for chunk in chunk_ids], axis=1)

    def lexical_scores(self, text: str, chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        return np.array([len(set(text) & set(self.chunks[chunk][1])) for chunk in chunk_ids], np.float32)

    def items_of(self, chunk_ids: Sequence[int]) -> NDArray[np.int64]:
        return np.array([chunk // 10 for chunk in chunk_ids], np.int64)


def unit(*values: float) -> Vector:
    vector = np.array(values, np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def asking(
    text: str, vector: Vector, mean: Vector | None = None, recipe: Recipe = DEFAULT_RECIPE
) -> Question:
    return make_question(text, lambda: make_embedding(vector, mean, recipe))


LEGS = FewChunks(
    {
        10: (unit(1, 0, 0), "公文办结率"),
        11: (unit(0, 1, 0), "文件"),
        20: (unit(0, 0, 1), "新闻发布会"),
        30: (unit(1, 1, 1), "值班"),
    }
)


def test_every_candidate_is_scored_by_both_legs() -> None:
    found = find_candidates(LEGS, asking("公文", unit(1, 0, 0)), ALL, Recipe(pool=2, near=2))
    assert found.chunk_ids.tolist() == [10, 11, 30]
    assert found.item_ids.tolist() == [1, 1, 3]
    assert found.lexical.tolist() == [2.0, 1.0, 0.0]
    assert found.similarity.tolist() == pytest.approx([1.0, 0.0, 0.57735], abs=1e-5)


def test_the_filter_holds_in_both_legs() -> None:
    LEGS.asked.clear()
    allowed = Filter(years=frozenset({2012}))
    find_candidates(LEGS, asking("公文", unit(1, 0, 0)), allowed)
    assert LEGS.asked == [allowed, allowed]


def test_items_not_chunks_come_back() -> None:
    ranked = retrieve(LEGS, asking("公文", unit(1, 0, 0)), ALL)
    assert [one.item_id for one in ranked] == [1, 3, 2]


def test_words_that_only_ask_are_not_looked_for() -> None:
    (best, *_) = retrieve(LEGS, asking("发布会是多少", unit(1, 1, 1)), ALL, Recipe(dense=0.0))
    assert best.item_id == 2
    assert best.lexical == 3.0


def test_official_words_are_looked_for_too() -> None:
    question = asking("记者会", unit(1, 1, 1))
    assert question.also == ("新闻发布会",)
    assert passage_of("记者会") == "记者会（新闻发布会）"
    assert passage_of("新闻发布会") == "新闻发布会"
    (best, *_) = retrieve(LEGS, question, ALL, Recipe(dense=0.0, expansion=0.5))
    assert (best.item_id, best.lexical) == (2, 1.0 + 0.5 * 5)


def test_taking_out_the_mean_demotes_what_is_like_every_query() -> None:
    vector, mean = unit(1, 1, 1.2), unit(1, 1, 1)
    plain = retrieve(LEGS, asking("无", vector), ALL, Recipe(lexical=0.0))
    centred = retrieve(LEGS, asking("无", vector, mean, Recipe(centring=1.0)), ALL, Recipe(lexical=0.0))
    assert plain[0].item_id == 3
    assert centred[0].item_id == 2
    assert centred[0].similarity == pytest.approx(float(vector @ unit(0, 0, 1)))


def test_an_empty_index_finds_nothing() -> None:
    assert retrieve(FewChunks({}), asking("公文", unit(1, 0, 0)), ALL) == ()

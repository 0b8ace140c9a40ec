"""A second opinion changes the order of the best and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from search.fuse import ScoredItem
from search.rerank import Reranking, rerank


class Stub:
    """Likes long passages."""

    name = "stub"

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float64]:
        self.asked.append((query, list(passages)))
        return np.array([len(passage) for passage in passages], np.float64)


def texts(chunk_ids: Sequence[int]) -> Mapping[int, str]:
    return {chunk: "字" * chunk for chunk in chunk_ids if chunk != 99}


def ranked(*chunks: int) -> tuple[ScoredItem, ...]:
    return tuple(
        ScoredItem(chunk + 100, chunk, float(len(chunks) - place), 0.9, 1.0)
        for place, chunk in enumerate(chunks)
    )


def test_the_model_is_asked_about_the_best_chunks() -> None:
    stub = Stub()
    rerank("公文", ranked(2, 5, 1), stub, texts, Reranking(depth=2))
    assert stub.asked == [("公文", ["字字", "字字字字字"])]


def test_its_order_replaces_the_fused_one_where_it_has_all_the_say() -> None:
    found = rerank("公文", ranked(1, 2, 3), Stub(), texts, Reranking(share=1.0))
    assert [one.chunk_id for one in found] == [3, 2, 1]
    assert sum(one.score for one in found) == pytest.approx(0.0)


def test_without_a_say_nothing_changes() -> None:
    found = rerank("公文", ranked(1, 2, 3), Stub(), texts, Reranking(share=0.0))
    assert [one.chunk_id for one in found] == [1, 2, 3]


def test_both_scores_are_blended_on_one_scale() -> None:
    found = rerank("公文", ranked(1, 2, 3), Stub(), texts, Reranking(share=0.5))
    assert [one.score for one in found] == pytest.approx([0.0, 0.0, 0.0])
    assert [one.item_id for one in found] == [101, 102, 103]


def test_the_rest_stays_behind_in_its_order() -> None:
    found = rerank("公文", ranked(1, 2, 9, 8, 7), Stub(), texts, Reranking(depth=2, share=1.0))
    assert [one.chunk_id for one in found] == [2, 1, 9, 8, 7]
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[1] - scores[2] == pytest.approx(1.0)


def test_a_chunk_that_is_gone_counts_as_the_worst() -> None:
    found = rerank("公文", ranked(99, 1, 2), Stub(), texts, Reranking(share=1.0))
    assert [one.chunk_id for one in found] == [2, 1, 99]


@pytest.mark.parametrize("chunks", [(), (4,)])
def test_fewer_than_two_are_not_worth_asking(chunks: tuple[int, ...]) -> None:
    stub = Stub()
    assert rerank("公文", ranked(*chunks), stub, texts) == ranked(*chunks)
    assert stub.asked == []

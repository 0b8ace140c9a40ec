"""One score from two."""

from __future__ import annotations

import numpy as np
import pytest

from search.fuse import NO_CANDIDATES, Candidates, Recipe, calibrate, fuse


def candidates(*rows: tuple[int, int, float, float]) -> Candidates:
    """Return candidates given as chunk, item, dense and lexical score."""
    chunks, items, dense, lexical = (np.array(column) for column in zip(*rows, strict=True))
    return Candidates(chunks, items, dense, dense, lexical)


def test_nothing_gives_nothing() -> None:
    assert fuse(NO_CANDIDATES) == ()


def test_one_candidate_is_neutral_and_keeps_its_exact_scores() -> None:
    (only,) = fuse(candidates((7, 3, 0.9, 12.0)))
    assert (only.item_id, only.chunk_id, only.score) == (3, 7, 0.0)
    assert (only.similarity, only.lexical) == (0.9, 12.0)


def test_a_strong_lexical_match_overtakes_a_slightly_closer_text() -> None:
    best, second = fuse(candidates((1, 1, 0.861, 0.0), (2, 2, 0.860, 20.0)))
    assert (best.item_id, second.item_id) == (2, 1)


def test_two_nearly_equal_texts_are_not_blown_up() -> None:
    scores = [one.score for one in fuse(candidates((1, 1, 0.8601, 5.0), (2, 2, 0.8600, 5.0)))]
    assert scores[0] - scores[1] < 0.02


def test_calibration_is_centred_and_bounded_by_its_floor() -> None:
    scores = calibrate(np.array([1.0, 2.0, 3.0]), 0.0)
    assert scores.mean() == pytest.approx(0.0)
    assert scores.std() == pytest.approx(1.0)
    assert calibrate(np.array([1.0, 1.0]), 0.0).tolist() == [0.0, 0.0]


def test_an_item_is_as_good_as_its_best_chunk() -> None:
    ranked = fuse(candidates((1, 1, 0.80, 0.0), (2, 1, 0.92, 9.0), (3, 2, 0.88, 5.0)))
    assert [(one.item_id, one.chunk_id) for one in ranked] == [(1, 2), (2, 3)]
    assert ranked[0].similarity == 0.92


def test_ties_are_ordered_by_item() -> None:
    ranked = fuse(candidates((5, 9, 0.85, 1.0), (6, 2, 0.85, 1.0), (7, 4, 0.85, 1.0)))
    assert [one.item_id for one in ranked] == [2, 4, 9]


def test_the_weights_are_the_recipe() -> None:
    found = candidates((1, 1, 0.90, 0.0), (2, 2, 0.80, 30.0))
    assert fuse(found, Recipe(dense=1.0, lexical=0.0))[0].item_id == 1
    assert fuse(found, Recipe(dense=0.0, lexical=1.0))[0].item_id == 2


def test_of_equal_chunks_of_an_item_the_first_stands_for_it_with_the_best_scores_of_any() -> None:
    ranked = fuse(candidates((4, 1, 0.8, 3.0), (5, 1, 0.8, 3.0), (6, 2, 0.9, 1.0), (7, 1, 0.1, 9.0)))
    assert [(one.item_id, one.similarity, one.lexical) for one in ranked] == [(1, 0.8, 9.0), (2, 0.9, 1.0)]
    tied = fuse(candidates((4, 1, 0.8, 3.0), (5, 1, 0.8, 3.0)))
    assert [(one.item_id, one.chunk_id) for one in tied] == [(1, 4)]

"""One score from two."""

from __future__ import annotations

import numpy as np
import pytest

from search.fuse import Candidate, Recipe, calibrate, fuse


def candidate(chunk: int, item: int, dense: float, lexical: float) -> Candidate:
    return Candidate(chunk, item, dense, dense, lexical)


def test_nothing_gives_nothing() -> None:
    assert fuse(()) == ()


def test_one_candidate_is_neutral_and_keeps_its_exact_scores() -> None:
    (only,) = fuse((candidate(7, 3, 0.9, 12.0),))
    assert (only.item_id, only.chunk_id, only.score) == (3, 7, 0.0)
    assert (only.similarity, only.lexical) == (0.9, 12.0)


def test_a_strong_lexical_match_overtakes_a_slightly_closer_text() -> None:
    best, second = fuse((candidate(1, 1, 0.861, 0.0), candidate(2, 2, 0.860, 20.0)))
    assert (best.item_id, second.item_id) == (2, 1)


def test_two_nearly_equal_texts_are_not_blown_up() -> None:
    scores = [one.score for one in fuse((candidate(1, 1, 0.8601, 5.0), candidate(2, 2, 0.8600, 5.0)))]
    assert scores[0] - scores[1] < 0.02


def test_calibration_is_centred_and_bounded_by_its_floor() -> None:
    scores = calibrate(np.array([1.0, 2.0, 3.0]), 0.0)
    assert scores.mean() == pytest.approx(0.0)
    assert scores.std() == pytest.approx(1.0)
    assert calibrate(np.array([1.0, 1.0]), 0.0).tolist() == [0.0, 0.0]


def test_an_item_is_as_good_as_its_best_chunk() -> None:
    ranked = fuse((candidate(1, 1, 0.80, 0.0), candidate(2, 1, 0.92, 9.0), candidate(3, 2, 0.88, 5.0)))
    assert [(one.item_id, one.chunk_id) for one in ranked] == [(1, 2), (2, 3)]
    assert ranked[0].similarity == 0.92


def test_ties_are_ordered_by_item() -> None:
    ranked = fuse(tuple(candidate(chunk, item, 0.85, 1.0) for chunk, item in ((5, 9), (6, 2), (7, 4))))
    assert [one.item_id for one in ranked] == [2, 4, 9]


def test_the_weights_are_the_recipe() -> None:
    candidates = (candidate(1, 1, 0.90, 0.0), candidate(2, 2, 0.80, 30.0))
    assert fuse(candidates, Recipe(dense=1.0, lexical=0.0))[0].item_id == 1
    assert fuse(candidates, Recipe(dense=0.0, lexical=1.0))[0].item_id == 2

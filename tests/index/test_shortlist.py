"""A shortlist says how far off its estimates can be, and keeps to it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.shortlist import Shortlist
from index.vectors import FaissIndex, normalised

DIMENSION = 24


def rows(count: int, seed: int = 1, *, crowded: float = 0.0) -> NDArray[np.float16]:
    """Return unit vectors; the more `crowded`, the more alike."""
    made = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    made[:, 0] += crowded
    return normalised(made).astype(np.float16)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 300), st.integers(0, 2**20), st.sampled_from([0.0, 5.0, 200.0]), st.integers(1, 400))
def test_no_estimate_is_further_off_than_the_bound(count: int, seed: int, crowded: float, k: int) -> None:
    matrix, unit = rows(count, seed, crowded=crowded), rows(1, seed + 1)[0].astype(np.float32)
    listed = Shortlist.build(matrix).search(unit, k, None)
    exact = matrix.astype(np.float32) @ unit
    assert len(listed.rows) == min(k, count)
    assert np.abs(listed.estimates - exact[listed.rows]).max() <= listed.bound
    assert np.all(np.diff(listed.estimates) <= 0)
    others = np.setdiff1d(np.arange(count), listed.rows)
    assert len(others) == 0 or exact[others].max() <= listed.rest + listed.bound


def test_a_bound_is_small_beside_what_parts_neighbours() -> None:
    listed = Shortlist.build(rows(500)).search(rows(1, 9)[0].astype(np.float32), 10, None)
    assert 0.001 < listed.bound < 0.03


def test_a_list_of_all_rows_leaves_no_rest() -> None:
    listed = Shortlist.build(rows(5)).search(rows(1, 9)[0].astype(np.float32), 10, None)
    assert sorted(listed.rows.tolist()) == [0, 1, 2, 3, 4]
    assert listed.rest == -np.inf


def test_vectors_without_length_are_estimated_at_nothing() -> None:
    listed = Shortlist.build(np.zeros((3, DIMENSION), np.float16)).search(
        np.zeros(DIMENSION, np.float32), 3, None
    )
    assert listed.estimates.tolist() == [0.0, 0.0, 0.0]


def test_saved_codes_give_the_same_list(tmp_path: Path) -> None:
    made, unit = Shortlist.build(rows(300)), rows(1, 5)[0].astype(np.float32)
    made.save(tmp_path / "a.codes")
    opened = Shortlist.open(tmp_path / "a.codes")
    opened.save(tmp_path / "b.codes")
    assert (tmp_path / "a.codes").read_bytes() == (tmp_path / "b.codes").read_bytes()
    one, other = made.search(unit, 40, None), opened.search(unit, 40, None)
    assert one.rows.tolist() == other.rows.tolist()
    assert one.estimates.tolist() == other.estimates.tolist()
    assert (one.rest, one.bound) == (other.rest, other.bound)


def test_codes_that_do_not_belong_to_the_vectors_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.vectors._CODED", 1)
    index = FaissIndex.build(DIMENSION, [rows(50).astype(np.float32)])
    assert [path.name for path in index.save(tmp_path / "v.faiss")] == ["v.faiss", "v.codes", "v.codes.npy"]
    Shortlist.build(rows(49)).save(tmp_path / "v.codes")
    with pytest.raises(ValueError, match=r"v\.codes holds 49 rows, v\.faiss 50"):
        FaissIndex.open(tmp_path / "v.faiss")
    (tmp_path / "v.codes").unlink()
    with pytest.raises(RuntimeError):
        FaissIndex.open(tmp_path / "v.faiss")


def test_small_indexes_have_no_codes(tmp_path: Path) -> None:
    index = FaissIndex.build(DIMENSION, [rows(50).astype(np.float32)])
    assert [path.name for path in index.save(tmp_path / "v.faiss")] == ["v.faiss"]
    assert FaissIndex.open(tmp_path / "v.faiss").size == 50

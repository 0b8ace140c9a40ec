"""The contract of every vector index: equal to the exact numpy search in order and similarity.

Exact over what is kept: normalised components in half precision.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.vectors import FaissIndex, VectorKind, normalised, open_vectors

DIMENSION = 16


def vectors(count: int, seed: int = 1) -> NDArray[np.float32]:
    """Return vectors of very different lengths, some of them equal but for their length."""
    made = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    made *= np.linspace(0.01, 100, count, dtype=np.float32)[:, np.newaxis]
    made[1::7] = made[: len(made[1::7])] * 3
    return made


def cosines(matrix: NDArray[np.float32], query: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the cosines to the vectors as they are kept, computed in double precision."""
    kept, wanted = normalised(matrix).astype(np.float16).astype(np.float64), query.astype(np.float64)
    exact: NDArray[np.float64] = kept @ wanted / np.linalg.norm(wanted)
    return exact


@pytest.fixture(params=["compared", "listed", "listed by three cores"])
def scan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare all rows, or those that codes name; let three cores scan a share of the codes each."""
    if request.param != "compared":
        monkeypatch.setattr("index.vectors._CODED", 1)
        monkeypatch.setattr("index.vectors._LISTED", 8)
    if request.param == "listed by three cores":
        monkeypatch.setattr("index.vectors._SHARED_SCAN", 1)
        monkeypatch.setattr("index.vectors.cores", lambda: 3)


@pytest.mark.usefixtures("scan")
@pytest.mark.parametrize("kind", list(VectorKind))
@pytest.mark.parametrize("share", [None, 0.0, 0.01, 0.4, 1.0])
@pytest.mark.parametrize("k", [1, 7, 50, 5000])
def test_every_kind_equals_the_exact_search(
    kind: VectorKind, share: float | None, k: int, tmp_path: Path
) -> None:
    matrix = vectors(1000)
    FaissIndex.build(DIMENSION, [matrix[:300], matrix[300:]]).save(tmp_path / "vectors")
    index = open_vectors(tmp_path / "vectors", kind)
    assert index.size == 1000
    allowed = None if share is None else np.random.default_rng(2).random(1000) < share
    passing = np.arange(1000) if allowed is None else np.flatnonzero(allowed)
    for query in vectors(5, seed=3):
        exact = cosines(matrix, query)
        best = np.sort(exact[passing])[::-1][:k]
        rows, similarities = index.search(query, k, allowed)
        # The order is the exact one: at each rank stands a row that is as similar as the one of that rank.
        np.testing.assert_allclose(exact[rows], best, atol=2e-6)
        np.testing.assert_allclose(similarities, best, atol=2e-6)
        assert len(set(rows.tolist())) == len(rows)
        assert set(rows.tolist()) <= set(passing.tolist())
        ranked = list(zip((-similarities).tolist(), rows.tolist(), strict=True))
        assert ranked == sorted(ranked)


@pytest.mark.usefixtures("scan")
def test_equal_vectors_come_in_the_order_of_their_rows_even_at_the_end_of_the_list() -> None:
    matrix = np.tile(vectors(1), (100, 1))
    index = FaissIndex.build(DIMENSION, [matrix])
    for k in (1, 3, 40, 100):
        rows, similarities = index.search(matrix[0], k)
        assert rows.tolist() == list(range(k))
        assert similarities.tolist() == pytest.approx([1.0] * k, abs=5e-4)
        assert len(set(similarities.tolist())) == 1


def test_similarities_are_those_of_the_search() -> None:
    index = FaissIndex.build(DIMENSION, [vectors(500)])
    query = vectors(1, seed=5)[0]
    rows, similarities = index.search(query, 500)
    np.testing.assert_allclose(index.similarities(query[np.newaxis], rows)[0], similarities, atol=2e-6)


def test_lengths_do_not_matter_and_opposite_is_minus_one() -> None:
    one = vectors(1)[0]
    index = FaissIndex.build(DIMENSION, [np.stack([one, one * 1000, -one, np.zeros(DIMENSION, np.float32)])])
    rows, similarities = index.search(one * 0.001, 4)
    assert rows.tolist() == [0, 1, 3, 2]
    assert similarities.tolist() == pytest.approx([1.0, 1.0, 0.0, -1.0], abs=5e-4)
    assert similarities[0] == similarities[1] == -similarities[3]


def test_saved_then_opened_is_the_same(tmp_path: Path) -> None:
    index = FaissIndex.build(DIMENSION, [vectors(300)])
    index.save(tmp_path / "one")
    opened = FaissIndex.open(tmp_path / "one")
    opened.save(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    query = vectors(1, seed=9)[0]
    for before, after in zip(index.search(query, 20), opened.search(query, 20), strict=True):
        np.testing.assert_array_equal(before, after)


def test_merging_keeps_the_named_rows_bit_by_bit(tmp_path: Path) -> None:
    matrix = vectors(60)
    one, two = FaissIndex.build(DIMENSION, [matrix[:40]]), FaissIndex.build(DIMENSION, [matrix[40:]])
    merged = FaissIndex.merge(DIMENSION, [(one, np.arange(0, 40, 2)), (two, np.arange(20))])
    merged.save(tmp_path / "merged")
    FaissIndex.build(DIMENSION, [matrix[:40:2], matrix[40:]]).save(tmp_path / "built")
    assert (tmp_path / "merged").read_bytes() == (tmp_path / "built").read_bytes()


def test_an_empty_index_and_an_impossible_k_find_nothing(tmp_path: Path) -> None:
    empty = FaissIndex.build(DIMENSION, [])
    empty.save(tmp_path / "empty")
    query = vectors(1)[0]
    for index in (empty, FaissIndex.open(tmp_path / "empty")):
        assert [len(found) for found in index.search(query, 10)] == [0, 0]
    assert [len(found) for found in FaissIndex.build(DIMENSION, [vectors(3)]).search(query, 0)] == [0, 0]
    assert [len(found) for found in FaissIndex.build(DIMENSION, [vectors(3)]).search(query, -1)] == [0, 0]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(bad: float) -> None:
    broken = vectors(2)
    broken[1, 3] = bad
    with pytest.raises(ValueError, match="NaN or infinity"):
        FaissIndex.build(DIMENSION, [broken])


def test_normalising_keeps_zeros_and_copies() -> None:
    given = np.array([[3, 4], [0, 0]], np.float32)
    np.testing.assert_allclose(normalised(given), np.array([[0.6, 0.8], [0, 0]]), rtol=1e-6)
    assert given[0, 0] == 3


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(b"junk" * 100)
    with pytest.raises(RuntimeError):
        FaissIndex.open(tmp_path / "junk")


def test_vectors_as_the_catalog_keeps_them_are_compared_as_they_are() -> None:
    kept = normalised(vectors(200)).astype(np.float16).astype(np.float32)
    np.testing.assert_array_equal(normalised(kept), kept)
    query = vectors(1, seed=4)[0]
    found = FaissIndex.build(DIMENSION, [kept]).similarities(query[np.newaxis], np.arange(200))[0]
    np.testing.assert_allclose(found, kept @ normalised(query[np.newaxis])[0], atol=2e-6)

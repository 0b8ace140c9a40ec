"""The mean query is embedded once for each model and kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from search.common_queries import mean_query
from search.retrieve import COMMON_QUERIES
from tests.api.fake_embedder import FakeEmbedder


class Counting(FakeEmbedder):
    def __init__(self, model: str = "pairs") -> None:
        super().__init__(model)
        self.calls = 0

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        return super().embed_queries(texts)


def test_the_second_process_reads_what_the_first_kept(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    kept = mean_query(first, tmp_path / "models")
    again = mean_query(second, tmp_path / "models")
    assert (first.calls, second.calls) == (1, 0)
    assert np.array_equal(kept, again)
    assert np.allclose(kept, FakeEmbedder().embed_queries(COMMON_QUERIES).mean(axis=0))
    assert [file.suffix for file in (tmp_path / "models").iterdir()] == [".npy"]


def test_each_model_has_its_own(tmp_path: Path) -> None:
    mean_query(Counting("one-" + "x" * 20), tmp_path)
    other = Counting("two-" + "x" * 20)
    mean_query(other, tmp_path)
    assert other.calls == 1


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"no array at all"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    expected = mean_query(Counting(), tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    embedder = Counting()
    assert np.array_equal(mean_query(embedder, tmp_path), expected)
    assert embedder.calls == 1
    assert np.array_equal(np.load(file), expected)


@pytest.mark.parametrize("wrong", [np.zeros(3, np.float32), np.full(256, np.nan, np.float32), np.zeros(256)])
def test_an_array_that_is_none_of_ours_is_made_anew(tmp_path: Path, wrong: NDArray[np.float32]) -> None:
    expected = mean_query(Counting(), tmp_path)
    (file,) = tmp_path.iterdir()
    np.save(file, wrong)
    assert np.array_equal(mean_query(Counting(), tmp_path), expected)


def test_where_nothing_can_be_written_it_is_embedded(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (None, tmp_path / "file" / "below"):
        embedder = Counting()
        assert mean_query(embedder, folder).shape == (256,)
        assert embedder.calls == 1

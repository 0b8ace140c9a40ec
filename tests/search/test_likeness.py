"""Each model is measured once; one that cannot tell answers from other passages has no scale."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from search.likeness import Scale, likeness_by, measured, scale_of
from tests.api.fake_embedder import FakeEmbedder


class Paired(FakeEmbedder):
    """Gives a question and its passage the cosine `related`, and all others `unrelated`."""

    def __init__(self, unrelated: float, related: float) -> None:
        super().__init__(f"{unrelated}-{related}-" + "x" * 20)
        self.calls = 0
        self._unrelated, self._related = unrelated, related

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        return np.eye(len(texts), dtype=np.float32)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        size = len(texts)
        vectors = np.full((size, size), self._unrelated) + np.eye(size) * (self._related - self._unrelated)
        return vectors.astype(np.float32)


def test_a_scale_runs_from_unrelated_to_related() -> None:
    assert measured(Paired(0.1, 0.6)) == Scale(0.1, 0.6)
    scale = Scale(0.1, 0.6)
    assert [round(scale.likeness(one), 6) for one in (0.1, 0.35, 0.6, -0.9, 1.0)] == [0, 0.5, 1, 0, 1.5]


@pytest.mark.parametrize("model", [Paired(0.5, 0.5), Paired(0.6, 0.1), FakeEmbedder()])
def test_what_tells_nothing_apart_has_no_scale(model: FakeEmbedder) -> None:
    assert measured(model) is None
    assert likeness_by(None)(0.99) is None


def test_the_second_process_reads_what_the_first_kept(tmp_path: Path) -> None:
    first, second, other = Paired(0.1, 0.6), Paired(0.1, 0.6), Paired(0.2, 0.6)
    kept = [scale_of(one, tmp_path / "models") for one in (first, second, other)]
    assert kept == [Scale(0.1, 0.6), Scale(0.1, 0.6), Scale(0.2, 0.6)]
    assert (first.calls, second.calls, other.calls) == (1, 0, 1)


def test_that_there_is_no_scale_is_kept_too(tmp_path: Path) -> None:
    scale_of(Paired(0.5, 0.5), tmp_path)
    second = Paired(0.5, 0.5)
    assert (scale_of(second, tmp_path), second.calls) == (None, 0)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"scale": {"unrelated": 0.1}}',
        '{"scale": {"unrelated": 0.9, "related": 0.1}}',
        '{"scale": {"unrelated": NaN, "related": 1}}',
    ],
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: str) -> None:
    scale_of(Paired(0.1, 0.6), tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_text(content, encoding="utf-8")
    assert scale_of(Paired(0.1, 0.6), tmp_path) == Scale(0.1, 0.6)
    assert json.loads(file.read_text("utf-8")) == {"scale": {"unrelated": 0.1, "related": 0.6}}


def test_where_nothing_can_be_written_it_is_measured(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (None, tmp_path / "file" / "below"):
        embedder = Paired(0.1, 0.6)
        assert scale_of(embedder, folder) == Scale(0.1, 0.6)
        assert embedder.calls == 1

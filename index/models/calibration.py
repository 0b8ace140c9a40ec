"""Which range each matrix of the 8-bit graph must expect, measured on sample sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.models.folder import PROMPTS
from index.models.graph import Range, Ranges, encoder
from index.models.runtime import open_session, run, tokens_of
from index.models.samples import CALIBRATION
from index.models.source import Source

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

_MARGIN = 1.2
_ORDINARY = 0.97  # the share of channels before a last matrix that are not divided
_LEAST = 1e-4
_SEEN = "seen."


def measured_ranges(source: Source, kept: NDArray[np.int64], tokenizer: SentencePieceProcessor) -> Ranges:
    """Return a range for every matrix, a fifth wider than what the samples gave."""
    session = open_session(encoder(source, kept, with_activations=True).SerializeToString())
    names = [output.name for output in session.get_outputs() if output.name.startswith(_SEEN)]
    texts = [prompt + text for text in (*CALIBRATION, "".join(CALIBRATION)) for prompt in PROMPTS.values()]
    runs = [
        [(seen[0].min(axis=0), seen[0].max(axis=0)) for seen in run(session, [tokens], names)]
        for tokens in tokens_of(tokenizer, texts)
    ]
    ranges = {}
    for name, extremes in zip(names, zip(*runs, strict=True), strict=True):
        lows, highs = (np.array(ends) for ends in zip(*extremes, strict=True))
        matrix = name.removeprefix(_SEEN)
        ranges[matrix] = range_of(matrix, lows.min(axis=0), highs.max(axis=0), source)
    return ranges


def range_of(name: str, lows: NDArray[np.float32], highs: NDArray[np.float32], source: Source) -> Range:
    """Return the range over all channels before the matrix `name`, from the ends of each channel."""
    divisor = _divisor(name, np.maximum(highs, -lows), source)
    if divisor is not None:
        lows, highs = lows / divisor, highs / divisor
    return Range(_MARGIN * min(0.0, float(lows.min())), _MARGIN * max(0.0, float(highs.max())), divisor)


def _divisor(name: str, largest: NDArray[np.float32], source: Source) -> NDArray[np.float32] | None:
    """Return what each channel is divided by, so that all channels use most of the 256 steps.

    After SmoothQuant (Xiao et al. 2023). Before a layer's last matrix one or two of the 1,536 channels are
    up to thirty times larger than the rest: those alone are divided, down to the size of the larger ordinary
    ones. What comes out of a layer normalisation meets its matrix half-way. What comes out of the attention
    is even as it is.
    """
    kind = name.partition(".")[2]
    if kind == "ao":
        return None
    if kind == "fo":
        above: NDArray[np.float32] = largest / np.float32(np.quantile(largest, _ORDINARY))
        return above.clip(min=1)
    weights = np.abs(source.dense(name)).max(axis=0)
    balance = np.log(np.maximum(largest, _LEAST) / np.maximum(weights, _LEAST)) / 2
    result: NDArray[np.float32] = np.exp(balance - balance.mean())
    return result

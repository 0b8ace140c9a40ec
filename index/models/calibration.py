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
_ORDINARY = 0.97  # the share of channels that are not divided
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
        ranges[name.removeprefix(_SEEN)] = _range(name, lows.min(axis=0), highs.max(axis=0))
    return ranges


def _range(name: str, lows: NDArray[np.float32], highs: NDArray[np.float32]) -> Range:
    """Return the range over all channels.

    In the activations before a layer's last matrix one or two of the 1,536 channels are up to thirty times
    larger than the rest, which would then share a few of the 256 steps. Such channels are divided down to
    the size of the larger ordinary ones (after SmoothQuant, Xiao et al. 2023).
    """
    if not name.endswith(".fo"):
        return Range(_MARGIN * float(lows.min()), _MARGIN * float(highs.max()))
    largest = np.maximum(highs, -lows)
    divisor = np.maximum(largest / np.quantile(largest, _ORDINARY), 1).astype(np.float32)
    return Range(_MARGIN * float((lows / divisor).min()), _MARGIN * float((highs / divisor).max()), divisor)

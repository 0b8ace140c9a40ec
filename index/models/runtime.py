"""Opening and running an encoder graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissing
from index.models.vocabulary import BEGIN, END, PAD, SENTENCEPIECE_FILE

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from sentencepiece import SentencePieceProcessor

LIMIT = 512  # tokens, the positions that the model knows
_ERRORS_ONLY = 3


def open_session(graph: Path | bytes) -> InferenceSession:
    """Open a graph of ours, from a file or from memory.

    Every run computes in the thread that calls it; several may run at once. The graph is taken as it is
    written: ONNX Runtime would join additions and layer normalisations into an operator that is several
    times slower than the two on their own.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no root of their own
        name = graph if isinstance(graph, Path) else "刚生成的计算图"
        raise ModelMissing(
            f"onnxruntime {onnxruntime.__version__} 打不开向量模型 {name}（{error}）；"
            "请更新 onnxruntime 后运行 duibiao prepare。"
        ) from error


def open_tokenizer(folder: Path) -> SentencePieceProcessor:
    """Open the vocabulary of a folder of ours."""
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(folder / SENTENCEPIECE_FILE))


def tokens_of(tokenizer: SentencePieceProcessor, texts: Sequence[str]) -> list[list[int]]:
    """Return token ids with the marks of beginning and end, cut to `LIMIT` tokens in all."""
    found = tokenizer.encode(list(texts), out_type=int, num_threads=1)
    return [[BEGIN, *tokens[: LIMIT - 2], END] for tokens in found]


def run(
    session: InferenceSession, tokens: Sequence[Sequence[int]], outputs: Sequence[str]
) -> list[NDArray[np.float32]]:
    """Run one padded batch."""
    longest = max(map(len, tokens))
    ids = np.full((len(tokens), longest), PAD, np.int64)
    mask = np.zeros_like(ids)
    for row, found in enumerate(tokens):
        ids[row, : len(found)] = found
        mask[row, : len(found)] = 1
    results: list[NDArray[np.float32]] = session.run(
        list(outputs), {"input_ids": ids, "attention_mask": mask}
    )
    return results


def embed(session: InferenceSession, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """Return one vector of length 1 a text, in order."""
    return run(session, tokens, ["sentence_embedding"])[0]

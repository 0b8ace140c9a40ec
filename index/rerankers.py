"""Models that read a question and a passage together and say how well they fit: cross-encoders.

Any sentence-transformers cross-encoder by folder, or by the name under which it was downloaded before.
Nothing is downloaded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissing
from index.embedders.texts import readable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_BATCH = 16
_LONGEST = 4096  # characters; more than any such model reads
_WAY_OUT = "请检查 DUIBIAO_RERANKER，或清空它以关闭重排。"


class CrossEncoderReranker:
    """Scores are those before any squashing, so that differences among good passages stay.

    Safe to use from several threads; they wait for each other.
    """

    def __init__(self, model: str) -> None:
        self.name = model
        self._model = _load(model)
        self._lock = Lock()  # its tokenizer must not be used by two threads at once

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """Return a score for each passage, higher is better; what the model cannot read to its end is cut."""
        from torch.nn import Identity

        question = readable(query, _LONGEST)
        pairs = [(question, readable(passage, _LONGEST)) for passage in passages]
        if not pairs:
            return np.empty(0, np.float64)
        with self._lock:
            found = self._model.predict(
                pairs, batch_size=_BATCH, show_progress_bar=False, activation_fn=Identity()
            )
        return np.nan_to_num(np.asarray(found, np.float64).reshape(len(pairs)), nan=-1e9)


def _load(model: str) -> CrossEncoder:
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    folder = Path(model).expanduser()
    if not folder.is_dir() and (folder.is_absolute() or model.count("/") != 1):
        raise ModelMissing(f"没有 {folder} 这个重排模型文件夹；{_WAY_OUT}")
    try:
        loaded: CrossEncoder = CrossEncoder(
            str(folder) if folder.is_dir() else model, device="cpu", local_files_only=True
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        if folder.is_dir():
            raise ModelMissing(
                f"文件夹 {folder} 里没有可用的重排模型；请检查其中是否有 config.json、分词器和权重文件，"
                "或清空 DUIBIAO_RERANKER 以关闭重排。"
            ) from error
        raise ModelMissing(
            f"本机没有重排模型 {model}，程序也不会自行下载；请把模型文件夹拷到本机，"
            "用 DUIBIAO_RERANKER 指定它的路径，或清空它以关闭重排。"
        ) from error
    if not _judges_pairs(loaded):
        raise ModelMissing(
            f"{model} 不是重排模型（它不给“问题和文字”打一个分数）；请换成 cross-encoder 模型，"
            "或清空 DUIBIAO_RERANKER 以关闭重排。"
        )
    return loaded


def _judges_pairs(model: CrossEncoder) -> bool:
    """Whether the model gives one score and was made to: a bare encoder gets a head of random numbers."""
    made_as = getattr(model.config, "architectures", None) or ()
    return model.num_labels == 1 and not any(name.endswith(("Model", "MaskedLM")) for name in made_as)

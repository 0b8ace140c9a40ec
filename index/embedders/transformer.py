"""Any sentence-transformers model, by folder or by name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import EmbeddingRecord
from corpus.errors import ModelMissing
from index.embedders.texts import readable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_Encode = Callable[..., Any]  # encode_query or encode_document with its prompt

_QUERY_PROMPTS = ("query", "search_query")
_PASSAGE_PROMPTS = ("passage", "document", "corpus", "search_document")
_NAME = r"[\w.-]+(/[\w.-]+)?"
_PATIENCE = 10  # seconds
_BATCH = 32
_WINDOW = 1024
_CHARACTERS_A_TOKEN = 32
_LONGEST_UNKNOWN = 8192  # tokens, for a model that names no limit


class SentenceTransformerEmbedder:
    """A model with the prompts it brings along; one without prompts gets the texts as they are."""

    def __init__(self, model: str) -> None:
        self._model = load(model)
        self._lock = Lock()  # its tokenizer must not be used by two threads at once
        query, passage = prompts_of(self._model)
        self._encode_query = partial(self._model.encode_query, prompt=query)
        self._encode_passage = partial(self._model.encode_document, prompt=passage)
        self._longest = (self._model.max_seq_length or _LONGEST_UNKNOWN) * _CHARACTERS_A_TOKEN
        dimension = self._encode(self._encode_query, [""]).shape[1]
        self._record = EmbeddingRecord(_fingerprint(self._model, query, passage), model, dimension)

    @property
    def record(self) -> EmbeddingRecord:
        """What made the vectors; the fingerprint covers weights, precision, modules and prompts."""
        return self._record

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of questions."""
        return self._embed(self._encode_query, texts, None)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return the vectors of texts to be found; `progress` is told how many are done so far."""
        return self._embed(self._encode_passage, texts, progress)

    def _embed(
        self, encode: _Encode, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self._record.dimension), np.float32)
        for start in range(0, len(texts), _WINDOW):
            window = [readable(text, self._longest) for text in texts[start : start + _WINDOW]]
            vectors[start : start + len(window)] = self._encode(encode, window)
            if progress is not None:
                progress(start + len(window))
        return vectors

    def _encode(self, encode: _Encode, texts: list[str]) -> NDArray[np.float32]:
        with self._lock:
            found = encode(texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, np.float32)


def load(model: str) -> SentenceTransformer:
    """Load from a folder, else from what was downloaded before, else from the hub. Raise ModelMissing."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    folder = Path(model).expanduser()
    if not folder.is_dir() and not re.fullmatch(_NAME, model):
        raise ModelMissing(f"没有 {folder} 这个模型文件夹；请检查 --model 的路径，或去掉该选项使用默认模型。")
    try:
        return SentenceTransformer(
            str(folder) if folder.is_dir() else model, device="cpu", local_files_only=True
        )
    except (OSError, ValueError) as error:
        if folder.is_dir():
            raise ModelMissing(
                f"文件夹 {folder} 不是可用的 sentence-transformers 模型（{_first_line(error)}）；"
                "请检查其中是否有 modules.json、config.json 和权重文件。"
            ) from error
    return _download(model)


def _download(model: str) -> SentenceTransformer:
    from huggingface_hub import HfApi
    from sentence_transformers import SentenceTransformer

    full_name = model if "/" in model else f"sentence-transformers/{model}"
    try:
        HfApi().model_info(full_name, timeout=_PATIENCE)  # loading would try for more than a minute
        return SentenceTransformer(model, device="cpu")
    except Exception as error:  # each version of the hub's library has errors of its own
        raise ModelMissing(
            f"本机没有向量模型 {model}，也无法从模型站下载；"
            "请把模型文件夹拷到本机后用 --model 指定它的路径，或去掉该选项使用默认模型。"
        ) from error


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def prompts_of(model: SentenceTransformer) -> tuple[str, str]:
    """Return what the model wants before a question and before a passage; "" where it wants nothing."""
    return _prompt(model, _QUERY_PROMPTS), _prompt(model, _PASSAGE_PROMPTS)


def _prompt(model: SentenceTransformer, names: Sequence[str]) -> str:
    prompts: dict[str, str | None] = dict(model.prompts)
    return next((prompt for name in names if (prompt := prompts.get(name))), "")


def _fingerprint(model: SentenceTransformer, query: str, passage: str) -> str:
    import torch

    digest = hashlib.sha256(json.dumps([str(model), model.max_seq_length, query, passage]).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()

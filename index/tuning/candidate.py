"""A model while it is tuned: where it starts from, and how it is written when it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissing
from index.embedders.transformer import load, prompts_of
from index.models.prepare import Say, prepare_default
from index.models.samples import REFERENCE_PASSAGES, REFERENCE_QUERIES
from index.models.tuned import write_tuned
from index.tuning.pairs import Pair
from index.tuning.training import Budget, Prompts, Recipe, Step, Training, train

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_LAYER = "encoder.layer."


class Candidate:
    """The default model, or another of sentence-transformers, in memory."""

    def __init__(self, model: str | None, models: Path, say: Say) -> None:
        self._is_default = model is None
        self._model = load(str(prepare_default(models, say)) if model is None else model)
        self._prompts = Prompts(*prompts_of(self._model))

    def train(
        self, pairs: Sequence[Pair], budget: Budget, recipe: Recipe, progress: Callable[[Step], None]
    ) -> Training:
        """Train on the pairs. Raise WrongUse where the model has no layers to train."""
        return train(self._model, pairs, self._prompts, budget, recipe, progress)

    def write(self, folder: Path, say: Say) -> None:
        """Write an ordinary model folder; the default's has the 8-bit form too, for serving without torch.

        `folder` exists and is empty. Raise ModelMissing where it cannot be written.
        """
        if self._is_default:
            write_tuned(folder, _trained_layers(self._model), self._reference, say)
            return
        from safetensors import SafetensorError

        say("正在写出模型文件……")
        try:
            self._model.save_pretrained(str(folder))
        except SafetensorError as error:
            raise ModelMissing(f"无法写入 {folder}（{error}）；请检查磁盘空间和权限后重试。") from error

    def _reference(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        queries, passages = (
            np.asarray(
                self._model.encode([prompt + text for text in texts], normalize_embeddings=True), np.float32
            )
            for prompt, texts in (
                (self._prompts.query, REFERENCE_QUERIES),
                (self._prompts.passage, REFERENCE_PASSAGES),
            )
        )
        return queries, passages


def _trained_layers(model: SentenceTransformer) -> dict[str, NDArray[np.float32]]:
    """Return what was trained, by the names that transformers gives the parts of an encoder."""
    found = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            plain = name[name.find(_LAYER) :] if _LAYER in name else name
            found[plain] = parameter.detach().cpu().float().numpy()
    return found

"""The default model, run by ONNX Runtime; imports neither torch nor transformers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import EmbeddingRecord
from corpus.errors import ModelMissing
from index.cores import cores, give_way
from index.embedders.texts import readable
from index.models.folder import SETTINGS_FILE
from index.models.manifest import read_manifest
from index.models.prepare import INT8_FILE
from index.models.runtime import embed, open_session, open_tokenizer, tokens_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

BATCH_TOKENS = 256
_WINDOW = 1024  # texts that are sorted by length together
_LONGEST = 16_384  # characters; what 512 tokens can hold of any real text
_MOST_THREADS = 8


class OnnxEmbedder:
    """The model of a folder that `prepare_default` made.

    A text is read up to its 512th token. It gets the same vector alone and in any batch: their cosine is
    at least 0.9999.

    One session serves all threads. Each run computes in the thread that asks, and many texts are spread
    over as many threads as the process may use, short ones several to a run.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        manifest = read_manifest(folder)
        if manifest is None:
            raise ModelMissing(f"{folder} 里没有可用的默认向量模型；请运行 duibiao prepare。")
        self._record = EmbeddingRecord(manifest.fingerprint, manifest.model, manifest.dimension)
        prompts = json.loads((folder / SETTINGS_FILE).read_bytes())["prompts"]
        self._query, self._passage = prompts["query"], prompts["passage"]
        self._threads = threads or min(cores(), _MOST_THREADS)
        with ThreadPoolExecutor(max_workers=1) as pool:
            session = pool.submit(open_session, folder / INT8_FILE)
            self._tokenizer = open_tokenizer(folder)
            self._session: InferenceSession = session.result()

    @property
    def record(self) -> EmbeddingRecord:
        """What made the vectors."""
        return self._record

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of questions."""
        return self._embed(self._query, texts, None)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return the vectors of texts to be found; `progress` is told how many are done so far."""
        return self._embed(self._passage, texts, progress)

    def _embed(
        self, prompt: str, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self._record.dimension), np.float32)
        for start in range(0, len(texts), _WINDOW):
            window = [prompt + readable(text, _LONGEST) for text in texts[start : start + _WINDOW]]
            tokens = tokens_of(self._tokenizer, window)
            done = start
            for places, found in self._run(tokens):
                vectors[[start + place for place in places]] = found
                done += len(places)
                if progress is not None:
                    progress(done)
        return vectors

    def _run(self, tokens: list[list[int]]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Yield places in the window with their vectors, until all are done."""
        batches = list(batches_of([len(found) for found in tokens], BATCH_TOKENS))

        def vectors(places: list[int]) -> NDArray[np.float32]:
            return embed(self._session, [tokens[place] for place in places])

        if self._threads == 1 or len(batches) == 1:
            for places in batches:
                yield places, vectors(places)
            return
        pool = ThreadPoolExecutor(min(self._threads, len(batches)), initializer=give_way)
        try:
            yield from zip(batches, pool.map(vectors, batches), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


def batches_of(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Yield places of texts of like length, longest first, such that a padded batch has `budget` tokens.

    A text that is longer than the budget is a batch of its own.
    """
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    start = 0
    while start < len(order):
        size = max(1, budget // lengths[order[start]])
        yield order[start : start + size]
        start += size

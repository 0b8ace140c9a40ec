from pathlib import Path

import numpy as np
import pytest

from index.embedders import open_embedder
from index.embedders.default import OnnxEmbedder
from index.embedders.transformer import SentenceTransformerEmbedder
from index.models.prepare import FOLDER
from index.tuning.candidate import Candidate
from index.tuning.pairs import Pair, PairKind
from index.tuning.training import Budget, Recipe, Step
from tests.index.tuning.tiny import TOPICS

PAIRS = [
    Pair(PairKind.NAME, topic, 1, number, topic, f"继续做好{topic[2:]}工作，全年完成{number}件。")
    for number, topic in enumerate(TOPICS[:64])
]
TEXTS = ["提升公文处理质效，公文办结率达到96%以上。", "全年召开新闻发布会50场", "减少文山会海"]


def _quietly(_step: Step) -> None:
    pass


def test_another_model_is_written_as_it_is_loaded(plain: Path, tmp_path: Path) -> None:
    candidate = Candidate(str(plain), tmp_path, lambda _sentence: None)
    candidate.train(PAIRS, Budget(600, steps=2), Recipe(layers=1, batch=8, rate=1e-3, keep=0.0), _quietly)
    (tmp_path / "out").mkdir()
    candidate.write(tmp_path / "out", lambda _sentence: None)
    before, after = (SentenceTransformerEmbedder(str(folder)) for folder in (plain, tmp_path / "out"))
    assert before.record.fingerprint != after.record.fingerprint
    cosines = (before.embed_queries(TEXTS) * after.embed_queries(TEXTS)).sum(axis=1)
    assert 0.5 < cosines.min() < 0.9999


@pytest.mark.slow
def test_the_real_default_is_trained_and_served_in_eight_bits(models: Path, tmp_path: Path) -> None:
    candidate = Candidate(None, models, lambda _sentence: None)
    training = candidate.train(
        PAIRS, Budget(600, steps=6, epochs=10), Recipe(batch=16, rate=2e-4, keep=0.0), _quietly
    )
    assert training.last_loss < training.first_loss
    candidate.write(tmp_path, lambda _sentence: None)
    served, trained = open_embedder(str(tmp_path), models), SentenceTransformerEmbedder(str(tmp_path))
    assert isinstance(served, OnnxEmbedder)
    vectors = served.embed_passages(TEXTS)
    assert float((vectors * trained.embed_passages(TEXTS)).sum(axis=1).min()) > 0.99
    untuned = OnnxEmbedder(models / FOLDER).embed_passages(TEXTS)
    assert 0.5 < float(np.mean((vectors * untuned).sum(axis=1))) < 0.999

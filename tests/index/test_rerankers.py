"""Cross-encoders: a tiny one of random numbers, and folders that hold none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelMissing
from index.rerankers import CrossEncoderReranker

CHARACTERS = "公文办结率目标值班新闻发布会热线回复0123456789%，。"


def make_model(folder: Path, *, labels: int = 1, bare: bool = False) -> Path:
    """Save a BERT of one layer; `bare` is an encoder without a head."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification, BertModel

    torch.manual_seed(7)
    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(CHARACTERS)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')
    AutoTokenizer.from_pretrained(str(folder)).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        initializer_range=1.0,
    )
    config.num_labels = labels
    model = BertModel(config) if bare else BertForSequenceClassification(config)
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(make_model(tmp_path_factory.mktemp("models") / "tiny")))


def test_each_passage_has_a_score_of_its_own(reranker: CrossEncoderReranker) -> None:
    passages = ["公文办结率目标96%", "新闻发布会", "值班热线回复率98%。"]
    found = reranker.scores("公文办结率", passages)
    assert found.shape == (3,)
    assert len(set(found.round(4).tolist())) == 3
    alone = [reranker.scores("公文办结率", [passage])[0] for passage in passages]
    assert np.allclose(found, alone, atol=1e-5)
    assert not np.allclose(found, reranker.scores("新闻发布会", passages))


def test_scores_are_not_squashed(reranker: CrossEncoderReranker) -> None:
    from torch import sigmoid, tensor

    passages = ["公文办结率目标96%", "新闻发布会"]
    squashed = reranker._model.predict([("公文", passage) for passage in passages], show_progress_bar=False)
    expected = sigmoid(tensor(reranker.scores("公文", passages))).numpy()
    assert np.allclose(expected, np.asarray(squashed), atol=1e-6)


def test_odd_texts_have_a_score(reranker: CrossEncoderReranker) -> None:
    found = reranker.scores("", ["", "公" * 5000, "\ud800公文", "😀"])
    assert np.isfinite(found).all()
    assert reranker.scores("公文", []).tolist() == []


def test_the_model_is_called_as_it_was_configured(reranker: CrossEncoderReranker) -> None:
    assert Path(reranker.name).name == "tiny"


@pytest.mark.parametrize("labels", [3])
def test_a_classifier_is_no_reranker(tmp_path: Path, labels: int) -> None:
    with pytest.raises(ModelMissing, match="不是重排模型"):
        CrossEncoderReranker(str(make_model(tmp_path / "three", labels=labels)))


@pytest.mark.filterwarnings("default")
def test_an_encoder_without_a_head_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="不是重排模型"):
        CrossEncoderReranker(str(make_model(tmp_path / "bare", bare=True)))


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"没有 .*/none 这个重排模型文件夹；请检查 DUIBIAO_RERANKER"):
        CrossEncoderReranker(str(tmp_path / "none"))


def test_a_folder_that_holds_no_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"里没有可用的重排模型；请检查其中是否有 config.json"):
        CrossEncoderReranker(str(tmp_path))


def test_a_damaged_model_is_said(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "damaged")
    (folder / "model.safetensors").write_bytes(b"\x00" * 100)
    with pytest.raises(ModelMissing, match="里没有可用的重排模型"):
        CrossEncoderReranker(str(folder))


@pytest.mark.parametrize("name", ["nobody/has-this-reranker", "this-one-neither"])
def test_a_name_that_was_never_downloaded_is_said(name: str) -> None:
    with pytest.raises(ModelMissing, match=rf"{name}.*DUIBIAO_RERANKER"):
        CrossEncoderReranker(name)

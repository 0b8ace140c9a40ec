import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub
import numpy as np
import pytest

from corpus.errors import ModelMissing
from index.embedders import Embedder, open_embedder
from index.models.prepare import FOLDER

NOWHERE = Path("unused")
TEXTS = ["提升公文处理质效，公文办结率达到96%以上。", "", "坏\ud800字", "a\x00b", "全年召开新闻发布会50场"]


@pytest.fixture(scope="module")
def ordinary(models: Path) -> Embedder:
    """The default folder, loaded as any other model is."""
    return open_embedder(str(models / FOLDER), NOWHERE)


@pytest.fixture
def folder(models: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the default folder whose settings may be changed; the files are only linked."""
    copy = tmp_path / "model"
    shutil.copytree(
        models / FOLDER, copy, copy_function=lambda source, target: Path(target).symlink_to(source)
    )
    yield copy
    shutil.rmtree(copy)


def _rewrite(path: Path, content: object) -> None:
    path.unlink()  # the original keeps its content
    path.write_text(json.dumps(content), encoding="utf-8")


def test_the_unpacked_weights_give_the_vectors_of_the_engine(ordinary: Embedder, models: Path) -> None:
    samples = json.loads((models / FOLDER / "reference.json").read_text(encoding="utf-8"))
    for sample in samples:
        prompt, text = sample["text"].split(": ", 1)
        embed = ordinary.embed_queries if prompt == "query" else ordinary.embed_passages
        assert float(embed([text])[0] @ np.array(sample["vector"])) >= 0.9998


def test_the_default_stays_near_to_full_precision(ordinary: Embedder, embedder: Embedder) -> None:
    for name in ("embed_queries", "embed_passages"):
        theirs, ours = (getattr(found, name)(TEXTS) for found in (ordinary, embedder))
        cosines = (theirs * ours).sum(axis=1)
        assert cosines.mean() >= 0.995
        assert cosines.min() >= 0.99


def test_record_names_model_and_weights(ordinary: Embedder, embedder: Embedder, models: Path) -> None:
    assert ordinary.record.model == str(models / FOLDER)
    assert ordinary.record.dimension == 384
    assert ordinary.record.fingerprint != embedder.record.fingerprint


def test_progress_and_no_texts(ordinary: Embedder) -> None:
    told: list[int] = []
    assert ordinary.embed_passages(["公文", "会议"], told.append).shape == (2, 384)
    assert told == [2]
    assert ordinary.embed_passages([]).shape == (0, 384)


def test_prompts_come_from_the_model(ordinary: Embedder, folder: Path) -> None:
    _rewrite(folder / "config_sentence_transformers.json", {"prompts": {}})
    bare = open_embedder(str(folder), NOWHERE)
    assert bare.record.fingerprint != ordinary.record.fingerprint
    written = bare.embed_passages(["passage: 公文办结率"])[0]
    assert float(written @ ordinary.embed_passages(["公文办结率"])[0]) == pytest.approx(1, abs=1e-5)
    assert float(bare.embed_queries(["公文"])[0] @ bare.embed_passages(["公文"])[0]) == pytest.approx(
        1, abs=1e-5
    )


def test_the_same_weights_elsewhere_have_the_same_fingerprint(ordinary: Embedder, folder: Path) -> None:
    assert open_embedder(str(folder), NOWHERE).record.fingerprint == ordinary.record.fingerprint


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"文件夹 .* 不是可用的 sentence-transformers 模型"):
        open_embedder(str(tmp_path), NOWHERE)


def test_an_absent_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"没有 .*nothing 这个模型文件夹"):
        open_embedder(str(tmp_path / "nothing"), NOWHERE)


def test_a_name_that_cannot_be_had_offline_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_names: object, **_settings: object) -> None:
        raise ConnectionError("offline")

    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", unreachable)
    with pytest.raises(
        ModelMissing, match=r"本机没有向量模型 nobody/nothing，也无法从模型站下载；请把模型文件夹拷到本机"
    ):
        open_embedder("nobody/nothing", NOWHERE)

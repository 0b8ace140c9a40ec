"""The default model after training: written as the default is, and put in its place.

The tuned folder has every file that the default's has, so it is served in the same way, without torch.
`tuned.json` beside the folders names the one in use; it is replaced in one step, and without it the default
is used.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.disk import replacing, synced
from corpus.errors import ModelMissing, WrongUse
from index.models.folder import LAYER_MATRICES, LAYER_NORMS
from index.models.manifest import is_unchanged, mark_verified, read_manifest
from index.models.prepare import ReferenceVectors, Say, is_intact, write_all
from index.models.source import Source, package_folder, read_small_vocabulary, read_weights
from index.models.vocabulary import kept_pieces

POINTER = "tuned.json"
_PREFIX = "tuned-"
_BUILDING = ".tuning-"
_LOCK = ".tuning.lock"
_ROOM = 400 * 1024 * 1024  # bytes: a folder of 280 MB, and some to spare

Weights = Mapping[str, NDArray[np.float32]]


def write_tuned(folder: Path, weights: Weights, reference: ReferenceVectors, say: Say) -> None:
    """Write the default model with the trained `weights` of its layers into an empty folder.

    `weights` are named as transformers names them (`encoder.layer.11.output.dense.weight`); layers that are
    not among them stay as they are. Raise ModelMissing where the graphs do not give the reference vectors.
    """
    package = package_folder()
    source = read_weights(package)
    kept = kept_pieces(source, read_small_vocabulary(package))
    tuned = with_weights(source, weights)
    write_all(folder, tuned, kept, reference, say, digest_of(weights))


def with_weights(source: Source, weights: Weights) -> Source:
    """Return the model with matrices, biases and layer normalisations replaced."""
    matrices: dict[str, NDArray[np.float32]] = {}
    vectors = dict(source.vectors)
    used = 0
    for layer in range(source.layers):
        for short, long in {**LAYER_MATRICES, **LAYER_NORMS}.items():
            ours, theirs = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            for end, name in ((".w", f"{theirs}.weight"), (".b", f"{theirs}.bias")):
                if name not in weights:
                    continue
                values = np.ascontiguousarray(weights[name], np.float32)
                (matrices if values.ndim > 1 else vectors)[ours + end] = values
                used += 1
    if used != len(weights):
        raise WrongUse("调优改动了默认模型以外的权重，不能按默认模型的格式写出；请用 --out 写到别处。")
    return replace(source, vectors=vectors, tuned={**source.tuned, **matrices})


def digest_of(weights: Weights) -> str:
    """Return a hash of names, shapes and values."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        values = np.ascontiguousarray(weights[name], np.float32)
        digest.update(f"{name} {values.shape}".encode())
        digest.update(values.tobytes())
    return digest.hexdigest()


def installed_tuned(models: Path) -> Path | None:
    """Return the tuned model in use, None where the default is.

    Raise ModelMissing where it is damaged: the default must not take its place unnoticed, because the
    vectors of catalogs are the tuned one's.
    """
    try:
        name = json.loads((models / POINTER).read_bytes())["folder"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(models / POINTER) from error
    folder = models / str(name)
    if folder.parent != models or not is_tuned(folder):
        raise _damaged(folder)
    return verified(folder)


def is_tuned(folder: Path) -> bool:
    """Whether a folder holds a tuned default model of this program's making."""
    manifest = read_manifest(folder)
    return manifest is not None and manifest.tuned is not None


def verified(folder: Path) -> Path:
    """Return the tuned folder after making sure of its files. Raise ModelMissing."""
    if not is_unchanged(folder):
        if not is_intact(folder):
            raise _damaged(folder)
        mark_verified(folder)
    return folder


def _damaged(path: Path) -> ModelMissing:
    return ModelMissing(
        f"调优后的向量模型 {path} 已损坏；请重新调优，或运行 duibiao tune --uninstall 恢复默认模型，"
        "再运行 duibiao reembed。"
    )


@contextmanager
def building(parent: Path) -> Iterator[Path]:
    """Lend a new folder in `parent` that is gone afterwards, unless it was renamed.

    One process at a time builds in a folder; what one that was killed left behind is removed. Raise
    ModelMissing where nothing can be written or the disk is too full, WrongUse where another one is at work.
    """
    from filelock import FileLock, Timeout

    try:
        parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(parent / _LOCK)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise WrongUse(f"另一个进程正在 {parent} 里调优；请等它完成后重试。") from error
    except OSError as error:
        raise _unwritable(parent, error) from error
    try:
        for leftover in parent.glob(f"{_BUILDING}*/"):
            shutil.rmtree(leftover, ignore_errors=True)
        built = parent / f"{_BUILDING}{secrets.token_hex(4)}"
        _require_room(parent)
        try:
            built.mkdir()
            yield built
        except OSError as error:
            raise _unwritable(parent, error) from error
        finally:
            shutil.rmtree(built, ignore_errors=True)
    finally:
        lock.release()


def _require_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        raise ModelMissing(
            f"{folder} 所在的磁盘只剩 {free // 2**20} MB，写调优后的模型约需 {_ROOM // 2**20} MB；"
            "请清理磁盘或换一个位置后重试。"
        )


def _unwritable(folder: Path, error: OSError) -> ModelMissing:
    return ModelMissing(
        f"无法在 {folder} 写入调优后的模型（{error.strerror or error}）；请检查磁盘空间和权限后重试。"
    )


def install(built: Path, models: Path) -> Path:
    """Make the finished folder `built`, which lies in `models`, the model in use; return where it is now.

    The one in use before is removed after that.
    """
    folder = models / f"{_PREFIX}{secrets.token_hex(4)}"
    built.rename(folder)
    synced(models)
    mark_verified(folder)
    _point_to(folder)
    _remove_others(models, folder.name)
    return folder


def uninstall(models: Path) -> bool:
    """Use the default again; False where it was in use."""
    was_there = (models / POINTER).exists()
    try:
        (models / POINTER).unlink(missing_ok=True)
        _remove_others(models, None)
    except OSError as error:
        raise _unwritable(models, error) from error
    return was_there


def _point_to(folder: Path) -> None:
    with replacing(folder.parent / POINTER) as file:
        file.write(json.dumps({"folder": folder.name}).encode())
    synced(folder.parent)


def _remove_others(models: Path, used: str | None) -> None:
    for folder in models.glob(f"{_PREFIX}*/"):
        if folder.name != used:
            shutil.rmtree(folder, ignore_errors=True)

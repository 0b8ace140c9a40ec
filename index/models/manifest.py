"""What a prepared model folder consists of, and whether it still does."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.disk import replacing, synced
from index.models.folder import PROMPTS
from index.models.source import PACKAGE, PACKAGE_VERSION, WEIGHTS_SHA256

FORMAT = 1
MANIFEST = "duibiao.json"
STAMP = ".verified"
MODEL = "multilingual-e5-small-int8"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of the folder; `path` is relative to it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What was built, from what."""

    fingerprint: str
    model: str
    dimension: int
    package: str
    files: tuple[ModelFile, ...]
    tuned: str | None = None


def fingerprint(tuned: str | None = None) -> str:
    """Name what determines the vectors: the weights, how they are computed with, and the prompts.

    `tuned` is a digest of the weights that training changed. The fingerprint is the same on every machine,
    although the bytes of the 8-bit file may differ in the last place.
    """
    parts = [FORMAT, WEIGHTS_SHA256, MODEL, PROMPTS]
    recipe = json.dumps(parts if tuned is None else [*parts, tuned], sort_keys=True)
    return hashlib.sha256(recipe.encode()).hexdigest()


def write_manifest(folder: Path, dimension: int, tuned: str | None = None) -> None:
    """Record every file of the folder and bring all of it to the disk."""
    files = tuple(
        ModelFile(path.relative_to(folder).as_posix(), path.stat().st_size, _sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )
    package = f"{PACKAGE} {PACKAGE_VERSION}"
    name = MODEL if tuned is None else f"{MODEL}-tuned-{tuned[:8]}"
    manifest = ModelManifest(fingerprint(tuned), name, dimension, package, files, tuned)
    content = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(content, encoding="utf-8")
    mode = (folder / MANIFEST).stat().st_mode
    for file in files:  # some libraries write files that only their owner may read
        (folder / file.path).chmod(mode)
    for path in (*folder.rglob("*"), folder):
        synced(path)


def read_manifest(folder: Path) -> ModelManifest | None:
    """Return the manifest, or None where there is none of this program's making and version."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        if content["format"] != FORMAT or content["fingerprint"] != fingerprint(content.get("tuned")):
            return None
        return _manifest_from(content)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_unchanged(folder: Path) -> bool:
    """Whether the folder was verified and no file was touched since; looks at no content but the manifest."""
    manifest = read_manifest(folder)
    if manifest is None:
        return False
    try:
        return bool(json.loads((folder / STAMP).read_bytes()) == _stamp(folder, manifest))
    except (OSError, ValueError):
        return False


def is_sound(folder: Path) -> bool:
    """Whether every file has the recorded digest; reads all of them."""
    manifest = read_manifest(folder)
    if manifest is None:
        return False
    try:
        return all(
            (folder / file.path).stat().st_size == file.size and _sha256(folder / file.path) == file.sha256
            for file in manifest.files
        )
    except OSError:
        return False


def mark_verified(folder: Path) -> None:
    """Remember the present state of the files as verified; where nothing can be written, do without."""
    manifest = read_manifest(folder)
    if manifest is None:
        return
    try:
        with replacing(folder / STAMP) as file:
            file.write(json.dumps(_stamp(folder, manifest)).encode())
    except OSError:
        return  # a folder that only its owner may write to is read anew at every start


def _stamp(folder: Path, manifest: ModelManifest) -> dict[str, list[int]]:
    stats = {file.path: (folder / file.path).stat() for file in manifest.files}
    stats[MANIFEST] = (folder / MANIFEST).stat()
    return {path: [stat.st_size, stat.st_mtime_ns] for path, stat in stats.items()}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest_from(content: dict[str, Any]) -> ModelManifest:  # as JSON gave it; ends here
    return ModelManifest(
        fingerprint=content["fingerprint"],
        model=content["model"],
        dimension=content["dimension"],
        package=content["package"],
        files=tuple(ModelFile(**file) for file in content["files"]),
        tuned=content.get("tuned"),
    )

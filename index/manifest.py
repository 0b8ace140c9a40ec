"""The manifest of a snapshot: which files it has, what they were made from, and their checksums."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from corpus.catalog import CatalogState
from corpus.disk import replacing, synced
from corpus.errors import SnapshotDamaged
from index.content import Origin, Witness
from index.vectors import VectorKind

FORMAT = 3
MANIFEST = "manifest.json"
_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file of a snapshot; `path` is relative to the snapshot's folder."""

    path: str
    size: int
    modified_ns: int
    checksum: int


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """A segment in `NAME.faiss`, `NAME.npy` and, if it is large, `NAME.codes` with its `NAME.codes.npy`.

    `dead` are runs of removed rows (first, after the last).
    """

    name: str
    dead: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot consists of.

    `generation` is random and tells snapshots apart; `made_by` is the fingerprint of the full text.
    """

    generation: str
    origin: Origin
    made_by: str
    kind: VectorKind
    state: CatalogState
    stale: int
    witness: Witness | None
    names: tuple[str, ...]
    segments: tuple[SavedSegment, ...]
    fulltext: str
    files: tuple[SavedFile, ...]


def read_manifest(directory: Path) -> Manifest | None:
    """Return the manifest, None where there is none; SnapshotDamaged where it is not sound or not ours."""
    path = directory / MANIFEST
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise damaged(path, f"无法读取（{error.strerror}）") from error
    try:
        envelope = json.loads(written)
        if envelope["format"] != FORMAT:
            raise damaged(path, "由本程序的另一个版本写成")
        if envelope["checksum"] != _checksum_of(envelope["body"]):
            raise damaged(path, "校验和不符")
        return _manifest_from(envelope["body"])
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path, "内容不完整") from error


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Put a manifest into force in one step; its files must be on disk already."""
    body = asdict(manifest)
    envelope = {"format": FORMAT, "checksum": _checksum_of(body), "body": body}
    with replacing(directory / MANIFEST) as file:
        file.write(json.dumps(envelope, ensure_ascii=False).encode())
    synced(directory)


def record(directory: Path, path: Path) -> SavedFile:
    """Bring a new file to the disk and return its record."""
    synced(path)
    stat = path.stat()
    relative = path.relative_to(directory).as_posix()
    return SavedFile(relative, stat.st_size, stat.st_mtime_ns, _checksum(path))


def verify(directory: Path, file: SavedFile, *, is_read: bool) -> None:
    """Raise SnapshotDamaged unless the file is as recorded.

    Its content is read if `is_read` or if its time of change is another than recorded.
    """
    path = directory / file.path
    try:
        stat = path.stat()
        if stat.st_size != file.size:
            raise damaged(path, f"长度为 {stat.st_size} 字节，应为 {file.size} 字节")
        if (is_read or stat.st_mtime_ns != file.modified_ns) and _checksum(path) != file.checksum:
            raise damaged(path, "校验和不符")
    except OSError as error:
        raise damaged(path, f"无法读取（{error.strerror}）") from error


def damaged(path: Path, reason: str) -> SnapshotDamaged:
    """Return the error for a derived file that cannot be used, saying why."""
    return SnapshotDamaged(f"索引文件 {path} 不可用（{reason}）；将根据目标库自动重建，无需处理。")


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum = crc32(block, checksum)
    return checksum


def _checksum_of(body: object) -> int:
    return crc32(json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))


def _manifest_from(body: dict[str, Any]) -> Manifest:  # as JSON gave it; ends here
    return Manifest(
        generation=body["generation"],
        origin=Origin(**body["origin"]),
        made_by=body["made_by"],
        kind=VectorKind(body["kind"]),
        state=CatalogState(**body["state"]),
        stale=body["stale"],
        witness=body["witness"] and Witness(**body["witness"]),
        names=tuple(body["names"]),
        segments=tuple(
            SavedSegment(saved["name"], tuple((first, last) for first, last in saved["dead"]))
            for saved in body["segments"]
        ),
        fulltext=body["fulltext"],
        files=tuple(SavedFile(**saved) for saved in body["files"]),
    )

"""The derived files under DIR/index/: written atomically, checked when they are opened.

A snapshot is one manifest and the files it names, which never change. A new snapshot writes only what is
new, then replaces the manifest in one step; what no manifest names is swept away afterwards. So a process
that is killed leaves the old or the new snapshot, and readers never meet half of one.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.disk import synced
from corpus.errors import SnapshotDamaged
from index.content import Content
from index.fulltext import FullText, fingerprint
from index.manifest import (
    MANIFEST,
    Manifest,
    SavedFile,
    SavedSegment,
    damaged,
    record,
    verify,
    write_manifest,
)
from index.segments import Names, Segment
from index.vectors import FaissIndex, open_vectors

LOCK = "lock"
# Above this, files whose size and time are as recorded are not read again at every start.
_ALWAYS_READ = 64 * 2**20


def load(directory: Path, manifest: Manifest) -> Content:
    """Open the files of a snapshot, vectors memory-mapped; SnapshotDamaged where one is not as it was."""
    check(directory, manifest)
    try:
        segments = tuple(_load_segment(directory, saved, manifest) for saved in manifest.segments)
        fulltext = FullText.open(directory / manifest.fulltext)
    except (ValueError, TypeError, RuntimeError, OSError) as error:
        raise damaged(directory, f"无法打开：{error}") from error
    names = Names(manifest.names)
    return Content(
        manifest.origin, manifest.state, names, segments, fulltext, manifest.stale, manifest.witness
    )


def check(directory: Path, manifest: Manifest) -> None:
    """Raise SnapshotDamaged unless all files are there as they were written."""
    is_read = sum(file.size for file in manifest.files) <= _ALWAYS_READ
    for file in manifest.files:
        verify(directory, file, is_read=is_read)


def written(directory: Path, content: Content, in_force: Manifest | None) -> tuple[Content, Manifest]:
    """Bring `content` to the disk and return it opened from there; the caller holds the lock.

    `in_force` is the snapshot that `content` came from, None where that is not in force (any more). What
    stands in it already is not written again. OSError where the folder cannot be written; the snapshot
    before then stays in force.
    """
    try:
        if in_force:
            check(directory, in_force)
    except SnapshotDamaged:
        in_force = None
    if in_force is None or (content.state, content.stale) != (in_force.state, in_force.stale):
        in_force = _save(directory, content, in_force)
    _sweep(directory, in_force)
    return load(directory, in_force), in_force


def _save(directory: Path, content: Content, before: Manifest | None) -> Manifest:
    generation = uuid.uuid4().hex[:16]
    kept = {file.path: file for file in before.files} if before else {}
    segments = tuple(
        segment if f"{segment.name}.npy" in kept else replace(segment, name=f"segment-{generation}-{place}")
        for place, segment in enumerate(content.segments)
    )
    files = [file for segment in segments for file in _save_segment(directory, segment, kept)]
    fulltext = directory / f"fulltext-{generation}"
    files += _save_fulltext(directory, content.fulltext, fulltext, before)
    manifest = Manifest(
        generation=generation,
        origin=content.origin,
        made_by=fingerprint(),
        kind=FaissIndex.kind,
        state=content.state,
        stale=content.stale,
        witness=content.witness,
        names=content.names.listed(),
        segments=tuple(SavedSegment(str(segment.name), _dead_runs(segment)) for segment in segments),
        fulltext=fulltext.name,
        files=tuple(files),
    )
    write_manifest(directory, manifest)
    return manifest


def _sweep(directory: Path, manifest: Manifest) -> None:
    """Delete what the manifest does not name."""
    wanted = {MANIFEST, LOCK, manifest.fulltext, *(file.path for file in manifest.files)}
    for path in directory.iterdir():
        if path.name in wanted:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):  # another process may hold it open, where that hinders: next time
                path.unlink()


def _load_segment(directory: Path, saved: SavedSegment, manifest: Manifest) -> Segment:
    vectors = open_vectors(directory / f"{saved.name}.faiss", manifest.kind)
    columns: NDArray[np.int64] = np.load(directory / f"{saved.name}.npy", mmap_mode="r", allow_pickle=False)
    if columns.shape[1] != vectors.size or vectors.dimension != manifest.origin.dimension:
        raise ValueError(f"{saved.name}: {columns.shape[1]} rows, {vectors.size} vectors")
    if not saved.dead:
        return Segment(vectors, columns, None, saved.name)
    alive = np.ones(vectors.size, np.bool_)
    for first, last in saved.dead:
        alive[first:last] = False
    return Segment(vectors, columns, alive, saved.name)


def _save_segment(directory: Path, segment: Segment, kept: Mapping[str, SavedFile]) -> list[SavedFile]:
    columns = directory / f"{segment.name}.npy"
    if columns.name in kept:
        return [file for path, file in kept.items() if path.startswith(f"{segment.name}.")]
    files = segment.vectors.save(directory / f"{segment.name}.faiss")
    np.save(columns, segment.columns, allow_pickle=False)
    return [record(directory, file) for file in (*files, columns)]


def _save_fulltext(
    directory: Path, fulltext: FullText, target: Path, before: Manifest | None
) -> list[SavedFile]:
    """Fill the folder `target`, linking what stands in the snapshot before and copying what is new."""
    kept = {}
    if before:
        prefix = f"{before.fulltext}/"
        kept = {file.path.removeprefix(prefix): file for file in before.files if file.path.startswith(prefix)}
    target.mkdir()
    saved = []
    for file in fulltext.files():
        old = kept.get(file.name)
        # tantivy replaces its JSON files; all others have names of their own and never change.
        if old and file.suffix != ".json" and _linked(directory / old.path, target / file.name):
            saved.append(replace(old, path=f"{target.name}/{file.name}"))
            continue
        shutil.copyfile(file, target / file.name)
        saved.append(record(directory, target / file.name))
    synced(target)
    return saved


def _linked(file: Path, link: Path) -> bool:
    try:
        link.hardlink_to(file)
    except OSError:
        return False
    return True


def _dead_runs(segment: Segment) -> tuple[tuple[int, int], ...]:
    if segment.alive is None:
        return ()
    edges = np.flatnonzero(np.diff(segment.alive.astype(np.int8), prepend=1, append=1))
    return tuple((int(first), int(last)) for first, last in edges.reshape(-1, 2))

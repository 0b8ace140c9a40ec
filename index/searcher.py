"""The way into everything searchable: an `Index` follows its catalog and hands out `Searcher`s."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from pathlib import Path

from corpus.catalog import Catalog, CatalogReader, CatalogState
from corpus.errors import SnapshotDamaged
from index.content import Content, advanced, empty, origin_of, with_new_fulltext
from index.filters import ALL, Filter
from index.fulltext import fingerprint
from index.manifest import Manifest, read_manifest
from index.snapshot import LOCK, load, written
from index.view import Searcher, Vocabulary

__all__ = ["ALL", "Filter", "Index", "Searcher", "Vocabulary"]

_log = logging.getLogger(__name__)
_TRIES = 3
# So many chunks read from the catalog are worth a new snapshot even where nobody asked for one.
_WORTH_SAVING = 512
# Full text is made again when it is saved: at any removal while it is small, else at this share of them.
_SMALL = 2000
_TOLERATED_STALE = 4


class Index:
    """Follows one catalog; `directory` is the catalog's folder, the derived files stand in `index/` below it.

    Usable from any number of threads, and by any number of processes at once: each follows the catalog by
    itself in memory, the one that holds the lock file writes. Where nothing may be written it works alike.
    """

    def __init__(self, catalog: Catalog, directory: Path) -> None:
        self._catalog = catalog
        self._directory = directory / "index"
        self._lock = threading.RLock()
        self._content: Content | None = None
        self._manifest: Manifest | None = None  # the snapshot that _content was opened from
        self._searcher: Searcher | None = None

    def searcher(self) -> Searcher:
        """Return a view of the catalog as it is now, also when another process changed it.

        The first call opens the snapshot, or makes the index anew from the catalog where there is no sound
        one; later calls cost what changed in between.
        """
        searcher = self._searcher
        if searcher is not None and searcher.state == self._catalog.state():
            return searcher
        with self._lock:
            new_chunks = self._catch_up()
            if new_chunks >= _WORTH_SAVING or (new_chunks and self._manifest is None):
                self._save(0, logging.INFO)  # nobody asked for it
            return self._current()

    def save(self, patience: float = 30.0) -> bool:
        """Write what is not on disk yet, and say whether the snapshot now agrees with the catalog.

        False where the folder cannot be written, or another process has been writing it for longer than
        `patience` seconds: nothing is lost, everybody follows the catalog by himself.
        """
        return self._save(patience, logging.WARNING)

    def _save(self, patience: float, severity: int) -> bool:
        from filelock import FileLock, Timeout

        with self._lock:
            try:
                self._directory.mkdir(exist_ok=True)
                with FileLock(self._directory / LOCK, timeout=patience), self._catalog.snapshot() as reader:
                    self._write(reader)
            except Timeout:
                _log.info("another process is writing %s", self._directory)
                return False
            except (OSError, SnapshotDamaged) as error:
                _log.log(severity, "cannot write %s: %s", self._directory, error)
                return False
        return True

    def _current(self) -> Searcher:
        if self._searcher is None:
            raise RuntimeError("an index was asked before it followed its catalog")
        return self._searcher

    def _catch_up(self) -> int:
        """Bring everything to the catalog's state; return the number of chunk ids passed on the way."""
        for _ in range(_TRIES):
            with suppress(_OvertakenError), self._catalog.snapshot() as reader:
                return self._follow(reader)
        # Nobody overtakes us so often: the catalog is older than its files, brought back from a copy.
        with self._catalog.snapshot() as reader:
            return self._start_anew(reader)

    def _start_anew(self, reader: CatalogReader) -> int:
        self._hold(advanced(empty(origin_of(reader)), reader), None)
        return reader.state().last_chunk

    def _follow(self, reader: CatalogReader) -> int:
        origin, state = origin_of(reader), reader.state()
        content, manifest = self._content, self._manifest
        if content and content.origin == origin and content.state == state:
            return 0
        # Forgotten until it succeeds: after an exception the snapshot is opened again.
        self._content = self._manifest = self._searcher = None
        opened = self._opened(reader, manifest)
        if content is None or content.origin != origin or not _reaches(state, content.state):
            content, manifest = opened or (empty(origin), None)
        elif opened and _reaches(opened[0].state, content.state):
            content, manifest = opened
        try:
            self._hold(advanced(content, reader), manifest)
        except SnapshotDamaged as error:
            raise _OvertakenError from error
        return state.last_chunk - content.state.last_chunk

    def _hold(self, content: Content, manifest: Manifest | None) -> None:
        self._content, self._manifest, self._searcher = content, manifest, Searcher(content)

    def _in_force(self, reader: CatalogReader) -> Manifest | None:
        """Return the manifest on disk, or None where there is none made of this catalog in this way.

        _OvertakenError where it is of a later state than the reader's.
        """
        try:
            manifest = read_manifest(self._directory)
        except SnapshotDamaged as error:
            _log.warning("%s", error.sentence)
            return None
        if manifest is None or manifest.made_by != fingerprint() or manifest.origin != origin_of(reader):
            return None
        if not _reaches(reader.state(), manifest.state):
            raise _OvertakenError
        if manifest.witness and not manifest.witness.agrees(reader):
            return None
        return manifest

    def _opened(self, reader: CatalogReader, known: Manifest | None) -> tuple[Content, Manifest] | None:
        """Return the snapshot on disk, or None where there is none that fits or it is `known`."""
        manifest = self._in_force(reader)
        while manifest and not _same(manifest, known):
            try:
                return load(self._directory, manifest), manifest
            except SnapshotDamaged as error:
                # Perhaps another process has just replaced it: then there is a new one to open.
                tried, manifest = manifest, self._in_force(reader)
                if _same(tried, manifest):
                    _log.warning("%s", error.sentence)
                    return None
        return None

    def _write(self, reader: CatalogReader) -> None:
        try:
            self._follow(reader)
            self._write_over(reader)
        except _OvertakenError:
            # Not by another process, for we hold the lock: the catalog is older than its files.
            self._start_anew(reader)
            self._replace(reader, None)

    def _write_over(self, reader: CatalogReader) -> None:
        content, before = self._content, self._manifest
        in_force = self._in_force(reader)
        if not _same(in_force, before):
            # Another process wrote, or somebody deleted: what is there now is what we build on.
            opened = self._opened(reader, before)
            in_force = opened[1] if opened else None
            content = advanced(opened[0], reader) if opened else content
        if content is not None:
            self._hold(content, in_force)
        self._replace(reader, in_force)

    def _replace(self, reader: CatalogReader, in_force: Manifest | None) -> None:
        """Put what is held in the place of the snapshot `in_force`, from which it came."""
        content = self._content
        if content is None:
            raise RuntimeError("an index was written before it followed its catalog")
        if content.stale and (content.size < _SMALL or content.stale * _TOLERATED_STALE > content.size):
            content = with_new_fulltext(content, reader)
        self._hold(*written(self._directory, content, in_force))


class _OvertakenError(Exception):
    """The files on disk are of a later state than the one that is being read."""


def _reaches(state: CatalogState, earlier: CatalogState) -> bool:
    """Whether a catalog at `state` has been at `earlier`."""
    return state.last_chunk >= earlier.last_chunk and state.last_removal >= earlier.last_removal


def _same(one: Manifest | None, other: Manifest | None) -> bool:
    return (one and one.generation) == (other and other.generation)

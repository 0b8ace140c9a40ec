"""Temporary folders of one process, deleted when they are no longer needed, also after a kill."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

_PREFIX = "duibiao-"
_ALIVE = "alive.lock"
_HOUR = 3600


class PrivateFolder:
    """A new folder that only this user can read; `close`, or the end of the process, deletes it.

    A process that is killed cannot delete its folders: the next one that makes a folder does it. A lock
    file says whether the owner lives.
    """

    def __init__(self) -> None:
        from filelock import FileLock

        _sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = FileLock(self.path / _ALIVE)
        self._lock.acquire()

    def close(self) -> None:
        """Delete the folder and what is in it; twice is harmless."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Delete folders older than an hour (a younger one may not have its lock yet) whose owner is gone."""
    for left in folder.glob(f"{_PREFIX}*"):
        try:
            if time.time() - left.stat().st_mtime > _HOUR and _is_left(left):
                shutil.rmtree(left, ignore_errors=True)
        except OSError:  # somebody else's, or just deleted
            continue


def _is_left(folder: Path) -> bool:
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / _ALIVE, timeout=0):
            return True
    except Timeout:
        return False

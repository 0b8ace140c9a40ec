"""Whether a catalog file was changed since one looked last, whoever changed it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path


class ChangeWatch:
    """Counts what is committed to a file, by this process or another, at the price of microseconds.

    SQLite tells a connection when others have written (`PRAGMA data_version`); this one never writes, so all
    writers are others. The numbers mean nothing outside of one `ChangeWatch`; they only ever differ.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._opened = 0

    def version(self) -> tuple[int, int] | None:
        """Return a pair that changes with every commit; `None` where the file cannot be watched.

        A pair that was given once is never given again after a change, also where the file was replaced.
        """
        with self._lock:
            try:
                return self._counted()
            except (OSError, sqlite3.Error):
                self._let_go()
                return None

    def close(self) -> None:
        """Close the file; a later `version` opens it again."""
        with self._lock:
            self._let_go()

    def _counted(self) -> tuple[int, int]:
        status = self._path.stat()
        if self._connection is None or self._file != (status.st_dev, status.st_ino):
            self._let_go()
            self._connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=1
            )
            self._file = (status.st_dev, status.st_ino)
            self._opened += 1
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return self._opened, int(version)

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = self._file = None

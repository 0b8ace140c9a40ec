"""Files that are there whole or not at all, also after the power failed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def synced(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk (folders only where the system can)."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Lend a new file that takes the place of `path` in one step once it is written and on the disk.

    Where writing fails, what stood there stays and nothing is left beside it. Raise OSError.
    """
    temporary = path.with_name(f".duibiao-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

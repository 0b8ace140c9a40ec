"""How much memory a process takes (Linux)."""

from __future__ import annotations

import resource
from pathlib import Path


def resident(process: int | str = "self") -> float:
    """Return the memory of a process in megabytes, pages of mapped files included."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20

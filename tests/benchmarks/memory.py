"""How much memory a process takes (Linux)."""

from __future__ import annotations

from pathlib import Path


def resident(process: int | str = "self", which: str = "Pss") -> float:
    """Return the memory of a process in megabytes, pages of mapped files included, each counted once.

    `which` may be `Pss_Anon`: what is its own; the system takes pages of files back when it needs them.
    """
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    found = next(line for line in lines if line.startswith(f"{which}:"))
    return int(found.split()[1]) / 1024

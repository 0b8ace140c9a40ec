"""The cores of this machine: how many there are, and who goes first."""

from __future__ import annotations

import os
import sys
import threading
from functools import cache

_NICE = 10


@cache
def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def give_way() -> None:
    """Let all other threads go before this one, for good: questions do not wait for files to be taken in.

    Linux alone knows threads of different priority; elsewhere nothing changes.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        if os.getpriority(os.PRIO_PROCESS, thread) < _NICE:
            os.setpriority(os.PRIO_PROCESS, thread, _NICE)

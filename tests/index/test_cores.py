from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.cores import cores, give_way


def priority_here() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
def test_a_thread_that_gives_way_leaves_the_others_as_they_are() -> None:
    before = priority_here()
    with ThreadPoolExecutor(1, initializer=give_way) as pool:
        assert pool.submit(priority_here).result() == max(before, 10)
    assert priority_here() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
def test_who_gave_way_further_stays_there() -> None:
    def humble() -> int:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
        give_way()
        return priority_here()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(humble).result() == max(15, priority_here())


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)

"""No more questions are answered at once than there are cores."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.library import Library
from api.settings import Settings
from tests.api.fake_embedder import open_fake

ASKING = 8


@pytest.mark.parametrize("many", [1, 2])
def test_others_wait_for_their_turn(many: int, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    monkeypatch.setattr("api.parts.cores", lambda: many)
    answering, most = 0, 0
    counting, all_there = threading.Lock(), threading.Barrier(many)

    with Library(settings, create=True) as library:

        def ask(_: int) -> None:
            nonlocal answering, most
            with library.answering():
                with counting:
                    answering += 1
                    most = max(most, answering)
                all_there.wait(30)  # so many do answer side by side
                with counting:
                    answering -= 1

        with ThreadPoolExecutor(ASKING) as pool:
            list(pool.map(ask, range(ASKING)))
    assert (most, answering) == (many, 0)


def test_a_question_that_fails_gives_its_turn_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.embedders.open_embedder", open_fake)
    monkeypatch.setattr("api.parts.cores", lambda: 1)
    with Library(settings, create=True) as library:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError), library.answering():
                raise ZeroDivisionError
        with library.answering() as engine:
            assert engine is library.engine

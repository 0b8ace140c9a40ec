"""How surely passages are about a question."""

from __future__ import annotations

from typing import cast

import pytest

from search.passages import Passage
from search.reading import sureness


class Told:
    """What is asked of a passage here."""

    def __init__(self, told: float, similarity: float) -> None:
        self.told = told
        self.similarity = similarity


def passages(*told: tuple[float, float]) -> list[Passage]:
    return [cast(Passage, Told(*one)) for one in told]


def test_likeness_raises_and_lowers_what_the_best_passages_tell() -> None:
    assert sureness(passages((0.5, 0.93), (0.2, 0.9))) == pytest.approx(0.5 + 8 * 0.05)
    assert sureness(passages((0.5, 0.86))) == pytest.approx(0.5 - 8 * 0.02)
    assert sureness(passages((0.5, 0.0))) == 0.5
    assert sureness([]) == 0


def test_a_model_of_another_scale_does_not_forbid_every_answer() -> None:
    assert sureness(passages((0.9, 0.2))) == pytest.approx(0.6)

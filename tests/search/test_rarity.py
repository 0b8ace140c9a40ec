"""How much a piece of text tells in a catalog."""

from __future__ import annotations

import math

import pytest

from search.rarity import even, rarity_in


class Counts:
    size = 990

    def __init__(self) -> None:
        self.asked: list[str] = []

    def frequency(self, text: str) -> int:
        self.asked.append(text)
        return {"工作": 998, "办结": 48}.get(text, 0)


def test_what_few_chunks_have_tells_more() -> None:
    rarity = rarity_in(Counts())
    assert rarity("办结") == pytest.approx(math.log(1000 / 50))
    assert rarity("滑雪") == pytest.approx(math.log(1000 / 2))
    assert rarity("工作") == pytest.approx(0.05)


def test_a_piece_is_counted_once() -> None:
    counts = Counts()
    rarity = rarity_in(counts)
    assert rarity("办结") == rarity("办结")
    assert counts.asked == ["办结"]


def test_every_piece_tells_the_same_without_a_catalog() -> None:
    assert even("工作") == even("滑雪") == 1.0

"""How much a piece of text tells: what many chunks have tells little, what few have tells much."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Protocol

# A piece nobody has is no more telling than one that two of ten more chunks have: small catalogs stay calm.
_MORE_CHUNKS, _MORE_HOLDERS = 10, 2
_LEAST = 0.05

Rarity = Callable[[str], float]


class Counted(Protocol):
    """What is needed of `index.searcher.Searcher`."""

    size: int

    def frequency(self, text: str) -> int:
        """Return how many chunks hold `text`, at most."""


def even(piece: str) -> float:
    """Take every piece for as telling as any other: for texts that belong to no catalog."""
    del piece
    return 1.0


def rarity_in(counted: Counted) -> Rarity:
    """Return how much a piece tells in a catalog: the logarithm of how few of its chunks have it."""

    @cache
    def rarity(piece: str) -> float:
        ratio = (counted.size + _MORE_CHUNKS) / (counted.frequency(piece) + _MORE_HOLDERS)
        return max(math.log(ratio), _LEAST)

    return rarity

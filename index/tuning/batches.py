"""Which pairs are trained on together: in a batch, every other passage is a counterexample."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.tuning.pairs import Pair


def batches_of(pairs: Sequence[Pair], size: int, seed: int) -> Iterator[tuple[Pair, ...]]:
    """Yield every pair once, in batches of at most `size`, in an order that `seed` decides.

    Pairs of one part of a document come together: they are about different things in the same style, which
    makes them good counterexamples. Two pairs about the same thing never share a batch.
    """
    waiting = _shuffled(pairs, random.Random(seed))  # noqa: S311 - an order, not a secret
    while waiting:
        batch: list[Pair] = []
        taken: set[str] = set()
        later: list[Pair] = []
        for place, pair in enumerate(waiting):
            if len(batch) == size:
                later.extend(waiting[place:])
                break
            said = {pair.key, pair.anchor, pair.positive}
            if taken.isdisjoint(said):
                batch.append(pair)
                taken |= said
            else:
                later.append(pair)
        waiting = later
        yield tuple(batch)


def _shuffled(pairs: Sequence[Pair], order: random.Random) -> list[Pair]:
    """Return parts of documents in random order, and the pairs of each in random order."""
    by_part: dict[tuple[int, str | None], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_part[pair.document_id, pair.part].append(pair)
    parts = list(by_part.values())
    order.shuffle(parts)
    for some in parts:
        order.shuffle(some)
    return [pair for some in parts for pair in some]

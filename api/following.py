"""How far a file is on its way into the catalog, and what is kept of its reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from api.found_files import FoundFile
from corpus.catalog import ReadingRecord
from corpus.contacts import redact
from index.embedders import Embedder
from ingest.blocks import Table
from ingest.reading import Reading

EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class Advance:
    """A file has come to a stage: `reading`, `extraction`, `embedding`.

    Of `total` passages `done` are embedded, both 0 in other stages.
    """

    file: FoundFile
    stage: str
    done: int = 0
    total: int = 0


Follow = Callable[[Advance], None]


def nobody(_: Advance) -> None:
    """Nobody follows the stages."""


@dataclass(frozen=True, slots=True)
class FollowedEmbedder:
    """An embedder that tells how far it is."""

    embedder: Embedder
    file: FoundFile
    follow: Follow

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector a text."""

        def tell(done: int) -> None:
            self.follow(Advance(self.file, EMBEDDING, done, len(texts)))
            if progress is not None:
                progress(done)

        tell(0)
        return self.embedder.embed_passages(texts, tell)


def record_of(reading: Reading) -> ReadingRecord:
    """Return what is kept of a reading beside its documents."""
    parts = reading.members or (reading,)
    blocks = [block for part in parts for block in part.blocks]
    tables = sum(isinstance(block, Table) for block in blocks)
    return ReadingRecord(
        layouts=tuple(dict.fromkeys(_layouts(reading))),
        paragraphs=len(blocks) - tables,
        tables=tables,
        rows=len(reading.rows),
        unused=sum(len(part.unused) for part in parts),
        members=len(reading.members),
        problems=tuple(replace(one, sentence=redact(one.sentence)) for one in reading.problems),
    )


def _layouts(reading: Reading) -> Iterator[str]:
    if reading.layout is not None:
        yield reading.layout.value
    for member in reading.members:
        yield from _layouts(member)

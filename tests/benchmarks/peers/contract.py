"""What every peer must do. Imported in the peers' environments too: nothing here needs more than numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Vector = NDArray[np.float32]
DIMENSION = 384


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be found, with what is known of its document; year 0 and city "" where nothing is."""

    id: str
    text: str
    year: int
    city: str
    document: str


@dataclass(frozen=True, slots=True)
class Where:
    """Only passages of this year and city may be found."""

    year: int
    city: str


class Peer(Protocol):
    """One system over one folder; constructed over a folder that was filled, it opens what is there."""

    def __init__(self, folder: Path) -> None: ...

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Make passages searchable and durable; called once, over an empty folder."""
        ...

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """Return the ids of up to `k` passages, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """How a peer is run: its environment, its adapter, and what its search consists of."""

    name: str
    environment: str
    module: str
    search: str
    filters: str = "before the search"


PEERS = (
    Told("duibiao", "", "ours", "vectors (exact) and BM25 over words and characters, scores combined"),
    Told("duibiao, retrieval alone", "", "ours_retrieval", "the same, without highlights and reasons"),
    Told("zvec", "zvec", "zvec_peer", "vectors (exact) and BM25 over jieba words, RRF"),
    Told("zvec, HNSW", "zvec", "zvec_graph", "vectors (HNSW) and BM25 over jieba words, RRF"),
    Told("txtai", "txtai", "txtai_peer", "vectors (FAISS) and BM25 over pairs, scores combined", "after it"),
    Told("LanceDB", "lancedb", "lancedb_peer", "vectors (exact) and BM25 over pairs, RRF"),
    Told(
        "LangChain, FAISS, BM25",
        "langchain",
        "langchain_peer",
        "vectors (exact) and BM25 over pairs, RRF; filtered: vectors alone",
        "after it",
    ),
    Told("Chroma", "chroma", "chroma_peer", "vectors alone (HNSW)"),
    Told("Milvus Lite", "milvus", "milvus_peer", "vectors (exact) and BM25 over jieba words, RRF"),
    Told("Qdrant, local", "qdrant", "qdrant_peer", "vectors (exact) and BM25 over pairs, RRF"),
    Told("Qdrant, local, vectors", "qdrant", "qdrant_vectors", "vectors alone (exact)"),
    Told("Haystack", "haystack", "haystack_peer", "vectors (exact) and BM25 over pairs, RRF"),
    Told(
        "LlamaIndex",
        "llamaindex",
        "llamaindex_peer",
        "vectors (FAISS, exact) and BM25 over pairs, RRF; filtered: BM25 alone",
    ),
)

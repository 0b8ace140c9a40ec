# mypy: disable-error-code="import-not-found, import-untyped, unused-ignore"
"""LangChain: its FAISS store and BM25 retriever, fused by its ensemble; BM25 knows no filter."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.adapters.cutting import pairs
from tests.benchmarks.peers.contract import Passage, Vector, Vectors, Where


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        from langchain_core.embeddings import Embeddings

        class Given(Embeddings):
            """Gives the vector that came with the query."""

            vector: list[float]

            def embed_query(self, text: str) -> list[float]:
                return self.vector

            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                raise NotImplementedError

        self._given = Given()
        self._store: Any = None
        self._bm25: Any = None
        self._folder, self._pickled = folder / "langchain", folder / "bm25.pickle"
        if self._folder.exists():
            self._open()

    def _open(self) -> None:
        from langchain_community.vectorstores import FAISS
        from langchain_community.vectorstores.utils import DistanceStrategy

        self._store = FAISS.load_local(
            str(self._folder),
            self._given,
            allow_dangerous_deserialization=True,
            distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT,
        )
        self._bm25 = pickle.loads(self._pickled.read_bytes())

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS
        from langchain_community.vectorstores.utils import DistanceStrategy

        texts = [one.text for one in passages]
        known = [{"id": one.id, "year": one.year, "city": one.city} for one in passages]
        store = FAISS.from_embeddings(
            zip(texts, vectors.tolist(), strict=True),
            self._given,
            metadatas=known,
            distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT,
        )
        store.save_local(str(self._folder))
        bm25 = BM25Retriever.from_texts(texts, metadatas=known, preprocess_func=pairs)
        self._pickled.write_bytes(pickle.dumps(bm25))

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`. The store filters what it has found: it must look at everything."""
        if where:
            found = self._store.similarity_search_by_vector(
                vector.tolist(),
                k,
                filter={"year": where.year, "city": where.city},
                fetch_k=self._store.index.ntotal,
            )
        else:
            found = self._both(text, vector, k)
        return [one.metadata["id"] for one in found][:k]

    def _both(self, text: str, vector: Vector, k: int) -> list[Any]:
        from langchain_classic.retrievers import EnsembleRetriever

        self._given.vector = vector.tolist()
        self._bm25.k = k
        legs = [self._store.as_retriever(search_kwargs={"k": k}), self._bm25]
        found: list[Any] = EnsembleRetriever(retrievers=legs, weights=[0.5, 0.5], id_key="id").invoke(text)
        return found

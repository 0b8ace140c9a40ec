# mypy: disable-error-code="import-not-found, import-untyped"
"""LlamaIndex: its FAISS store and BM25 retriever, fused by rank. The FAISS store knows no filter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.adapters.cutting import PAIRS
from tests.benchmarks.peers.contract import DIMENSION, Passage, Vector, Vectors, Where


class Adapter:
    """See `contract.Peer`. The models that LlamaIndex insists on are its mocks; none is asked."""

    def __init__(self, folder: Path) -> None:
        from llama_index.core import MockEmbedding
        from llama_index.core.llms import MockLLM

        self._language, self._embedding = MockLLM(), MockEmbedding(embed_dim=DIMENSION)
        self._vectors_folder, self._words_folder = folder / "vectors", folder / "words"
        if self._words_folder.exists():
            self._open()

    def _open(self) -> None:
        import bm25s
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        place = str(self._vectors_folder)
        storage = StorageContext.from_defaults(
            vector_store=FaissVectorStore.from_persist_dir(place), persist_dir=place
        )
        self._index: Any = load_index_from_storage(storage, embed_model=self._embedding)
        self._bm25: Any = bm25s.BM25.load(str(self._words_folder), load_corpus=True)

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever
        from llama_index.vector_stores.faiss import FaissVectorStore

        nodes = [
            TextNode(
                id_=one.id,
                text=one.text,
                embedding=vector.tolist(),
                metadata={
                    "id": one.id,
                    "year": one.year,
                    "city": one.city,
                },  # fusion takes equal nodes for one
                excluded_embed_metadata_keys=["id", "year", "city"],
            )
            for one, vector in zip(passages, vectors, strict=True)
        ]
        store = FaissVectorStore(faiss.IndexFlatIP(DIMENSION))
        storage = StorageContext.from_defaults(vector_store=store)
        index = VectorStoreIndex(nodes, storage_context=storage, embed_model=self._embedding)
        index.storage_context.persist(str(self._vectors_folder))
        for node in nodes:
            node.embedding = None
        words = BM25Retriever(nodes=nodes, token_pattern=PAIRS, skip_stemming=True)
        words.persist(str(self._words_folder))

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`. A query without words has no BM25: then vectors alone are asked."""
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
        from llama_index.core.schema import QueryBundle

        query = QueryBundle(text, embedding=vector.tolist())
        if where:
            found = self._words(k, where).retrieve(query)
            return [one.node_id for one in found if one.score > 0]  # the others are what the filter took out
        nearest = self._index.as_retriever(similarity_top_k=k)
        if not text.strip():
            return [one.node_id for one in nearest.retrieve(query)]
        both = QueryFusionRetriever(
            [nearest, self._words(k, None)],
            llm=self._language,
            mode=FUSION_MODES.RECIPROCAL_RANK,
            similarity_top_k=k,
            num_queries=1,  # the query itself, none that a language model writes
            use_async=False,
        )
        return [one.node_id for one in both.retrieve(query)]

    def _words(self, k: int, where: Where | None) -> Any:
        from llama_index.core.vector_stores import ExactMatchFilter, MetadataFilters
        from llama_index.retrievers.bm25 import BM25Retriever

        filters = None
        if where:
            wanted: dict[str, int | str] = {"year": where.year, "city": where.city}
            filters = MetadataFilters(
                filters=[ExactMatchFilter(key=key, value=value) for key, value in wanted.items()]
            )
        return BM25Retriever(
            existing_bm25=self._bm25,
            similarity_top_k=k,
            token_pattern=PAIRS,
            skip_stemming=True,
            filters=filters,
        )

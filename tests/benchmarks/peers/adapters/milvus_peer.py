# mypy: disable-error-code="import-not-found"
"""Milvus Lite: the client's own store in a folder, its BM25 function over jieba words, fused by rank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.peers.contract import DIMENSION, Passage, Vector, Vectors, Where

_BATCH = 1000
_NAME = "passages"
_PUNCTUATION = list("，。、；：？！“”‘’（）《》〈〉【】—…·,.;:?!\"'()<>[]-/% ")


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        from pymilvus import MilvusClient

        self._client = MilvusClient(str(folder / "milvus.db"))
        if self._client.has_collection(_NAME):
            self._client.load_collection(_NAME)

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        self._create()
        for start in range(0, len(passages), _BATCH):
            part = zip(passages[start : start + _BATCH], vectors[start : start + _BATCH], strict=True)
            rows = [
                {"id": one.id, "text": one.text, "year": one.year, "city": one.city, "vector": vector}
                for one, vector in part
            ]
            self._client.insert(_NAME, rows)
        self._client.flush(_NAME)
        self._client.close()
        # It goes on writing indexes in the background until its server is told to end.
        from milvus_lite.server_manager import server_manager_instance

        server_manager_instance.release_all()

    def _create(self) -> None:
        from pymilvus import DataType, Function, FunctionType

        shape = self._client.create_schema(auto_id=False)
        shape.add_field("id", DataType.VARCHAR, max_length=64, is_primary=True)
        analyzer = {
            "tokenizer": {"type": "jieba", "mode": "exact"},
            "filter": [{"type": "stop", "stop_words": _PUNCTUATION}],
        }
        shape.add_field(
            "text", DataType.VARCHAR, max_length=65535, enable_analyzer=True, analyzer_params=analyzer
        )
        shape.add_field("year", DataType.INT64)
        shape.add_field("city", DataType.VARCHAR, max_length=256)
        shape.add_field("vector", DataType.FLOAT_VECTOR, dim=DIMENSION)
        shape.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
        shape.add_function(
            Function(
                "bm25", FunctionType.BM25, input_field_names=["text"], output_field_names=["words"], params={}
            )
        )
        indexes = self._client.prepare_index_params()
        indexes.add_index("vector", index_type="FLAT", metric_type="IP")
        indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        self._client.create_collection(_NAME, schema=shape, index_params=indexes)

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`. A query without words has no BM25: then vectors alone are asked."""
        from pymilvus import AnnSearchRequest, RRFRanker

        condition = f'year == {where.year} and city == "{where.city}"' if where else ""
        if not text.strip():
            found = self._client.search(
                _NAME, [vector], anns_field="vector", limit=k, filter=condition, output_fields=["text"]
            )
        else:
            legs = [
                AnnSearchRequest([vector], "vector", {"metric_type": "IP"}, k, expr=condition or None),
                AnnSearchRequest([text], "words", {"metric_type": "BM25"}, k, expr=condition or None),
            ]
            found = self._client.hybrid_search(_NAME, legs, RRFRanker(), limit=k, output_fields=["text"])
        return [one["id"] for one in found[0]]

# mypy: disable-error-code="import-not-found"
"""zvec: an embedded store with vectors and full text (jieba is its own tokenizer), fused by rank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.contract import DIMENSION, Passage, Vector, Vectors, Where

_BATCH = 1000


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        import zvec

        self._zvec = zvec
        self._path = str(folder / "zvec")
        self._collection: Any = zvec.open(self._path) if Path(self._path).exists() else None

    def vector_index(self) -> Any:
        """Return how vectors are kept."""
        return self._zvec.FlatIndexParam(metric_type=self._zvec.MetricType.IP)

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        zvec = self._zvec
        kinds, inverted = zvec.DataType, zvec.InvertIndexParam()
        schema = zvec.CollectionSchema(
            "passages",
            fields=[
                zvec.FieldSchema("text", kinds.STRING, index_param=zvec.FtsIndexParam("jieba")),
                zvec.FieldSchema("year", kinds.INT64, index_param=inverted),
                zvec.FieldSchema("city", kinds.STRING, index_param=inverted),
            ],
            vectors=zvec.VectorSchema("vector", kinds.VECTOR_FP32, DIMENSION, self.vector_index()),
        )
        self._collection = zvec.create_and_open(self._path, schema)
        for start in range(0, len(passages), _BATCH):
            documents = [
                zvec.Doc(
                    id=one.id,
                    vectors={"vector": vector.tolist()},
                    fields={"text": one.text, "year": one.year, "city": one.city},
                )
                for one, vector in zip(
                    passages[start : start + _BATCH], vectors[start : start + _BATCH], strict=True
                )
            ]
            states = self._collection.insert(documents)
            if not all(state.ok() for state in states):
                raise RuntimeError(next(str(state) for state in states if not state.ok()))
        self._collection.optimize()
        self._collection.flush()

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`. Full text refuses a query without words: then vectors alone are asked."""
        zvec = self._zvec
        legs = [zvec.Query("vector", vector=vector.tolist())]
        if text.strip():
            legs.append(zvec.Query("text", fts=zvec.Fts(match_string=text)))
        found = self._collection.query(
            legs,
            topk=k,
            filter=f"year = {where.year} AND city = '{where.city}'" if where else None,
            output_fields=["text"],
            reranker=zvec.RrfReRanker() if len(legs) > 1 else None,
        )
        return [one.id for one in found]

# mypy: disable-error-code="import-not-found, import-untyped"
"""LanceDB: columnar files with an exact scan, full text over pairs of characters, fused by rank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.contract import DIMENSION, Passage, Vector, Vectors, Where


class Adapter:
    """See `contract.Peer`."""

    def __init__(self, folder: Path) -> None:
        import lancedb
        from lancedb.rerankers import RRFReranker

        self._fusion = RRFReranker()
        self._database: Any = lancedb.connect(folder / "lance")
        self._table: Any = None
        if (folder / "lance" / "passages.lance").exists():
            self._table = self._database.open_table("passages")

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """See `contract.Peer`."""
        import pyarrow as pa

        flat = pa.array(vectors.reshape(-1), pa.float32())
        rows = pa.table(
            {
                "id": [one.id for one in passages],
                "text": [one.text for one in passages],
                "year": pa.array([one.year for one in passages], pa.int64()),
                "city": [one.city for one in passages],
                "vector": pa.FixedSizeListArray.from_arrays(flat, DIMENSION),
            }
        )
        self._table = self._database.create_table("passages", rows)
        self._table.create_scalar_index("year")
        self._table.create_scalar_index("city", index_type="BITMAP")
        self._table.create_fts_index(
            "text", base_tokenizer="ngram", ngram_min_length=2, ngram_max_length=2, stem=False
        )

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`. A hybrid query must have words: without any, vectors alone are asked."""
        if text.strip():
            query = self._table.search(query_type="hybrid").vector(vector).text(text).metric("dot")
            query = query.rerank(self._fusion)
        else:
            query = self._table.search(vector).metric("dot")
        if where:
            query = query.where(f"year = {where.year} AND city = '{where.city}'", prefilter=True)
        found = query.select(["id", "text"]).limit(k).to_arrow()
        ids: list[str] = found.column("id").to_pylist()
        return ids

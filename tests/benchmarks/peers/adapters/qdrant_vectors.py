# mypy: disable-error-code="import-not-found"
"""Qdrant's client in its local mode, asked by vectors alone."""

from __future__ import annotations

from tests.benchmarks.peers.adapters import qdrant_peer
from tests.benchmarks.peers.contract import Vector, Where


class Adapter(qdrant_peer.Adapter):
    """See `contract.Peer`."""

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`."""
        found = self._client.query_points(
            "passages",
            query=vector.tolist(),
            using="vector",
            limit=k,
            query_filter=qdrant_peer.conditions(where) if where else None,
            with_payload=True,
        )
        return [point.payload["id"] for point in found.points]

# mypy: disable-error-code="import-not-found"
"""zvec with its approximate index."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.peers.adapters import zvec_peer


class Adapter(zvec_peer.Adapter):
    """See `contract.Peer`."""

    def vector_index(self) -> Any:
        """Return how vectors are kept."""
        return self._zvec.HnswIndexParam(metric_type=self._zvec.MetricType.IP)

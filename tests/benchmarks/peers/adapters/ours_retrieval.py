"""duibiao's retrieval alone, as much as the other systems do: ranked passages with their texts."""

from __future__ import annotations

from index.filters import Filter
from search.retrieve import make_embedding, make_question, retrieve
from tests.benchmarks.peers.adapters import ours
from tests.benchmarks.peers.contract import Vector, Where


class Adapter(ours.Adapter):
    """See `contract.Peer`."""

    def search(self, text: str, vector: Vector, k: int, where: Where | None) -> list[str]:
        """See `contract.Peer`."""
        allowed = Filter(years=frozenset({where.year}), cities=frozenset({where.city})) if where else Filter()
        embedding = make_embedding(vector, None)
        found = retrieve(self._index.searcher(), make_question(text, lambda: embedding), allowed)
        items = self._catalog.items([one.item_id for one in found[:k]])
        return [stored.item.number or "" for stored in items.values()]

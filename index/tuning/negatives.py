"""Counterexamples: passages that share words with what is asked and are something else.

They come from the full text of the same part of the same document, which does not promise the same thing
twice: what it says elsewhere in like words is another item. A like passage of another unit, city or part
(what was done last year) would often be right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.catalog import CatalogReader
from corpus.contacts import redact
from index.filters import Filter
from index.searcher import Searcher
from index.tuning.pairs import LONGEST_TEXT, Pair, PairKind, is_held_out, item_key, part_of

_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class _Other:
    """An item that may be a counterexample."""

    key: str
    part: str | None
    heading: str | None
    content: str


def with_negatives(
    pairs: Sequence[Pair],
    catalog: CatalogReader,
    searcher: Searcher,
    progress: Callable[[int], None] | None = None,
) -> tuple[Pair, ...]:
    """Return the pairs in their order, each with a counterexample where its document has one.

    No counterexample is held out, and none stands under the heading that is asked about.
    """
    found: list[Pair] = []
    others: dict[int, dict[int, _Other]] = {}
    for pair in pairs:
        if pair.document_id not in others:
            others = {pair.document_id: _others(catalog, pair.document_id)}
        found.append(replace(pair, negative=_negative(pair, others[pair.document_id], searcher)))
        if progress is not None:
            progress(len(found))
    return tuple(found)


def _others(catalog: CatalogReader, document_id: int) -> dict[int, _Other]:
    """Return the items of a document that may be trained on."""
    items = {}
    for stored in catalog.document_items(document_id):
        key = item_key(stored)
        if key and not is_held_out(key):
            path = stored.item.heading_path
            heading = path[-1] if path else None
            items[stored.id] = _Other(key, part_of(stored), heading, stored.item.content)
    return items


def _negative(pair: Pair, others: dict[int, _Other], searcher: Searcher) -> str | None:
    own = others.get(pair.item_id)
    heading = own.heading if own is not None and pair.kind is PairKind.HEADING else None
    allowed = frozenset(
        item
        for item, other in others.items()
        if other.part == pair.part and other.key != pair.key and (heading is None or other.heading != heading)
    )
    if not allowed:
        return None
    for chunk, _ in searcher.lexical(pair.anchor[:LONGEST_TEXT], _CANDIDATES, Filter(items=allowed)):
        text = redact(others[int(searcher.items_of([chunk])[0])].content).strip()[:LONGEST_TEXT]
        if text and pair.positive not in text and text not in pair.positive:
            return text
    return None

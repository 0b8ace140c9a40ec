"""Counterexamples: passages that share words with what is asked and are something else.

They come from the full text of the same document. A document does not promise the same thing twice, so what
it says elsewhere in like words is another item; a like passage of another unit or city would often be right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.catalog import CatalogReader
from index.filters import Filter
from index.searcher import Searcher
from index.tuning.pairs import LONGEST_TEXT, Pair, PairKind, is_held_out, item_key

_CANDIDATES = 8


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
    others: dict[int, dict[int, tuple[str, str | None, str]]] = {}
    for pair in pairs:
        if pair.document_id not in others:
            others = {pair.document_id: _others(catalog, pair.document_id)}
        found.append(replace(pair, negative=_negative(pair, others[pair.document_id], searcher)))
        if progress is not None:
            progress(len(found))
    return tuple(found)


def _others(catalog: CatalogReader, document_id: int) -> dict[int, tuple[str, str | None, str]]:
    """Return key, heading and content of each item of a document that may be trained on."""
    items = {}
    for stored in catalog.document_items(document_id):
        key = item_key(stored)
        if key and not is_held_out(key):
            path = stored.item.heading_path
            items[stored.id] = (key, path[-1] if path else None, stored.item.content)
    return items


def _negative(pair: Pair, others: dict[int, tuple[str, str | None, str]], searcher: Searcher) -> str | None:
    heading = others[pair.item_id][1] if pair.item_id in others else None
    allowed = frozenset(
        item
        for item, (key, above, _) in others.items()
        if item != pair.item_id
        and key != pair.key
        and not (pair.kind is PairKind.HEADING and above == heading)
    )
    if not allowed:
        return None
    from corpus.contacts import redact

    for chunk, _ in searcher.lexical(pair.anchor[:LONGEST_TEXT], _CANDIDATES, Filter(items=allowed)):
        text = redact(others[int(searcher.items_of([chunk])[0])][2]).strip()[:LONGEST_TEXT]
        if text and pair.positive not in text and text not in pair.positive:
            return text
    return None

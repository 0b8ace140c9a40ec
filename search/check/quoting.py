"""How findings name and quote items."""

from __future__ import annotations

from corpus.model import Field, Span
from corpus.stored import StoredItem
from search.figures import Observed, figure_words
from search.results import Citation
from search.texts import cite, field_text, plain_name, sentences

_LONGEST = 160


def cite_item(stored: StoredItem) -> Citation:
    """Quote the first sentence of an item's content, its name where there is none."""
    for field in (Field.CONTENT, Field.NAME):
        places = sentences(field_text(stored.item, field))
        if places:
            start, end = places[0]
            return cite(stored, Span(field, start, min(end, start + _LONGEST)))
    return cite(stored, Span(Field.CONTENT, 0, 0))


def promise(observed: Observed) -> str:
    """Say a figure with its name: 请示报告类公文办结率96%以上."""
    name = plain_name(observed.indicator.name or "")
    words = figure_words(observed)
    return words if name and name in words else f"{name}{words}"


def excerpt(text: str, longest: int = 60) -> str:
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"

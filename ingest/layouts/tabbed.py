"""Layout 1, the Word export: each line is a cell behind a tab, an empty cell is a line of a lone tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ingest.blocks import Block, Paragraph
from ingest.layouts.contract import LayoutName, Recognition
from ingest.layouts.flattened import find_headers, recognise_flattened
from ingest.layouts.stream import Token
from ingest.vocabulary import Vocabulary

_LEAST_SHARE: Final = 0.6


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    """Return the rows where the cells of a header stand behind tabs."""
    paragraphs = [b for b in blocks if isinstance(b, Paragraph)]
    tokens = [Token(p.text.strip(), p.place, is_empty=not p.text.strip()) for p in paragraphs]
    headers = find_headers(tokens, vocabulary)
    if not headers:
        return None
    body = paragraphs[headers[0].start :]
    if sum(p.text.startswith("\t") for p in body) < _LEAST_SHARE * len(body):
        return None
    return recognise_flattened(LayoutName.TABBED, tokens, vocabulary)

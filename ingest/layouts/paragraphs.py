"""Layout 3: one cell a paragraph, the category named only where it changes, often without empty cells."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.blocks import Block, paragraphs_of
from ingest.layouts.contract import LayoutName, Recognition
from ingest.layouts.flattened import recognise_flattened
from ingest.layouts.stream import Token
from ingest.vocabulary import Vocabulary


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    """Return the rows below a run of header words, one a paragraph."""
    tokens = [Token(one.text.strip(), one.place) for one in paragraphs_of(blocks)]
    return recognise_flattened(LayoutName.PARAGRAPHS, tokens, vocabulary)

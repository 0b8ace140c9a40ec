"""Layout 2, the web scrape: a cell ends in ` |`, rows are fenced by lines of `|` or `||`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.text import fold
from ingest.blocks import Block, Paragraph, paragraphs_of
from ingest.layouts.contract import LayoutName, Recognition
from ingest.layouts.flattened import recognise_flattened
from ingest.layouts.stream import Token
from ingest.vocabulary import Vocabulary

_LEAST_CELLS: Final = 5
_LEAST_SHARE: Final = 0.3


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    """Return the rows where most cells end in a bar."""
    paragraphs = paragraphs_of(blocks)
    ended = sum(_is_end(p.text) for p in paragraphs)
    if ended < max(_LEAST_CELLS, _LEAST_SHARE * len(paragraphs)):
        return None
    return recognise_flattened(LayoutName.PIPED, _tokens(paragraphs, vocabulary), vocabulary)


def _is_end(text: str) -> bool:
    return fold(text).rstrip().endswith("|")


def _tokens(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> list[Token]:
    """Join lines up to the bar that ends their cell; a fence starts a row and ends what had no bar."""
    tokens: list[Token] = []
    open_lines: list[Paragraph] = []
    fenced = False

    def close(*, is_cell: bool) -> None:
        nonlocal fenced
        groups = [open_lines] if is_cell and not _heads(open_lines, vocabulary) else [[p] for p in open_lines]
        for group in groups:
            text = "\n".join(_bare(p.text) for p in group).strip()
            if text:
                tokens.append(Token(text, group[0].place, starts_row=fenced))
                fenced = False
        open_lines.clear()

    for paragraph in paragraphs:
        if not _bare(paragraph.text):
            close(is_cell=False)
            fenced = True
            continue
        open_lines.append(paragraph)
        if _is_end(paragraph.text):
            ends_row = fold(paragraph.text).rstrip().endswith("||")
            close(is_cell=True)
            fenced = fenced or ends_row
    close(is_cell=False)
    return tokens


def _bare(text: str) -> str:
    """Return a line without the bars at its ends."""
    stripped = text.strip().strip("|｜").strip()
    if not stripped.endswith("|") and not stripped.startswith("|"):
        return stripped
    return stripped.strip("| ｜")


def _heads(lines: Sequence[Paragraph], vocabulary: Vocabulary) -> bool:
    """Whether words of the page run straight into the first header cell: 导航 / 类别 |."""
    return len(lines) > 1 and bool(vocabulary.candidates(_bare(lines[-1].text)))

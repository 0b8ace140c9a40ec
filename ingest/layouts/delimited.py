"""Text with a whole row a line, cells parted by tabs or bars: what copying a table into a note leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.text import fold
from ingest.blocks import Block, Cell, Paragraph, Table
from ingest.layouts.contract import LayoutName, Recognition
from ingest.layouts.grid import recognise_grids
from ingest.vocabulary import Vocabulary

_LEAST: Final = 3
_RULE: Final = re.compile(r"[|\s:+=\-—─┼├┤│]+")


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    """Return the rows where one line holds at least three header words."""
    mark = next((m for b in blocks if isinstance(b, Paragraph) and (m := _mark(b.text, vocabulary))), None)
    if mark is None:
        return None
    return recognise_grids(LayoutName.DELIMITED, _gathered(blocks, mark), vocabulary)


def _mark(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the mark that parts the cells of a header line, `None` where the line is no header."""
    for mark in ("\t", "|"):
        cells = cells_of(text, mark)
        if len(cells) >= _LEAST and sum(c is not None for c in vocabulary.columns(cells)) >= _LEAST:
            return mark
    return None


def cells_of(text: str, mark: str) -> list[str]:
    """Return the cells of a line, trimmed; bars at its ends part nothing."""
    if mark == "\t":
        return [cell.strip() for cell in text.rstrip("\r\n").split("\t")]
    bare = text.replace("｜", "|").strip()
    bare = bare.removeprefix("|")
    bare = bare.removesuffix("|")
    return [cell.strip() for cell in bare.split("|")]


def _gathered(blocks: Sequence[Block], mark: str) -> list[Block]:
    """Turn runs of parted lines into tables; a line without the mark between them stays a paragraph."""
    gathered: list[Block] = []
    run: list[tuple[Paragraph, list[str]]] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _RULE.fullmatch(fold(block.text)) and "-" in block.text:
            continue
        if isinstance(block, Paragraph) and mark in block.text.replace("｜", "|"):
            run.append((block, cells_of(block.text, mark)))
            continue
        gathered.extend(_tables(run))
        run = []
        gathered.append(block)
    gathered.extend(_tables(run))
    return gathered


def _tables(run: Sequence[tuple[Paragraph, list[str]]]) -> list[Block]:
    if not run:
        return []
    width = max(len(cells) for _, cells in run)
    cells = tuple(
        Cell(text, row, column, place=paragraph.place)
        for row, (paragraph, texts) in enumerate(run)
        for column, text in enumerate((*texts, *[""] * (width - len(texts))))
    )
    return [Table(cells, run[0][0].place)]

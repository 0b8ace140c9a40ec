"""Forms that were flattened to lines: `任务名称：…` or cells parted by tabs or bars, gathered into tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.text import fold
from ingest.blocks import Block, Cell, Paragraph, Table
from ingest.layouts.delimited import cells_of
from ingest.layouts.furniture import is_furniture
from ingest.layouts.headings import heads_rows, is_preamble_line, numbering_of, plain
from ingest.vocabulary import Column, Vocabulary, header_key

_COLON: Final = re.compile(r"[【\[]?(?P<label>[^:\s【】\[\]]{2,12})(?::|[】\]]\s*:?)\s*")
_LONG: Final = frozenset(
    {Column.CONTENT, Column.BASIS, Column.BENCHMARK, Column.PROGRESS, Column.SCORING, Column.BENCHMARK_VALUE}
)
_NEVER: Final = frozenset({Column.UNIT, Column.YEAR})
_LEAST_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that begins with a label: its cells, the column that it names, and the number before it."""

    paragraph: Paragraph
    cells: tuple[str, ...]
    column: Column
    numeral: str | None = None


@dataclass(slots=True)
class _Run:
    lines: list[_Line] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)

    def take(self, line: _Line) -> None:
        self.lines.append(line)
        self.texts.append(list(line.cells))

    def table(self) -> Table:
        """Return the lines as rows; a number before each name, and before no other line, is the item's."""
        numbers = {line.column is Column.NAME for line in self.lines if line.numeral}
        rows: list[tuple[Paragraph, list[str]]] = []
        for line, texts in zip(self.lines, self.texts, strict=True):
            if numbers == {True} and line.numeral:
                rows.append((line.paragraph, ["序号", line.numeral]))
            rows.append((line.paragraph, texts))
        cells = tuple(
            Cell(text, row, column, place=paragraph.place)
            for row, (paragraph, texts) in enumerate(rows)
            for column, text in enumerate(texts)
        )
        return Table(cells, rows[0][0].place)


def gathered(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """Return the blocks with each run of labelled lines as a table, where at least two name their target."""
    labelled = {n: line for n, b in enumerate(blocks) if (line := _line_of(b, vocabulary)) is not None}
    if sum(line.column is Column.NAME for line in labelled.values()) < _LEAST_NAMED:
        return list(blocks)
    made: list[Block] = []
    run = _Run()
    for position, block in enumerate(blocks):
        line = labelled.get(position)
        if line is not None:
            run.take(line)
            continue
        if isinstance(block, Paragraph) and run.lines and _goes_on(run.lines[-1], block.text):
            run.texts[-1][-1] = f"{run.texts[-1][-1]}\n{block.text.strip()}".strip()
            continue
        if isinstance(block, Paragraph) and run.lines and is_furniture(block.text):
            continue
        made.extend([run.table()] if run.lines else [])
        run = _Run()
        made.append(block)
    made.extend([run.table()] if run.lines else [])
    return made


def _line_of(block: Block, vocabulary: Vocabulary) -> _Line | None:
    """Return a paragraph that begins with a label of a target, `None` for any other block."""
    if not isinstance(block, Paragraph) or not block.text.strip():
        return None
    for mark in ("\t", "|"):
        cells = cells_of(block.text.strip(), mark)
        column = _column(cells[0], vocabulary) if len(cells) > 1 else None
        if column is not None and not _is_header(cells, vocabulary):
            return _Line(block, tuple(cells), column)
    text = plain(block.text)
    numbering = numbering_of(text)
    start = numbering.end if numbering is not None else 0
    found = _COLON.match(fold(text), start)
    column = _column(found.group("label"), vocabulary) if found is not None else None
    if found is None or column is None or column in _NEVER:
        return None
    label = text[found.start("label") : found.end("label")]
    numeral = numbering.numeral if numbering is not None else None
    return _Line(block, (label, text[found.end() :].strip()), column, numeral)


def _column(label: str, vocabulary: Vocabulary) -> Column | None:
    columns = vocabulary.words.get(header_key(label), ())
    return columns[0] if columns else None


def _is_header(cells: Sequence[str], vocabulary: Vocabulary) -> bool:
    return sum(column is not None for column in vocabulary.columns(cells)) == len(cells)


def _goes_on(line: _Line, text: str) -> bool:
    """Whether a line without a label is a further line of the value above it."""
    if is_furniture(text) or heads_rows(text) or is_preamble_line(text):
        return False
    return line.column in _LONG or not line.cells[-1]

"""Layout 6: tables whose grid is known (Word, Excel, web pages, PDF, CSV, Markdown)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.model import DocumentKind
from ingest.blocks import Block, Paragraph, Table
from ingest.layouts.contract import LayoutName, Recognition, Remark, Section
from ingest.layouts.furniture import is_furniture
from ingest.layouts.grid_header import GridHeader, header_at
from ingest.layouts.grid_rows import Entry, GridRow, collect
from ingest.layouts.headings import heads_rows, is_preamble_line
from ingest.vocabulary import Vocabulary

_MOST_CELLS: Final = 2_000_000


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    """Return a section a table; a table without a header, or with the same one, continues the one before."""
    return recognise_grids(LayoutName.GRID, blocks, vocabulary)


def recognise_grids(
    layout: LayoutName, blocks: Sequence[Block], vocabulary: Vocabulary
) -> Recognition | None:
    """Return the rows of every table among the blocks that has a header of targets."""
    entries = _entries(blocks)
    headers = _headers(entries, vocabulary)
    if not headers:
        return None
    sections: list[Section] = []
    unused: list[Paragraph] = []
    remarks: list[Remark] = []
    preamble = _paragraphs(entries[: headers[0][0]])
    body: list[Entry] = []
    for (start, header), following in zip(headers, (*headers[1:], None), strict=True):
        end = following[0] if following is not None else len(entries)
        stretch = entries[start + header.height : end]
        goes_on = following is not None and _goes_on(header, following[1], entries[start], entries[end])
        above = _preamble_length(stretch, goes_on=goes_on) if following is not None else 0
        body.extend(stretch[: len(stretch) - above])
        if goes_on and not above:
            continue
        sheet = _sheet(entries[start])
        collected = collect(body, header, preamble)
        sections.append(Section(collected.rows, preamble, collected.closing, sheet, header.columns))
        unused.extend(collected.unused)
        remarks.extend(collected.remarks)
        preamble = _paragraphs(stretch[len(stretch) - above :] if above else ())
        body = []
    kept = tuple(section for section in sections if section.rows)
    if not kept:
        return None
    return Recognition(layout, DocumentKind.TARGETS, kept, tuple(remarks), tuple(unused))


def _entries(blocks: Sequence[Block]) -> list[Entry]:
    """Lay paragraphs and table rows out in one sequence; blank ones are left out."""
    entries: list[Entry] = []
    for block in blocks:
        if isinstance(block, Table):
            if block.rows * block.columns <= _MOST_CELLS:
                rows = (GridRow(block, cells, number) for number, cells in enumerate(block.grid()))
                entries.extend(row for row in rows if row.distinct())
        elif block.text.strip():
            entries.append(block)
    return entries


def _headers(entries: Sequence[Entry], vocabulary: Vocabulary) -> list[tuple[int, GridHeader]]:
    headers: list[tuple[int, GridHeader]] = []
    position = 0
    while position < len(entries):
        entry = entries[position]
        header = None
        if isinstance(entry, GridRow):
            known = headers[-1][1] if headers else None
            header = header_at(entries, position, vocabulary, known)
        if header is not None:
            headers.append((position, header))
        position += header.height if header is not None else 1
    return headers


def _goes_on(header: GridHeader, following: GridHeader, here: Entry, there: Entry) -> bool:
    """Whether a header only repeats on the next page of the same sheet."""
    return header.columns == following.columns and _sheet(here) == _sheet(there)


def _sheet(entry: Entry) -> str | None:
    return entry.table.place.sheet if isinstance(entry, GridRow) else entry.place.sheet


def _preamble_length(stretch: Sequence[Entry], *, goes_on: bool) -> int:
    """How many entries at the end of a stretch are title and header lines of the table that follows.

    A line that heads rows is one of them below a title, or where a table of other columns follows.
    """
    length = 0
    for count, entry in enumerate(reversed(stretch), start=1):
        paragraph = entry.as_paragraph() if isinstance(entry, GridRow) else entry
        if isinstance(entry, Paragraph) and is_furniture(entry.text):
            continue
        if isinstance(entry, Paragraph) and heads_rows(entry.text):
            length = length if goes_on else count
            continue
        if paragraph is None or not is_preamble_line(paragraph.text):
            break
        length = count
    return length


def _paragraphs(entries: Sequence[Entry]) -> tuple[Paragraph, ...]:
    made = (entry.as_line() if isinstance(entry, GridRow) else entry for entry in entries)
    return tuple(made)

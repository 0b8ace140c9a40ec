"""Markdown: the lines of plain text, but tables (GFM pipes or HTML) are grids and # headings have levels.

Only tables go through a Markdown parser, and only for their rows and cells: its rules for marks within a
line take quadratic time on hostile input. All else stays line by line as written, because the texts are
official prose whose numbering and line breaks mean more than Markdown's rules for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Final

from corpus.model import Place, Problem
from ingest.blocks import Block, Cell, Paragraph, Table
from ingest.readers import html, text
from ingest.readers.contract import Extract, Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*", re.DOTALL)
_BREAK: Final = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_MARKS: Final = re.compile(r"\*\*|__|~~|`|</?[A-Za-z][^<>]{0,200}>")
_LINK: Final = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)")
_MOST_ROWS: Final = 10_000  # in all tables of a file: beyond, lines stay lines
_DEEPEST: Final = 20  # tables in tables: beyond, their lines stay lines
_LONGEST_HEADER: Final = 5_000
_RULE: Final = frozenset("|:- \t")


@dataclass(frozen=True, slots=True)
class _Found:
    """A table in the lines from `first` to before `end`, counted from 0; `cut` are rows too long for it."""

    first: int
    end: int
    blocks: tuple[Block, ...]
    cut: tuple[int, ...] = ()


def read(source: Source) -> Extract:
    """Return what the reader of plain text returns, with tables as grids and headings with their level."""
    extract = text.read(source)
    lines = _LINE_END.split(extract.text or "")
    tables = tuple(_tables(lines))
    cut: tuple[Problem, ...] = tuple(
        source.problem("这一行的单元格比表头多，多出的部分未读取；请检查竖线。", Place(line=row + 1))
        for table in tables
        for row in table.cut
    )
    blocks = tuple(_woven(extract.blocks, tables))
    return replace(extract, blocks=blocks, problems=(*extract.problems, *cut))


def _woven(blocks: Sequence[Block], tables: Sequence[_Found]) -> Iterator[Block]:
    """Put each table in the place of the lines that it was read from."""
    waiting = list(reversed(tables))
    for block in blocks:
        line = (block.place.line or 1) - 1
        while waiting and waiting[-1].end <= line:
            waiting.pop()
        if waiting and waiting[-1].first <= line:
            if waiting[-1].first == line:
                yield from waiting[-1].blocks
            continue
        yield _without_marks(block) if isinstance(block, Paragraph) else block


def _without_marks(paragraph: Paragraph) -> Paragraph:
    """Take off the marks of a heading, which become its level, and of emphasis."""
    bare = paragraph.text.replace("**", "") if paragraph.text.strip("*") else paragraph.text
    found = _HEADING.fullmatch(bare) if "#" in bare[:10] else None
    if found is None or not found.group(2):
        return paragraph if bare == paragraph.text else replace(paragraph, text=bare)
    return replace(paragraph, text=found.group(2), level=len(found.group(1)))


def _tables(lines: Sequence[str]) -> Iterator[_Found]:
    position = 0
    left = _MOST_ROWS
    while position < len(lines) and left > 0:
        line = lines[position]
        found = None
        if "|" in line and "-" in line and position and _RULE.issuperset(line):
            found = _pipe_table(lines, position - 1, left)
        elif "<table" in line[:200].lower():
            found = _html_table(lines, position, left)
        if found is None:
            position += 1
        else:
            yield found
            position = found.end
            left -= found.end - found.first


def _html_table(lines: Sequence[str], first: int, most: int) -> _Found | None:
    """Return the table that opens in a line and closes in it or below."""
    depth = 0
    for end in range(first, min(len(lines), first + most)):
        lowered = lines[end].lower()
        depth += lowered.count("<table") - lowered.count("</table")
        if depth > _DEEPEST:
            return None
        if depth <= 0:
            blocks = html.blocks_of("\n".join(lines[first : end + 1]))
            placed = tuple(replace(b, place=Place(line=first + 1)) for b in blocks)
            return _Found(first, end + 1, placed) if placed else None
    return None


def _pipe_table(lines: Sequence[str], first: int, most: int) -> _Found | None:
    """Return the table whose header is line `first` and whose rule stands below it."""
    parser = _parser()
    if max(len(lines[first]), len(lines[first + 1])) > _LONGEST_HEADER:
        return None
    if not any(token.type == "table_open" for token in parser.parse("\n".join(lines[first : first + 2]))):
        return None
    end = first + 2
    while end < min(len(lines), first + most) and "|" in lines[end]:
        end += 1
    tokens = parser.parse("\n".join(lines[first:end]))
    span = next((token.map for token in tokens if token.type == "table_open"), None)
    if span is None:
        return None
    cells = tuple(_cells(tokens, first))
    width = max((cell.column + 1 for cell in cells), default=0)
    end = first + span[1]
    cut = tuple(row for row in range(first + 2, end) if _bars(lines[row]) > width + 1)
    return _Found(first, end, (Table(cells, Place(line=first + 1)),), cut)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable("table")


def _cells(tokens: Sequence[Token], first: int) -> Iterator[Cell]:
    row, column, place, is_header = -1, 0, Place(), False
    for token in tokens:
        if token.type == "tr_open":
            row, column = row + 1, 0
            place = Place(line=first + 1 + (token.map[0] if token.map else row + (row > 0)))
        elif token.type in {"th_open", "td_open"}:
            is_header = token.type == "th_open"
        elif token.type == "inline":
            yield Cell(_text(token.content), row, column, place=place, is_header=is_header)
            column += 1
        elif token.type == "table_close":
            return


def _text(written: str) -> str:
    """Return the text of a cell without the marks of Markdown and HTML; <br> breaks its lines."""
    bare = _MARKS.sub("", _LINK.sub(r"\1", _BREAK.sub("\n", written)))
    lines = unescape(bare).replace("\xa0", " ").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _bars(line: str) -> int:
    """How many bars part the cells of a row, those at its ends included or made up for."""
    bare = line.strip()
    ends = (not bare.startswith("|")) + (not bare.endswith("|"))
    return bare.count("|") - bare.count("\\|") + ends

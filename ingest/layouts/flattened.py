"""Layouts 1 to 3: a table flattened to one cell a line; what marks a cell differs, the rest is here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import DocumentKind
from corpus.text import fold
from ingest.blocks import Paragraph
from ingest.layouts import plausible
from ingest.layouts.contract import LayoutName, Recognition, Row, Section
from ingest.layouts.furniture import is_furniture
from ingest.layouts.stream import Assigned, Token, assign
from ingest.vocabulary import Column, Vocabulary

_LEAST_COLUMNS: Final = 3
_MOST_COLUMNS: Final = 14
_LONGEST_PREAMBLE_LINE: Final = 60
_HEADER_LINE: Final = re.compile(r"(?:单位名称|单位|填报单位|部门名称|部门|责任单位)\s*:")
_YEAR: Final = re.compile(r"\d{4}年")
_TITLE: Final = re.compile(r"目标|任务|计划|要点|分解|考核|绩效|责任书|一览表|督办|进展|清单|汇总")


@dataclass(frozen=True, slots=True)
class Header:
    """A run of header cells: tokens `start` to before `end` name `columns`.

    `held` is what stands inside a cell of another column: the benchmarks of 制定依据(对标情况).
    """

    start: int
    end: int
    columns: tuple[Column | None, ...]
    held: frozenset[Column] = frozenset()


def find_headers(tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[Header, ...]:
    """Return every run of header words, in order."""
    headers: list[Header] = []
    position = 0
    options = [vocabulary.candidates(t.text) if not t.is_empty else () for t in tokens]
    while position < len(tokens):
        header = _header_at(tokens, options, position, vocabulary) if options[position] else None
        if header is not None and _YEAR.match(fold(tokens[position].text)):
            header = _header_at(tokens, options, position + 1, vocabulary) or header  # 2015年目标 is a title
        if header is None:
            position += 1
        else:
            headers.append(header)
            position = header.end
    return tuple(headers)


def _header_at(
    tokens: Sequence[Token], options: Sequence[tuple[Column, ...]], start: int, vocabulary: Vocabulary
) -> Header | None:
    """Return the longest header that starts at a token, `None` where fewer than three columns are named."""
    cells: list[str] = []
    end = start
    named: tuple[Column | None, ...] = ()
    while end < len(tokens) and len(cells) < _MOST_COLUMNS:
        if end > start and tokens[end].starts_row:
            break
        text, taken = tokens[end].text, 1
        if not options[end]:
            joined = text + tokens[end + 1].text if end + 1 < len(tokens) else ""
            if not _joins(text, joined, vocabulary):
                break
            text, taken = joined, 2
        columns = vocabulary.columns([*cells, text])
        if None in columns:
            break
        cells.append(text)
        named = columns
        end += taken
    while cells and _is_first_category(tokens, end, named):
        cells.pop()
        end -= 1
        named = vocabulary.columns(cells)
    if len(set(named)) < _LEAST_COLUMNS or not {Column.NAME, Column.CONTENT} & set(named):
        return None
    compares = any(c is Column.BASIS and "对标" in fold(text) for c, text in zip(named, cells, strict=True))
    return Header(start, end, named, frozenset({Column.BENCHMARK} if compares else ()))


def _joins(text: str, joined: str, vocabulary: Vocabulary) -> bool:
    """Whether a header word was broken over two lines (目标 / 名称)."""
    return len(text) <= 4 and len(joined) <= 10 and fold(joined) in vocabulary.words


def _is_first_category(tokens: Sequence[Token], end: int, named: tuple[Column | None, ...]) -> bool:
    """Whether the last header word is really the first row's category: 工作目标, then the number 1."""
    return (
        end < len(tokens)
        and Column.NUMBER in named[:-1]
        and Column.CATEGORY in named[:-1]
        and plausible.serial(tokens[end].text) == 1
        and plausible.is_category_line(tokens[end - 1].text)
    )


def recognise_flattened(
    layout: LayoutName, tokens: Sequence[Token], vocabulary: Vocabulary
) -> Recognition | None:
    """Return the sections of a stream of cells; a header that repeats with nothing new above it goes on."""
    headers = find_headers(tokens, vocabulary)
    if not headers:
        return None
    sections: list[Section] = []
    unused: list[Paragraph] = []
    preamble = tuple(_paragraph(t) for t in tokens[: headers[0].start] if not t.is_empty)
    body: list[Token] = []
    for header, following in zip(headers, (*headers[1:], None), strict=True):
        end = following.start if following is not None else len(tokens)
        stretch = list(tokens[header.end : end])
        above = _preamble_length(stretch) if following is not None else 0
        body.extend(stretch[: len(stretch) - above])
        if following is not None and not above and following.columns == header.columns:
            continue
        rows, closing, left = _rows(assign(body, header.columns, header.held))
        unused.extend(left)
        sections.append(Section(rows, preamble, closing, None, header.columns))
        preamble = tuple(_paragraph(t) for t in stretch[len(stretch) - above :] if above)
        body = []
    if not any(section.rows for section in sections):
        return None
    kept = tuple(s for s in sections if s.rows)
    return Recognition(layout, DocumentKind.TARGETS, kept, unused=tuple(unused))


def _preamble_length(stretch: Sequence[Token]) -> int:
    """How many tokens at the end of a stretch are the title and header lines of the table that follows."""
    length = 0
    for count, token in enumerate(reversed(stretch), start=1):
        text = fold(token.text)
        if token.is_empty or is_furniture(token.text):
            continue
        is_title = (
            len(text) <= _LONGEST_PREAMBLE_LINE and _TITLE.search(text) and not re.search(r"[。;,]", text)
        )
        if not (_HEADER_LINE.match(text) or (is_title and not plausible.is_category_line(text))):
            break
        length = count
    return length


def _paragraph(token: Token) -> Paragraph:
    return Paragraph(token.text, token.place)


def _rows(
    assigned: Iterable[Assigned],
) -> tuple[tuple[Row, ...], tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Gather cells to rows; return the rows, the paragraphs after the last one, and those between."""
    cells: dict[int, list[Assigned]] = {}
    strays: list[Assigned] = []
    for one in assigned:
        if one.column is None or one.row < 0:
            strays.append(one)
        elif not one.token.is_empty:
            cells.setdefault(one.row, []).append(one)
    rows: list[Row] = []
    category: str | None = None
    for _, ones in sorted(cells.items()):
        texts: dict[Column, list[str]] = {}
        for one in ones:
            if one.column is not None:
                texts.setdefault(one.column, []).append(one.token.text)
        if Column.CATEGORY in texts:
            category = "".join("".join(texts[Column.CATEGORY]).split())
        if not {Column.NAME, Column.CONTENT} & set(texts):
            strays.extend(o for o in ones if o.column is not Column.CATEGORY)
            continue
        values = tuple((column, "\n".join(lines)) for column, lines in texts.items())
        rows.append(Row(values, category, ones[0].token.place))
    last = max((r for r in cells), default=-1)
    words = [s for s in strays if not s.token.is_empty]
    closing = tuple(_paragraph(s.token) for s in words if s.row >= last)
    between = tuple(_paragraph(s.token) for s in words if s.row < last)
    return tuple(rows), closing, between

"""The rows below a table's header: merged cells carried down, broken rows joined, headings told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from corpus.model import Place
from corpus.text import fold
from ingest.blocks import NOWHERE, Cell, Paragraph, Table
from ingest.layouts import plausible
from ingest.layouts.contract import Remark, Row
from ingest.layouts.furniture import is_furniture
from ingest.layouts.headings import heading_above, heads_rows, numbering_of
from ingest.layouts.labels import label_of
from ingest.vocabulary import MANY, Column

if TYPE_CHECKING:
    from ingest.layouts.grid_header import GridHeader

_SUM: Final = re.compile(r"(?:总|合|小|累)\s*[计分]|总\s*分|合计\(?分?\)?")
_NOTE: Final = re.compile(r"(?:备?注|说明|附注|填表说明)\s*\d?\s*[::.、]")
_CHINESE_SERIAL: Final = re.compile(r"\(?[一二三四五六七八九十]{1,3}\)?[、.,]?")
_LONGEST_HEADING: Final = 60


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table; `cells` holds a merged cell at each position that it covers."""

    table: Table
    cells: tuple[Cell | None, ...]
    number: int

    def distinct(self) -> list[Cell]:
        """Return the cells that hold text, each once, from left to right."""
        cells = {id(cell): cell for cell in self.cells if cell is not None and cell.text.strip()}
        return list(cells.values())

    def starts(self) -> bool:
        """Whether any cell begins in this row rather than above it."""
        return any(cell.row == self.number for cell in self.distinct())

    def place(self) -> Place:
        """Return where the row stands in the file."""
        own = next((c.place for c in self.distinct() if c.row == self.number and c.place != NOWHERE), None)
        return own if own is not None else replace(self.table.place, row=self.number + 1)

    def as_line(self) -> Paragraph:
        """Return the row as one paragraph, cells parted by tabs."""
        return Paragraph("\t".join(cell.text.strip() for cell in self.distinct()), self.place())

    def as_paragraph(self) -> Paragraph | None:
        """Return a row of one text (a title row, a header line) as a paragraph, `None` for a row of cells."""
        return self.as_line() if len(self.distinct()) == 1 else None


Entry = Paragraph | GridRow


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of the entries below a header."""

    rows: tuple[Row, ...]
    closing: tuple[Paragraph, ...]
    unused: tuple[Paragraph, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Open:
    """A row that may still be continued: the texts of each column, and the cells they came from."""

    texts: dict[Column, list[str]]
    cells: dict[Column, tuple[Cell | None, ...]]
    category: str | None
    headings: tuple[str, ...]
    place: Place
    table: Table
    page: int | None = None

    def row(self) -> Row:
        values = tuple((column, "\n".join(texts)) for column, texts in self.texts.items() if texts)
        return Row(values, self.category, self.place, self.headings)


@dataclass(slots=True)
class _State:
    header: GridHeader
    mixed: bool
    rows: list[_Open] = field(default_factory=list)
    strays: list[tuple[int, Paragraph]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    category: str | None = None
    category_cell: Cell | None = None
    headings: tuple[str, ...] = ()
    foreign: Table | None = None


def collect(entries: Sequence[Entry], header: GridHeader, above: Sequence[Paragraph] = ()) -> Collected:
    """Return the rows that the entries below a header hold; a line of `above` may head the first."""
    state = _State(header, mixed=_mixes_serials(entries, header))
    heading = heading_above(above)
    if heading is not None:
        _head_from_outside(state, heading)
    for entry in entries:
        if isinstance(entry, GridRow):
            _take_row(state, entry)
        else:
            _take_paragraph(state, entry)
    rows = tuple(opened.row() for opened in state.rows)
    closing = tuple(p for after, p in state.strays if after == len(rows))
    between = tuple(p for after, p in state.strays if after != len(rows))
    return Collected(rows, closing, between, tuple(state.remarks))


def _mixes_serials(entries: Sequence[Entry], header: GridHeader) -> bool:
    """Whether the number column has 一、二、 beside 1, 2: then the Chinese ones head groups of rows."""
    if Column.NUMBER not in header.columns:
        return False
    at = header.columns.index(Column.NUMBER)
    texts = [_at(e, at) for e in entries if isinstance(e, GridRow)]
    chinese = any(_CHINESE_SERIAL.fullmatch(fold(text)) for text in texts if text)
    return chinese and any(re.match(r"\(?\d", fold(text)) for text in texts if text)


def _at(row: GridRow, column: int) -> str:
    cell = row.cells[column] if column < len(row.cells) else None
    return cell.text.strip() if cell is not None else ""


def _take_paragraph(state: _State, paragraph: Paragraph) -> None:
    if heads_rows(paragraph.text):
        _head_from_outside(state, "".join(paragraph.text.split()))
    elif not _take_label(state, paragraph.text) and not is_furniture(paragraph.text):
        state.strays.append((len(state.rows), paragraph))


def _take_label(state: _State, text: str) -> bool:
    """Give a line such as 标杆城市：… to the row above it."""
    labelled = label_of(text)
    if labelled is None or not state.rows or labelled[0] in state.rows[-1].texts:
        return False
    state.rows[-1].texts[labelled[0]] = [text.strip()]
    return True


def _take_row(state: _State, row: GridRow) -> None:
    if len(row.cells) != len(state.header.columns) and not _fits(state, row):
        if state.foreign is not row.table:
            state.foreign = row.table
            sentence = "这里的表没有可识别的表头，列数也与上一个表不同，未读取；请核对表头用词。"
            state.remarks.append(Remark(row.place(), sentence))
        return
    distinct = row.distinct()
    if len(distinct) == 1 and _take_single(state, row, distinct[0]):
        return
    texts, cells = _by_column(state.header, row)
    name = "".join((texts.get(Column.NAME) or texts.get(Column.CONTENT) or [""])[0].split())
    number = (texts.get(Column.NUMBER) or [""])[0]
    if _SUM.fullmatch(name) or _SUM.fullmatch("".join(number.split())):
        return
    if state.mixed and _CHINESE_SERIAL.fullmatch(fold(number)) and name:
        state.category, state.headings = None, ()
        if texts.get(Column.CONTENT) and texts.get(Column.NAME):  # a row that states something of its own
            _start(state, row, texts, cells)
        _head(state, name)
        return
    _carry_category(state, cells.get(Column.CATEGORY, ()), texts.get(Column.CATEGORY, []))
    if _continues(state, row, texts, cells):
        _append(state.rows[-1], row, texts, cells)
        return
    _start(state, row, texts, cells)


def _fits(state: _State, row: GridRow) -> bool:
    """Whether a row of another width is still of the table: one text across it."""
    return row.as_paragraph() is not None and len(state.rows) > 0 and state.rows[-1].table is row.table


def _take_single(state: _State, row: GridRow, cell: Cell) -> bool:
    """Take a row of one text: a labelled line, a category, a heading, a note; `False` where it is a cell."""
    text = cell.text.strip()
    if _take_label(state, text):
        return True
    spans = cell.column_span >= min(3, len(row.cells)) or cell.column_span == len(row.cells)
    column = state.header.columns[cell.column] if cell.column < len(state.header.columns) else None
    flat = "".join(text.split())
    if _SUM.match(flat) and len(flat) <= 12:
        return True
    if _NOTE.match(fold(text)) or is_furniture(text):
        state.strays.append((len(state.rows), Paragraph(text, row.place())))
        return True
    is_first = cell.column == 0 and column in {Column.CATEGORY, Column.NUMBER, None}
    if (spans or is_first) and cell.row == row.number and not plausible.is_serial(text):
        if len(flat) <= _LONGEST_HEADING and not re.search(r"[。;]", fold(text)):
            _head(state, flat)
        else:
            state.strays.append((len(state.rows), Paragraph(text, row.place())))
        return True
    return False


def _head(state: _State, text: str) -> None:
    """Take a heading row as the category of what follows, or as a heading where categories have a column."""
    if Column.CATEGORY in state.header.columns:
        if plausible.is_category_line(text):
            state.category, state.category_cell = text, None
        else:
            state.headings = (text,)
        return
    state.category = text


def _head_from_outside(state: _State, text: str) -> None:
    """Take a line above a table as the category of its rows, as a heading where they have their own."""
    _head(state, text)
    if Column.CATEGORY in state.header.columns:
        state.headings = (text,)


def _by_column(
    header: GridHeader, row: GridRow
) -> tuple[dict[Column, list[str]], dict[Column, tuple[Cell | None, ...]]]:
    """Return the texts and the cells of each named column; several columns of one name are kept apart."""
    texts: dict[Column, list[str]] = {}
    cells: dict[Column, tuple[Cell | None, ...]] = {}
    for column, cell in zip(header.columns, row.cells, strict=False):
        if column is None:
            continue
        before = cells.get(column, ())
        if cell is not None and before and before[-1] is cell:
            continue
        cells[column] = (*before, cell)
        text = cell.text.strip() if cell is not None else ""
        if text:
            texts.setdefault(column, []).append(text)
    return texts, cells


def _carry_category(state: _State, cells: tuple[Cell | None, ...], texts: list[str]) -> None:
    if texts:
        state.category = "".join("".join(texts).split())
        state.category_cell = cells[0] if cells else None


def _continues(
    state: _State,
    row: GridRow,
    texts: dict[Column, list[str]],
    cells: dict[Column, tuple[Cell | None, ...]],
) -> bool:
    """Whether a row is a further part of the one before: an item has a number, or else a name, of its own."""
    if not state.rows:
        return False
    before = state.rows[-1]
    if Column.NUMBER in state.header.columns:
        if not _is_same(before, texts, cells, Column.NUMBER):
            return False
        is_broken = row.table.place.page != before.page and not texts.get(Column.NUMBER)
        return (is_broken and bool(before.texts.get(Column.NUMBER))) or _is_same(
            before, texts, cells, Column.NAME
        )
    is_next_table = row.table is not before.table
    keys = [c for c in (Column.NAME, Column.CATEGORY) if c in state.header.columns]
    return is_next_table and bool(keys) and not any(texts.get(c) for c in keys)


def _is_same(
    before: _Open,
    texts: dict[Column, list[str]],
    cells: dict[Column, tuple[Cell | None, ...]],
    column: Column,
) -> bool:
    """Whether a column has no text of its own in a row: empty, or the merged cell of the row before."""
    if not texts.get(column):
        return True
    known = before.cells.get(column, ())
    return any(cell is other for cell in cells[column] for other in known if cell is not None)


def _append(
    before: _Open,
    row: GridRow,
    texts: dict[Column, list[str]],
    cells: dict[Column, tuple[Cell | None, ...]],
) -> None:
    page = row.table.place.page
    is_broken = page != before.page
    before.page = page
    for column, own in cells.items():
        known = before.cells.get(column, ())
        if column is Column.CATEGORY or any(c is k for c in own for k in known if c is not None):
            continue
        lines, added = before.texts.setdefault(column, []), texts.get(column, [])
        if is_broken and column not in MANY and lines and added and _breaks_off(lines[-1], added[0]):
            lines[-1] += added[0]
            added = added[1:]
        lines.extend(added)
        before.cells[column] = (*known, *own)


def _breaks_off(text: str, following: str) -> bool:
    """Whether a page's end parts a paragraph: no sentence ends above it, no numbered line begins below it."""
    return not re.search(r"[。!?]$", fold(text)) and numbering_of(following) is None


def _start(
    state: _State,
    row: GridRow,
    texts: dict[Column, list[str]],
    cells: dict[Column, tuple[Cell | None, ...]],
) -> None:
    named = dict(texts)
    if Column.NAME in state.header.columns and Column.NUMBER not in state.header.columns and state.rows:
        named.setdefault(Column.NAME, state.rows[-1].texts.get(Column.NAME, []))
    if not any(named.get(c) for c in (Column.NAME, Column.CONTENT, Column.SCORING)):
        if any(column not in MANY and column is not Column.CATEGORY for column in texts):
            state.strays.append((len(state.rows), row.as_line()))
        return
    kept = {column: list(lines) for column, lines in named.items()}
    page = row.table.place.page
    opened = _Open(kept, cells, state.category, state.headings, row.place(), row.table, page)
    state.rows.append(opened)

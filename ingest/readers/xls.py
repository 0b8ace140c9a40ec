"""Legacy workbooks (.xls, and .et of WPS, which is the same format) through xlrd."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from struct import Struct
from typing import TYPE_CHECKING, Final

from corpus.errors import UnreadableFile
from corpus.model import Place, Problem
from ingest.blocks import Cell, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.display import displayed
from ingest.readers.sheets import Hidden, VisibleGrid, sheet_problems

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_MOST_CELLS: Final = 400_000
_MOST_STATED: Final = 2_000_000
_RECORD_HEAD: Final = Struct("<HH")
_ROW_OF_BLANKS, _ROW_OF_NUMBERS = 0xBE, 0xBD
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5


def read(source: Source) -> Extract:
    """Return a table for each visible sheet that has text; what is hidden or failed is a problem."""
    book = _open(source)
    if book is None:
        return _read_otherwise(source)
    blocks: list[Table] = []
    problems: list[Problem] = []
    for number, sheet in enumerate(book.sheets(), start=1):
        if sheet.visibility:
            sentence = f"工作表“{sheet.name}”是隐藏的，未读取；如需读取请先取消隐藏。"
            problems.append(source.problem(sentence, Place(sheet=sheet.name)))
            continue
        _check_size(source, sheet)
        hidden = Hidden(
            frozenset(row + 1 for row, layout in sheet.rowinfo_map.items() if layout.hidden),
            frozenset(column + 1 for column, layout in sheet.colinfo_map.items() if layout.hidden),
        )
        place = Place(sheet=sheet.name, table=number)
        table = Table(tuple(_cells(book, sheet, place, hidden)), place)
        if any(cell.text for cell in table.cells):
            blocks.append(table)
        problems.extend(_problems(source, sheet, hidden))
    return Extract(tuple(blocks), tuple(problems))


def _check_size(source: Source, sheet: Sheet) -> None:
    cells = sum(sheet.row_len(row) for row in range(sheet.nrows))
    covered = sum(
        (min(end_row, sheet.nrows) - row) * (end_column - column)
        for row, end_row, column, end_column in sheet.merged_cells
    )
    if max(cells, covered) > _MOST_CELLS:
        raise UnreadableFile(
            f"工作簿“{source.name}”的工作表“{sheet.name}”单元格过多，未读取；请只保留需要的区域后再读取。"
        )


def _read_otherwise(source: Source) -> Extract:
    """WPS writes .et files that only an office suite understands; any other file is damaged."""
    if source.suffix != ".et":
        raise UnreadableFile(
            f"工作簿“{source.name}”已损坏或不完整，无法打开；请用 Excel 或 WPS 打开后另存为 .xlsx。"
        )
    from ingest.readers import office

    return office.read_workbook(source)


def _open(source: Source) -> Book | None:
    """Return the workbook, `None` where xlrd does not understand it."""
    import struct

    import xlrd
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    try:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - xlrd prints its doubts
            book = xlrd.open_workbook(
                file_contents=source.content,
                formatting_info=True,
                logfile=nowhere,
                ragged_rows=True,
                on_demand=True,
            )
            if _states_too_much(bytes(book.mem or b"")[book.base : book.base + book.stream_len]):
                raise UnreadableFile(
                    f"工作簿“{source.name}”的单元格过多，未读取；请只保留需要的区域后再读取。"
                )
            book.sheets()
            return book
    except XLRDError as error:
        if "encrypted" in str(error).lower():
            raise UnreadableFile(f"工作簿“{source.name}”设有密码，无法读取；请解除密码后重试。") from None
        return None
    except (
        CompDocError,
        struct.error,
        AssertionError,
        AttributeError,
        IndexError,
        KeyError,
        TypeError,
        ValueError,
        OverflowError,
        MemoryError,
        RecursionError,
        NotImplementedError,
    ):
        # xlrd trusts the records of a file; damaged ones surface as whatever they break
        return None


def _states_too_much(stream: bytes) -> bool:
    """Whether the records of a workbook state far more cells than may be read: xlrd makes them all."""
    cells = at = 0
    while at + _RECORD_HEAD.size <= len(stream) and cells <= _MOST_STATED:
        kind, length = _RECORD_HEAD.unpack_from(stream, at)
        width = {_ROW_OF_BLANKS: 2, _ROW_OF_NUMBERS: 6}.get(kind)
        cells += length // width if width is not None else 1
        at += _RECORD_HEAD.size + length
    return cells > _MOST_STATED


def _cells(book: Book, sheet: Sheet, place: Place, hidden: Hidden) -> Iterator[Cell]:
    """Yield the cells that show something."""
    merged = (
        (range(row + 1, min(end_row, sheet.nrows) + 1), range(column + 1, min(end_column, sheet.ncols) + 1))
        for row, end_row, column, end_column in sheet.merged_cells
    )
    grid = VisibleGrid(place, hidden, merged)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            if not grid.is_covered(row + 1, column + 1):
                cell = grid.cell(row + 1, column + 1, _text(book, sheet, row, column))
                if cell is not None:
                    yield cell


def _problems(source: Source, sheet: Sheet, hidden: Hidden) -> Iterator[Problem]:
    filled = [
        (row + 1, column + 1)
        for row in range(sheet.nrows)
        for column, value in enumerate(sheet.row_values(row))
        if value != ""
    ]
    failed = [(row, column) for row, column in filled if sheet.cell_type(row - 1, column - 1) == _ERROR]
    return sheet_problems(source, sheet.name, hidden, filled, failed)


def _text(book: Book, sheet: Sheet, row: int, column: int) -> str:
    import xlrd

    cell = sheet.cell(row, column)
    if cell.ctype == _TEXT:
        return displayed(str(cell.value))
    if cell.ctype == _BOOLEAN:
        return displayed(bool(cell.value))
    if cell.ctype not in (_NUMBER, _DATE):
        return ""
    pattern = _number_format(book, cell.xf_index)
    if cell.ctype == _DATE:
        try:
            day = xlrd.xldate_as_datetime(float(cell.value), book.datemode)
        except (ValueError, OverflowError):
            return displayed(cell.value)
        return displayed(datetime(day.year, day.month, day.day), pattern)  # noqa: DTZ001 - a day has no zone
    return displayed(float(cell.value), pattern)


def _number_format(book: Book, style: int | None) -> str:
    if style is None or style >= len(book.xf_list):
        return "General"
    named = book.format_map.get(book.xf_list[style].format_key)
    return named.format_str if named is not None else "General"

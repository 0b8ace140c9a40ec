"""Legacy workbooks (.xls, and .et of WPS, which is the same format) through xlrd."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Final

from corpus.errors import UnreadableFile
from corpus.model import Place, Problem
from ingest.blocks import Cell, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.display import displayed

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_MOST_CELLS: Final = 400_000
_TEXT, _NUMBER, _DATE, _BOOLEAN = 1, 2, 3, 4


def read(source: Source) -> Extract:
    """Return a table for each visible sheet that has text; hidden sheets and rows are problems."""
    book = _open(source)
    if book is None:
        return _read_otherwise(source)
    blocks: list[Table] = []
    problems: list[Problem] = []
    for number, sheet in enumerate(book.sheets(), start=1):
        place = Place(sheet=sheet.name, table=number)
        if sheet.visibility:
            sentence = f"工作表“{sheet.name}”是隐藏的，未读取；如需读取请先取消隐藏。"
            problems.append(source.problem(sentence, place))
            continue
        hidden = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
        table = Table(_cells(book, sheet, number, hidden), place)
        if any(cell.text for cell in table.cells):
            blocks.append(table)
        unread = [row + 1 for row in sorted(hidden) if row < sheet.nrows and any(sheet.row_values(row))]
        if unread:
            listed = "、".join(map(str, unread[:12])) + ("等" if len(unread) > 12 else "")
            sentence = f"工作表“{sheet.name}”第 {listed} 行是隐藏的，未读取；如需读取请先取消隐藏。"
            problems.append(source.problem(sentence, Place(sheet=sheet.name, row=unread[0])))
    return Extract(tuple(blocks), tuple(problems))


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
            return xlrd.open_workbook(file_contents=source.content, formatting_info=True, logfile=nowhere)
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


def _cells(book: Book, sheet: Sheet, number: int, hidden: frozenset[int]) -> tuple[Cell, ...]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for first_row, end_row, first_column, end_column in sheet.merged_cells:
        last_row, last_column = min(end_row, sheet.nrows), min(end_column, sheet.ncols)
        spans[first_row, first_column] = (last_row - first_row, last_column - first_column)
        covered.update((r, c) for r in range(first_row, last_row) for c in range(first_column, last_column))
        covered.discard((first_row, first_column))
    cells: list[Cell] = []
    shown = -1
    for row in range(sheet.nrows):
        if row in hidden:
            continue
        shown += 1
        for column in range(sheet.row_len(row)):
            if (row, column) in covered or len(cells) >= _MOST_CELLS:
                continue
            text = _text(book, sheet, row, column)
            row_span, column_span = spans.get((row, column), (1, 1))
            if not text and (row_span, column_span) == (1, 1):
                continue
            visible = sum(r not in hidden for r in range(row, row + row_span))
            place = Place(sheet=sheet.name, table=number, row=row + 1)
            cells.append(Cell(text, shown, column, max(1, visible), max(1, column_span), place))
    return tuple(cells)


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

"""Excel workbooks (.xlsx, .xlsm) through openpyxl: a table a visible sheet, merged cells as one cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.model import Place, Problem
from ingest.blocks import Cell, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.display import Stored, displayed
from ingest.readers.packages import DAMAGED
from ingest.readers.xlsx_parts import check_workbook, damaged

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_LISTED: Final = 12


def read(source: Source) -> Extract:
    """Return a table for each visible sheet that has text, placed on that sheet.

    Hidden sheets, rows and columns are left out, each with a problem that names them. Values are what the
    sheet displays; a formula that was never calculated or that failed is empty and a problem.
    """
    problems: list[Problem] = []
    uncalculated = check_workbook(source)
    if uncalculated:
        sentence = "的公式没有保存计算结果，按空白读取；请用 Excel 或 WPS 打开并保存一次。"
        problems.append(source.problem(f"单元格 {listed(uncalculated)} {sentence}"))
    blocks: list[Table] = []
    for number, sheet in enumerate(_worksheets(source), start=1):
        if sheet.sheet_state != "visible":
            sentence = f"工作表“{sheet.title}”是隐藏的，未读取；如需读取请先取消隐藏。"
            problems.append(source.problem(sentence, Place(sheet=sheet.title)))
            continue
        hidden = _Hidden(_hidden_rows(sheet), _hidden_columns(sheet))
        table = Table(_cells(sheet, number, hidden), Place(sheet=sheet.title, table=number))
        if any(cell.text for cell in table.cells):
            blocks.append(table)
        problems.extend(_sheet_problems(source, sheet, hidden))
    return Extract(tuple(blocks), tuple(problems))


def listed(names: Sequence[object]) -> str:
    """Return the first names of many, as a sentence lists them."""
    return "、".join(map(str, names[:_MOST_LISTED])) + ("等" if len(names) > _MOST_LISTED else "")


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Rows and columns that a sheet does not show, counted from 1."""

    rows: frozenset[int]
    columns: frozenset[int]


def _worksheets(source: Source) -> list[Worksheet]:
    import warnings
    from io import BytesIO

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about validations and styles, which are not read
            workbook = load_workbook(BytesIO(source.content), data_only=True, keep_links=False)
            return list(workbook.worksheets)
    except (InvalidFileException, SyntaxError, *DAMAGED):
        raise damaged(source) from None
    except (KeyError, TypeError, AttributeError, IndexError, AssertionError):
        # openpyxl has no error of its own for parts that contradict each other
        raise damaged(source) from None


def _cells(sheet: Worksheet, number: int, hidden: _Hidden) -> tuple[Cell, ...]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        last_row, last_column = min(merged.max_row, sheet.max_row), min(merged.max_col, sheet.max_column)
        rows = range(merged.min_row, last_row + 1)
        columns = range(merged.min_col, last_column + 1)
        spans[merged.min_row, merged.min_col] = (len(rows), len(columns))
        covered.update((row, column) for row in rows for column in columns)
        covered.discard((merged.min_row, merged.min_col))
    return tuple(_visible_cells(sheet, number, hidden, spans, covered))


def _visible_cells(
    sheet: Worksheet,
    number: int,
    hidden: _Hidden,
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> Iterator[Cell]:
    """Yield the cells that show something; the grid closes over hidden rows and columns."""
    rows_out, columns_out = sorted(hidden.rows), sorted(hidden.columns)
    for row, column in sorted(sheet._cells):
        if (row, column) in covered:
            continue
        stored = sheet._cells[row, column]
        failed = stored.data_type == "e"
        text = "" if failed else displayed(_plain_value(stored.value), stored.number_format or "General")
        row_span, column_span = spans.get((row, column), (1, 1))
        if not text and (row_span, column_span) == (1, 1):
            continue
        rows = [r for r in range(row, row + row_span) if r not in hidden.rows]
        columns = [c for c in range(column, column + column_span) if c not in hidden.columns]
        if rows and columns:
            top = rows[0] - 1 - bisect_left(rows_out, rows[0])
            left = columns[0] - 1 - bisect_left(columns_out, columns[0])
            place = Place(sheet=sheet.title, table=number, row=rows[0])
            yield Cell(text, top, left, len(rows), len(columns), place)


def _plain_value(value: object) -> Stored:
    return value if isinstance(value, Stored) else str(value)


def _hidden_rows(sheet: Worksheet) -> frozenset[int]:
    return frozenset(row for row, layout in sheet.row_dimensions.items() if layout.hidden)


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    """One layout states a run of columns; the letter it is stored under is only the first."""
    hidden: set[int] = set()
    for layout in sheet.column_dimensions.values():
        if layout.hidden and layout.min and layout.max:
            hidden.update(range(layout.min, min(layout.max, sheet.max_column) + 1))
    return frozenset(hidden)


def _sheet_problems(source: Source, sheet: Worksheet, hidden: _Hidden) -> Iterator[Problem]:
    from openpyxl.utils.cell import get_column_letter

    filled = [cell for cell in sheet._cells.values() if cell.value is not None]
    rows = sorted(hidden.rows & {cell.row for cell in filled})
    if rows:
        sentence = f"工作表“{sheet.title}”第 {listed(rows)} 行是隐藏的，未读取；如需读取请先取消隐藏。"
        yield source.problem(sentence, Place(sheet=sheet.title, row=rows[0]))
    columns = [get_column_letter(c) for c in sorted(hidden.columns & {cell.column for cell in filled})]
    if columns:
        sentence = f"工作表“{sheet.title}”第 {listed(columns)} 列是隐藏的，未读取；如需读取请先取消隐藏。"
        yield source.problem(sentence, Place(sheet=sheet.title))
    failed = [cell for cell in filled if cell.data_type == "e"]
    if failed:
        names = listed([cell.coordinate for cell in failed])
        sentence = f"工作表“{sheet.title}”单元格 {names} 的公式结果是错误值，按空白读取；请改正公式后再读取。"
        yield source.problem(sentence, Place(sheet=sheet.title, row=failed[0].row))

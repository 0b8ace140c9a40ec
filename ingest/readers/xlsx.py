"""Excel workbooks (.xlsx, .xlsm) through openpyxl: a table a visible sheet, merged cells as one cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.model import Place, Problem
from ingest.blocks import Cell, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.display import Stored, displayed
from ingest.readers.packages import DAMAGED
from ingest.readers.sheets import Hidden, VisibleGrid, listed, sheet_problems
from ingest.readers.xlsx_parts import check_workbook, damaged

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


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
        hidden = Hidden(_hidden_rows(sheet), _hidden_columns(sheet))
        place = Place(sheet=sheet.title, table=number)
        table = Table(tuple(_cells(sheet, place, hidden)), place)
        if any(cell.text for cell in table.cells):
            blocks.append(table)
        problems.extend(_problems(source, sheet, hidden))
    return Extract(tuple(blocks), tuple(problems))


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


def _cells(sheet: Worksheet, place: Place, hidden: Hidden) -> Iterator[Cell]:
    """Yield the cells that show something."""
    merged = (
        (
            range(area.min_row, min(area.max_row, sheet.max_row) + 1),
            range(area.min_col, min(area.max_col, sheet.max_column) + 1),
        )
        for area in sheet.merged_cells.ranges
    )
    grid = VisibleGrid(place, hidden, merged)
    for row, column in sorted(sheet._cells):
        if grid.is_covered(row, column):
            continue
        stored = sheet._cells[row, column]
        failed = stored.data_type == "e"
        text = "" if failed else displayed(_plain_value(stored.value), stored.number_format or "General")
        cell = grid.cell(row, column, text)
        if cell is not None:
            yield cell


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


def _problems(source: Source, sheet: Worksheet, hidden: Hidden) -> Iterator[Problem]:
    filled = [cell for cell in sheet._cells.values() if cell.value is not None]
    failed = [(cell.row, cell.column) for cell in filled if cell.data_type == "e"]
    return sheet_problems(source, sheet.title, hidden, [(cell.row, cell.column) for cell in filled], failed)

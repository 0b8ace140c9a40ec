"""Excel workbooks (.xlsx, .xlsm) through openpyxl: a table a visible sheet, merged cells as one cell."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Final

from corpus.errors import UnreadableFile
from corpus.model import Place, Problem
from ingest.blocks import Cell, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.display import Stored, displayed
from ingest.readers.packages import LARGEST_XML, open_package, read_member

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_CELLS: Final = 400_000
_MOST_LISTED: Final = 12
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s+[^>]*ref="([^"]{1,40})"')
_UNCALCULATED: Final = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)


def read(source: Source) -> Extract:
    """Return a table for each visible sheet that has text, placed on that sheet.

    Hidden sheets and hidden rows are left out, each with a problem that names them. Values are what the
    sheet displays; a formula that was never calculated is a problem.
    """
    problems: list[Problem] = list(_check_parts(source))
    blocks: list[Table] = []
    for number, sheet in enumerate(_worksheets(source), start=1):
        if sheet.sheet_state != "visible":
            sentence = f"工作表“{sheet.title}”是隐藏的，未读取；如需读取请先取消隐藏。"
            problems.append(source.problem(sentence, Place(sheet=sheet.title)))
            continue
        table = Table(_cells(sheet, number), Place(sheet=sheet.title, table=number))
        if any(cell.text for cell in table.cells):
            blocks.append(table)
        problems.extend(_sheet_problems(source, sheet))
    return Extract(tuple(blocks), tuple(problems))


def _check_parts(source: Source) -> tuple[Problem, ...]:
    """Refuse parts that would take too much memory to open; return problems about formulas."""
    uncalculated: list[str] = []
    with open_package(source) as package:
        for member in package.infolist():
            if member.file_size > LARGEST_XML and member.filename.endswith(".xml"):
                raise UnreadableFile(
                    f"工作簿“{source.name}”的部件“{member.filename}”超过 {LARGEST_XML // (1024 * 1024)} MB；"
                    "请只保留需要的工作表后再读取。"
                )
            if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                part = read_member(package, member.filename, source)
                _check_merges(source, part)
                uncalculated.extend(match.decode() for match in _UNCALCULATED.findall(part))
    if not uncalculated:
        return ()
    listed = "、".join(uncalculated[:_MOST_LISTED]) + ("等" if len(uncalculated) > _MOST_LISTED else "")
    sentence = f"单元格 {listed} 的公式没有保存计算结果，按空白读取；请用 Excel 或 WPS 打开并保存一次。"
    return (source.problem(sentence),)


def _check_merges(source: Source, part: bytes) -> None:
    """Refuse a range as large as the sheet: openpyxl makes an object for every cell of a merged range."""
    from openpyxl.utils.cell import range_boundaries

    area = 0
    for match in _MERGE.findall(part):
        try:
            first_column, first_row, last_column, last_row = range_boundaries(match.decode())
        except (ValueError, TypeError):
            raise _damaged(source) from None
        if first_column is None or first_row is None or last_column is None or last_row is None:
            raise _damaged(source)
        area += (last_row - first_row + 1) * (last_column - first_column + 1)
    if area > _MOST_CELLS:
        raise UnreadableFile(
            f"工作簿“{source.name}”的合并单元格覆盖了 {area} 个单元格，过大；请缩小合并范围后再读取。"
        )


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
    except (InvalidFileException, zipfile.BadZipFile, OSError, EOFError, SyntaxError):
        raise _damaged(source) from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, RecursionError):
        # openpyxl has no error of its own for parts that contradict each other
        raise _damaged(source) from None


def _damaged(source: Source) -> UnreadableFile:
    return UnreadableFile(
        f"工作簿“{source.name}”已损坏或不完整，无法打开；请用 Excel 或 WPS 打开后另存一份。"
    )


def _cells(sheet: Worksheet, number: int) -> tuple[Cell, ...]:
    hidden = _hidden_rows(sheet)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        last_row, last_column = min(merged.max_row, sheet.max_row), min(merged.max_col, sheet.max_column)
        spans[merged.min_row, merged.min_col] = (
            last_row - merged.min_row + 1,
            last_column - merged.min_col + 1,
        )
        covered.update(
            (row, column)
            for row in range(merged.min_row, last_row + 1)
            for column in range(merged.min_col, last_column + 1)
            if (row, column) != (merged.min_row, merged.min_col)
        )
    return tuple(_visible_cells(sheet, number, hidden, spans, covered))


def _visible_cells(
    sheet: Worksheet,
    number: int,
    hidden: frozenset[int],
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> list[Cell]:
    cells: list[Cell] = []
    above = 0  # hidden rows above the current one: the grid closes over them
    shown = {}
    for row in range(1, sheet.max_row + 1):
        above += row in hidden
        shown[row] = row - above
    for row, column in sorted(sheet._cells):
        if (row, column) in covered:
            continue
        stored = sheet._cells[row, column]
        text = displayed(_plain_value(stored.value), stored.number_format or "General")
        row_span, column_span = spans.get((row, column), (1, 1))
        visible = [r for r in range(row, row + row_span) if r not in hidden]
        if not visible or (not text and (row_span, column_span) == (1, 1)):
            continue
        if len(cells) >= _MOST_CELLS:
            break
        place = Place(sheet=sheet.title, table=number, row=visible[0])
        cells.append(Cell(text, shown[visible[0]] - 1, column - 1, len(visible), column_span, place))
    return cells


def _plain_value(value: object) -> Stored:
    return value if isinstance(value, Stored) else str(value)


def _hidden_rows(sheet: Worksheet) -> frozenset[int]:
    return frozenset(row for row, layout in sheet.row_dimensions.items() if layout.hidden)


def _sheet_problems(source: Source, sheet: Worksheet) -> list[Problem]:
    problems = []
    with_text = {row for (row, _), cell in sheet._cells.items() if cell.value is not None}
    hidden = sorted(_hidden_rows(sheet) & with_text)
    if hidden:
        listed = "、".join(map(str, hidden[:_MOST_LISTED])) + ("等" if len(hidden) > _MOST_LISTED else "")
        sentence = f"工作表“{sheet.title}”第 {listed} 行是隐藏的，未读取；如需读取请先取消隐藏。"
        problems.append(source.problem(sentence, Place(sheet=sheet.title, row=hidden[0])))
    if len(sheet._cells) > _MOST_CELLS:
        sentence = f"工作表“{sheet.title}”超过 {_MOST_CELLS} 个单元格，只读取了前面的部分；请拆分后再读取。"
        problems.append(source.problem(sentence, Place(sheet=sheet.title)))
    return problems

"""The form as an Excel workbook, ready to be printed; where its words come from stands in comments."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from api.chinese import width
from api.exporting.form import CENTRED_COLUMNS, Form, FormRow, Pieces, written

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE_FONT: Final = "方正小标宋简体"
_BODY_FONT: Final = "仿宋_GB2312"
_HEAD_FONT: Final = "黑体"
_WIDTHS: Final = {
    "类别": 9,
    "序号": 6,
    "目标名称": 18,
    "目标内容": 52,
    "制定依据": 26,
    "责任单位": 14,
    "完成时限": 12,
}
_AUTHOR: Final = "对标"
_COMMENT_COLUMNS: Final = 60
_LINE: Final = 18
_TALLEST: Final = 400
_LONGEST: Final = 32_000  # a cell holds 32,767 characters
_MM: Final = 1 / 25.4


def xlsx_of_form(form: Form) -> bytes:
    """Return the form as an .xlsx. Every cell is text: nothing from a document is ever a formula."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet("业务目标")
    _add_table(sheet, form)
    _set_up(sheet, form)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _add_table(sheet: Worksheet, form: Form) -> None:
    count = len(form.columns)
    _text(sheet, 1, 1, form.title, font=_TITLE_FONT, size=18, centred=True, ruled=False)
    _text(sheet, 2, 1, form.header, size=12, ruled=False)
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=count)
    sheet.row_dimensions[1].height = 36
    for column, name in enumerate(form.columns, start=1):
        _text(sheet, 3, column, name, font=_HEAD_FONT, centred=True)
    row, top = 4, 4
    before: FormRow | None = None
    for one in form.rows:
        if before is not None and (before.benchmark is not None or before.category != one.category):
            top = row
        _add_row(sheet, form, one, row, is_first=top == row)
        if top < row:
            _merge_down(sheet, top, row)
        row += 1
        if one.benchmark is not None:
            _add_benchmark(sheet, one, row, count)
            row += 1
            top = row
        before = one


def _merge_down(sheet: Worksheet, top: int, bottom: int) -> None:
    if bottom - top > 1:
        sheet.unmerge_cells(start_row=top, end_row=bottom - 1, start_column=1, end_column=1)
    sheet.merge_cells(start_row=top, end_row=bottom, start_column=1, end_column=1)


def _add_row(sheet: Worksheet, form: Form, one: FormRow, row: int, *, is_first: bool) -> None:
    texts = [one.category if is_first else "", *(written(pieces) for pieces in one.cells)]
    for column, (name, text) in enumerate(zip(form.columns, texts, strict=True), start=1):
        font = _HEAD_FONT if column == 1 else _BODY_FONT
        cell = _text(sheet, row, column, text, font=font, centred=name in CENTRED_COLUMNS)
        if column > 1:
            _remark(cell, one.cells[column - 2])
    lines = max(_lines(text, _WIDTHS[name]) for name, text in zip(form.columns[1:], texts[1:], strict=True))
    sheet.row_dimensions[row].height = min(_TALLEST, _LINE * lines + 6)


def _add_benchmark(sheet: Worksheet, one: FormRow, row: int, count: int) -> None:
    text = one.benchmark.text if one.benchmark is not None else ""
    for column in range(1, count + 1):
        cell = _text(sheet, row, column, text if column == 1 else "")
        if column == 1 and one.benchmark is not None:
            _remark(cell, (one.benchmark,))
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=count)
    whole = sum(_WIDTHS[name] for name in _columns_of(sheet))
    sheet.row_dimensions[row].height = min(_TALLEST, _LINE * _lines(text, whole) + 6)


def _columns_of(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[3]]


def _lines(text: str, columns: int) -> int:
    """Return how many lines a text takes in a cell of that width."""
    room = max(1, columns - 1)
    return sum(max(1, -(-width(line) // room)) for line in text.split("\n"))


def _text(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    font: str = _BODY_FONT,
    size: int = 12,
    centred: bool = False,
    ruled: bool = True,
) -> Cell:
    """Write a text as a text, whatever it begins with: = + - @ make no formula of it."""
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, Side

    cell = sheet.cell(row=row, column=column)
    if not isinstance(cell, Cell):
        raise TypeError(cell.coordinate)
    if text:
        cell.value = text[:_LONGEST]
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[:1] in {"=", "+", "-", "@"} and bool(text)
    cell.font = Font(name=font, size=size)
    horizontal = "center" if centred else "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    if ruled:
        side = Side(style="thin")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    return cell


def _set_up(sheet: Worksheet, form: Form) -> None:
    """Print on A4 with the margins of an official document, the header row on each page."""
    _set_widths(sheet, tuple(_WIDTHS[name] for name in form.columns))
    sheet.print_title_rows = "3:3"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    margins = sheet.page_margins
    margins.top, margins.bottom = 37 * _MM, 35 * _MM
    margins.left, margins.right = 28 * _MM, 26 * _MM
    margins.footer = 25 * _MM
    sheet.oddFooter.right.text = sheet.evenFooter.left.text = "— &P —"  # type: ignore[union-attr]
    sheet.HeaderFooter.differentOddEven = True


def _set_widths(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    from openpyxl.utils import get_column_letter

    for column, size in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = size


def _remark(cell: Cell, pieces: Pieces) -> None:
    """Put the remarks of a cell into its comment, which no reader reads and no printer prints."""
    from openpyxl.comments import Comment

    said = "\n\n".join(piece.remark for piece in pieces if piece.remark)
    if said:
        size = min(_TALLEST, 20 * _lines(said, _COMMENT_COLUMNS) + 20)
        cell.comment = Comment(said[:_LONGEST], _AUTHOR, height=size, width=420)

"""The form as a Word document by the habits of GB/T 9704: paper, margins, fonts, page numbers."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final

from api.exporting.form import CENTRED_COLUMNS, Form, FormRow, Piece, Pieces

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_TITLE_FONT: Final = "方正小标宋简体"
_BODY_FONT: Final = "仿宋_GB2312"
_HEAD_FONT: Final = "黑体"
_NUMBER_FONT: Final = "宋体"
_LATIN_FONT: Final = "Times New Roman"
_FALLBACKS: Final = {
    _TITLE_FONT: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,宋体",
    _BODY_FONT: "仿宋,FangSong,华文仿宋,STFangsong",
    _HEAD_FONT: "SimHei,Noto Sans CJK SC",
}
_TITLE_SIZE, _LINE_SIZE, _CELL_SIZE, _NUMBER_SIZE = 22, 14, 12, 14
_LEADING: Final = 22
_WIDTH: Final = 156  # of the type area, mm: 210 less margins of 28 and 26
_WIDTHS: Final = {
    "类别": 15,
    "序号": 13,
    "目标名称": 28,
    "制定依据": 36,
    "责任单位": 22,
    "完成时限": 18,
}
_AUTHOR: Final = "对标"


def docx_of_form(form: Form) -> bytes:
    """Return the form as a .docx; where its words come from stands in comments, which no reader reads."""
    import docx

    document = docx.Document()
    _set_up(document, form)
    title = document.add_paragraph()
    _centre(title)
    title.paragraph_format.space_after = _points(12)
    _write(title, form.title, _TITLE_FONT, _TITLE_SIZE)
    _write(document.add_paragraph(), form.header, _BODY_FONT, _LINE_SIZE)
    _add_table(document, form)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _points(size: float) -> int:
    from docx.shared import Pt

    return Pt(size)


def _set_up(document: Document, form: Form) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    normal = document.styles["Normal"]
    _set_font(normal.element.get_or_add_rPr(), _BODY_FONT)
    normal.font.size = _points(_CELL_SIZE)
    _number_pages(document, section)
    _add_fallbacks(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = form.title, _AUTHOR, ""


def _set_font(properties: object, font: str) -> None:
    """Name the fonts: Chinese characters in `font`, digits and Latin letters in Times New Roman."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), _LATIN_FONT)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _write(paragraph: Paragraph, text: str, font: str, size: float) -> Run:
    run = paragraph.add_run(text)
    run.font.size = _points(size)
    _set_font(run._element.get_or_add_rPr(), font)
    return run


def _centre(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _number_pages(document: Document, section: Section) -> None:
    """Put — 1 — outside at the foot of each page: right on odd ones, left on even ones."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.settings.odd_and_even_pages_header_footer = True
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        margin = _points(_NUMBER_SIZE)
        if side is WD_ALIGN_PARAGRAPH.RIGHT:
            paragraph.paragraph_format.right_indent = margin
        else:
            paragraph.paragraph_format.left_indent = margin
        _write(paragraph, "— ", _NUMBER_FONT, _NUMBER_SIZE)
        _add_page_field(_write(paragraph, "", _NUMBER_FONT, _NUMBER_SIZE))
        _write(paragraph, " —", _NUMBER_FONT, _NUMBER_SIZE)


def _add_page_field(run: Run) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)


def _add_fallbacks(document: Document) -> None:
    """Name what stands in for fonts that are not installed."""
    from lxml import etree

    part = next((p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml"), None)
    if part is None:
        return
    table = etree.fromstring(part.blob)
    space = table.nsmap["w"]
    for font, others in _FALLBACKS.items():
        entry = etree.SubElement(table, f"{{{space}}}font", {f"{{{space}}}name": font})
        etree.SubElement(entry, f"{{{space}}}altName", {f"{{{space}}}val": others})
        etree.SubElement(entry, f"{{{space}}}charset", {f"{{{space}}}val": "86"})
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _add_table(document: Document, form: Form) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT

    table = document.add_table(rows=0, cols=len(form.columns))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _narrow_margins(table)
    head = _new_row(table)
    for cell, name in zip(head, form.columns, strict=True):
        paragraph = _first(cell, centred=True)
        _write(paragraph, name, _HEAD_FONT, _CELL_SIZE)
    _repeat(table.rows[0]._tr)
    for _, rows in groupby(_numbered(form.rows), key=lambda one: one[0]):
        _add_group(document, table, form, [row for _, row in rows])
    _set_widths(table, form)


def _narrow_margins(table: Table) -> None:
    """Leave 1.2 mm beside the text of a cell, so that 序号 stands on one line."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        element = OxmlElement(side)
        element.set(qn("w:w"), "68")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _numbered(rows: tuple[FormRow, ...]) -> list[tuple[int, FormRow]]:
    """Number the stretches of rows that share one cell of their category; a benchmark line ends one."""
    stretches: list[tuple[int, FormRow]] = []
    number = 0
    for before, row in zip((None, *rows), rows, strict=False):
        if before is not None and (before.benchmark is not None or before.category != row.category):
            number += 1
        stretches.append((number, row))
    return stretches


def _add_group(document: Document, table: Table, form: Form, rows: list[FormRow]) -> None:
    first: _Cell | None = None
    for row in rows:
        cells = _new_row(table)
        if first is None:
            first = cells[0]
            _write(_first(first, centred=True), row.category, _HEAD_FONT, _CELL_SIZE)
        else:
            first = first.merge(cells[0])
        for cell, name, pieces in zip(cells[1:], form.columns[1:], row.cells, strict=True):
            _fill(document, cell, pieces, centred=name in CENTRED_COLUMNS)
        if row.benchmark is not None:
            below = _new_row(table)
            _fill(document, below[0].merge(below[-1]), (row.benchmark,), centred=False)


def _new_row(table: Table) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row.cells


def _first(cell: _Cell, *, centred: bool) -> Paragraph:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return _shaped(cell.paragraphs[0], centred=centred)


def _shaped(paragraph: Paragraph, *, centred: bool) -> Paragraph:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    form = paragraph.paragraph_format
    form.space_before = form.space_after = _points(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = _points(_LEADING)
    return paragraph


def _fill(document: Document, cell: _Cell, pieces: Pieces, *, centred: bool) -> None:
    """Write the pieces, each with its remark as a comment; a line break begins a paragraph."""
    paragraph = _first(cell, centred=centred)
    for piece in pieces:
        runs: list[Run] = []
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                paragraph = _shaped(cell.add_paragraph(), centred=centred)
            if line:
                runs.append(_write(paragraph, line, _BODY_FONT, _CELL_SIZE))
        _remark(document, runs, piece)


def _remark(document: Document, runs: list[Run], piece: Piece) -> None:
    if runs and piece.remark:
        document.add_comment(runs, text=piece.remark, author=_AUTHOR, initials="")


def _repeat(row: object) -> None:
    """Let the header row stand on each page."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # type: ignore[attr-defined]


def _set_widths(table: Table, form: Form) -> None:
    from docx.shared import Mm

    widths = [_WIDTHS.get(name, 0) for name in form.columns]
    widths[form.columns.index("目标内容")] = _WIDTH - sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell in row._tr.tc_lst:
            left = cell.grid_offset
            cell.width = Mm(sum(widths[left : left + cell.grid_span]))

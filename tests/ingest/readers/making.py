"""Files of every format, made in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import xlwt

from ingest.blocks import Cell, Paragraph, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.registry import extract

if TYPE_CHECKING:
    from docx.document import Document
    from openpyxl import Workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"


def read(name: str, content: bytes) -> Extract:
    return extract(Source(name, content))


def texts(found: Extract) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]


def tables(found: Extract) -> list[Table]:
    return [block for block in found.blocks if isinstance(block, Table)]


def shape(cell: Cell) -> tuple[str, int, int, int, int]:
    return cell.text, cell.row, cell.column, cell.row_span, cell.column_span


def grid(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell is not None else None for cell in row] for row in table.grid()]


def sentences(found: Extract) -> list[str]:
    return [problem.sentence for problem in found.problems]


def docx_bytes(write: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    write(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def docx_of(body: str) -> bytes:
    """A document whose body is the given XML."""
    xml = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return with_parts(docx_bytes(lambda _: None), {BODY: xml.encode()})


def xlsx_bytes(write: Callable[[Workbook], object]) -> bytes:
    workbook = openpyxl.Workbook()
    write(workbook)
    made = BytesIO()
    workbook.save(made)
    return made.getvalue()


def xlsx_of(sheet: str) -> bytes:
    """A workbook whose only sheet is the given XML."""
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>'
    return with_parts(xlsx_bytes(lambda _: None), {SHEET: xml.encode()})


def xls_bytes(write: Callable[[xlwt.Workbook], object]) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    write(workbook)
    made = BytesIO()
    workbook.save(made)
    return made.getvalue()


def with_parts(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with some parts replaced or added."""
    with zipfile.ZipFile(BytesIO(package)) as given:
        kept = {name: given.read(name) for name in given.namelist()}
    return zip_bytes(list((kept | dict(parts)).items()))


def zip_bytes(members: Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return made.getvalue()

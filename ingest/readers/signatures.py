"""Which format a file has, judged by its bytes; the suffix decides only between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from typing import Final

from ingest.readers.contract import Source
from ingest.readers.ole import DamagedOleError, stream_of


class Format(StrEnum):
    """Formats that a target document may come in; the value names the format to a user."""

    TEXT = "纯文本"
    MARKDOWN = "Markdown 文本"
    CSV = "CSV 表格"
    HTML = "网页"
    DOCX = "Word 文档（.docx）"
    XLSX = "Excel 工作簿（.xlsx）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    XLS = "旧版表格（.xls/.et）"
    DOC = "旧版文档（.doc/.wps）"
    RTF = "RTF 文档"
    ODF = "OpenDocument 文档"
    PDF = "PDF 文件"
    OFD = "OFD 版式文件"
    IMAGE = "图片"
    ZIP = "ZIP 压缩包"
    LOCKED = "加密的 Office 文档"
    SLIDES = "演示文稿"
    ARCHIVE = "RAR/7z/gzip 压缩包"
    MHT = "MHT 网页存档"


_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: Final = (
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"Rar!\x1a\x07", Format.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Format.ARCHIVE),
    (b"\x1f\x8b\x08", Format.ARCHIVE),
    (b"MIME-Version:", Format.MHT),
)
_OLE_STREAMS: Final = (
    ("EncryptedPackage", Format.LOCKED),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
    ("PowerPoint Document", Format.SLIDES),
)
_ZIP_MEMBERS: Final = (
    ("word/document.xml", Format.DOCX),
    ("xl/workbook.xml", Format.XLSX),
    ("xl/workbook.bin", Format.XLSB),
    ("OFD.xml", Format.OFD),
    ("ppt/presentation.xml", Format.SLIDES),
    ("META-INF/manifest.xml", Format.ODF),
)
_TEXT_SUFFIXES: Final = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
}
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_TAG: Final = re.compile(rb"</?[A-Za-z][A-Za-z0-9]*[\s/>]")
_PAGE_SUFFIXES: Final = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_SHEET_SUFFIXES: Final = frozenset({".xls", ".xlsx", ".et"})
_HEAD: Final = 4096


def recognise_format(source: Source) -> Format:
    """Return the format of `source`; bytes that look like nothing else are taken for plain text."""
    head = source.content[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    for start, named in _STARTS:
        if head.startswith(start):
            return named
    if head.startswith(b"BM") and source.suffix == ".bmp":
        return Format.IMAGE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.IMAGE
    if head.startswith(_OLE):
        return _ole_format(source)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(source)
    return _text_format(source, head)


def _ole_format(source: Source) -> Format:
    """Judge by the streams at the root: a workbook may hold a whole document, and a document a workbook."""
    for stream, named in _OLE_STREAMS:
        if stream.encode("utf-16-le") in source.content and _is_at_root(source, stream):
            return named
    return Format.XLS if source.suffix in {".xls", ".et"} else Format.DOC


def _is_at_root(source: Source, stream: str) -> bool:
    try:
        return stream_of(source, stream) is not None
    except DamagedOleError:
        return True


def _zip_format(source: Source) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(source.content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        by_suffix = {".docx": Format.DOCX, ".xlsx": Format.XLSX, ".ofd": Format.OFD}
        return by_suffix.get(source.suffix, Format.ZIP)
    return next((named for member, named in _ZIP_MEMBERS if member in names), Format.ZIP)


def _text_format(source: Source, head: bytes) -> Format:
    named = _TEXT_SUFFIXES.get(source.suffix)
    if named is not None:
        return named
    plain = head.replace(b"\x00", b"")  # an ASCII tag in UTF-16 has a NUL beside each letter
    if source.suffix in _PAGE_SUFFIXES and _TAG.search(plain):
        return Format.HTML
    if plain.lstrip(b"\xef\xbb\xfe\xff \t\r\n").startswith(b"<") and _HTML.search(plain):
        return Format.HTML
    return Format.CSV if source.suffix in _SHEET_SUFFIXES and _has_columns(plain) else Format.TEXT


def _has_columns(head: bytes) -> bool:
    """Whether commas, and not tabs, part the lines: exports to CSV are often named like workbooks."""
    lines = head.splitlines()[:-1]
    return b"\t" not in head and sum(line.count(b",") >= 2 for line in lines) >= 2

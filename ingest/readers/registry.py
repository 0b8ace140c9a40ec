"""Which module reads which format; modules are imported when a file of their format is met."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from corpus.errors import EmptyFile, UnreadableFile, UnsupportedFormat
from ingest.blocks import Table
from ingest.readers.contract import Extract, Reader, Source
from ingest.readers.signatures import Format, recognise_format

LARGEST: Final = 200 * 1024 * 1024
WIDEST_GRID: Final = 4_000_000
READERS: Final[dict[Format, str]] = {
    Format.TEXT: "ingest.readers.text",
    Format.MARKDOWN: "ingest.readers.markdown",
    Format.CSV: "ingest.readers.csv_table",
    Format.DOCX: "ingest.readers.docx",
    Format.HTML: "ingest.readers.html",
    Format.XLSX: "ingest.readers.xlsx",
    Format.XLS: "ingest.readers.xls",
    Format.PDF: "ingest.readers.pdf",
    Format.IMAGE: "ingest.readers.image",
    Format.OFD: "ingest.readers.ofd",
    Format.XLSB: "ingest.readers.office",
    Format.DOC: "ingest.readers.office",
    Format.RTF: "ingest.readers.office",
    Format.ODF: "ingest.readers.office",
    Format.ZIP: "ingest.readers.archive",
}
_ADVICE: Final = {
    Format.LOCKED: "请先在 Word 或 WPS 中取消密码后重新保存",
    Format.ARCHIVE: "请先解压，再读取其中的文件",
    Format.SLIDES: "请将其中的目标表另存为 .docx 或 .xlsx",
    Format.MHT: "请另存为 .html 或 .docx",
}
_NO_TEXT_SUFFIXES: Final = frozenset(
    ".docx .docm .doc .wps .rtf .odt .xlsx .xlsm .xlsb .xls .et .ods .pdf .ofd .zip "
    ".png .jpg .jpeg .tif .tiff .gif .bmp .webp".split()
)


def extract(source: Source) -> Extract:
    """Read `source` with the reader of its format; raise `UnreadableFile` or its kin."""
    if not source.content.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise EmptyFile(f"文件“{source.name}”是空的，没有任何文字；请换一个有内容的文件。")
    if len(source.content) > LARGEST:
        size = len(source.content) // (1024 * 1024)
        raise UnreadableFile(
            f"文件“{source.name}”有 {size} MB，超过 {LARGEST // (1024 * 1024)} MB 的上限；请拆分后再读取。"
        )
    named = recognise_format(source)
    module = READERS.get(named)
    if module is None:
        advice = _ADVICE.get(named, "请另存为 .docx、.xlsx 或 .txt")
        raise UnsupportedFormat(f"文件“{source.name}”是{named.value}，暂不支持读取；{advice}后再试。")
    found = _read(source, named, module)
    if any(isinstance(block, Table) and block.rows * block.columns > WIDEST_GRID for block in found.blocks):
        raise UnreadableFile(
            f"文件“{source.name}”的表格过大（超过 {WIDEST_GRID} 个格子），未读取；请拆分表格后再读取。"
        )
    return found


def _read(source: Source, named: Format, module: str) -> Extract:
    """Read with the reader of the format; what was taken for text for want of anything else may be none."""
    try:
        return cast(Reader, import_module(module)).read(source)
    except UnreadableFile:
        if named is not Format.TEXT or source.suffix not in _NO_TEXT_SUFFIXES:
            raise
        raise UnreadableFile(
            f"文件“{source.name}”的内容既不是 {source.suffix} 格式，也不是文本，可能已损坏或改错了后缀；"
            "请用原来的软件打开后另存一份。"
        ) from None

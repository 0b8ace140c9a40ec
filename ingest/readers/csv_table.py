"""Comma, tab or semicolon separated values as one table."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from corpus.errors import UnreadableFile
from corpus.model import Problem
from ingest.blocks import table_of
from ingest.readers.contract import Extract, Source
from ingest.readers.text import decode

_SAMPLE: Final = 20_000
_DELIMITERS: Final = ",\t;|，"


def read(source: Source) -> Extract:
    """Return one table; rows are placed by their number in the file, counted as records."""
    text, damaged = decode(source)
    if len(text) > 20 * 1024 * 1024:
        raise UnreadableFile(f"表格文件“{source.name}”超过 20 MB；请拆分后再读取。")
    try:
        records = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise UnreadableFile(
            f"文件“{source.name}”不是完整的 CSV 表格（引号不配对，或单元格过长）；请用表格软件重新导出。"
        ) from None
    problems: tuple[Problem, ...] = ()
    if damaged:
        problems = (source.problem(f"有 {damaged} 处字节不是有效的 UTF-8 文字，已替换；请核对原文件。"),)
    table = table_of(tuple(tuple(cell.strip() for cell in record) for record in records))
    return Extract((table,) if table.cells else (), problems, text=text)


def _delimiter(text: str) -> str:
    """Return the delimiter that parts the first records into the same number (> 1) of cells most often."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = [
                len(record)
                for record in csv.reader(StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
                if any(record)
            ]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count) if widths else 1
        agreeing = widths.count(common) * common if common > 1 else 0
        if agreeing > most:
            best, most = delimiter, agreeing
    return best

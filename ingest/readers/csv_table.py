"""Comma, tab or semicolon separated values as one table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO
from itertools import count
from typing import Final

from corpus.errors import UnreadableFile
from corpus.model import Place, Problem
from ingest.blocks import table_of
from ingest.readers.contract import Extract, Source
from ingest.readers.text import decode

_SAMPLE: Final = 20_000
_LONGEST: Final = 8 * 1024 * 1024
_MOST_LINES: Final = 200_000
_MOST_CELLS: Final = 400_000
_DELIMITERS: Final = ",\t;|"
_FULL_WIDTH: Final = "，"
_STATED: Final = re.compile(r"sep=(.)\r?\n")


def read(source: Source) -> Extract:
    """Return one table; rows are placed by their number in the file, counted as records."""
    if len(source.content) > _LONGEST:
        raise UnreadableFile(f"表格文件“{source.name}”超过 {_LONGEST // (1024 * 1024)} MB；请拆分后再读取。")
    text, damaged = decode(source)
    if text.count("\n") + text.count("\r") > 2 * _MOST_LINES:
        raise UnreadableFile(f"表格文件“{source.name}”超过 {_MOST_LINES} 行；请拆分后再读取。")
    problems: list[Problem] = []
    if damaged:
        problems.append(source.problem(f"有 {damaged} 处字节不是有效的 UTF-8 文字，已替换；请核对原文件。"))
    stated = _STATED.match(text)
    body = text[stated.end() :] if stated else text
    delimiter = stated.group(1) if stated else _delimiter(body)
    record = _unbalanced(body, delimiter)
    if record is not None:
        sentence = "从这一行起引号不配对，单元格可能读错；请用表格软件重新导出，或改正引号。"
        problems.append(source.problem(sentence, Place(row=record)))
    table = table_of(_records(source, body, delimiter))
    return Extract((table,) if table.cells else (), tuple(problems), text=text)


def _records(source: Source, text: str, delimiter: str) -> list[tuple[str, ...]]:
    records: list[tuple[str, ...]] = []
    cells = 0
    try:
        for record in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            cells += len(record)
            if cells > _MOST_CELLS:
                raise UnreadableFile(f"表格文件“{source.name}”超过 {_MOST_CELLS} 个单元格；请拆分后再读取。")
            records.append(tuple(cell.strip() for cell in record))
    except csv.Error:
        raise UnreadableFile(
            f"文件“{source.name}”不是完整的 CSV 表格（引号不配对，或单元格过长）；请用表格软件重新导出。"
        ) from None
    return records


def _unbalanced(text: str, delimiter: str) -> int | None:
    """Return the number of the first record whose quotes do not close where its cell ends."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number in count(1):
        try:
            next(reader)
        except StopIteration:
            break
        except csv.Error:
            return number
    return None


def _delimiter(text: str) -> str:
    """Return the delimiter that parts most of the first records into the same number (> 1) of cells.

    A comma of Chinese prose parts cells only where nothing else does.
    """
    best, most = "", 0
    for delimiter in (*_DELIMITERS, _FULL_WIDTH):
        if delimiter == _FULL_WIDTH and best:
            break
        agreeing = _agreeing(text[:_SAMPLE], delimiter)
        if agreeing > most:
            best, most = delimiter, agreeing
    return best or ","


def _agreeing(sample: str, delimiter: str) -> int:
    try:
        records = list(csv.reader(StringIO(sample, newline=""), delimiter=delimiter))
    except csv.Error:
        return 0
    widths = Counter(len(record) for record in records if any(record))
    return max((count for width, count in widths.items() if width > 1), default=0)

"""What an editor inserts of an item: its words, a row for a table, a citation with its mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from api.wording import KINDS
from corpus.catalog_reader import CatalogReader
from corpus.contacts import redact
from corpus.errors import ItemNotFound, WrongUse
from corpus.model import Field, Span, TargetItem
from corpus.stored import StoredDocument, StoredItem
from ingest.vocabulary import Column, Vocabulary
from search.citations import make_mark
from search.results import Citation
from search.texts import document_words, field_text, sentence_around

MOST_HEADERS: Final = 64
_NUMBER: Final = re.compile(r"[0-9０-９]{1,3}|[〇零一二三四五六七八九十百]{1,5}")
_FIXED: Final = ("类别", "目标名称", "目标内容")
_OPTIONAL: Final = ("标杆城市", "标杆值", "制定依据", "责任单位", "完成时限")


@dataclass(frozen=True, slots=True)
class Insertion:
    """What can be inserted; contacts are blacked out in all of it."""

    text: str
    headers: tuple[str, ...]
    cells: tuple[str, ...]
    mark: str
    label: str
    cited: Citation


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be inserted: an item, cited from `start` to `end` of a field, or to the sentences' ends."""

    item_id: int
    field: Field = Field.CONTENT
    start: int = 0
    end: int | None = None
    sentence: bool = False
    headers: Sequence[str] = ()


def insertion(wanted: Wanted, catalog: CatalogReader, words: Vocabulary) -> Insertion:
    """Return what can be inserted of an item. Raise ItemNotFound, WrongUse."""
    stored = catalog.items([wanted.item_id]).get(wanted.item_id)
    if stored is None:
        raise ItemNotFound(f"目标库里没有编号为 {wanted.item_id} 的条目，可能已被移除；请重新查找。")
    if len(wanted.headers) > MOST_HEADERS:
        raise WrongUse(
            f"表格有 {len(wanted.headers)} 列，太多；请把光标放到不超过 {MOST_HEADERS} 列的表格里。"
        )
    text = redact(field_text(stored.item, wanted.field))
    span = _cited(wanted, text)
    mark = make_mark(stored, span, catalog)
    headers, cells = row(stored.item, wanted.headers, words)
    quote = Citation(stored, text[span.start : span.end].strip(), span)
    return Insertion(redact(stored.item.content), headers, cells, mark, label(stored), quote)


def _cited(wanted: Wanted, text: str) -> Span:
    start, end = wanted.start, len(text) if wanted.end is None else wanted.end
    if wanted.sentence and 0 <= start < end <= len(text):
        start, end = sentence_around(text, start, end)
    return Span(wanted.field, start, end)


def document_name(document: StoredDocument) -> str:
    """Name a document as a citation does: 市政府办公厅2021年业务目标."""
    if document.unit is None and document.city is None and document.title is not None:
        return redact(document.title)
    return document_words(document) + KINDS[document.kind]


def place_name(stored: StoredItem) -> str:
    """Name an item's place in its document: by its own number where it has one, else by counting."""
    item = stored.item
    number = (item.number or "").strip(" 、.．（）()第项条")
    if _NUMBER.fullmatch(number):
        return f"{item.category or ''}第{number}项"
    return f"第{stored.ordinal + 1}项"


def label(stored: StoredItem) -> str:
    """Return what a citation looks like to its reader."""
    return f"〔对标：{document_name(stored.document)}，{place_name(stored)}〕"


def with_mark(shown: str, mark: str) -> str:
    """Return a label that carries its mark in its own text."""
    return f"{shown.removesuffix('〕')} {mark}〕"


def row(
    item: TargetItem, headers: Sequence[str], words: Vocabulary
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return header cells and the item's cells below them; without headers, those that the item fills.

    A table whose headers name nothing gets name and content in its last two columns.
    """
    if not headers:
        headers = (*_FIXED, *(one for one in _OPTIONAL if _cell(item, words.columns([one])[0])))
    columns = list(words.columns(headers))
    if Column.CONTENT not in columns and Column.NAME not in columns:
        for position, column in zip((-1, -2), (Column.CONTENT, Column.NAME), strict=True):
            if len(columns) >= -position:
                columns[position] = column
    cells = [_cell(item, column) for column in columns]
    if Column.CONTENT not in columns:
        cells[columns.index(Column.NAME)] = _content(item)
    return tuple(headers), tuple(redact(cell) for cell in cells)


def _content(item: TargetItem) -> str:
    return f"{item.name}：{item.content}" if item.name and item.name not in item.content else item.content


_CELLS: Final[dict[Column, Callable[[TargetItem], str | None]]] = {
    Column.CATEGORY: lambda item: item.category,
    Column.NAME: lambda item: item.name,
    Column.CONTENT: lambda item: item.content,
    Column.BASIS: lambda item: item.basis_text or "；".join(basis.text for basis in item.bases),
    Column.BENCHMARK: lambda item: item.benchmark_text or "；".join(one.text for one in item.benchmarks),
    Column.BENCHMARK_CITY: lambda item: "、".join(dict.fromkeys(one.city for one in item.benchmarks)),
    Column.BENCHMARK_VALUE: lambda item: "；".join(one.value for one in item.benchmarks if one.value),
    Column.RESPONSIBLE: lambda item: "、".join(item.responsible_units),
    Column.DEADLINE: lambda item: item.deadline,
    Column.TARGET_VALUE: lambda item: item.target_value,
}


def _cell(item: TargetItem, column: Column | None) -> str:
    return (_CELLS[column](item) or "") if column in _CELLS else ""

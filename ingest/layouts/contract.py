"""What a layout gives: sections of rows. One recogniser a layout, each judging by content alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from corpus.model import DocumentKind, Place
from ingest.blocks import NOWHERE, Block, Paragraph
from ingest.vocabulary import Column, Vocabulary


class LayoutName(StrEnum):
    """The layouts that are known; the value names the layout to a user."""

    FORM = "表单（项目名在左、内容在右）"
    GRID = "表格"
    DELIMITED = "一行一条、以制表符或竖线分隔"
    TABBED = "每行一个单元格、以制表符开头"
    PIPED = "每行一个单元格、以竖线结尾"
    PARAGRAPHS = "每段一个单元格"
    NUMBERED = "第几项目标"
    PLAN = "任务分解方案"
    REPORT = "工作报告"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as recognised: the text of each column as written, white space around it removed.

    `category` is carried down from the row that names it. `headings` are the headings above the
    row, outermost first.
    """

    values: tuple[tuple[Column, str], ...]
    category: str | None = None
    place: Place = NOWHERE
    headings: tuple[str, ...] = ()

    def get(self, column: Column) -> str | None:
        """Return the text of a column, `None` where the row has none."""
        return next((text for named, text in self.values if named is column and text), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong to one document, with the paragraphs that stand above them.

    `preamble` holds titles, header lines and publication lines; `closing` what stands below the rows
    (signatures, dates). `sheet` is the name of the sheet the rows stand on.
    """

    rows: tuple[Row, ...]
    preamble: tuple[Paragraph, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    sheet: str | None = None
    columns: tuple[Column | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a layout has to say about a place it could not read."""

    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """A file understood by one layout. `unused` are the paragraphs that belong to no row and no preamble."""

    layout: LayoutName
    kind: DocumentKind
    sections: tuple[Section, ...]
    remarks: tuple[Remark, ...] = ()
    unused: tuple[Paragraph, ...] = field(default=())


class Layout(Protocol):
    """What a layout's module looks like."""

    def recognise(self, blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
        """Return the rows of `blocks`, or `None` where they are not in this layout."""
        ...

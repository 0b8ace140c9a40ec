"""Web pages through lxml: text blocks as paragraphs, tables with their row and column spans.

The declared charset is a hint at best (GBK pages often claim UTF-8), so the bytes are decoded as any
other text is. Menus, scripts and hidden parts are left out. A table that only arranges the page gives
its cells' content as paragraphs and inner tables; a table inside a cell of a real table gives its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from corpus.errors import EmptyFile, UnreadableFile
from corpus.model import Place, Problem
from ingest.blocks import Block, Cell, Paragraph, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SKIPPED: Final = frozenset(
    "script style head nav footer aside select option button noscript template svg object iframe "
    "textarea input audio video canvas map".split()
)
_BREAKING: Final = frozenset(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article main header blockquote pre tr hr center form "
    "fieldset address figure figcaption body html caption table thead tbody tfoot td th".split()
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_CELL_END: Final = "\x1f"  # of a table inside a cell; no text has it
_DECLARED: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_MOST_CELLS: Final = 100_000
_WIDEST: Final = 200
_LARGEST: Final = 30 * 1024 * 1024
_LONGEST: Final = 8 * 1024 * 1024
_MOST_TAGS: Final = 500_000
_CROWDED_TAG: Final = re.compile(  # the parser takes quadratic time to collect the attributes of a tag
    r"""<[A-Za-z][^\s/>]{0,50}+
    (?>[\s/]*+[^\s/>][^\s/>=]{0,1000}+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+){200}+""",
    re.VERBOSE,
)
_EMBEDDED: Final = re.compile(r"data:[\w/+.;=-]{1,100};base64,[A-Za-z0-9+/=\s]*")


def read(source: Source) -> Extract:
    """Return the page's paragraphs and tables in reading order, with its title and date where stated."""
    from lxml import etree, html

    if len(source.content) > _LARGEST:
        raise UnreadableFile(
            f"网页“{source.name}”超过 {_LARGEST // (1024 * 1024)} MB；请只保存正文后再读取。"
        )
    text, damaged = decode(source)
    text = _EMBEDDED.sub("", _DECLARED.sub("", text))
    if len(text) > _LONGEST or text.count("<") > _MOST_TAGS or _CROWDED_TAG.search(text):
        raise _too_large(source)
    parser = html.HTMLParser(no_network=True)
    try:
        page = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise EmptyFile(f"网页“{source.name}”里没有文字；请确认保存的是网页正文。") from None
    if any("depth" in error.message for error in parser.error_log):  # the parser drops what is deeper
        raise UnreadableFile(f"网页“{source.name}”的标签嵌套过深，未读取；请用浏览器打开后另存正文。")
    walk = _Walk()
    try:
        walk.element(page)
    except _TooLargeError:
        raise _too_large(source) from None
    walk.close_paragraph()
    problems: tuple[Problem, ...] = ()
    if damaged:
        problems = (source.problem(f"有 {damaged} 处字节不是有效的 UTF-8 文字，已替换；请核对原网页。"),)
    return Extract(tuple(walk.blocks), problems, _title(page), _meta(page, "PubDate"))


class _TooLargeError(Exception):
    """A table has more cells than any table of targets."""


def _too_large(source: Source) -> UnreadableFile:
    return UnreadableFile(f"网页“{source.name}”的正文过大，不像一份目标文件；请只保存正文后再读取。")


def blocks_of(fragment: str) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML inside another text."""
    from lxml import etree, html

    if _CROWDED_TAG.search(fragment):
        return ()
    try:
        element = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    walk = _Walk()
    try:
        walk.element(element)
    except _TooLargeError:
        return ()
    walk.close_paragraph()
    return tuple(walk.blocks)


@dataclass(slots=True)
class _Walk:
    """Collects blocks while the tree is walked; `pending` is the text of the paragraph that is open."""

    blocks: list[Block] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    tables: int = 0
    level: int | None = None

    def element(self, element: HtmlElement) -> None:
        if not _is_shown(element):
            return
        tag = str(element.tag)
        if tag == "table" and not _only_arranges(element):
            self.close_paragraph()
            self.table(element)
            return
        breaks = tag in _BREAKING or tag == "br"
        if breaks:
            self.close_paragraph()
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.level = int(tag[1])
        self.pending.append(element.text or "")
        for child in element:
            self.element(child)
            self.pending.append(child.tail or "")
        if breaks:
            self.close_paragraph()

    def close_paragraph(self) -> None:
        text = _SPACE.sub(" ", "".join(self.pending)).replace("\xa0", " ").strip()
        if text:
            self.blocks.append(Paragraph(text, Place(), self.level))
        self.pending.clear()
        self.level = None

    def table(self, element: HtmlElement) -> None:
        caption = element.find("caption")
        if caption is not None:
            self.element(caption)
        self.tables += 1
        cells = tuple(_cells(element, self.tables))
        if any(cell.text for cell in cells):
            self.blocks.append(Table(cells, Place(table=self.tables)))


def _is_shown(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):  # a comment or a processing instruction
        return False
    if element.tag in _SKIPPED or "hidden" in element.attrib:
        return False
    return not _HIDDEN.search(element.get("style") or "")


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the rows of `table` itself, the head first and the foot last, not those of inner tables."""
    for part in ("thead", None, "tbody", "tfoot"):
        if part is None:
            yield from table.findall("tr")
            continue
        for group in table.findall(part):
            yield from group.findall("tr")


def _only_arranges(table: HtmlElement) -> bool:
    """A table without a second column, or whose text stands in inner tables, arranges the page."""
    widths = [len(row.findall("td")) + len(row.findall("th")) for row in _rows(table)]
    if max(widths, default=0) <= 1:
        return True
    if table.find(".//table") is None:
        return False
    with_own_text = 0
    for row in _rows(table):
        cells = [c for c in row if c.tag in {"td", "th"}]
        filled = [c for c in cells if c.find(".//table") is None and c.text_content().strip()]
        with_own_text += len(filled) >= 2
    return with_own_text < 2


def _cells(table: HtmlElement, number: int) -> Iterator[Cell]:
    taken: dict[int, int] = {}  # column → first row in which it is free again
    made = 0
    rows = tuple(_rows(table))
    for row, tr in enumerate(rows):
        column = 0
        for td in tr:
            if td.tag not in {"td", "th"} or not _is_shown(td):
                continue
            while taken.get(column, 0) > row:
                column += 1
            if column >= _WIDEST:
                break
            column_span = min(_span(td, "colspan"), _WIDEST - column)
            row_span = min(_span(td, "rowspan"), len(rows) - row)
            for covered in range(column, column + column_span):
                taken[covered] = row + row_span
            made += 1
            if made > _MOST_CELLS:
                raise _TooLargeError
            place = Place(table=number, row=row + 1)
            yield Cell(_cell_text(td), row, column, row_span, column_span, place, is_header=td.tag == "th")
            column += column_span


def _span(cell: HtmlElement, name: str) -> int:
    written = (cell.get(name) or "").strip()
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _cell_text(cell: HtmlElement) -> str:
    lines: list[str] = [""]

    def visit(element: HtmlElement) -> None:
        breaks = element.tag in _BREAKING and element.tag not in {"td", "th"}
        if breaks or element.tag == "br":
            lines.append("")
        lines[-1] += element.text or ""
        for child in element:
            if _is_shown(child):
                visit(child)
            lines[-1] += child.tail or ""
        if breaks:
            lines.append("")
        elif element.tag in {"td", "th"} and element is not cell:
            lines[-1] += _CELL_END

    visit(cell)
    cleaned = (_SPACE.sub(" ", line).replace("\xa0", " ").strip(f" {_CELL_END}") for line in lines)
    return "\n".join(line.replace(_CELL_END, "\t") for line in cleaned if line)


def _meta(page: HtmlElement, name: str) -> str | None:
    for element in page.iter("meta"):
        if (element.get("name") or "").lower() == name.lower():
            return (element.get("content") or "").strip() or None
    return None


def _title(page: HtmlElement) -> str | None:
    stated = _meta(page, "ArticleTitle")
    if stated:
        return stated
    element = page.find(".//title")
    text = element.text_content().strip() if element is not None else ""
    return _SPACE.sub(" ", text) or None

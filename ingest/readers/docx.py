"""Word documents (.docx): paragraphs with heading levels, tables with merged cells, text boxes.

python-docx opens the package and knows the styles; the walk is over its XML, because its own `text` leaves
out insertions, text boxes and automatic numbers, and a 序号 column is often nothing but automatic numbers.
Deletions, hidden text, field codes, page headers and footnotes are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final

from corpus.errors import UnreadableFile
from corpus.model import Place
from ingest.blocks import Block, Cell, Paragraph, Table
from ingest.readers.contract import Extract, Source
from ingest.readers.docx_numbering import Numbering, inherited, value_of
from ingest.readers.packages import (
    DAMAGED,
    STRICT,
    check_parts,
    misshapen,
    open_package,
    read_member,
    with_part,
)

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED: Final = frozenset(
    f"{_W}{tag}"
    for tag in "del moveFrom instrText delText pPr rPr tblPr tcPr trPr sectPr txbxContent".split()
)
_MARKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_TYPES: Final = "[Content_Types].xml"
_BODY: Final = "word/document.xml"
_OTHER_TYPE: Final = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document\.macroEnabled|template\.macroEnabledTemplate)"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
_PLAIN_TYPE: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MOST_STYLE_TAGS: Final = 200_000
_MOST_PARTS: Final = 200_000
_WIDEST: Final = 1000
_OWN_TITLE: Final = re.compile(r"(?:19|20)\d\d|目标|任务|计划|要点|分解|考核|绩效|责任书|报告|条例|清单|方案")
_HEADING_NAME: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


def read(source: Source) -> Extract:
    """Return the document's blocks in reading order; tables are counted from 1, their rows too."""
    opened = _open(source)
    walk = _Walk(opened.numbering, opened.levels)
    try:
        walk.children(opened.body)
    except _TooLongError:
        raise UnreadableFile(
            f"文档“{source.name}”的段落和单元格超过 {_MOST_PARTS} 个；请拆分后再读取。"
        ) from None
    return Extract(tuple(walk.blocks), title=opened.title if _is_own(opened.title) else None)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What python-docx makes of the package."""

    body: _Element
    numbering: Numbering
    levels: dict[str, int]
    title: str


def _is_own(title: str) -> bool:
    """Whether a title among the properties is the document's: mostly it is its template's or its author's."""
    return (
        "模板" not in title and bool(_OWN_TITLE.search(title)) and bool(re.search("[\u4e00-\u9fff]", title))
    )


def _open(source: Source) -> _Opened:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    content = _plain_document(source)
    try:
        document = docx.Document(BytesIO(content))
        return _Opened(
            _present(document.element.body),
            Numbering.of(document),
            _heading_levels(document),
            (document.core_properties.title or "").strip(),
        )
    except etree.XMLSyntaxError as error:
        raise misshapen(source, error) from None
    except (OpcError, *DAMAGED):
        raise _damaged(source) from None
    except (KeyError, AttributeError, TypeError, IndexError, AssertionError):
        # python-docx has no error of its own for parts that contradict each other
        raise _damaged(source) from None


def _present(body: _Element | None) -> _Element:
    if body is None:
        raise KeyError("body")
    return body


def _plain_document(source: Source) -> bytes:
    """Return the package as one of a plain document: python-docx opens no template and none with macros."""
    with open_package(source) as package:
        check_parts(package, source)
        for part in ("word/styles.xml", "word/numbering.xml"):
            if (
                part in package.namelist()
                and read_member(package, part, source).count(b"<") > _MOST_STYLE_TAGS
            ):
                raise UnreadableFile(
                    f"文档“{source.name}”的样式或编号定义过多，不像正常文件，未读取；请只复制正文到新文档后再读取。"
                )
        types = read_member(package, _TYPES, source)
        if STRICT in read_member(package, _BODY, source)[:4000]:
            raise UnreadableFile(
                f"文档“{source.name}”是“Strict Open XML”格式，暂不支持；请用 Word 或 WPS 另存为普通的 .docx。"
            )
        plain = _OTHER_TYPE.sub(_PLAIN_TYPE, types)
        return source.content if plain == types else with_part(package, _TYPES, plain)


def _damaged(source: Source) -> UnreadableFile:
    return UnreadableFile(
        f"文档“{source.name}”已损坏或不是有效的 .docx，无法打开；请用 Word 或 WPS 打开后另存一份。"
    )


def _heading_levels(document: Document) -> dict[str, int]:
    """Map style ids to heading levels, by the style's outline level or its name, or those of its basis."""
    levels: dict[str, int] = {}
    for style in document.styles.element.iter(f"{_W}style"):
        name = value_of(style.find(f"{_W}name"))
        named = _HEADING_NAME.match(name)
        outline = _outline(style)
        style_id = style.get(f"{_W}styleId") or ""
        if named:
            levels[style_id] = int(named.group(1))
        elif outline is not None:
            levels[style_id] = outline
        elif name.lower() == "title":
            levels[style_id] = 1
    return inherited(levels, document)


def _outline(element: _Element) -> int | None:
    written = value_of(element.find(f"{_W}pPr/{_W}outlineLvl"))
    return int(written) + 1 if written and written in "012345678" else None


class _TooLongError(Exception):
    """The walk met more paragraphs and cells than any document of targets has."""


@dataclass(slots=True)
class _Left:
    """How many paragraphs and cells may still be read."""

    number: int = _MOST_PARTS

    def take(self) -> None:
        self.number -= 1
        if self.number < 0:
            raise _TooLongError


@dataclass(slots=True)
class _Walk:
    numbering: Numbering
    levels: dict[str, int]
    left: _Left = field(default_factory=_Left)
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0

    def children(self, parent: _Element) -> None:
        """Add the blocks below `parent`, looking through content controls and revisions."""
        for element in parent:
            if element.tag == f"{_W}p":
                self.paragraph(element)
            elif element.tag == f"{_W}tbl":
                self.table(element)
            elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
                self.children(element)

    def paragraph(self, element: _Element) -> None:
        """Add a paragraph; a line break within it starts another. Text boxes anchored in it follow."""
        self.paragraphs += 1
        style = value_of(element.find(f"{_W}pPr/{_W}pStyle"))
        level = _outline(element) or self.levels.get(style)
        for line in self.text(element).split("\n"):
            if line.strip():
                self.blocks.append(Paragraph(line.strip(), Place(line=self.paragraphs), level))
        self.left.take()
        for box in _text_boxes(element):
            self.children(box)

    def text(self, paragraph: _Element) -> str:
        """Return the paragraph's text behind its automatic number."""
        return self.numbering.label(paragraph) + "".join(_pieces(paragraph))

    def table(self, element: _Element) -> None:
        self.tables += 1
        cells = tuple(self.cells(element, self.tables))
        if any(cell.text for cell in cells):
            self.blocks.append(Table(cells, Place(table=self.tables)))

    def cells(self, table: _Element, number: int) -> Iterator[Cell]:
        """Yield the cells; a vertical merge is one cell that spans its rows."""
        grown: dict[int, _Grown] = {}  # column → the cell that a continued merge extends
        made: list[_Grown] = []
        for row, tr in enumerate(_rows(table)):
            column = min(_number(tr.find(f"{_W}trPr/{_W}gridBefore"), 0), _WIDEST)
            is_header = tr.find(f"{_W}trPr/{_W}tblHeader") is not None
            for tc in _inner(tr, "tc"):
                width = min(max(1, _number(tc.find(f"{_W}tcPr/{_W}gridSpan"), 1)), _WIDEST)
                merge = tc.find(f"{_W}tcPr/{_W}vMerge")
                if value_of(tc.find(f"{_W}tcPr/{_W}hMerge")) == "continue" and made:
                    made[-1].width += width
                elif merge is not None and value_of(merge) in {"", "continue"} and column in grown:
                    grown[column].height = row - grown[column].row + 1
                else:
                    self.left.take()
                    cell = _Grown(self.cell_text(tc), row, column, width, is_header)
                    made.append(cell)
                    for covered in [c for c in grown if column <= c < column + width]:
                        del grown[covered]
                    if merge is not None:
                        grown[column] = cell
                column += width
        for cell in made:
            place = Place(table=number, row=cell.row + 1)
            yield Cell(cell.text, cell.row, cell.column, cell.height, cell.width, place, cell.is_header)

    def cell_text(self, tc: _Element) -> str:
        """Return a cell's lines; the rows of a table inside the cell are lines with tabs."""
        lines: list[str] = []
        inner = _Walk(self.numbering, self.levels, self.left)
        inner.children(tc)
        for block in inner.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                by_row: dict[int, list[str]] = {}
                for cell in block.cells:
                    by_row.setdefault(cell.row, []).append(cell.text)
                lines.extend("\t".join(texts) for texts in by_row.values())
        return "\n".join(lines)


@dataclass(slots=True)
class _Grown:
    """A cell whose spans are not known yet."""

    text: str
    row: int
    column: int
    width: int
    is_header: bool
    height: int = 1


def _rows(table: _Element) -> Iterator[_Element]:
    """Yield the rows that are not deleted."""
    return (tr for tr in _inner(table, "tr") if tr.find(f"{_W}trPr/{_W}del") is None)


def _inner(parent: _Element, tag: str) -> Iterator[_Element]:
    """Yield the children `tag`, looking through content controls and revisions but not into tables."""
    for element in parent:
        if element.tag == f"{_W}{tag}":
            yield element
        elif element.tag not in _SKIPPED and element.tag not in {f"{_W}tc", f"{_W}p", f"{_W}tbl"}:
            yield from _inner(element, tag)


def _number(element: _Element | None, otherwise: int) -> int:
    written = value_of(element)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else otherwise


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == f"{_W}r" and _is_hidden(child):
            continue
        elif (
            isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != f"{_MC}AlternateContent"
        ):
            yield from _pieces(child)


def _is_hidden(run: _Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and value_of(mark) not in {"0", "false", "off"}


def _text_boxes(paragraph: _Element) -> Iterator[_Element]:
    """Yield the outermost text boxes, each once: a drawing states it twice, for old and new readers."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        above = [a.tag for a in box.iterancestors()]
        own = above[: above.index(f"{_W}p")] if f"{_W}p" in above else above
        if f"{_MC}Fallback" not in above and f"{_W}txbxContent" not in own and _owner(box) is paragraph:
            yield box


def _owner(box: _Element) -> _Element | None:
    return next((a for a in box.iterancestors() if a.tag == f"{_W}p"), None)

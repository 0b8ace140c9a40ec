"""Read and write the text document in front: the selection, text, rows of tables, citations with marks."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .service import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

PARAGRAPH_BREAK = 0
_MARK = re.compile(r"(db1[a-z2-7]{32})(?:_\d{1,4})?", re.IGNORECASE)


class Writer:
    """The document in front. Raise Failure where there is none that can be written to."""

    def __init__(self, context: Any) -> None:
        manager = context.ServiceManager
        self.document = manager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        ).CurrentComponent
        if self.document is None or not self.document.supportsService("com.sun.star.text.TextDocument"):
            raise Failure("没有打开的文字文档；请先在 Writer 里打开或新建一份文档。")
        self.controller = self.document.CurrentController
        self.cursor = self.controller.ViewCursor

    def selection(self) -> str:
        """Return the selected words, or else the paragraph at the cursor."""
        selected = self.controller.Selection
        if selected is not None and selected.supportsService("com.sun.star.text.TextRanges"):
            texts = [selected.getByIndex(number).String for number in range(selected.Count)]
            found = "\n".join(text for text in texts if text.strip())
            if found.strip():
                return found.strip()
        paragraph = self.cursor.Text.createTextCursorByRange(self.cursor.Start)
        paragraph.gotoStartOfParagraph(False)
        paragraph.gotoEndOfParagraph(True)
        return str(paragraph.String).strip()

    @contextmanager
    def _undone_at_once(self, title: str) -> Iterator[None]:
        manager = self.document.UndoManager
        manager.enterUndoContext(title)
        try:
            yield
        finally:
            manager.leaveUndoContext()

    def _append(self, written: str) -> Any:
        """Write behind the selection, never over it; return a cursor over what was written."""
        text = self.cursor.Text
        place = text.createTextCursorByRange(self.cursor.End)
        covered = text.createTextCursorByRange(place)
        stepped = covered.goLeft(1, False)  # a cursor at the very place would be pushed along
        for number, line in enumerate(written.splitlines()):
            if number:
                text.insertControlCharacter(place.End, PARAGRAPH_BREAK, False)
            text.insertString(place.End, line, False)
            place.gotoRange(place.End, False)
        if stepped:
            covered.goRight(1, False)
        else:
            covered.gotoStart(False)
        covered.gotoRange(place.End, True)
        self.cursor.gotoRange(place.End, False)
        return covered

    def insert_text(self, written: str) -> None:
        """Write text behind the selection."""
        with self._undone_at_once("对标：插入文字"):
            self._append(written)

    def insert_citation(self, citation: Any) -> None:
        """Write a citation behind the selection, under a bookmark that carries its mark."""
        with self._undone_at_once("对标：插入引文"):
            covered = self._append(citation["sentence"])
            bookmark = self.document.createInstance("com.sun.star.text.Bookmark")
            bookmark.Name = self._free_name(citation["mark"])
            covered.Text.insertTextContent(covered, bookmark, True)

    def _free_name(self, mark: str) -> str:
        names, name, count = self.document.Bookmarks, mark, 1
        while names.hasByName(name):
            count += 1
            name = f"{mark}_{count}"
        return name

    def headers(self) -> list[str]:
        """Return the header cells of the table at the cursor; none where there is no table."""
        table = self.cursor.TextTable
        return [] if table is None else self._cells(table, 0)

    def _cells(self, table: Any, row: int) -> list[str]:
        if not re.fullmatch(r"[A-Za-z]+\d+", self.cursor.Cell.CellName) or len(table.CellNames) != (
            table.Rows.Count * table.Columns.Count
        ):
            raise Failure(
                "光标所在的表格有合并的单元格，不能整行插入；请把光标移到表格外面，或改用“插入文字”。"
            )
        return [table.getCellByPosition(column, row).String for column in range(table.Columns.Count)]

    def insert_row(self, headers: list[str], cells: list[str]) -> None:
        """Add a row below the cursor's, or else a table behind the selection."""
        with self._undone_at_once("对标：插入表格行"):
            table = self.cursor.TextTable
            if table is not None:
                row = int(re.sub(r"\D", "", self.cursor.Cell.CellName))
                table.Rows.insertByIndex(row, 1)
                _fill(table, row, cells)
                return
            table = self.document.createInstance("com.sun.star.text.TextTable")
            table.initialize(2, len(headers))
            text = self.cursor.Text
            text.insertTextContent(text.createTextCursorByRange(self.cursor.End), table, False)
            _fill(table, 0, headers)
            _fill(table, 1, cells)

    def marks(self) -> tuple[list[str], str]:
        """Return the marks that bookmarks carry, and the text, in which others may stand."""
        found = (_MARK.fullmatch(name) for name in self.document.Bookmarks.ElementNames)
        marks = list(dict.fromkeys(match.group(1).lower() for match in found if match))
        return marks, self.document.Text.String


def _fill(table: Any, row: int, cells: list[str]) -> None:
    for column, cell in enumerate(cells):
        table.getCellByPosition(column, row).String = cell

"""One table of targets, written in every format that has grids or lines."""

from __future__ import annotations

import csv
import html
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ingest.readers.making import docx_bytes, xls_bytes, xlsx_bytes

if TYPE_CHECKING:
    import xlwt
    from docx.document import Document
    from openpyxl import Workbook


@dataclass(frozen=True)
class Grid:
    """Lines above a table, its header, and its rows with the category first in each.

    A row may be followed by lines of its own (benchmarks), which take the whole width.
    """

    above: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def lines(self) -> list[tuple[str, ...]]:
        """The rows and notes in order; a note is a row of one cell."""
        lines: list[tuple[str, ...]] = []
        for row, note in zip(self.rows, self.notes, strict=True):
            lines.append(row)
            if note:
                lines.append((note,))
        return lines

    def runs(self) -> list[tuple[int, int]]:
        """First line and height of each run of rows of one category, notes parting them."""
        runs: list[tuple[int, int]] = []
        start = 0
        for category, run in groupby(self.lines(), key=lambda line: line[0] if len(line) > 1 else None):
            height = len(list(run))
            if category is not None:
                runs.append((start, height))
            start += height
        return runs

    def shown(self) -> list[tuple[str, ...]]:
        """The lines with a category only where it begins."""
        lines = self.lines()
        for start, height in self.runs():
            for n in range(start + 1, start + height):
                lines[n] = ("", *lines[n][1:])
        return lines


def docx(grid: Grid) -> bytes:
    def write(document: Document) -> None:
        for text in grid.above:
            document.add_paragraph(text)
        table = document.add_table(1 + len(grid.lines()), len(grid.head))
        for number, line in enumerate([grid.head, *grid.shown()]):
            for column, text in enumerate(line):
                table.cell(number, column).text = text
            if len(line) == 1:
                table.cell(number, 0).merge(table.cell(number, len(grid.head) - 1))
        for start, height in grid.runs():
            merged = table.cell(start + 1, 0).merge(table.cell(start + height, 0))
            merged.text = grid.lines()[start][0]
        document.add_paragraph()  # as Word always has one below a table

    return docx_bytes(write)


def xlsx(grid: Grid) -> bytes:
    def write(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        top = len(grid.above) + 2
        for line in [*((text,) for text in grid.above), grid.head, *grid.shown()]:
            sheet.append(list(line))
        for number, line in enumerate(grid.lines()):
            if len(line) == 1:
                sheet.merge_cells(
                    start_row=top + number, end_row=top + number, start_column=1, end_column=len(grid.head)
                )
        for start, height in grid.runs():
            sheet.merge_cells(
                start_row=top + start, end_row=top + start + height - 1, start_column=1, end_column=1
            )

    return xlsx_bytes(write)


def xls(grid: Grid) -> bytes:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("Sheet1")
        top, width = len(grid.above) + 1, len(grid.head) - 1
        for number, text in enumerate(grid.above):
            sheet.write_merge(number, number, 0, width, text)
        for column, text in enumerate(grid.head):
            sheet.write(top - 1, column, text)
        for number, line in enumerate(grid.lines(), start=top):
            if len(line) == 1:
                sheet.write_merge(number, number, 0, width, line[0])
            for column, text in enumerate(line[1:], start=1):
                sheet.write(number, column, text)
        for start, height in grid.runs():
            sheet.write_merge(top + start, top + start + height - 1, 0, 0, grid.lines()[start][0])

    return xls_bytes(write)


def _markup(grid: Grid) -> str:
    heights = dict(grid.runs())
    rows = ["<tr>" + "".join(f"<th>{text}</th>" for text in grid.head) + "</tr>"]
    for number, line in enumerate(grid.lines()):
        cells = [html.escape(text).replace("\n", "<br>") for text in line]
        if len(line) == 1:
            rows.append(f"<tr><td colspan={len(grid.head)}>{cells[0]}</td></tr>")
            continue
        first = f"<td rowspan={heights[number]}>{cells[0]}</td>" if number in heights else ""
        rows.append("<tr>" + first + "".join(f"<td>{text}</td>" for text in cells[1:]) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def page(grid: Grid) -> bytes:
    above = "".join(f"<p>{html.escape(text)}</p>" for text in grid.above)
    body = (
        f"<html><head><meta charset='utf-8'></head><body><nav>首页</nav>{above}{_markup(grid)}</body></html>"
    )
    return body.encode("gb18030")


def comma_separated(grid: Grid) -> bytes:
    made = StringIO()
    writer = csv.writer(made)
    for line in [*((text,) for text in grid.above), grid.head, *grid.shown()]:
        writer.writerow([*line, *[""] * (len(grid.head) - len(line))])
    return made.getvalue().encode("gb18030")


def markdown(grid: Grid) -> bytes:
    lines = [*(f"{text}\n" for text in grid.above)]
    for number, line in enumerate([grid.head, *grid.shown()]):
        padded = [*line, *[""] * (len(grid.head) - len(line))]
        lines.append("| " + " | ".join(text.replace("\n", "<br>") for text in padded) + " |")
        if not number:
            lines.append("|" + "---|" * len(grid.head))
    return "\n".join(lines).encode()


def markdown_with_html(grid: Grid) -> bytes:
    return "\n".join([*(f"{text}\n" for text in grid.above), _markup(grid)]).encode()


def tabbed(grid: Grid) -> bytes:
    lines = [*grid.above, *(f"\t{text}" for text in grid.head)]
    for line in grid.shown():
        if len(line) == 1:
            lines.append(line[0])
        else:
            lines += ["", *(f"\t{text}".replace("\n", "\n\t") for text in line)]
    return "\n".join(lines).encode()


def piped(grid: Grid) -> bytes:
    lines = [*grid.above, "导航", "|", *(f"{text} |" for text in grid.head)]
    for line in grid.shown():
        lines += ["|", *(f"{text} |" for text in line if text)]
    return "\n".join([*lines, "扫一扫在手机打开当前页"]).encode("gb18030")


def paragraphs(grid: Grid) -> bytes:
    lines = [*grid.above, *grid.head, *(text for line in grid.shown() for text in line if text)]
    return "\n\n".join(lines).encode("utf-16")


def delimited(grid: Grid) -> bytes:
    lines = [*((text,) for text in grid.above), grid.head, *grid.shown()]
    return "\n".join("\t".join(line) for line in lines).encode()


def numbered(grid: Grid) -> bytes:
    """Prose that only numbers its targets: no categories, no columns."""
    lines = [*grid.above, ""]
    for at, (row, note) in enumerate(zip(grid.rows, grid.notes, strict=True), start=1):
        lines += [f"第{'一二三四五六七八九'[at - 1]}项目标：{row[2]}", row[3], *([note] if note else [])]
    return "\n".join(lines).encode()


def plan(grid: Grid) -> bytes:
    """A decomposition plan: categories as sections, who is responsible behind each target."""
    lines = [*grid.above]
    sections: list[str] = []
    for at, row in enumerate(grid.rows):
        if row[0] not in sections:
            sections.append(row[0])
            lines.append(f"{'一二三四'[len(sections) - 1]}、{row[0]}")
        lines += [
            f"（{'一二三四五六七八九'[at]}）{row[2]}",
            f"{row[3]}（牵头单位：市某局；责任单位：各区政府）",
        ]
    return "\n".join(lines).encode("gb18030")


FORMATS: dict[str, tuple[str, Callable[[Grid], bytes]]] = {
    "docx": ("目标.docx", docx),
    "xlsx": ("目标.xlsx", xlsx),
    "xls": ("目标.xls", xls),
    "et": ("目标.et", xls),
    "html": ("目标.html", page),
    "csv": ("目标.csv", comma_separated),
    "md": ("目标.md", markdown),
    "md with html": ("目标.md", markdown_with_html),
    "tabbed": ("目标.txt", tabbed),
    "piped": ("目标.txt", piped),
    "paragraphs": ("目标.txt", paragraphs),
    "delimited": ("目标.txt", delimited),
}


def converted(folder: Path, content: bytes, suffix: str) -> bytes:
    """A .docx written anew by LibreOffice in an older format."""
    written = folder / "目标.docx"
    written.write_bytes(content)
    program = shutil.which("soffice")
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(written)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return written.with_suffix(f".{suffix}").read_bytes()

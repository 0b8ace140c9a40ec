from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import EmptyFile, UnreadableFile
from corpus.model import Place
from ingest.blocks import Paragraph, Table
from ingest.readers.contract import Source
from ingest.readers.pdf import read
from ingest.readers.pdf_page import as_written
from ingest.reading import read_file
from tests.ingest.readers import printing
from tests.ingest.readers.printing import as_pdf
from tests.ingest.readers.sheets import (
    CATEGORIES,
    PROGRESS,
    REPORT,
    Sheet,
    items_of,
    read_bytes,
    read_text,
    stated_of,
)
from tests.ingest.readers.typesetting import Leaf, set_prose, set_sheet

SHEETS = pytest.mark.parametrize("sheet", [CATEGORIES, PROGRESS], ids=["categories", "progress"])
HEAD = "业务目标汇编（内部资料）"


def same(sheet: Sheet, leaves: list[Leaf]) -> None:
    found, expected = read_bytes("目标.pdf", as_pdf(leaves)), read_text(sheet.text())
    assert items_of(found) == items_of(expected)
    assert stated_of(found) == stated_of(expected)
    assert found.problems == ()


@SHEETS
def test_a_ruled_table_gives_the_items_of_the_plain_text(sheet: Sheet, tmp_path: Path) -> None:
    same(sheet, set_sheet(sheet))
    file = tmp_path / "目标.pdf"
    file.write_bytes(as_pdf(set_sheet(sheet)))
    assert items_of(read_file(file)) == items_of(read_text(sheet.text()))


@SHEETS
@pytest.mark.parametrize("height", [260.0, 283.0, 306.0])
@pytest.mark.parametrize("repeats", [True, False], ids=["header repeated", "header once"])
def test_a_table_broken_by_pages_is_joined(sheet: Sheet, height: float, repeats: bool) -> None:
    leaves = set_sheet(sheet, height=height, running=HEAD, repeats=repeats)
    assert len(leaves) > 1
    same(sheet, leaves)


@SHEETS
@pytest.mark.parametrize("leading", [13.0, 16.0, 22.0])
def test_an_unruled_table_is_read_by_its_columns(sheet: Sheet, leading: float) -> None:
    same(sheet, set_sheet(sheet, is_ruled=False, leading=leading))
    same(sheet, set_sheet(sheet, is_ruled=False, leading=leading, height=300))
    same(sheet, set_sheet(sheet, is_ruled=False, leading=leading, height=300, repeats=False))


@pytest.mark.parametrize("height", [842.0, 420.0])
def test_prose_is_joined_over_lines_and_pages(height: float) -> None:
    found = read_bytes("报告.pdf", as_pdf(set_prose(REPORT, height=height, running="市政府工作报告")))
    expected = read_text("\n".join(REPORT))
    assert items_of(found) == items_of(expected)
    assert stated_of(found) == stated_of(expected)


def test_blocks_say_where_they_stand() -> None:
    content = as_pdf(set_sheet(CATEGORIES, height=306), title="2023年业务目标汇编")
    extract = read(Source("目标.pdf", content))
    assert extract.title == "2023年业务目标汇编"
    title, unit, *tables = extract.blocks
    assert title == Paragraph("2023年度市直单位业务目标", Place(page=1))
    assert unit == Paragraph("单位名称：市园林和林业局", Place(page=1))
    assert [table.place for table in tables] == [Place(page=1, table=1), Place(page=2, table=2)]
    assert isinstance(tables[1], Table)
    assert tables[1].cells[-1].place == Place(page=2, table=2, row=tables[1].rows)
    merged = next(cell for cell in tables[1].cells if cell.text == "创优目标")
    assert (merged.row_span, merged.column_span) == (2, 1)


def test_a_title_that_a_program_made_up_is_none() -> None:
    for title in ("Microsoft Word - 目标.doc", "目标终稿.docx", "untitled", "演示文稿1"):
        assert read(Source("目标.pdf", as_pdf(set_sheet(PROGRESS), title=title))).title is None


class Turned(Canvas):  # type: ignore[misc]
    """Draws pages turned back by as much as their /Rotate will turn them."""

    quarters = 0

    def setPageSize(self, size: tuple[float, float]) -> None:  # noqa: N802 - the library's own name
        width, height = size
        super().setPageSize((height, width) if self.quarters % 2 else size)
        if getattr(self, "_code", None) is not None:  # not yet while the canvas is being made
            self.translate(*((0, 0), (height, 0), (width, height), (0, width))[self.quarters])
            self.rotate(90 * self.quarters)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_is_read_as_it_is_shown(quarters: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Turned, "quarters", quarters)
    monkeypatch.setattr(printing, "Canvas", Turned)
    document = PdfDocument(as_pdf(set_sheet(PROGRESS)))
    document[0].set_rotation(90 * quarters)
    made = BytesIO()
    document.save(made)
    assert items_of(read_bytes("目标.pdf", made.getvalue())) == items_of(read_text(PROGRESS.text()))


@pytest.mark.parametrize(
    ("written", "meant"), [("⽬", "目"), ("⻘", "青"), ("⺠", "民"), ("豈", "豈"), ("青", "青")]
)
def test_radicals_that_stand_for_characters_become_them(written: str, meant: str) -> None:
    assert as_written(written) == meant


def test_a_password_is_said() -> None:
    content = as_pdf(set_sheet(PROGRESS), password="secret")
    with pytest.raises(UnreadableFile, match=r"PDF“目标.pdf”设有密码，无法读取；请解除密码后重试。"):
        read_bytes("目标.pdf", content)


def test_what_is_cut_off_or_no_pdf_inside_is_said() -> None:
    content = as_pdf(set_sheet(PROGRESS))
    with pytest.raises(UnreadableFile, match="已损坏或不完整"):
        read_bytes("目标.pdf", content[:400])
    with pytest.raises(UnreadableFile, match="已损坏或不完整"):
        read_bytes("目标.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20)


def test_empty_pages_hold_nothing() -> None:
    with pytest.raises(EmptyFile, match="没有可读的文字"):
        read_bytes("目标.pdf", as_pdf([Leaf(595, 842)]))


def raw_pdf(stream: bytes, *, pages: int = 1, media: str = "0 0 595 842") -> bytes:
    """A PDF written by hand, for what no library writes; all pages have the same content."""
    packed = zlib.compress(stream, 1)
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox[{media}]/Contents 4 0 R/Resources<<>>>>".encode(),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.4\n"
    for number, content in enumerate(objects, start=1):
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    return body + b"trailer<</Root 1 0 R/Size 5>>"


@pytest.mark.parametrize(
    ("stream", "stated"),
    [
        (b" " * 300_000_000, {}),
        (b"0 0 m 9 9 l S " * 600_000, {}),
        (b"q " * 5_000_000, {}),
        (b"0 0 m 9 9 l S", {"pages": 200_000}),
        (b"0 0 m 9 9 l S", {"media": "0 0 1e9 1e9"}),
        (b"0 0 m 9 9 l S", {"media": "0 0 0 0"}),
        (b"0 0 m 9 9 l S", {"media": "nan -1 x 7"}),
    ],
    ids=["bomb", "many strokes", "deep states", "many pages", "huge page", "no page", "broken page"],
)
def test_hostile_files_end_soon(stream: bytes, stated: dict[str, Any]) -> None:
    with pytest.raises(UnreadableFile):
        read_bytes("目标.pdf", raw_pdf(stream, **stated))

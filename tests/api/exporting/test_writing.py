from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from api.drafting import Drafted
from api.exporting.writing import FORMATS, checked_path, exported, file_name, format_named, write_file
from corpus.errors import WrongUse
from corpus.model import TargetDocument, TargetItem
from ingest.readers.contract import Source
from ingest.reading import read_source
from tests.api.exporting.samples import HOSTILE, ITEMS, PLAIN, basis, benchmark, draft_of, proposed

KINDS = tuple(FORMATS)


def read_back(draft: Drafted, kind: str) -> TargetDocument:
    reading = read_source(Source(f"草稿.{kind}", exported(draft, FORMATS[kind])))
    assert reading.problems == ()
    (document,) = reading.documents
    return document


def essence(item: TargetItem) -> tuple[object, ...]:
    return (
        item.category, item.number, item.name, item.content, item.indicators, item.benchmarks, item.bases,
        item.basis_text, item.benchmark_text, item.deadline,
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_back(kind: str) -> None:
    document = read_back(PLAIN, kind)
    assert (document.title, document.unit, document.year) == ("2022年度业务目标", "海市办公室", 2022)
    if kind == "txt":  # a cell is one line there
        assert [one.name for one in document.items] == [one.name for one in PLAIN.document.items]
        assert [one.indicators for one in document.items] == [one.indicators for one in PLAIN.document.items]
        assert [[b.title for b in one.bases] for one in document.items] == [
            [b.title for b in one.bases] for one in PLAIN.document.items
        ]
        return
    assert [essence(one) for one in document.items] == [essence(one) for one in PLAIN.document.items]


def test_the_draft_states_what_it_should() -> None:
    first, _, _, fourth, *_ = PLAIN.document.items
    assert [(one.name, one.op, one.value) for one in first.indicators] == [
        ("办件按期办结率", ">=", 97.5),
        ("会议", "<=", 12),
    ]
    assert (first.bases[0].title, first.bases[0].doc_number) == (
        "关于优化办件流程的通知",
        "海政发〔2019〕8号",
    )
    assert (first.basis_text or "").split("\n") == [
        "1.关于优化办件流程的通知（海政发〔2019〕8号）；",
        "2.2022年市政府工作报告（待核实）。",
    ]
    assert [(one.city, one.value) for one in fourth.benchmarks] == [
        ("南京市", "全年按期办结率达到99%，平均用时3天。")
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_only_words(kind: str, hostile: str) -> None:
    item = proposed("重点目标", "1", hostile, f"{hostile}，组织讲座20场。", bases=(basis(f"《{hostile}》"),))
    document = read_back(draft_of(item, *ITEMS[1:]), kind)
    kept = "".join(c for c in hostile if c not in "\x01\x0b\ud800")
    assert document.items[0].name == kept
    assert document.items[0].content == f"{kept}，组织讲座20场。"
    assert len(document.items) == len(ITEMS)


@pytest.mark.parametrize("hostile", HOSTILE[:4])
def test_no_cell_is_a_formula(hostile: str) -> None:
    item = proposed("重点目标", "1", hostile, hostile, benchmark=benchmark(hostile, hostile))
    content = exported(draft_of(item), FORMATS["xlsx"])
    book = openpyxl.load_workbook(BytesIO(content))
    types = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None}
    assert types == {"s"}
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())
    cell = book["业务目标"]["C4"]
    assert (cell.value, cell.quotePrefix) == (hostile, True)


def test_the_word_form_is_an_official_document() -> None:
    document = docx.Document(BytesIO(exported(PLAIN, FORMATS["docx"])))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 35]
    assert [round(s.mm) for s in (section.left_margin, section.right_margin) if s is not None] == [28, 26]
    assert [paragraph.text for paragraph in document.paragraphs[:2]] == [
        "2022年度业务目标",
        "单位名称：海市办公室",
    ]
    fonts = document.paragraphs[0].runs[0]._element.xpath("w:rPr/w:rFonts/@w:eastAsia")
    assert fonts == ["方正小标宋简体"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["类别", "序号", "目标名称", "目标内容", "制定依据"]
    assert len(table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")) == 1
    assert [row.cells[0].text for row in table.rows[1:5]] == ["重点目标", "重点目标", "重点目标", "创优目标"]
    assert table.rows[1].cells[0]._tc is table.rows[3].cells[0]._tc
    line = table.rows[5].cells
    assert line[0]._tc is line[-1]._tc
    assert line[0].text == "标杆城市：南京市    标杆值：全年按期办结率达到99%，平均用时3天。"
    assert table.rows[6].cells[0].text == "创优目标"
    footers = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert [footer.text for footer in footers] == ["—  —", "—  —"]


def test_the_word_form_cites_in_comments() -> None:
    document = docx.Document(BytesIO(exported(PLAIN, FORMATS["docx"])))
    comments = [comment.text for comment in document.comments]
    assert comments[1].startswith(
        "出处：海市办公室2019年，重点目标 3（2019.txt）：“办件按期办结率达到97.5%以上”"
    )
    assert any(text.startswith("取自海市办公室2019年") for text in comments)
    assert all("联系" not in text for text in comments)


def test_the_workbook_prints_and_cites() -> None:
    sheet = openpyxl.load_workbook(BytesIO(exported(PLAIN, FORMATS["xlsx"])))["业务目标"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {
        "A1:E1", "A2:E2", "A4:A6", "A8:E8", "A10:E10",
    }  # fmt: skip
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert round(sheet.page_margins.top * 25.4) == 37
    comment = sheet["D4"].comment
    assert comment is not None
    assert "出处：海市办公室2019年，重点目标 3（2019.txt）" in comment.text


def test_columns_stand_only_where_they_are_filled() -> None:
    bare = draft_of(proposed("重点目标", "1", "值班", "落实值班制度，值班培训2次。"))
    document = docx.Document(BytesIO(exported(bare, FORMATS["docx"])))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "类别", "序号", "目标名称", "目标内容",
    ]  # fmt: skip
    full = draft_of(replace(ITEMS[0], responsible_units=("甲处", "乙处"), deadline="2022年6月底"))
    back = read_back(full, "docx").items[0]
    assert (back.responsible_units, back.deadline) == (("甲处", "乙处"), "2022年6月底")


def test_contacts_never_leave() -> None:
    item = proposed("重点目标", "1", "值班", "值班工作联系人：钱某某  联系电话：85910000。落实制度。")
    content = exported(draft_of(item), FORMATS["txt"]).decode()
    assert "钱某某" not in content
    assert "85910000" not in content


def test_nothing_drafted_is_no_file() -> None:
    with pytest.raises(WrongUse, match="没有一个主题拟出了条目"):
        exported(draft_of(), FORMATS["docx"])


def test_a_path_is_checked_before_any_work(tmp_path: Path) -> None:
    assert checked_path(tmp_path / "草稿.DOCX").name == "docx"
    for path, reason in (
        (tmp_path / "草稿", "没有写明格式"),
        (tmp_path / "草稿.pdf", "不能写成“.pdf”格式；请选 docx、xlsx、txt 之一"),
        (tmp_path / "没有" / "草稿.docx", "不存在；请先建立"),
    ):
        with pytest.raises(WrongUse, match=reason):
            checked_path(path)
    (tmp_path / "夹.docx").mkdir()
    with pytest.raises(WrongUse, match="是一个文件夹"):
        checked_path(tmp_path / "夹.docx")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "草稿.docx"
    path.write_bytes(b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["草稿.docx"]
    with pytest.raises(WrongUse, match=r"无法写入“.*”：路径中有一段不是文件夹；请检查文件夹权限"):
        write_file(path / "里面.docx", b"new")


def test_formats_are_named_with_or_without_a_dot() -> None:
    assert format_named(" .XLSX ").name == "xlsx"
    assert file_name(PLAIN, FORMATS["xlsx"]) == "海市办公室2022年度业务目标.xlsx"

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml import parse_xml

from corpus.errors import UnreadableFile
from corpus.model import Place
from ingest.blocks import Paragraph, Table
from tests.ingest.readers.making import (
    W,
    docx_bytes,
    docx_of,
    grid,
    read,
    shape,
    tables,
    texts,
    with_parts,
)

if TYPE_CHECKING:
    from docx.document import Document

PLAIN = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CELL = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


def cell(text: str, properties: str = "") -> str:
    return CELL.format(properties, text)


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def only_table(body: str) -> Table:
    (found,) = tables(read("a.docx", docx_of(body)))
    return found


def test_headings_text_and_tables_in_reading_order() -> None:
    def write(document: Document) -> None:
        document.add_heading("2019年度市某局业务目标", 1)
        document.add_paragraph("单位名称：市某局")
        document.add_table(1, 2).cell(0, 0).text = "甲"
        document.add_heading("二、创优目标", 2)
        document.add_table(1, 1).cell(0, 0).text = "乙"

    found = read("a.docx", docx_bytes(write))
    kinds = [
        (b.text, b.level) if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in found.blocks
    ]
    assert kinds == [
        ("2019年度市某局业务目标", 1),
        ("单位名称：市某局", None),
        ["甲", ""],
        ("二、创优目标", 2),
        ["乙"],
    ]
    assert [t.place for t in tables(found)] == [Place(table=1), Place(table=2)]


def test_a_heading_by_its_own_outline_level_or_by_the_style_its_style_is_based_on() -> None:
    def write(document: Document) -> None:
        style: Any = document.styles.add_style("样式甲", 1)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("一、重点目标", style="样式甲")
        paragraph = document.add_paragraph("二、创优目标")
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="0"/>'))

    found = read("a.docx", docx_bytes(write))
    assert [(b.text, b.level) for b in found.blocks if isinstance(b, Paragraph)] == [
        ("一、重点目标", 2),
        ("二、创优目标", 1),
    ]


def test_cells_merged_down_and_across_are_one_cell_with_spans() -> None:
    def write(document: Document) -> None:
        made = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                made.cell(row, column).text = f"{row}{column}"
        made.cell(0, 0).merge(made.cell(0, 2)).text = "标题"
        made.cell(1, 0).merge(made.cell(2, 0)).text = "重点目标"

    (found,) = tables(read("a.docx", docx_bytes(write)))
    assert [shape(c) for c in found.cells] == [
        ("标题", 0, 0, 1, 3),
        ("重点目标", 1, 0, 2, 1),
        ("11", 1, 1, 1, 1),
        ("12", 1, 2, 1, 1),
        ("21", 2, 1, 1, 1),
        ("22", 2, 2, 1, 1),
    ]
    assert [c.place for c in found.cells if c.row == 2] == [Place(table=1, row=3)] * 2


def test_a_block_merged_both_ways() -> None:
    found = only_table(
        table(
            cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>') + cell("乙"),
            cell("", '<w:gridSpan w:val="2"/><w:vMerge/>') + cell("丙"),
            cell("丁") + cell("戊") + cell("己"),
        )
    )
    assert grid(found) == [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "己"]]


def test_a_merge_ends_where_a_wider_cell_stands_between() -> None:
    found = only_table(
        table(
            cell("甲") + cell("乙", '<w:vMerge w:val="restart"/>'),
            cell("小计", '<w:gridSpan w:val="2"/>'),
            cell("丙") + cell("丁", "<w:vMerge/>"),
        )
    )
    assert grid(found) == [["甲", "乙"], ["小计", "小计"], ["丙", "丁"]]


def test_the_old_way_of_merging_across_and_rows_that_begin_later() -> None:
    found = only_table(
        table(
            cell("甲", '<w:hMerge w:val="restart"/>') + cell("", '<w:hMerge w:val="continue"/>') + cell("乙"),
            '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("丙") + cell("丁"),
        )
    )
    assert grid(found) == [["甲", "甲", "乙"], [None, "丙", "丁"]]


def test_a_repeated_header_row_is_marked() -> None:
    found = only_table(table("<w:trPr><w:tblHeader/></w:trPr>" + cell("类别"), cell("重点目标")))
    assert [(c.text, c.is_header) for c in found.cells] == [("类别", True), ("重点目标", False)]


def test_lines_lists_and_tables_inside_a_cell_are_its_lines() -> None:
    def write(document: Document) -> None:
        inside = document.add_table(1, 1).cell(0, 0)
        inside.text = "一是办结率96%；"
        inside.add_paragraph("二是培训4次。", style="List Number")
        inside.add_paragraph("第一行").add_run().add_break()
        inside.paragraphs[-1].add_run("第二行")
        inner = inside.add_table(2, 2)
        for n, text in enumerate("甲乙丙丁"):
            inner.cell(n // 2, n % 2).text = text

    (found,) = tables(read("a.docx", docx_bytes(write)))
    assert found.cells[0].text == "一是办结率96%；\n1.二是培训4次。\n第一行\n第二行\n甲\t乙\n丙\t丁"


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框中的话</w:t></w:r></w:p></w:txbxContent>"
    found = read(
        "a.docx",
        docx_of(
            '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>正文</w:t></w:r>'
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert texts(found) == ["正文", "框中的话"]


def test_insertions_count_and_deletions_do_not() -> None:
    found = read(
        "a.docx",
        docx_of(
            "<w:p><w:r><w:t>办结率达到</w:t></w:r>"
            "<w:del><w:r><w:delText>95%</w:delText></w:r></w:del><w:ins><w:r><w:t>96%</w:t></w:r></w:ins>"
            "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>以上</w:t></w:r></w:moveTo></w:p>"
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell("删去的行") + "</w:tr>"
            "<w:tr>" + cell("留下的行") + "</w:tr></w:tbl>"
        ),
    )
    assert texts(found) == ["办结率达到96%以上"]
    assert grid(tables(found)[0]) == [["留下的行"]]


def test_hidden_text_and_field_codes_are_left_out_and_their_results_kept() -> None:
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    found = read(
        "a.docx",
        docx_of(
            "<w:p>"
            + run.format("<w:rPr><w:vanish/></w:rPr>", "隐藏")
            + run.format('<w:rPr><w:vanish w:val="0"/></w:rPr>', "显示")
            + "<w:r><w:instrText>DATE</w:instrText></w:r>"
            "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
            "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        ),
    )
    assert texts(found) == ["显示链接控件"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2019年度市某局业务目标", "2019年度市某局业务目标"),
        ("公文通报模板", None),
        ("张某", None),
        ("report 2019", None),
        ("", None),
    ],
)
def test_the_title_among_the_properties_counts_where_it_is_the_document_s(
    stated: str, expected: str | None
) -> None:
    def write(document: Document) -> None:
        document.core_properties.title = stated
        document.add_paragraph("正文")

    assert read("a.docx", docx_bytes(write)).title == expected


@pytest.mark.parametrize(
    "kind",
    [
        "vnd.ms-word.document.macroEnabled.main+xml",
        "vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_documents_with_macros_and_templates_are_read_without_their_macros(kind: str) -> None:
    plain = docx_bytes(lambda d: d.add_paragraph("目标正文"))
    with zipfile.ZipFile(BytesIO(plain)) as package:
        types = package.read("[Content_Types].xml").replace(PLAIN.encode(), kind.encode())
    parts = {"[Content_Types].xml": types, "word/vbaProject.xml": b"<macro/>"}
    content = with_parts(plain, parts)
    assert texts(read("a.docm", content)) == ["目标正文"]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {
                "word/document.xml": b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
            },
            "Strict Open XML",
        ),
        ({"word/document.xml": b"<w:document"}, "已损坏"),
        ({"[Content_Types].xml": b"<Types/>"}, "已损坏"),
        ({"word/styles.xml": b"<x>" * 5}, "已损坏"),
        (
            {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'},
            "实体声明",
        ),
    ],
)
def test_what_cannot_be_opened_gets_its_sentence(parts: dict[str, bytes], sentence: str) -> None:
    content = with_parts(docx_bytes(lambda d: d.add_paragraph("正文")), parts)
    with pytest.raises(UnreadableFile, match=sentence):
        read("a.docx", content)


def test_more_paragraphs_than_any_document_has(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.readers import docx as reader

    monkeypatch.setattr(reader._Left, "__init__", lambda self: setattr(self, "number", 3))
    body = "<w:p/>" * 3
    assert texts(read("a.docx", docx_of(body))) == []
    with pytest.raises(UnreadableFile, match="请拆分后再读取"):
        read("a.docx", docx_of(body + "<w:p/>"))

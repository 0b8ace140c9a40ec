from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from corpus.errors import UnreadableFile
from corpus.model import Place
from ingest.readers import xlsx_parts
from tests.ingest.readers.making import (
    grid,
    read,
    sentences,
    shape,
    tables,
    with_parts,
    xlsx_bytes,
    xlsx_of,
)

if TYPE_CHECKING:
    from openpyxl import Workbook


def sheet_of(workbook: Workbook) -> Any:
    return workbook.active


def test_title_rows_merges_both_ways_and_displayed_values() -> None:
    def write(workbook: Workbook) -> None:
        sheet = sheet_of(workbook)
        sheet.title = "2019年"
        sheet.append(["2019年度市某局业务目标"])
        sheet.merge_cells("A1:D1")
        sheet.append(["类别", "序号", "目标内容", "目标值"])
        sheet.append(["重点目标", 1, "办结率", 0.96])
        sheet.append([None, 2, "完成日期", date(2019, 12, 1)])
        sheet.merge_cells("A3:A4")
        sheet["D3"].number_format = "0%"

    (table,) = tables(read("a.xlsx", xlsx_bytes(write)))
    assert table.place == Place(sheet="2019年", table=1)
    assert [shape(c) for c in table.cells if c.row in {0, 2, 3}] == [
        ("2019年度市某局业务目标", 0, 0, 1, 4),
        ("重点目标", 2, 0, 2, 1),
        ("1", 2, 1, 1, 1),
        ("办结率", 2, 2, 1, 1),
        ("96%", 2, 3, 1, 1),
        ("2", 3, 1, 1, 1),
        ("完成日期", 3, 2, 1, 1),
        ("2019年12月1日", 3, 3, 1, 1),
    ]
    assert table.cells[-1].place == Place(sheet="2019年", table=1, row=4)


def test_each_visible_sheet_is_a_table_and_a_hidden_one_a_problem() -> None:
    def write(workbook: Workbook) -> None:
        sheet_of(workbook)["A1"] = "甲"
        workbook.create_sheet("草稿")["A1"] = "乙"
        workbook["草稿"].sheet_state = "veryHidden"
        workbook.create_sheet("空")
        workbook.create_sheet("2020")["A1"] = "丙"

    found = read("a.xlsx", xlsx_bytes(write))
    assert [(t.place.sheet, t.cells[0].text) for t in tables(found)] == [("Sheet", "甲"), ("2020", "丙")]
    assert sentences(found) == ["工作表“草稿”是隐藏的，未读取；如需读取请先取消隐藏。"]


def test_hidden_rows_and_columns_are_left_out_and_named() -> None:
    def write(workbook: Workbook) -> None:
        sheet = sheet_of(workbook)
        for row in range(1, 6):
            sheet.append([f"{row}{letter}" for letter in "ABCD"])
        sheet.merge_cells("A2:A4")
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["B"].hidden = True

    found = read("a.xlsx", xlsx_bytes(write))
    (table,) = tables(found)
    assert grid(table) == [
        ["1A", "1C", "1D"],
        ["2A", "2C", "2D"],
        ["2A", "4C", "4D"],
        ["5A", "5C", "5D"],
    ]
    assert [c.place.row for c in table.cells if c.column == 1] == [1, 2, 4, 5]
    assert sentences(found) == [
        "工作表“Sheet”第 3 行是隐藏的，未读取；如需读取请先取消隐藏。",
        "工作表“Sheet”第 B 列是隐藏的，未读取；如需读取请先取消隐藏。",
    ]


def test_a_merged_cell_whose_first_row_is_hidden_stands_in_the_next() -> None:
    def write(workbook: Workbook) -> None:
        sheet = sheet_of(workbook)
        sheet.append(["重点目标", "甲"])
        sheet.append([None, "乙"])
        sheet.merge_cells("A1:A2")
        sheet.row_dimensions[1].hidden = True

    (table,) = tables(read("a.xlsx", xlsx_bytes(write)))
    assert grid(table) == [["重点目标", "乙"]]


def test_formulas_show_their_result_and_those_without_one_are_a_problem() -> None:
    rows = (
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+2</f></c>'
        '<c r="C1"><f>1+3</f><v/></c><c r="D1" t="str"><f>""</f><v></v></c>'
        '<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    )
    found = read("a.xlsx", xlsx_of(rows))
    assert grid(tables(found)[0]) == [["2"]]
    assert sentences(found) == [
        "单元格 B1、C1 的公式没有保存计算结果，按空白读取；请用 Excel 或 WPS 打开并保存一次。",
        "工作表“Sheet”单元格 E1 的公式结果是错误值，按空白读取；请改正公式后再读取。",
    ]


def test_rich_text_and_line_breaks_in_a_cell() -> None:
    rows = (
        '<sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><r><t>办结率</t></r><r><t>96%&#10;以上</t></r></is></c>'
        '<c r="B1" t="b"><v>1</v></c></row></sheetData>'
    )
    assert grid(tables(read("a.xlsx", xlsx_of(rows)))[0]) == [["办结率96%\n以上", "是"]]


def test_a_workbook_with_macros_is_read_without_them() -> None:
    plain = xlsx_bytes(lambda workbook: sheet_of(workbook).append(["目标"]))
    content = with_parts(plain, {"xl/vbaProject.xml": b"<macro/>"})
    assert grid(tables(read("a.xlsm", content))[0]) == [["目标"]]


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>", "合并单元格覆盖的单元格过多"),
        ('<mergeCells><mergeCell ref="A1:&#88;FD1048576"/></mergeCells>', "合并单元格覆盖的单元格过多"),
        ('<mergeCells><mergeCell ref="A:B"/></mergeCells>', "已损坏"),
        ('<mergeCells><mergeCell ref="?"/></mergeCells>', "已损坏"),
        ('<sheetData><row r="1"><c r="A1"><v>x</v></c></row></sheetData>', "已损坏"),
        (
            '<dataValidations><dataValidation sqref="' + "A1 " * 70_000 + '"/></dataValidations>',
            "数据验证过多",
        ),
        ("<sheetData><row><c>", "已损坏"),
        (
            '<sheetData><row r="1"/><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            "表格过大",
        ),
    ],
)
def test_sheets_that_ask_for_too_much_or_contradict_themselves(sheet: str, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read("a.xlsx", xlsx_of(sheet))


def test_more_cells_than_any_workbook_of_targets_has(monkeypatch: pytest.MonkeyPatch) -> None:
    content = xlsx_bytes(lambda workbook: sheet_of(workbook).append(list("甲乙丙")))
    monkeypatch.setitem(xlsx_parts._TOO_MANY, "c", (2, "单元格"))
    with pytest.raises(UnreadableFile, match="单元格过多，未读取；请只保留需要的工作表"):
        read("a.xlsx", content)


def test_the_strict_form_gets_its_sentence() -> None:
    strict = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
    content = with_parts(xlsx_bytes(lambda _: None), {"xl/workbook.xml": strict})
    with pytest.raises(UnreadableFile, match="Strict Open XML"):
        read("a.xlsx", content)

from __future__ import annotations

from datetime import date

import pytest
import xlwt

from corpus.errors import UnreadableFile
from corpus.model import Place
from ingest.readers import office, xls
from ingest.readers.contract import Extract, Source
from tests.ingest.readers.making import grid, read, sentences, shape, tables, xls_bytes


def test_merges_formats_and_places() -> None:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("2011年")
        sheet.write_merge(0, 0, 0, 2, "2011年度市某局业务目标")
        sheet.write_merge(1, 2, 0, 0, "重点目标")
        sheet.write(1, 1, "办结率")
        sheet.write(1, 2, 0.965, xlwt.easyxf(num_format_str="0.0%"))
        sheet.write(2, 1, "完成日期")
        sheet.write(2, 2, date(2011, 12, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(3, 1, 12, xlwt.easyxf(num_format_str='0"件"'))
        sheet.write(3, 2, True)

    (table,) = tables(read("a.xls", xls_bytes(write)))
    assert [shape(c) for c in table.cells] == [
        ("2011年度市某局业务目标", 0, 0, 1, 3),
        ("重点目标", 1, 0, 2, 1),
        ("办结率", 1, 1, 1, 1),
        ("96.5%", 1, 2, 1, 1),
        ("完成日期", 2, 1, 1, 1),
        ("2011年12月1日", 2, 2, 1, 1),
        ("12件", 3, 1, 1, 1),
        ("是", 3, 2, 1, 1),
    ]
    assert (table.place, table.cells[-1].place.row) == (Place(sheet="2011年", table=1), 4)


def test_what_is_hidden_or_failed_is_left_out_and_named() -> None:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("表")
        for row in range(3):
            for column in range(3):
                sheet.write(row, column, f"{row}{column}")
        sheet.row(1).hidden = True
        sheet.col(0).hidden = True
        workbook.add_sheet("草稿").write(0, 0, "x")
        workbook.get_sheet(1).visibility = 1

    found = read("a.et", xls_bytes(write))
    (table,) = tables(found)
    assert grid(table) == [["01", "02"], ["21", "22"]]
    assert [c.place.row for c in table.cells] == [1, 1, 3, 3]
    assert sentences(found) == [
        "工作表“表”第 2 行是隐藏的，未读取；如需读取请先取消隐藏。",
        "工作表“表”第 A 列是隐藏的，未读取；如需读取请先取消隐藏。",
        "工作表“草稿”是隐藏的，未读取；如需读取请先取消隐藏。",
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (1700, r"工作簿“a.xls”的工作表“表”单元格过多，未读取；请只保留需要的区域后再读取。"),
        (9000, r"工作簿“a.xls”的单元格过多，未读取；请只保留需要的区域后再读取。"),
    ],
)
def test_merges_as_large_as_the_sheet(rows: int, sentence: str) -> None:
    def write(workbook: xlwt.Workbook) -> None:
        sheet = workbook.add_sheet("表")
        sheet.write(65535, 255, "远")
        sheet.merge(0, rows, 0, 254)

    with pytest.raises(UnreadableFile, match=sentence):
        read("a.xls", xls_bytes(write))


def test_a_damaged_workbook_is_refused_but_an_et_is_tried_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = xls_bytes(lambda workbook: workbook.add_sheet("表"))[:1500]
    with pytest.raises(UnreadableFile, match="已损坏或不完整，无法打开"):
        xls.read(Source("a.xls", damaged))
    monkeypatch.setattr(office, "read_workbook", lambda source: Extract(title=source.name))
    assert xls.read(Source("a.et", damaged)).title == "a.et"

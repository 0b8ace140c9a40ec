"""Write the samples whose formats are not text: `python -m tests.golden.make_samples`.

The files are kept beside their labels; this shows what they hold and makes them again after a change.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from docx import Document
from docx.table import Table
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SAMPLES: Final = Path(__file__).parent / "samples"
PAGE: Final = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>市港航局2015年业务目标-某市政府信息公开网</title>
<style>td {border: 1px solid}</style><script>var items = "目标";</script></head>
<body>
<ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul>
<h1>市港航局2015年业务目标</h1>
<p>发布日期：2015-03-10　字体：【大 中 小】</p>
<table>
<tr><th>类别</th><th>序号</th><th>目标名称</th><th>目标内容</th><th>责任单位</th></tr>
<tr><td rowspan="2">重点<br>目标</td><td>1</td><td>港口生产</td>
<td><p>全年货物吞吐量达到4.6亿吨，</p><p>集装箱吞吐量突破1700万标箱。</p></td><td>港口处、市港务集团</td></tr>
<tr><td>2</td><td>航道养护</td><td>疏浚航道38公里，航标正常率&ge;99%。</td><td>航道处</td></tr>
<tr><td>创优目标</td><td>1</td><td>口岸提效</td><td>集装箱进口通关时间压缩30%。</td><td>口岸处</td></tr>
<tr><td colspan="5">标杆城市：宁波市　标杆值：宁波市集装箱进口通关时间压缩28%。</td></tr>
</table>
<div>打印本页 关闭窗口</div><div>版权所有：某市政府办公室</div>
</body></html>
"""
FIRST: Final = (
    ("类别", "序号", "目标名称", "目标内容", "责任单位"),
    (
        "重点目标",
        "1",
        "公路建设",
        "1.新改建农村公路210公里。\n2.国省道优良路率保持在92%以上。",
        "市公路局\n各区（市）政府",
    ),
    ("", "2", "公交优先", "新增公交线路8条、公交车600辆，公交出行分担率提高2个百分点。", "客运处"),
    ("类别", "序号", "目标名称", "目标内容", "责任单位"),
    ("", "3", "行业安全", "道路运输死亡人数较上年（12人）只减不增，隐患整改率100%。", "安全处"),
)
CARD_HEAD: Final = (
    ("填报单位", "市园林和林业局", "年度", "2016"),
    ("联系人", "李某某", "联系电话", "80003333"),
)
SMALL_CARD: Final = (
    ("目标名称", "古树名木保护"),
    ("目标内容", "1.设立古树保护牌45块。\n2.古树名木挂牌率达到100%。"),
    ("制定依据", "《城市古树名木保护管理办法》"),
    ("责任处室", "绿化处"),
    ("完成时限", "11月底"),
)
LARGE_CARD: Final = (
    ("类别", "创优目标", "序号", "2"),
    ("目标名称", "口袋公园建设", "责任处室", "规划处\n建设处"),
    ("目标内容", "新建口袋公园26处，公园绿地服务半径覆盖率提高到88%以上。", "", ""),
    ("对标情况", "标杆城市", "成都市", ""),
    ("", "标杆值", "公园绿地服务半径覆盖率90%", ""),
    ("资金渠道", "市财政", "分值", "6"),
)
SECOND: Final = (
    ("序号", "目标名称", "目标内容", "标杆城市", "标杆值"),
    ("1", "智慧出行", "公交到站预报准确率不低于95%。", "杭州", "预报准确率93%"),
    ("2", "绿色运输", "清洁能源公交车占比达到八成以上。", "深圳", "清洁能源公交车占比100%"),
)


def main() -> None:
    """Write all of them."""
    (SAMPLES / "gbk_page.html").write_bytes(PAGE.encode("gb18030"))
    _word()
    _forms()
    _workbook()


def _word() -> None:
    document = Document()
    document.add_paragraph("2018年度市直单位业务目标")
    document.add_paragraph("单位名称：市交通运输局    联系人：周某某    联系电话：80002222")
    document.add_heading("一、职能任务", level=2)
    first = _filled(document.add_table(len(FIRST), len(FIRST[0])), FIRST)
    first.cell(1, 0).merge(first.cell(2, 0))
    document.add_paragraph("以下目标由局党委会审定后上报。")
    document.add_heading("二、创优目标", level=2)
    _filled(document.add_table(len(SECOND), len(SECOND[0])), SECOND)
    document.add_paragraph("")  # Word ends every body with one; without it LibreOffice loses the table
    document.save(str(SAMPLES / "merged_cells.docx"))


def _filled(table: Table, rows: tuple[tuple[str, ...], ...]) -> Table:
    for number, texts in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, texts, strict=True):
            lines = text.split("\n")
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
    return table


def _forms() -> None:
    document = Document()
    document.add_paragraph("2016年度业务目标登记表")
    _filled(document.add_table(len(CARD_HEAD), 4), CARD_HEAD)
    document.add_heading("一、重点目标", level=2)
    _filled(document.add_table(len(SMALL_CARD), 2), SMALL_CARD)
    document.add_heading("二、创优目标", level=2)
    large = _filled(document.add_table(len(LARGE_CARD), 4), LARGE_CARD)
    large.cell(2, 1).merge(large.cell(2, 3))
    large.cell(3, 0).merge(large.cell(4, 0))
    for row in (3, 4):
        large.cell(row, 2).merge(large.cell(row, 3))
    document.add_paragraph("2016年2月20日")
    document.save(str(SAMPLES / "forms.docx"))


def _workbook() -> None:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _sheet(workbook.create_sheet("2019年"), 2019, (0.955, 40, 10, date(2019, 11, 30)))
    _sheet(workbook.create_sheet("2020年"), 2020, (0.97, 44, 8, date(2020, 10, 31)))
    workbook.save(SAMPLES / "sheet_a_year.xlsx")


def _sheet(sheet: Worksheet, year: int, values: tuple[float, int, int, date]) -> None:
    rate, issues, days, until = values
    rows = (
        (f"市统计局{year}年业务目标",),
        ("填报单位：市统计局",),
        ("类别", "序号", "指标名称", "考核内容", "目标值", "计量单位", "完成时限", "权重"),
        ("重点目标", 1, "联网直报率", "督促企业按时报送统计报表。", rate, "%", None, 0.3),
        (None, 2, "统计分析", "编写统计分析，服务领导决策。", issues, "篇", until, 0.25),
        ("创优目标", 1, "快报时限", "月度快报在次月上报。", f"≤{days}", "天", None, 0.15),
    )
    for row in rows:
        sheet.append(row)
    for merged in ("A1:H1", "A2:H2", "A4:A5"):
        sheet.merge_cells(merged)
    sheet["E4"].number_format = "0.0%"
    sheet["G5"].number_format = 'yyyy"年"m"月"d"日"'
    for row_number in (4, 5, 6):
        sheet.cell(row_number, 8).number_format = "0%"


if __name__ == "__main__":
    main()

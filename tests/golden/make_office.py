"""Write the samples of office formats as people fill them: `python -m tests.golden.make_office`."""

from __future__ import annotations

from datetime import date
from typing import Final

from docx import Document
from docx.oxml import parse_xml
from docx.table import Table
from openpyxl import Workbook

from tests.golden.make_samples import SAMPLES

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOX: Final = (
    f'<w:p {_W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>2021年度业务目标</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>单位名称：市退役军人事务局</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
TASKS: Final = (
    ("序号", "目标名称", "目标内容", "责任单位"),
    ("1", "就业帮扶", ("举办专场招聘会24场；", "培训退役军人1500人，就业率不低于90%。"), "就业处"),
    ("2", "走访慰问", ("走访慰问重点优抚对象4000人。",), "优抚处"),
)
SERVICES: Final = (
    ("序号", "目标名称", "目标内容", "标杆城市", "标杆值"),
    ("3", "站点建设", ("示范型服务站创建率达到75%。",), "潍坊", "示范型服务站创建率70%"),
)
NESTED: Final = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>市商务局2018年业务目标</title></head><body>
<table class="frame"><tr><td class="menu"><table><tr><td><a href="/">首页</a></td></tr>
<tr><td><a href="/xxgk">信息公开</a></td></tr></table></td>
<td class="main"><div>当前位置：首页 &gt; 信息公开 &gt; 业务目标</div><h2>市商务局2018年业务目标</h2>
<div>来源：市商务局　发布时间：2018-04-16　浏览次数：120</div>
<table border="1">
<tr><th rowspan="2">类别</th><th rowspan="2">序号</th><th rowspan="2">目标名称</th>
<th rowspan="2">目标内容</th>
<th colspan="2">对标情况</th></tr>
<tr><th>标杆城市</th><th>标杆值</th></tr>
<tr><td rowspan="2">重点目标</td><td>1</td><td>利用外资</td>
<td>实际利用外资达到18亿美元，新设外资企业110家以上。</td><td></td><td></td></tr>
<tr><td>2</td><td>消费促进</td>
<td><table><tr><td>社会消费品零售总额增长9%；</td></tr><tr><td>举办促消费活动36场。</td></tr></table></td>
<td>成都</td><td>社会消费品零售总额增长8.5%</td></tr>
<tr><td>创优目标</td><td>1</td><td>备案提速</td><td>外资备案由3个工作日缩短至1个工作日。</td><td></td><td></td></tr>
</table></td></tr></table>
<p>【打印】【关闭】</p><div class="foot">主办：某市人民政府　网站地图</div></body></html>
"""


def main() -> None:
    """Write all of them."""
    (SAMPLES / "nested_tables.html").write_bytes(NESTED.encode())
    _word()
    _workbook()


def _word() -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(_BOX))
    document.add_heading("一、重点工作", level=2)
    _fill(document.add_table(len(TASKS), len(TASKS[0])), TASKS)
    document.add_paragraph("上述工作每季度通报一次。")
    document.add_heading("二、服务体系", level=2)
    _fill(document.add_table(len(SERVICES), len(SERVICES[0])), SERVICES)
    document.add_paragraph("")
    document.save(str(SAMPLES / "text_box_and_lists.docx"))


def _fill(table: Table, rows: tuple[tuple[str | tuple[str, ...], ...], ...]) -> None:
    """Fill a table; several lines of a cell are a numbered list."""
    for number, texts in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, texts, strict=True):
            lines = (text,) if isinstance(text, str) else text
            cell.text = lines[0]
            if len(lines) > 1:
                cell.paragraphs[0].style = "List Number"
            for line in lines[1:]:
                cell.add_paragraph(line, style="List Number")


def _workbook() -> None:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet("目标分解")
    rows = (
        ("附件2",),
        ("2023年度市医疗保障局业务目标分解表",),
        (None, None, None, None, "单位：%、件、日期"),
        ("序号", "指标名称", "考核内容", "目标值", "计量单位", "完成时限", "责任单位", "分值"),
        (1, "参保率", "巩固基本医疗保险参保规模。", 0.982, None, date(2023, 12, 31), "待遇处", 20),
        (2, "旧指标", "此行已作废。", 0.5, None, None, "办公室", 0),
        (3, "基金监管", "查处违规医药机构。", 260, "家", date(2023, 11, 15), "监管处", 15),
        (4, "结算提速", "医疗费用拨付时限。", "≤20", "个工作日", None, "结算中心", 10),
        ("合计", None, None, None, None, None, None, 45),
    )
    for row in rows:
        sheet.append(row)
    for merged in ("A1:H1", "A2:H2", "E3:H3", "A9:G9"):
        sheet.merge_cells(merged)
    sheet["D5"].number_format = "0.0%"
    sheet["D6"].number_format = "0%"
    for cell in ("F5", "F7"):
        sheet[cell].number_format = "yyyy/m/d"
    sheet.row_dimensions[6].hidden = True
    hidden = workbook.create_sheet("上年数据")
    hidden.append(["序号", "指标名称", "考核内容"])
    hidden.append([1, "参保率", "上年完成97.5%。"])
    hidden.sheet_state = "hidden"
    workbook.save(SAMPLES / "hidden_rows.xlsx")


if __name__ == "__main__":
    main()

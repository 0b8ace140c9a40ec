from __future__ import annotations

from corpus.model import Status
from ingest.readers.contract import Source
from ingest.reading import read_source

REPORT = """2021年政府工作报告
——2021年1月12日在某市第十六届人民代表大会第五次会议上
各位代表：
现在，我代表市人民政府向大会报告工作，请予审议。
一、在奋力拼搏中实现良好开端
城市建设取得成效，新建公园8个，改造道路12公里，城市面貌焕然一新，群众生活更加便利。
产业发展提速，新增高新技术企业50家，技术合同成交额30亿元，研发投入强度进一步提高。
二、2021年工作安排
城市建设再上台阶，新建公园9个，改造道路15公里，让城市更加宜居，让群众生活更加便利。
产业发展再提速，新增高新技术企业60家，技术合同成交额40亿元，研发投入强度继续提高。
"""


def test_the_review_that_opens_a_report_is_past_though_its_heading_does_not_say_so() -> None:
    (document,) = read_source(Source("某市报告.txt", REPORT.encode(), ())).documents
    statuses = [{indicator.status for indicator in item.indicators} for item in document.items]
    assert document.year == 2021
    assert statuses == [{Status.ACHIEVED}] * 2 + [{Status.PROMISED}] * 2

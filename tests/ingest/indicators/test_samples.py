"""The cells of the two sample documents, labelled by reading them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import TargetItem
from ingest.indicators import find_indicators

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "corpus" / "documents"
REPORTS = ROOT.parent / "shared" / "data" / "reports"

Read = tuple[str | None, str, float, str | None]


def cell(file: str, opening: str) -> TargetItem:
    lines = (DOCUMENTS / file).read_text(encoding="utf-8").splitlines()
    (content,) = (line.strip() for line in lines if line.strip().startswith(opening))
    return TargetItem(category=None, number=None, name=None, content=content.removesuffix(" |"))


def brief(item: TargetItem, year: int) -> list[Read]:
    return [(i.name, i.op.value, i.value, i.unit) for i in find_indicators(item, year)]


FIRST: dict[str, list[Read]] = {
    "加快公文运转": [("请示报告类公文办结率", ">=", 96, "%"), ("市政府文件数量", "decrease", 10, "%")],
    "组织召开全市“项目": [("全市性工作会议数量", "<=", 16, "次")],
    "督查落实市政府重要": [
        ("办结（办复）率", ">=", 96, "%"),
        ("《政府工作报告》公开挂牌事项", "=", 33, "项"),
        ("市办实事", "=", 10, "件"),
    ],
    "加大信息上报力度": [("参阅信息", ">=", 100, "篇"), ("各级领导批示", ">=", 60, "条次")],
    "加强对政府系统承办": [("政府系统建议提案办复率", "=", 100, "%")],
    "贯彻落实国家、省要求": [],
    "修订完善政务公开": [
        ("经验做法", ">=", 80, "篇"),
        ("新闻发布会", ">=", 50, "场"),
        ("全覆盖检查", "=", 100, "%"),
    ],
    "制定《全市政府系统": [],
    "做好国务院、省级取消": [],
    "胶东国际机场": [],
    "结合“我为群众": [],
    "对照国家和省相关": [],
}
SECOND: dict[str, list[Read]] = {
    "建立公文处理定期": [
        ("公文按期办结率", ">=", 95, "%"),
        ("青政发和青政办发两类公文总数", "<=", 120, "件"),
        ("全市性工作会议", "<=", 55, "次"),
    ],
    "修订《市政府工作规则》": [
        ("政务信息", "=", 450, "期"),
        ("市政府领导批示", ">=", 130, "条次"),
        ("市政府新闻发布会", "=", 30, "次"),
        ("政务调研报告", ">=", 30, "篇"),
    ],
    "实行全程跟踪调度": [
        ("政府工作报告公开挂牌督办事项", "=", 33, "项"),
        ("市办实事项目", "=", 10, "件"),
        ("政府系统人大代表建议、政协提案按期办复率", "=", 100, "%"),
        ("提案面复率", "=", 100, "%"),
    ],
    "整合政务服务热线": [
        ("局长(主任)接话活动", "=", 4, "次"),
        ("政务服务热线按期回复率", "=", 98, "%"),
        ("网上信箱按期回复率", "=", 97, "%"),
    ],
    "实施“政府二次上网”": [
        ("第三方评价", "=", 1, "次"),
        ("常态化网络在线问政工作", ">=", 500, "场次"),
        ("平均审核通过率", ">=", 90, "%"),
        ("平均回复率", ">=", 95, "%"),
    ],
    "组织开展2012年度": [],
    "规划建设3处": [
        ("食品集中加工园区", "=", 3, "处"),
        ("试点区“五小”食品生产经营单位普查建档率", ">=", 95, "%"),
        ("食品安全质量定性定量检测", ">=", 60000, "批次"),
    ],
    "修订《青岛市扶持展览业": [
        ("展览用展面积", ">", 1_200_000, "平方米"),
        ("高端品牌会议", ">=", 3, "个"),
    ],
    "规范企业进出口": [
        ("培训进出口企业", "=", 2000, "家"),
        ("群众举报来话办结率", "=", 100, "%"),
    ],
    "制定固定资产投资": [
        ("政府审批时限", "increase", 60, "%"),
        ("需前置审批的服务业项目政府审批时限", "increase", 75, "%"),
    ],
    "统筹推动对内外招商": [],
}


@pytest.mark.parametrize("opening", FIRST)
def test_document_of_2021(opening: str) -> None:
    assert brief(cell("000_5a4ffe0494ebd202.txt", opening), 2021) == FIRST[opening]


@pytest.mark.parametrize("opening", SECOND)
def test_document_of_2012(opening: str) -> None:
    assert brief(cell("002_7bb5ada4633d9ee4.txt", opening), 2012) == SECOND[opening]


def test_frequency_and_deadline_are_kept() -> None:
    inspections = find_indicators(cell("000_5a4ffe0494ebd202.txt", "修订完善政务公开"), 2021)[-1]
    assert inspections.period == "每季度"
    reviews = find_indicators(cell("002_7bb5ada4633d9ee4.txt", "实施“政府二次上网”"), 2012)[0]
    assert reviews.deadline == "2012年年底前"


def test_real_reports_are_read_with_exact_spans() -> None:
    if not REPORTS.is_dir():
        pytest.skip("the collection of reports is not beside the checkout")
    found = 0
    for path in sorted(REPORTS.glob("*/2019.md"))[:4]:
        for paragraph in path.read_text(encoding="utf-8").splitlines():
            item = TargetItem(category=None, number=None, name=None, content=paragraph)
            for indicator in find_indicators(item, 2019):
                assert paragraph[indicator.span.start : indicator.span.end] == indicator.text
                found += 1
    assert found > 1000

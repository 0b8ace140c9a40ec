"""Fourth stage: what a figure quantifies."""

from __future__ import annotations

import pytest

from corpus.model import TargetItem
from ingest.indicators import find_indicators
from ingest.indicators.naming import distributed_names


def names(content: str, name: str | None = None) -> list[str | None]:
    item = TargetItem(category=None, number=None, name=name, content=content)
    return [indicator.name for indicator in find_indicators(item, 2021)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("全年请示报告类公文办结率达到96%以上", ["请示报告类公文办结率"]),
        ("全年公文按期办结率95%以上", ["公文按期办结率"]),
        ("办结（办复）率不低于96%", ["办结（办复）率"]),
        ("获各级领导批示不少于60条次", ["各级领导批示"]),
        ("协调组织召开新闻发布会50场以上", ["新闻发布会"]),
        ("编报《信息专报》《专题调查》等参阅信息100篇以上", ["参阅信息"]),
        ("推动10件市办实事如期完成", ["市办实事"]),
        ("督办落实《政府工作报告》33项公开挂牌事项", ["《政府工作报告》公开挂牌事项"]),
        ("开展4次局长（主任）接话活动", ["局长（主任）接话活动"]),
        ("筹划500场次以上的常态化网络问政工作", ["常态化网络问政工作"]),
        ("积极向上级报送经验做法，全年不少于80篇", ["经验做法"]),
        ("年内展览用展面积突破120万平方米", ["展览用展面积"]),
        ("组织培训4次", ["培训"]),
        ("农业总产值134亿元，“九五”期间年均增长5.6%", ["农业总产值", "农业总产值"]),
        ("改善环境。   （2）拓展智能服务6万人", ["智能服务"]),
        ("人均受教育年限达到10.5年；实施3年行动计划", ["人均受教育年限"]),
        ("改造老旧小区704个、口袋公园12个", ["老旧小区", "口袋公园"]),
        ("新增金融机构59家、达280家", ["新增金融机构", "金融机构"]),
        ("新增养老床位2.1万张，总数达6.8万张", ["新增养老床位", "养老床位总数"]),
        ("旅游总收入35.7亿元，增长16.1%", ["旅游总收入", "旅游总收入"]),
        ("开工安置房300万平方米、竣工100万平方米", ["安置房", "安置房"]),
        ("城镇化率达74.6%，比“十二五”末提高4.6个百分点", ["城镇化率", "城镇化率"]),
        ("总投资1493亿元的炼化一体化项目", ["炼化一体化项目总投资"]),
        ("每千名老人床位达到40张，营商环境评价进入全国前10名", ["每千名老人床位", "营商环境评价全国排名"]),
        ("办文零差错，审计全覆盖", ["办文差错", "审计"]),
        ("每季度开展全覆盖检查", ["全覆盖检查"]),
        ("建成再生水厂2座，再新建公园3处", ["再生水厂", "公园"]),
        ("建立价格监测点三十个", ["价格监测点"]),
        ("编纂出版年鉴1部，整理档案3.2万件，扫描档案150万页", ["年鉴", "档案", "扫描档案"]),
    ],
)
def test_name(content: str, expected: list[str]) -> None:
    assert names(content) == expected


def test_the_item_names_what_nothing_else_names() -> None:
    assert names("不少于50场。", name="新闻发布会") == ["新闻发布会"]
    assert names("不少于50场。") == [None]


def test_lists_are_distributed() -> None:
    assert distributed_names("热线、信箱、短信按期答复率", 3) == [
        "热线按期答复率",
        "信箱按期答复率",
        "短信按期答复率",
    ]
    assert distributed_names("城镇和农村居民收入", 2) == ["城镇居民收入", "农村居民收入"]
    assert distributed_names("改厕普及率、垃圾处理率", 2) == ["改厕普及率", "垃圾处理率"]
    assert distributed_names("城乡低保标准", 2) == ["城乡低保标准", "城乡低保标准"]


def test_figures_of_the_same_list_inherit_its_names() -> None:
    assert names("城镇、农村居民收入分别达到4万元、2万元，增长9%、10%") == [
        "城镇居民收入",
        "农村居民收入",
        "城镇居民收入",
        "农村居民收入",
    ]

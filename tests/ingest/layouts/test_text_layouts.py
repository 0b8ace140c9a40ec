"""Layouts 1 to 5 on sentences written for them; what is expected was worked out by reading."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from corpus.model import DocumentKind, Origin, TargetDocument, TargetItem
from ingest.layouts.contract import LayoutName
from ingest.readers.contract import Source
from ingest.reading import Reading, read_source

LABELLED = """市商务局2014年工作目标

发布日期：2014-03-05    字体大小: 打印

类别

序号

目标名称

目标内容

制定依据

工作目标

1

外贸稳增长

全年进出口总额增长6%以上，新增备案企业不少于300家。

1.2014年市政府工作报告；2.商务部2014年工作要点。

2

消费促进

组织开展购物节活动4次。

全年培训商贸企业负责人不少于200人次。

1.2014年市政府工作报告。

奋斗目标

1

口岸提效

通关时间压缩三分之一。

对标城市：宁波市。

上一篇：市科技局2014年工作目标
"""
PROGRESS = """2017年市教育局工作目标进展情况
信息来源：市教育局
序号
目标名称
目标内容
责任单位
进展情况
1
学前教育普惠工程
新建、改扩建幼儿园50所，普惠率达到80%以上。
市教育局、各区（市）政府
已开工42所，
完成投资3.2亿元。
2
中小学校舍建设
新增学位2万个。
市教育局
市财政局
新增学位1.1万个，完成目标的55%。
"""
NUMBERED = """市人事局2006年业务目标
第一项目标：完成公务员录用考试工作，全年录用不少于200人。
第二项目标：高层次人才引进
引进博士、硕士研究生800名以上。
建立人才公寓2处。
第三项目标：全年组织人才交流会40场，
达成意向1万人次。（责任单位：市人才服务中心）
第十二项目标：人事争议仲裁结案率达到95%。
标杆城市：大连市  标杆值：结案率97%
市人事局
2006年3月1日
"""
PLAN = """青政办发〔2013〕20号
青岛市人民政府办公厅关于印发2013年重点任务分解方案的通知
各区、市人民政府，市政府各部门：
现将重点任务分解如下，请认真抓好落实。
一、加快转型升级
（一）培育新兴产业。新增高新技术企业100家。（牵头单位：市科技局；责任单位：市发展改革委、市财政局，各区、市政府）
（二）扩大有效投资，固定资产投资增长15%左右。（牵头单位：市发展改革委）
二、改善民生
（三）促进就业
1.新增城镇就业30万人。（责任单位：市人力资源社会保障局；完成时限：12月底）
2.城镇登记失业率控制在4%以内。（市人力资源社会保障局负责）
（四）保障性住房建设
开工建设保障性住房2万套。
（牵头单位：市城乡建设委（市住房保障中心）；责任单位：市国土资源房管局）
三、有关要求
各级各部门要高度重视，加强领导。
市政府办公厅
2013年3月12日
"""
TWO_UNITS = """2015年度市直单位业务目标
单位名称：市公安局   联系人：某某   联系电话：66000000
\t类别
\t序号
\t目标名称
\t目标内容

\t重点目标
\t1
\t治安防控
\t刑事案件破案率提高5个百分点。

2015年度市直单位业务目标
单位名称：市司法局   联系人：某某   联系电话：66000001
\t类别
\t序号
\t目标名称
\t目标内容

\t重点目标
\t1
\t法律援助
\t办理法律援助案件3000件以上。
"""
TRADITIONAL = """2019年度市直單位業務目標
單位名稱：市衛生健康委
類別
序號
目標名稱
目標內容
標桿城市
標桿值
重點目標
1
家庭醫生簽約
重點人群簽約率達到70%以上。
廈門市
75%
"""


def read(text: str, name: str = "目标.txt") -> Reading:
    return read_source(Source(name, text.encode()))


def one(text: str) -> TargetDocument:
    (document,) = read(text).documents
    return document


def brief(item: TargetItem) -> tuple[str | None, ...]:
    return item.category, item.number, item.name, item.content


def test_one_cell_a_paragraph() -> None:
    document = one(LABELLED)
    assert [brief(item) for item in document.items] == [
        ("工作目标", "1", "外贸稳增长", "全年进出口总额增长6%以上，新增备案企业不少于300家。"),
        ("工作目标", "2", "消费促进", "组织开展购物节活动4次。\n全年培训商贸企业负责人不少于200人次。"),
        ("奋斗目标", "1", "口岸提效", "通关时间压缩三分之一。"),
    ]
    assert document.items[0].basis_text == "1.2014年市政府工作报告；2.商务部2014年工作要点。"
    assert document.items[2].benchmark_text == "对标城市：宁波市。"
    assert (document.unit, document.unit_origin) == ("市商务局", Origin.TITLE)
    assert (document.year, document.published) == (2014, "2014-03-05")


def test_columns_of_responsible_units_and_progress_without_categories() -> None:
    first, second = one(PROGRESS).items
    assert brief(first) == (None, "1", "学前教育普惠工程", "新建、改扩建幼儿园50所，普惠率达到80%以上。")
    assert first.responsible_units == ("市教育局", "各区（市）政府")
    assert first.progress == "已开工42所，\n完成投资3.2亿元。"
    assert second.responsible_units == ("市教育局", "市财政局")
    assert second.progress == "新增学位1.1万个，完成目标的55%。"


def test_numbered_targets_in_prose() -> None:
    reading = read(NUMBERED)
    assert reading.layout is LayoutName.NUMBERED
    items = reading.documents[0].items
    assert [item.number for item in items] == ["一", "二", "三", "十二"]
    assert items[0].content == "完成公务员录用考试工作，全年录用不少于200人。"
    assert brief(items[1])[2:] == ("高层次人才引进", "引进博士、硕士研究生800名以上。\n建立人才公寓2处。")
    assert items[2].content == "全年组织人才交流会40场，\n达成意向1万人次。"
    assert items[2].responsible_units == ("市人才服务中心",)
    assert items[3].content == "人事争议仲裁结案率达到95%。"
    assert items[3].benchmark_text == "标杆城市：大连市  标杆值：结案率97%"
    assert reading.documents[0].published == "2006-03-01"


def test_a_decomposition_plan() -> None:
    document = one(PLAN)
    assert document.kind is DocumentKind.PLAN
    assert document.doc_number == "青政办发〔2013〕20号"
    assert (document.city, document.unit) == ("青岛市", "青岛市人民政府办公厅")
    assert document.published == "2013-03-12"
    assert [(i.number, i.name, i.content, i.heading_path) for i in document.items] == [
        ("一", "培育新兴产业", "培育新兴产业。新增高新技术企业100家。", ("一、加快转型升级",)),
        ("二", None, "扩大有效投资，固定资产投资增长15%左右。", ("一、加快转型升级",)),
        ("1", None, "新增城镇就业30万人。", ("二、改善民生", "（三）促进就业")),
        ("2", None, "城镇登记失业率控制在4%以内。", ("二、改善民生", "（三）促进就业")),
        ("四", "保障性住房建设", "开工建设保障性住房2万套。", ("二、改善民生",)),
    ]
    assert [i.responsible_units for i in document.items] == [
        ("市科技局", "市发展改革委", "市财政局", "各区、市政府"),
        ("市发展改革委",),
        ("市人力资源社会保障局",),
        ("市人力资源社会保障局",),
        ("市城乡建设委（市住房保障中心）", "市国土资源房管局"),
    ]
    assert document.items[2].deadline == "12月底"


LISTED = "市体育局2016年工作目标\n\n1. 新建健身步道30公里。\n2. 举办群众赛事不少于50场。\n"


def test_a_short_list_under_the_words_of_targets_is_targets() -> None:
    document = one(LISTED)
    assert (document.kind, document.unit, document.year) == (DocumentKind.TARGETS, "市体育局", 2016)
    assert [brief(item)[1:] for item in document.items] == [
        ("1", None, "新建健身步道30公里。"),
        ("2", None, "举办群众赛事不少于50场。"),
    ]
    assert len(one(LISTED[: LISTED.index("2. ")]).items) == 1


def test_a_short_list_under_other_words_may_be_anything() -> None:
    with pytest.raises(UnreadableFile, match="没有找到目标表"):
        read(LISTED.replace("工作目标", "工作安排"))


def test_two_units_in_one_file_are_two_documents() -> None:
    documents = read(TWO_UNITS).documents
    assert [(d.unit, d.year, len(d.items)) for d in documents] == [
        ("市公安局", 2015, 1),
        ("市司法局", 2015, 1),
    ]
    assert documents[0].items[0].content == "刑事案件破案率提高5个百分点。"
    assert documents[1].items[0].content == "办理法律援助案件3000件以上。"
    assert "市司法局" not in documents[0].text
    assert "单位名称：市司法局" in documents[1].text


def test_traditional_headers_are_known_and_the_text_stays_as_written() -> None:
    document = one(TRADITIONAL)
    (item,) = document.items
    assert brief(item) == ("重點目標", "1", "家庭醫生簽約", "重點人群簽約率達到70%以上。")
    assert item.benchmark_text == "标杆城市：廈門市\n标杆值：75%"
    assert (document.unit, document.unit_origin) == ("市衛生健康委", Origin.HEADER)


def test_categories_in_lines_of_their_own_without_a_column() -> None:
    text = (
        "序号\n目标名称\n目标内容\n一、重点目标\n1\n甲工作\n完成甲事3件。\n"
        "二、创优目标\n1\n乙工作\n完成乙事4件。"
    )
    assert [brief(item) for item in one(text).items] == [
        ("一、重点目标", "1", "甲工作", "完成甲事3件。"),
        ("二、创优目标", "1", "乙工作", "完成乙事4件。"),
    ]


def test_labelled_lines_belong_to_the_row_before() -> None:
    text = (
        "序号\n目标名称\n目标内容\n1\n甲工作\n完成甲事3件。\n标杆城市：苏州市\n标杆值：5件\n责任单位：市甲局、市乙局\n"
        "完成时限：6月底\n2\n乙工作\n完成乙事4件。"
    )
    first, second = one(text).items
    assert first.content == "完成甲事3件。"
    assert first.benchmark_text == "标杆城市：苏州市\n标杆值：5件"
    assert (first.responsible_units, first.deadline) == (("市甲局", "市乙局"), "6月底")
    assert second.benchmark_text is None


def test_weights_are_not_taken_for_serial_numbers() -> None:
    rows = [
        f"{n}\n第{n}类事务\n完成该类事务{n * 3}件以上。\n{weight}"
        for n, weight in enumerate((2, 3, 4, 1, 5), start=1)
    ]
    text = "\n".join(["序号\n目标名称\n目标内容\n分值", *rows])
    assert [(i.number, i.weight) for i in one(text).items] == [
        ("1", "2"),
        ("2", "3"),
        ("3", "4"),
        ("4", "1"),
        ("5", "5"),
    ]

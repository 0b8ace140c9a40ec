"""Second stage: what is no commitment."""

from __future__ import annotations

import pytest

from tests.ingest.indicators.making import values


@pytest.mark.parametrize(
    "content",
    [
        "2021年3月12日前公布。",
        "2016-2020年规划",
        "根据青政办发〔2012〕15号文件",
        "1.加强督查。（二）完善制度",
        "做好12345热线归并工作",
        "打好高效建设攻势3.0版",
        "推行双随机监管",
        "办好第15届博览会和第三次全会",
        "入选世界500强",
        "治理PM2.5，推广5G应用",
        "推进“一件事”改革和“61条”措施",
        "落实“十四五”规划，赋权“两区”",
        "开展“三民”活动",
        "创建4A级景区，建设万吨级泊位",
        "打造15分钟便民生活圈",
        "提供24小时自助服务",
        "明确了4大攻坚战役21个攻坚目标92项攻坚任务",
        "围绕市民关注的十大领域23项突出问题，组织集中攻坚",
        "重点抓好以下八个方面工作",
        "增强四个意识、做到两个维护",
        "实行一次办好、一窗受理",
        "三年行动计划圆满收官，五年来成效显著",
        "形势十分严峻",
        "推进亿元以上项目建设",
        "为65岁以上老人体检",
        "对标全国74个重点城市第一",
        "完善台账，得1.5分。未按时报送的，每次扣2分；获通报表扬的，分别奖20、10分",
    ],
)
def test_nothing_is_promised(content: str) -> None:
    assert values(content) == []


def test_of_a_threshold_only_the_count_is_kept() -> None:
    assert values("新引进10亿元以上项目30个") == [(30, "个")]
    assert values("引进470宗亿元以上产业项目") == [(470, "宗")]
    assert values("产值超100亿元的企业达到9户") == [(9, "户")]


def test_a_score_that_is_promised_counts() -> None:
    assert values("群众满意度测评得90分，综合评价得85分以上") == [(90, "分"), (85, "分")]


def test_names_with_numbers_do_not_hide_the_figure() -> None:
    assert values("举办12345热线培训4次，建设5G基站3000个，PM2.5浓度控制在35微克/立方米以下") == [
        (4, "次"),
        (3000, "个"),
        (35, "微克/立方米"),
    ]


def test_chinese_numerals_count_where_they_measure() -> None:
    assert values("新闻发布会不少于十五场，新建学校三所，三成以上企业上云") == [
        (15, "场"),
        (3, "所"),
        (30, "%"),
    ]


def test_times_count_where_they_are_compared() -> None:
    assert values("办理时限不超过7个工作日，优良天数300天，5日内办结") == [
        (7, "个工作日"),
        (300, "天"),
        (5, "日"),
    ]

"""What a question wants."""

from __future__ import annotations

import pytest

from search.questions import Kind, kind_of, wants_figures


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("2021年公文办结率目标是多少", Kind.FIGURE),
        ("2015年公文办结率", Kind.FIGURE),
        ("2021年人均公园绿地面积目标", Kind.FIGURE),
        ("地铁票价是多少", Kind.FIGURE),
        ("2012年和2021年新闻发布会次数", Kind.FIGURE),
        ("开几次局长接话活动", Kind.FIGURE),
        ("新闻发布会目标怎么变的", Kind.CHANGE),
        ("2021年新闻发布会比2012年增加了多少", Kind.CHANGE),
        ("公文办结率历年目标", Kind.CHANGE),
        ("服务业项目审批对标哪个城市", Kind.BENCHMARK),
        ("营商环境的标杆城市", Kind.BENCHMARK),
        ("政务热线工作的制定依据是什么", Kind.BASIS),
        ("十件实事的文号", Kind.BASIS),
        ("公文处理由谁负责", Kind.RESPONSIBLE),
        ("营商环境的牵头单位", Kind.RESPONSIBLE),
        ("2021年创优目标有哪些", Kind.LIST),
        ("2021年有多少项重点目标", Kind.LIST),
        ("联系人是谁", Kind.CONTACT),
        ("办公厅主要负责人是谁", Kind.CONTACT),
        ("联系电话是多少", Kind.CONTACT),
        ("明天天气怎么样", Kind.TEXT),
        ("如何减轻基层参会负担", Kind.TEXT),
    ],
)
def test_kind(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


def test_wants_figures() -> None:
    assert wants_figures("政务热线有哪些量化指标")
    assert not wants_figures("政务热线有哪些目标")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("公文办结率定多少合适", Kind.ADVICE),
        ("新闻发布会写几场比较合适", Kind.ADVICE),
        ("哪些城市提出过办结率，最高是多少", Kind.CITIES),
        ("办结率做到99%的城市有哪些", Kind.CITIES),
        ("热线对标哪些城市", Kind.BENCHMARK),
        ("可以向哪个先进城市学习", Kind.BENCHMARK),
        ("公文办结率定的是多少", Kind.FIGURE),
    ],
)
def test_advice_and_cities(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("食品抽检合格率多少，哪两个局牵头", Kind.RESPONSIBLE),
        ("绿地建设归谁管", Kind.RESPONSIBLE),
        ("“营商环境标杆城市”是谁评的", Kind.TEXT),
    ],
)
def test_who_does_it_and_what_is_only_quoted(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind

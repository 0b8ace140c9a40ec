"""Figures that pick out, place or describe something else."""

from __future__ import annotations

import pytest

from tests.ingest.indicators.making import values


@pytest.mark.parametrize(
    "content",
    [
        "推进年产300万吨乙烯装置建设。",
        "推进年产5万吨橡胶和10万吨纤维等项目。",
        "推进某集团10万吨线材等重点项目。",
        "对月收入低于800元的居民给予补助。",
        "将住房在20平方米以下、年收入在9000元以下的家庭纳入保障。",
        "进入国家10个综合改革试点城市行列。",
        "奋战100天，完成环境整治。",
        "推出营商环境改革40条，出台人才新政30条。",
        "连跨4个百亿台阶。",
        "有一两个县进入前列。",
    ],
)
def test_no_promise(content: str) -> None:
    assert values(content) == []


def test_what_looks_alike_and_counts() -> None:
    assert values("建成年处理能力10万吨的水厂。") == [(100_000, "吨")]
    assert values("在15个副省级城市中，增速居第二位。") == [(2, "位")]
    assert values("出台惠企政策措施20条。") == [(20, "条")]
    assert values("公园绿地300米服务半径覆盖率达到90%。") == [(90, "%")]
    assert values("审批用时30天。") == [(30, "天")]
    assert values("支持营业收入达到10亿元以上。") == [(1_000_000_000, "元")]

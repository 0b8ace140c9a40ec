"""Benchmark cities."""

from __future__ import annotations

import pytest

from corpus.model import TargetItem
from search.check.findings import Severity
from tests.search.check.making import apply, draft, stored, target

CONTENT = "全年建成智慧校园170所。"


def striving(benchmark: str | None, year: int = 2022) -> TargetItem:
    return target("智慧校园", CONTENT, category="创优目标", benchmark=benchmark, year=year)


def test_a_striving_item_without_a_city() -> None:
    (remark,) = apply("benchmark-missing", draft(striving(None)))
    assert "属于“创优目标”，但没有写标杆城市" in remark.message
    old = stored(striving("标杆城市：杭州市    标杆值：2020年建成智慧校园180所。", 2021))
    (remark,) = apply("benchmark-missing", draft(striving(None)), old)
    assert remark.proposal == "上次对标杭州市，可更新其最新数值。"


def test_other_items_need_none() -> None:
    assert apply("benchmark-missing", draft(target("安全", CONTENT))) == []
    assert apply("benchmark-missing", draft(striving("标杆城市：杭州市    标杆值：2021年200所。"))) == []


@pytest.mark.parametrize(
    ("benchmark", "severity", "said"),
    [
        ("标杆城市：杭州市    标杆值：2017年杭州市建成智慧校园90所。", None, "最晚只写到2017年"),
        ("标杆城市：杭州市    标杆值：2020年杭州市建成智慧校园180所。", Severity.NOTE, "早于2021年"),
    ],
)
def test_a_value_of_years_ago(benchmark: str, severity: Severity | None, said: str) -> None:
    (remark,) = apply("benchmark-stale", draft(striving(benchmark)))
    assert remark.severity is severity
    assert said in remark.message


def test_last_years_value_is_current_but_not_when_copied() -> None:
    text = "标杆城市：杭州市    标杆值：2021年杭州市建成智慧校园180所。"
    assert apply("benchmark-stale", draft(striving(text))) == []
    undated = "标杆城市：杭州市    标杆值：杭州市建成智慧校园180所。"
    (remark,) = apply("benchmark-stale", draft(striving(undated)), stored(striving(undated, 2021)))
    assert "与2021年的一字不差" in remark.message


@pytest.mark.parametrize(
    ("stated", "said", "proposal"),
    [
        ("比武汉市少3个工作日", "相差应为2个工作日，文中写的是3", "比武汉市少2个工作日"),
        ("比武汉市多2个工作日", "高低说反了", "比武汉市少2个工作日"),
    ],
)
def test_wrong_arithmetic(stated: str, said: str, proposal: str) -> None:
    text = f"对标城市为武汉市。武汉市审批时限22个工作日,我市审批时限20个工作日,{stated}。"
    (remark,) = apply("benchmark-arithmetic", draft(striving(text)))
    assert said in remark.message
    assert remark.proposal == proposal


def test_right_arithmetic() -> None:
    text = "对标城市为武汉市。武汉市审批时限22个工作日,我市审批时限20个工作日,比武汉市少2个工作日。"
    assert apply("benchmark-arithmetic", draft(striving(text))) == []

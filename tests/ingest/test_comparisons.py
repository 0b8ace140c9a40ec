"""Compared figures: both sides, the stated difference, and the difference recomputed."""

from __future__ import annotations

import pytest

from corpus.model import Quantity
from ingest.comparisons import Comparison, compare
from ingest.indicators.units import unit_at

DAYS = (unit_at("个工作日", 0) or ("", 0))[0]  # as the indicators write it


def test_both_sides_and_the_difference() -> None:
    text = "武汉审批时限22个工作日,我市减至20个工作日(此前我市80个工作日),比武汉市少2个工作日。"
    assert compare(text, ("武汉市", "武汉"), ()) == Comparison(Quantity(22, DAYS), Quantity(20, DAYS), -2, 2)


def test_a_wrong_difference_is_kept_as_stated() -> None:
    found = compare("杭州办结率99%，我市办结率96%，比杭州低2个百分点", ("杭州",), ())
    assert (found.gap, found.stated_gap) == (-3, 2)


def test_the_own_city_by_name_and_a_year() -> None:
    found = compare("2020年苏州市办理1,200件，青岛为1,000件", ("苏州市",), ("青岛",))
    assert found == Comparison(Quantity(1200, "件", 2020), Quantity(1000, "件"), -200)


def test_a_value_is_about_them_until_we_are_named() -> None:
    text = "秒批事项300项，我市200项"
    assert compare(text, ("深圳市",), (), is_theirs=True).gap == -100
    assert compare(text, ("深圳市",), ()) == Comparison()


@pytest.mark.parametrize(
    "text", ["武汉22个工作日，我市20件", "武汉领先", "2006年武汉成立，我市2010年成立", "武汉22个工作日"]
)
def test_one_side_or_other_units_are_no_comparison(text: str) -> None:
    assert compare(text, ("武汉",), ()) == Comparison()

"""When figures are one indicator, and how they are said."""

from __future__ import annotations

import pytest

from corpus.model import Bound, Comparator, Quantity
from search.figures import (
    SAME_ENOUGH,
    Observed,
    amount,
    common_name,
    figure_words,
    head_and_rest,
    names_alike,
    sameness,
    units_agree,
)
from tests.search.making import figure_item, indicator, item


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [("次", "场", True), ("件", "份", True), ("%", "件", False), (None, None, True), (None, "件", False)],
)
def test_units(one: str | None, other: str | None, agree: bool) -> None:
    assert units_agree(one, other) is agree


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("公文按期办结率", ("办结率", "公文按期")),
        ("督查事项办结（办复）率", ("办结率", "督查事项")),
        ("建议提案办复率", ("办结率", "建议提案")),
        ("新闻发布会", ("布会", "新闻发")),
        ("全市性工作会议数量", ("会议", "全市性工作")),
    ],
)
def test_head_and_rest(name: str, head: tuple[str, str]) -> None:
    assert head_and_rest(name) == head


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("公文按期办结率", "请示报告类公文办结率", 1.0),
        ("市政府新闻发布会", "新闻发布会", 1.0),
        ("公文办结率", "公文回复率", 0.0),
        ("公文办结率", "群众举报办结率", 0.0),
        ("热线按期回复率", "热线按期答复率", 1.0),
        ("培训", "培训", 0.5),
        ("办结率", "公文办结率", 0.5),
        (None, "公文办结率", 0.0),
    ],
)
def test_names(one: str | None, other: str | None, alike: float) -> None:
    assert names_alike(one, other) == pytest.approx(alike)


def observed(name: str, content: str, figure: str, of_name: str, number: int, year: int) -> Observed:
    stored = figure_item(name, content, figure, of_name, number, year)
    return Observed(stored, stored.item.indicators[0])


def test_the_same_figure_reworded_is_linked() -> None:
    old = observed("公文工作", "全年公文按期办结率95%以上。", "95%以上", "公文按期办结率", 1, 2012)
    new = observed(
        "公文质效", "请示报告类公文办结率达到96%以上。", "96%以上", "请示报告类公文办结率", 2, 2021
    )
    assert sameness(old, new) >= SAME_ENOUGH


def test_another_unit_of_measure_is_never_linked() -> None:
    share = observed("公文工作", "公文办结率95%以上。", "95%以上", "公文办结率", 1, 2012)
    count = observed("公文工作", "公文办结率95件以上。", "95件以上", "公文办结率", 2, 2021)
    assert sameness(share, count) == 0.0


def test_bare_names_need_alike_items() -> None:
    fire = observed("消防", "组织消防员开展培训4次。", "4次", "培训", 1, 2012)
    trade = observed("外贸", "面向外贸企业做好业务培训6次。", "6次", "培训", 2, 2021)
    drill = observed("消防", "继续组织消防员开展培训8次。", "8次", "培训", 3, 2021)
    assert sameness(fire, trade) < SAME_ENOUGH <= sameness(fire, drill)


def test_a_cut_with_a_baseline_is_compared_by_its_bound() -> None:
    content = "文件数量较上年度（180件）压减10%。"
    cut = indicator(
        content,
        "较上年度（180件）压减10%",
        "文件数量",
        Comparator.DECREASE,
        10,
        "%",
        baseline=Quantity(180, "件"),
        bound=Bound(Comparator.AT_MOST, 162, "件"),
    )
    assert (amount(cut).op, amount(cut).value, amount(cut).unit) == (Comparator.AT_MOST, 162, "件")
    assert figure_words(Observed(item("公文", content, cut), cut)) == "较上年度（180件）压减10%"


@pytest.mark.parametrize(
    ("content", "text", "name", "said"),
    [
        ("公文办结率达到96%以上。", "公文办结率达到96%以上", "公文办结率", "96%以上"),
        ("公文办结率达到96%以上。", "96%", "公文办结率", "96%以上"),
        ("办结率不低于96%。", "办结率不低于96%", "办结率", "不低于96%"),
        ("新闻发布会30次,督促", "30次", "新闻发布会", "30次"),
    ],
)
def test_a_figure_is_said_as_written(content: str, text: str, name: str, said: str) -> None:
    one = indicator(content, text, name, Comparator.AT_LEAST, 96, "%")
    assert figure_words(Observed(item("公文", content, one), one)) == said


def test_a_series_is_called_by_what_its_names_share() -> None:
    assert common_name(["公文按期办结率", "请示报告类公文办结率"]) == "公文办结率"
    assert common_name(["新闻发布会", "新闻发布会"]) == "新闻发布会"
    assert common_name(["甲率", "乙率"]) == "乙率"

"""Figures over the years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Status
from search.evidence import Subject
from search.figures import promised_figures
from search.trends import fit, fitting, link, trends
from search.words import content_words
from tests.search.making import figure_item

OLD = figure_item("公文会议", "全年公文按期办结率95%以上。", "95%以上", "公文按期办结率", 1, 2012)
NEW = figure_item("公文质效", "请示报告类公文办结率达到96%以上。", "96%以上", "请示报告类公文办结率", 2, 2021)
REPORTS = figure_item("缉查", "群众举报来话办结率达100%。", "100%", "群众举报来话办结率", 3, 2012)
TOPIC = Subject(content_words("公文办结率"))


def test_links_reworded_figures_into_one_series() -> None:
    (series,) = trends(TOPIC, (NEW, REPORTS, OLD))
    assert series.indicator == "公文办结率"
    assert (series.unit, series.owner, series.city) == ("%", "市政府办公厅", "青岛市")
    assert [(point.year, point.indicator.value) for point in series.points] == [(2012, 95), (2021, 96)]
    assert series.points[1].citation.quote == "请示报告类公文办结率达到96%以上。"


def test_units_of_one_kind_are_linked() -> None:
    old = figure_item("决策", "组织新闻发布会30次。", "30次", "新闻发布会", 1, 2012)
    new = figure_item("公开", "召开新闻发布会50场以上。", "50场以上", "新闻发布会", 2, 2021)
    (series,) = trends(Subject(("新闻发布会",)), (old, new))
    assert [(p.year, p.indicator.value, p.indicator.unit) for p in series.points] == [
        (2012, 30, "次"),
        (2021, 50, "场"),
    ]


def test_other_units_promises_are_other_series() -> None:
    other = figure_item(
        "公文", "公文按期办结率90%以上。", "90%以上", "公文按期办结率", 4, 2015, unit="市教育局"
    )
    series = trends(TOPIC, (NEW, OLD, other))
    assert sorted([p.year for p in one.points] for one in series) == [[2012, 2021], [2015]]


def test_one_figure_a_year() -> None:
    again = figure_item("公文", "公文办结率97%以上。", "97%以上", "公文办结率", 4, 2021)
    chains = link(fitting(TOPIC, (OLD, NEW, again)))
    assert all(len({one.observed.stored.document.year for one in chain}) == len(chain) for chain in chains)


def test_a_figure_of_unknown_year_stands_in_no_series() -> None:
    undated = figure_item("公文", "公文办结率97%以上。", "97%以上", "公文办结率", 4, None)
    assert trends(TOPIC, (undated,)) == ()


def test_the_nearer_the_word_the_better_the_fit() -> None:
    (by_name,) = promised_figures((NEW,))
    assert fit(TOPIC, by_name) == pytest.approx(1.0)
    assert fit(Subject(("质效",)), by_name) == pytest.approx(0.75)
    assert fit(Subject(("票价",)), by_name) == 0.0


def test_nothing_fits_nothing() -> None:
    assert trends(Subject(("地铁", "票价")), (OLD, NEW, REPORTS)) == ()


def test_links_say_how_sure_they_are_and_what_changed() -> None:
    (series,) = trends(TOPIC, (NEW, OLD))
    first, last = series.points
    assert (first.confidence, first.notes) == (None, ())
    assert last.confidence is not None
    assert 0.45 <= last.confidence < 1
    assert last.notes == (
        "口径变化：不再限定“按期”",
        "范围收窄：“公文按期办结率”改为“请示报告类公文办结率”",
        "2012年与2021年之间没有找到数值",
    )


def test_promised_and_achieved_stand_in_one_series() -> None:
    (one,) = NEW.item.indicators
    reached = replace(
        NEW,
        id=9,
        document=replace(NEW.document, id=9, year=2022),
        item=replace(NEW.item, indicators=(replace(one, value=97.0, status=Status.ACHIEVED),)),
    )
    (series,) = trends(TOPIC, (NEW, reached))
    assert [(p.year, p.indicator.status, p.indicator.value) for p in series.points] == [
        (2021, Status.ACHIEVED, 97.0),
        (2021, Status.PROMISED, 96.0),
    ]


def test_totals_of_several_years_stand_in_no_series() -> None:
    total = figure_item("政务公开", "五年累计召开新闻发布会210场。", "210场", "新闻发布会", 1, 2021)
    assert trends(Subject(("新闻发布会",)), (total,)) == ()

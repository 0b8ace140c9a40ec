from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Bound, Comparator, Quantity
from corpus.stored import StoredItem
from search.check.direction import Better
from search.drafting.figures import applied, propose
from search.drafting.points import Elsewhere, number_words, value_words
from search.drafting.proposal import TO_FILL, Change
from search.figures import Observed
from tests.search.making import document, figure_item, indicator, item


def rate(percent: str, number: int, year: int, **changes: str) -> StoredItem:
    text = f"热线按期办结率{percent}"
    return figure_item("热线工作", f"全年{text}。", text, "热线按期办结率", number, year, **changes)


def own(*items: StoredItem) -> Elsewhere:
    return Elsewhere(items, (), ())


def seen(stored: StoredItem) -> Observed:
    return Observed(stored, stored.item.indicators[0])


def test_never_less_than_last_time() -> None:
    old, last = rate("97%以上", 1, 2019), rate("95%以上", 2, 2021)
    made = propose(seen(last), 2022, own(old, last)).figure
    assert (made.op, made.value, made.unit) == (Comparator.AT_LEAST, 95, "%")
    assert (made.lowest, made.highest, made.needs_judgement) == (95, 97, True)
    assert [point.year for point in made.history] == [2019, 2021]
    assert made.last.citation.quote == "全年热线按期办结率95%以上。"
    assert made.reasons[1] == "不低于2021年的承诺（不低于95%）"
    assert made.reasons[2] == "历年承诺：2019年不低于97%→2021年不低于95%"


def test_two_years_are_no_trend() -> None:
    items = (rate("95%以上", 1, 2019), rate("96%以上", 2, 2021))
    made = propose(seen(items[1]), 2022, own(*items))
    assert (made.figure.value, made.figure.needs_judgement, made.changes) == (96, False, ())


def test_a_promise_that_only_ever_grew_goes_on_growing() -> None:
    items = (rate("94%以上", 1, 2018), rate("95%以上", 2, 2019), rate("97%以上", 3, 2021))
    made = propose(seen(items[2]), 2022, own(*items))
    assert made.figure.value == 98
    assert "2018年至2021年逐次提升，按年均幅度推算" in made.figure.reasons
    assert [(one.now, one.reason) for one in made.changes] == [
        ("热线按期办结率98%以上", "按历年趋势提出的数值")
    ]


def test_a_trend_stops_at_a_hundred_percent() -> None:
    items = (rate("90%以上", 1, 2018), rate("95%以上", 2, 2019), rate("99%以上", 3, 2020))
    assert propose(seen(items[2]), 2022, own(*items)).figure.value == 100


def test_less_is_better_for_meetings() -> None:
    content = "全市性会议数量较上年度（20次）只减不增。"
    one = indicator(
        content, "全市性会议数量较上年度（20次）只减不增", "全市性会议数量", Comparator.AT_MOST, 20, "次",
        baseline=Quantity(20, "次", 2020),
    )  # fmt: skip
    stored = item("会务工作", content, one, of=document(2, 2021))
    made = propose(seen(stored), 2022, own(stored))
    assert made.figure.better is Better.LESS
    assert (made.figure.op, made.figure.value, made.figure.needs_judgement) == (Comparator.AT_MOST, 20, True)
    assert made.figure.reasons[1] == "不高于2021年的承诺（不超过20次）"
    text, _ = applied(content, made.changes)
    assert text == f"全市性会议数量较上年度（{TO_FILL}次）只减不增。"
    assert "基数须填2021年的实际数" in made.notes[0]


def test_a_relative_promise_keeps_its_bound() -> None:
    content = "简报较上年度（200件）压减10%。"
    one = indicator(
        content, "简报较上年度（200件）压减10%", "简报", Comparator.DECREASE, 10, "%",
        baseline=Quantity(200, "件", 2020), bound=Bound(Comparator.AT_MOST, 180, "件"),
    )  # fmt: skip
    stored = item("文风", content, one, of=document(2, 2021))
    made = propose(seen(stored), 2022, own(stored))
    assert (made.figure.op, made.figure.value, made.figure.unit) == (Comparator.AT_MOST, 180, "件")
    assert made.notes == (
        "“简报较上年度（200件）压减10%”的基数须填2021年的实际数。按上次的承诺，结果应不超过180件。",
    )


def test_what_was_achieved_widens_the_range() -> None:
    stored = figure_item("讲座", "举办讲座6场。", "举办讲座6场", "讲座", 1, 2021)
    stored = replace(stored, item=replace(stored.item, progress="已举办讲座9场，反响良好。"))
    made = propose(seen(stored), 2022, own(stored)).figure
    assert [(one.value, one.text) for one in made.achieved] == [(9, "9场")]
    assert made.achieved[0].citation.quote == "已举办讲座9场，反响良好。"
    assert (made.value, made.lowest, made.highest, made.needs_judgement) == (6, 6, 9, True)
    assert "市政府办公厅2021年记载完成9场" in made.reasons


def test_a_progress_with_several_numbers_says_nothing() -> None:
    stored = figure_item("讲座", "举办讲座6场。", "举办讲座6场", "讲座", 1, 2021)
    stored = replace(stored, item=replace(stored.item, progress="讲座上半年4场，讲座下半年5场。"))
    assert propose(seen(stored), 2022, own(stored)).figure.achieved == ()


def test_other_units_figures_stand_beside() -> None:
    last = rate("95%以上", 1, 2021)
    other = rate("99%以上", 2, 2020, unit="市热线中心")
    older = rate("100%以上", 3, 2005, unit="市信访局")
    made = propose(seen(last), 2022, Elsewhere((last,), (), (other, older))).figure
    assert [(one.value, one.document.unit) for one in made.elsewhere] == [(99, "市热线中心")]
    assert (made.value, made.highest) == (95, 99)


def test_counts_of_others_do_not_widen_the_range() -> None:
    mine = figure_item("培训", "组织安全培训活动6次。", "组织安全培训活动6次", "安全培训活动", 1, 2021)
    theirs = figure_item(
        "培训", "组织安全培训活动90次。", "组织安全培训活动90次", "安全培训活动", 2, 2021, unit="市安监局"
    )
    made = propose(seen(mine), 2022, Elsewhere((mine,), (), (theirs,))).figure
    assert [one.value for one in made.elsewhere] == [90]
    assert (made.lowest, made.highest) == (6, 6)


def test_a_count_of_another_unit_is_left_open() -> None:
    stored = figure_item("讲座", "举办讲座6场。", "举办讲座6场", "讲座", 1, 2021, unit="市科协")
    made = propose(seen(stored), 2022, Elsewhere((), (), (stored,)))
    assert (made.figure.is_own, made.figure.needs_judgement) == (False, True)
    assert applied("举办讲座6场。", made.changes)[0] == f"举办讲座{TO_FILL}场。"
    assert made.notes == ("“举办讲座6场”是市科协2021年的数值，须按本单位的情况确定。",)


def test_an_old_promise_needs_judgement() -> None:
    last = rate("95%以上", 1, 2012)
    made = propose(seen(last), 2022, own(last)).figure
    assert made.needs_judgement
    assert made.reasons[-1] == "上次的承诺年份已远或不详，数值须重新确定"


@pytest.mark.parametrize(("value", "said"), [(96, "96"), (49.5, "49.5"), (60000, "6万"), (8.5e9, "85亿")])
def test_numbers_are_written_as_read(value: float, said: str) -> None:
    assert number_words(value) == said


def test_a_range_is_said_with_both_ends() -> None:
    assert value_words(Comparator.BETWEEN, 8, "%", 10) == "8—10%"


def test_a_change_is_made_only_where_its_words_stand_once() -> None:
    change = Change("6场", "8场", "")
    assert applied("讲座6场，培训6场。", (change,)) == ("讲座6场，培训6场。", ())

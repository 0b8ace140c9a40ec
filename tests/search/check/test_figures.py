"""Figures that are missing, worse, or dropped."""

from __future__ import annotations

import pytest

from search.check.figures import undecided
from search.check.findings import Severity
from tests.search.check.making import apply, draft, known, stored, target

BEFORE = "联合检查培训机构8次以上，投诉办结率达到98%以上，处理时限不超过15个工作日。"
OLD = stored(target("规范校外培训", BEFORE, year=2021))


def test_an_item_without_any_figure() -> None:
    (remark,) = apply("no-figure", draft(target("校园安全", "做好校园安全工作。")))
    assert remark.message.startswith("“校园安全”没有一项量化数值")
    assert remark.severity is None
    assert remark.proposal is None


def test_a_thing_to_be_made_is_milder_and_last_years_figures_are_proposed() -> None:
    (remark,) = apply("no-figure", draft(target("规范校外培训", "出台培训机构管理办法。")), OLD)
    assert remark.severity is Severity.NOTE
    assert remark.proposal is not None
    assert remark.proposal.startswith("可参照2021年写法：")
    assert [citation.stored.id for citation in remark.evidence] == [100, 100, 100]


def test_a_sentence_about_a_rate_without_its_figure() -> None:
    one = draft(target("热线", "热线接通率达到95%以上。提高诉求办结率。"))
    (remark,) = apply("no-figure", one)
    assert remark.span is not None
    assert one.items[0].item.content[remark.span.start : remark.span.end] == "提高诉求办结率"


@pytest.mark.parametrize(
    "content",
    ["提高办文速度，全年公文办结率95%以上。", "热线接通率达到95%以上。提高工作效率。"],
)
def test_a_sentence_with_its_figure_or_about_nothing_countable(content: str) -> None:
    assert apply("no-figure", draft(target("公文", content))) == []


@pytest.mark.parametrize(
    ("change", "said", "proposal"),
    [
        (("8次", "6次"), "低了2次", "检查培训机构8次以上"),
        (("98%", "97.5%"), "低了0.5个百分点", "投诉办结率98%以上"),
        (("15个", "20个"), "高了5个工作日", "处理时限不超过15个工作日"),
    ],
)
def test_a_figure_worse_than_last_years(change: tuple[str, str], said: str, proposal: str) -> None:
    (remark,) = apply("figure-worse", draft(target("规范校外培训", BEFORE.replace(*change))), OLD)
    assert said in remark.message
    assert "2021年" in remark.message
    assert remark.proposal is not None
    assert remark.proposal.endswith(proposal)
    assert remark.evidence[0].stored is OLD[0]


@pytest.mark.parametrize(
    "content",
    [
        "联合检查培训机构9次以上，投诉办结率达到99%以上，处理时限不超过12个工作日。",
        "联合检查培训机构8次以上，投诉办结率达到98%以上，处理时限不超过15个工作日。",
    ],
)
def test_better_and_equal_figures_are_no_finding(content: str) -> None:
    assert apply("figure-worse", draft(target("规范校外培训", content)), OLD) == []


def test_a_figure_of_long_ago_weighs_less() -> None:
    old = stored(target("公文", "公文办结率达到98%以上。", year=2012), year=2012)
    (remark,) = apply("figure-worse", draft(target("公文", "公文办结率达到96%以上。")), old)
    assert remark.severity is Severity.NOTE


def test_an_unknown_direction_is_a_hint_and_no_finding() -> None:
    old = stored(target("值守", "值守点位30个。", year=2021))
    one = draft(target("值守", "值守点位25个。"))
    assert apply("figure-worse", one, old) == []
    (hint,) = undecided(known(one, old))
    assert "看不出越多越好还是越少越好" in hint


def test_a_dropped_indicator_whose_item_goes_on() -> None:
    one = draft(target("规范校外培训", "联合检查培训机构8次以上，投诉办结率达到98%以上。"))
    (remark,) = apply("indicator-dropped", one, OLD)
    assert "处理时限不超过15个工作日" in remark.message
    assert remark.target is one.items[0]


def test_a_figure_that_is_still_to_be_filled_in_is_asked_for() -> None:
    content = "联合检查培训机构8次以上，投诉办结率达到98%以上，处理时限〔待填〕个工作日。"
    one = draft(target("规范校外培训", content))
    (remark,) = apply("indicator-dropped", one, OLD)
    assert "“处理时限”还有数值待填" in remark.message
    assert remark.proposal is None
    assert remark.span is not None
    assert content[remark.span.start : remark.span.end] == "处理时限"


def test_nothing_is_dropped_in_a_passage_or_after_years() -> None:
    content = target("规范校外培训", "联合检查培训机构8次以上，投诉办结率达到98%以上。")
    assert apply("indicator-dropped", draft(content, is_fragment=True), OLD) == []
    assert apply("indicator-dropped", draft(content, year=2026), OLD) == []


def test_a_figure_that_only_grew_is_not_dropped() -> None:
    old = stored(target("督查", "督查推动10件市办实事如期完成，办结率达到96%。", year=2021))
    one = draft(target("督查", "督查推动12件市办实事年底前完成，办结率达到97%。"))
    assert apply("indicator-dropped", one, old) == []

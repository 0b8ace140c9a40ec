"""Bases."""

from __future__ import annotations

from corpus.model import TargetItem
from search.check.findings import Severity
from tests.search.check.making import apply, draft, stored, target


def row(basis: str | None, name: str = "公文处理", year: int = 2013) -> TargetItem:
    return target(name, "公文按期办结率达到95%以上。", basis=basis, year=year)


def test_an_item_without_a_basis_among_others_that_have_one() -> None:
    one = draft(row("市政府工作规则。"), target("会议", "工作会议不超过10次。"), year=2013)
    (remark,) = apply("basis-missing", one)
    assert remark.message.startswith("“会议”没有写制定依据，而其他条目都写了")
    assert remark.severity is None


def test_where_nobody_states_a_basis_last_years_is_a_note() -> None:
    one = draft(row(None), year=2013)
    assert apply("basis-missing", one) == []
    (remark,) = apply("basis-missing", one, stored(row("市政府工作规则。", year=2012), year=2012))
    assert remark.severity is Severity.NOTE
    assert remark.proposal == "上次的依据：市政府工作规则（请换成现行文件）。"


def test_a_passage_needs_no_basis() -> None:
    assert apply("basis-missing", draft(row("市政府工作规则。"), row(None), is_fragment=True)) == []


def test_a_yearly_document_of_another_year() -> None:
    one = draft(row("1.2012年市政府工作报告; 2.市政府办公厅2013年工作要点。"), year=2013)
    (remark,) = apply("basis-wrong-year", one)
    assert "“2012年市政府工作报告”是2012年的文件" in remark.message
    assert remark.proposal == "2013年市政府工作报告"
    assert remark.evidence == ()


def test_the_current_one_is_cited_where_the_catalog_knows_it() -> None:
    others = stored(row("1.2013年市政府工作报告。"), number=2, unit="市财政局", year=2013)
    one = draft(row("1.2012年市政府工作报告。"), year=2013)
    (remark,) = apply("basis-wrong-year", one, (), others)
    assert [citation.quote for citation in remark.evidence] == ["2013年市政府工作报告"]


def test_a_regulation_of_an_earlier_year_is_no_wrong_year() -> None:
    one = draft(row("1.公文处理办法(青政办发〔2010〕3号)。"), year=2013)
    assert apply("basis-wrong-year", one) == []
    assert apply("basis-superseded", one) == []


def test_a_newer_edition_of_the_same_title() -> None:
    others = stored(row("1.公文处理办法(青政办发〔2012〕9号)。"), number=2, unit="市财政局", year=2012)
    one = draft(row("1.公文处理办法(试行)(青政办发〔2010〕3号)。"), year=2013)
    (remark,) = apply("basis-superseded", one, (), others)
    assert remark.proposal == "公文处理办法（青政办发〔2012〕9号）"
    assert remark.evidence[0].stored is others[0]
    current = draft(row("1.公文处理办法(青政办发〔2012〕9号)。"), year=2013)
    assert apply("basis-superseded", current, (), others) == []
    before = draft(row("1.公文处理办法(青政办发〔2010〕3号)。"), year=2011)
    assert apply("basis-superseded", before, (), others) == []


def test_a_draft_of_unknown_year_is_told_of_newer_yearly_documents() -> None:
    others = stored(row("1.2013年市政府工作报告。"), number=2, unit="市财政局", year=2013)
    one = draft(row("1.2012年市政府工作报告。"), year=None)
    assert apply("basis-wrong-year", one, (), others) == []
    (remark,) = apply("basis-superseded", one, (), others)
    assert remark.proposal == "2013年市政府工作报告"

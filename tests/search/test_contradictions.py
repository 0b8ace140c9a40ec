"""Which sources contradict each other."""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Comparator, Status
from corpus.stored import StoredItem
from search.answer_figures import find_figures, say_figures
from search.cited import CitedText
from search.contradictions import contradictions
from search.evidence import Subject
from search.figures import Observed
from search.results import Interpreted
from tests.search.making import document, found, indicator, item


def promise(number: int, value: int, **of: object) -> Observed:
    content = f"全年召开新闻发布会{value}场以上。"
    one = indicator(content, f"{value}场以上", "新闻发布会", Comparator.AT_LEAST, value, "场")
    stored: StoredItem = item("政务公开", content, one, number=number, of=document(number, **of))  # type: ignore[arg-type]
    return Observed(stored, stored.item.indicators[0])


def test_two_documents_of_one_unit_and_year() -> None:
    one, other = promise(1, 50), promise(2, 60)
    assert contradictions((one, other)) == ((one, other),)


def test_what_may_both_hold() -> None:
    one = promise(1, 50)
    assert contradictions((one, promise(2, 50))) == ()
    assert contradictions((one, promise(2, 60, year=2020))) == ()
    assert contradictions((one, promise(2, 60, year=None))) == ()
    assert contradictions((one, promise(2, 60, unit="市教育局"))) == ()
    assert contradictions((one, promise(2, 60, city="北海市"))) == ()
    other = promise(2, 60)
    achieved = replace(other, indicator=replace(other.indicator, status=Status.ACHIEVED))
    assert contradictions((one, achieved)) == ()


def test_both_are_shown_and_labelled() -> None:
    subject = Subject(("新闻发布会",))
    items = tuple(found(one.stored, subject) for one in (promise(1, 50), promise(2, 60)))
    text = CitedText()
    say_figures(text, find_figures(subject, items, (2021,)), compare=False)
    said = text.answer(Interpreted("", ""))
    assert "注意：不同来源对2021年“新闻发布会”的数值不一致：" in said.text
    assert {one.quote for one in said.citations} == {
        "全年召开新闻发布会50场以上。",
        "全年召开新闻发布会60场以上。",
    }
    assert "《1.txt》为50场以上" in said.text
    assert "《2.txt》为60场以上" in said.text

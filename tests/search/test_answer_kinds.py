"""Answers over cities, advice, and prose: every sentence cited, nothing of another year, nothing invented."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from corpus.model import DocumentKind, Status
from corpus.stored import StoredItem
from index.searcher import Vocabulary
from search.answer import answer
from search.answer_reading import Evidence
from search.evidence import Found, make_subject
from search.query import understand
from search.results import Answer
from tests.search.making import document, figure_item, found, item

CITIES = ("北海市", "东海市", "南海市")


def _report(number: int, year: int, city: str, content: str, figure: str, heading: str) -> StoredItem:
    status = Status.ACHIEVED if "回顾" in heading else Status.PROMISED
    one = figure_item("", content, figure, "政务热线办结率", number, year)
    made = replace(one.item, name=None, category=None, heading_path=(heading,))
    made = replace(made, indicators=tuple(replace(each, status=status) for each in made.indicators))
    of = replace(document(number, year, f"{city}人民政府", city), kind=DocumentKind.REPORT)
    return replace(one, document=of, item=made)


REPORTS = (
    _report(1, 2020, "东海市", "政务热线办结率达到96%。", "96%", "一、2019年工作回顾"),
    _report(2, 2020, "北海市", "政务热线办结率达到98%。", "98%", "一、2019年工作回顾"),
    _report(3, 2021, "东海市", "政务热线办结率达到97%。", "97%", "一、2020年工作回顾"),
    _report(4, 2021, "东海市", "政务热线办结率提升到99%。", "99%", "二、2021年工作安排"),
)
OWN = (
    figure_item("公文", "公文办结率达到95%以上。", "95%以上", "公文办结率", 5, 2019),
    figure_item("公文", "公文办结率达到96%以上。", "96%以上", "公文办结率", 6, 2021),
)


def ask(question: str, items: tuple[StoredItem, ...]) -> Answer:
    years = tuple(sorted({one.document.year for one in items if one.document.year}))
    cities = tuple(sorted({*CITIES, *(one.document.city or "" for one in items)}))
    vocabulary = Vocabulary(years, (), (), cities)
    understood = understand(question, vocabulary, date(2022, 1, 1))
    subject = make_subject(understood.topic, question)
    allowed = understood.allowed

    def of(wanted: frozenset[int] | None) -> tuple[Found, ...]:
        kept = [
            found(one, subject, 0.9)
            for one in items
            if (wanted is None or one.document.year in wanted)
            and (allowed.cities is None or one.document.city in allowed.cities)
        ]
        return tuple(sorted(kept, key=lambda one: -one.held))

    after = frozenset(year + 1 for year in allowed.years or ()) - (allowed.years or frozenset())
    result = answer(
        understood,
        Evidence(
            subject,
            of(allowed.years),
            other_years=lambda: of(None),
            listed=tuple,
            next_years=lambda: of(after),
            wide=lambda: items,
        ),
    )
    marks = {int(number) for number in re.findall(r"\[(\d+)\]", result.text)}
    assert marks <= set(range(1, len(result.citations) + 1))
    return result


def test_which_cities_and_who_leads() -> None:
    result = ask("哪些城市提出过政务热线办结率，最高是多少", REPORTS)
    lines = result.text.split("\n")
    assert lines[0] == "目标库中有2个城市写明了这项数值："
    assert lines[1].startswith("· 东海市2021年目标：99%[1]")
    assert lines[2].startswith("· 北海市2019年实际：98%[2]")
    assert lines[3] == "最高的是东海市（2021年，99%）[1]。"


def test_next_years_report_looks_back_and_says_so() -> None:
    result = ask("东海市2020年政务热线办结率达到了多少", REPORTS)
    assert "97%" in result.text
    assert "（说的是2020年）" in result.text
    assert "96%" not in result.text
    assert "99%" not in result.text


def test_what_was_planned_is_not_read_from_what_was_achieved() -> None:
    result = ask("东海市2018年计划把政务热线办结率提到多少", REPORTS)
    assert result.abstained or "96%" not in result.text.split("\n")[0]


def test_advice_lays_out_and_decides_nothing() -> None:
    result = ask("公文办结率定多少合适", OWN)
    assert "2019年为95%以上[1]；2021年为96%以上[2]" in result.text
    assert "最近一次是市政府办公厅2021年的96%以上[2]" in result.text
    assert "不能代为定数" in result.text
    assert not result.abstained
    stated = {float(number) for number in re.findall(r"(\d+(?:\.\d+)?)%", result.text)}
    assert stated <= {95.0, 96.0, 1.0}


def test_advice_without_evidence_is_none() -> None:
    assert ask("滑雪场门票定多少合适", OWN).abstained


def test_a_city_that_no_document_is_of() -> None:
    result = ask("珠海市2021年政务热线办结率是多少", REPORTS)
    assert result.abstained
    assert result.text == "目标库中没有“珠海市”的文件，没有找到可以回答的依据。"


def test_a_near_miss_is_refused() -> None:
    training = item("值班工作", "组织值班人员业务培训，提高应急能力。", number=9)
    result = ask("值班人员业务培训办几期", (training,))
    assert result.abstained
    assert "没有找到“值班人员业务培训" in result.text


def test_prose_of_nobody_is_quoted_without_a_place() -> None:
    nobody = replace(document(9, None, None, None), kind=DocumentKind.REPORT)
    text = item(None, "景区占地5公顷。门票在东门领取。", number=9, of=nobody, category=None)
    result = ask("门票在哪里领取", (text,))
    assert result.text == "“门票在东门领取。”[1]"
    assert result.short is not None
    assert "东门" in result.short

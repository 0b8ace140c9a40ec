"""Which sentences answer, and what is quoted beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.model import DocumentKind
from corpus.stored import StoredItem
from search.evidence import Found, Subject
from search.in_charge import with_units_in_charge
from search.passages import Passage, Question, chosen, read_passages
from search.rarity import even
from tests.search.making import document, found, item

LIST = (
    "大厅为企业提供服务。企业开办可以享受以下便利：（一）网上申报；（二）免费刻章；（三）当日领照。"
    "咨询时间为工作日。停车场在东侧。"
)


def items(*texts: str) -> tuple[Found, ...]:
    made = [item(None, text, number=number) for number, text in enumerate(texts, start=1)]
    return tuple(found(one, Subject(())) for one in made)


def quoted(question: str, *texts: str) -> str:
    return "".join(
        one.text for one in chosen(read_passages(Question(question, question), items(*texts), even))
    )


def test_the_sentence_that_holds_most_comes_first() -> None:
    passages = read_passages(Question("停车场在哪里", "停车场在哪里"), items(LIST), even)
    assert passages[0].text == "停车场在东侧。"
    assert passages[0].told == 1.0


def test_a_list_is_quoted_whole() -> None:
    assert "（一）网上申报；（二）免费刻章；（三）当日领照。" in quoted("企业开办有哪些便利", LIST)


def test_rare_words_count_most() -> None:
    def rarity(piece: str) -> float:
        return 5.0 if piece in {"黄标", "标车"} else 0.5

    texts = "计划推进全市工作任务。黄标车年内清零。"
    passages = read_passages(Question("黄标车", "全市工作任务计划 黄标车"), items(texts), rarity)
    assert passages[0].text == "黄标车年内清零。"


def test_meaning_decides_between_equals() -> None:
    def similar(texts: Sequence[str]) -> list[float]:
        return [0.95 if "九点" in text else 0.85 for text in texts]

    texts = "大厅开放到五点。大厅开放从九点。"
    passages = read_passages(Question("大厅开放", "大厅开放"), items(texts), even, similar)
    assert passages[0].text == "大厅开放从九点。"
    assert passages[0].likeness == pytest.approx(0.95)


def test_sentences_with_contacts_are_never_read() -> None:
    text = "停车场扩建。停车场联系人：王小五，联系电话：13800001111。"
    assert "王小五" not in quoted("停车场", text)
    assert "停车场扩建。" in quoted("停车场", text)


def _report(year: int, heading: str, text: str) -> StoredItem:
    one = item(None, text, number=year, of=replace(document(year, year), kind=DocumentKind.REPORT))
    return replace(one, item=replace(one.item, heading_path=(heading,)))


def test_only_sentences_of_the_years_asked_for() -> None:
    told = (
        _report(2020, "一、2019年工作回顾", "新建停车位1万个。"),
        _report(2021, "一、2020年工作回顾", "新建停车位2万个。"),
        _report(2020, "二、2020年工作安排", "新建停车位3万个。"),
    )
    evidence = tuple(found(one, Subject(())) for one in told)
    asked = Question("2020年停车位", "停车位", frozenset({2020}))
    assert {one.text for one in read_passages(asked, evidence, even)} == {
        "新建停车位2万个。",
        "新建停车位3万个。",
    }


def test_the_units_in_charge_behind_a_promise() -> None:
    text = "打通断头路20条。（牵头单位：住建局）改造路灯。"
    passages = read_passages(Question("断头路", "打通断头路"), items(text), even)
    best: tuple[Passage, ...] = passages[:1]
    assert (
        "".join(one.text for one in with_units_in_charge(best))
        == "打通断头路20条。（牵头单位：住建局）改造路灯。"
    )


def test_nothing_found_is_nothing_read() -> None:
    assert read_passages(Question("停车场", "停车场"), (), even) == ()

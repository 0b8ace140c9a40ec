"""Cities' figures on one indicator."""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Status
from corpus.stored import StoredItem
from search.evidence import Subject
from search.standings import own_cities, standings, widened
from tests.search.making import figure_item


def of_city(city: str, content: str, figure: str, name: str, number: int, year: int) -> StoredItem:
    made = figure_item("政务服务", content, figure, name, number, year)
    return replace(made, document=replace(made.document, city=city, unit=f"{city}政府"))


OURS = of_city("甲市", "12345热线办结率达到97%以上。", "97%以上", "12345热线办结率", 1, 2021)
BEST = of_city("乙市", "便民热线按时办结率99%。", "99%", "便民热线按时办结率", 2, 2020)
PAPER = of_city("丙市", "公文按期办结率100%。", "100%", "公文按期办结率", 3, 2021)
TOPIC = Subject(("政务服务热线", "按期办结率", "最高"))


def test_the_best_city_comes_first_and_our_own_is_told() -> None:
    table = standings(TOPIC, (OURS, BEST, PAPER), own=frozenset({"甲市"}), this_year=2024)
    assert [(row.rank, row.city, row.year, row.indicator.value) for row in table.rows] == [
        (1, "乙市", 2020, 99),
        (2, "甲市", 2021, 97),
    ]
    assert [(row.own, row.outdated) for row in table.rows] == [(False, True), (True, False)]
    assert (table.unit, table.better) == ("%", "more")
    assert table.notes[-1] == "甲市最好的一次是2021年的97%以上，在2个城市中排第2。"
    assert table.rows[0].citation.quote == "便民热线按时办结率99%。"


def test_less_is_better_for_a_time_limit() -> None:
    slow = of_city("甲市", "企业开办时间5天以内。", "5天以内", "企业开办时间", 1, 2021)
    fast = of_city("乙市", "企业开办时间1天以内。", "1天以内", "企业开办时间", 2, 2021)
    table = standings(Subject(("企业开办", "时间")), (slow, fast))
    assert [row.city for row in table.rows] == ["乙市", "甲市"]
    assert table.better == "less"


def test_promised_and_achieved_are_two_rows() -> None:
    (one,) = OURS.item.indicators
    reached = replace(OURS, id=9, item=replace(OURS.item, indicators=(replace(one, status=Status.ACHIEVED),)))
    table = standings(TOPIC, (OURS, reached))
    assert [(row.year, row.indicator.status) for row in table.rows] == [
        (2021, Status.PROMISED),
        (2020, Status.ACHIEVED),
    ]
    assert {row.rank for row in table.rows} == {1}


def test_nothing_for_nothing() -> None:
    assert standings(Subject(()), (OURS,)).rows == ()
    assert standings(Subject(("地铁", "票价")), (OURS, BEST)).rows == ()


def test_words_that_only_say_how_are_widened() -> None:
    assert ("热线", "办结率") in widened(TOPIC).variants
    assert ("热线", "办复率") in widened(TOPIC).variants
    assert "最高" not in widened(TOPIC).words


def test_our_own_cities_are_those_with_targets() -> None:
    assert own_cities((OURS.document, BEST.document)) == {"甲市", "乙市"}

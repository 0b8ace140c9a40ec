"""What a query asks for besides its words."""

from __future__ import annotations

from datetime import date

import pytest

from index.filters import Filter
from index.searcher import Vocabulary
from search.query import Understood, Wanted, understand

VOCABULARY = Vocabulary(
    years=(2012, 2021),
    units=("市体育局", "市政府办公厅"),
    categories=("创优目标", "奋斗目标", "工作目标", "重点目标"),
    cities=("青岛市",),
)


NOTHING = Wanted()


def read(query: str, wanted: Wanted = NOTHING, *, read_words: bool = True) -> Understood:
    return understand(query, VOCABULARY, date(2022, 5, 1), wanted, read_words=read_words)


@pytest.mark.parametrize(
    ("query", "text", "years", "units"),
    [
        ("2012年办公厅新闻发布会目标", "新闻发布会目标", (2012,), ("市政府办公厅",)),
        ("2021年公文办结率目标是多少", "公文办结率目标是多少", (2021,), ()),
        ("2012年和2021年新闻发布会次数", "新闻发布会次数", (2012, 2021), ()),
        ("去年的热线目标", "热线目标", (2021,), ()),
        ("减少文山会海", "减少文山会海", (), ()),
        ("12345热线回复率", "12345热线回复率", (), ()),
        ("体育局的培训", "培训", (), ("市体育局",)),
        ("《2012年市政府办公厅工作要点》", "《2012年市政府办公厅工作要点》", (), ()),
        ("青政办发〔2012〕15号", "青政办发〔2012〕15号", (), ()),
    ],
)
def test_years_and_units(query: str, text: str, years: tuple[int, ...], units: tuple[str, ...]) -> None:
    understood = read(query)
    assert understood.interpreted.text == text
    assert understood.interpreted.years == years
    assert understood.interpreted.units == units
    assert understood.interpreted.notes == ()
    assert understood.allowed == Filter(years=frozenset(years) or None, units=frozenset(units) or None)


@pytest.mark.parametrize(
    ("query", "categories"),
    [
        ("2021年创优目标有哪些", ("创优目标",)),
        ("2012年工作目标", ("工作目标",)),
        ("办公厅重点目标里的公文办结率", ("重点目标",)),
        ("热线工作目标是什么", ()),
        ("公文会议工作目标", ()),
        ("工作目标怎么定", ()),
    ],
)
def test_a_category_stands_alone(query: str, categories: tuple[str, ...]) -> None:
    assert read(query).interpreted.categories == categories


@pytest.mark.parametrize(
    ("query", "cities"),
    [
        ("青岛市食品安全目标", ("青岛市",)),
        ("青岛食品安全目标", ("青岛市",)),
        ("打造食安青岛", ()),
        ("“食安青岛”行动", ()),
        ("青岛港口岸开放", ()),
        ("对标青岛市的做法", ()),
        ("上海市营商环境", ()),
    ],
)
def test_cities(query: str, cities: tuple[str, ...]) -> None:
    assert read(query).interpreted.cities == cities


def test_a_query_of_filters_only_leaves_no_topic() -> None:
    understood = read("2021年创优目标有哪些")
    assert understood.topic == ""
    assert understood.interpreted.text == "2021年创优目标有哪些"


def test_a_year_without_documents_is_a_filter_and_a_note() -> None:
    understood = read("2015年公文办结率")
    assert understood.allowed.years == frozenset({2015})
    assert understood.interpreted.notes == ("目标库中没有2015年的文件，目标库中有2012、2021年的文件。",)


def test_a_range_may_have_gaps() -> None:
    understood = read("2010到2014年公文办结率")
    assert understood.interpreted.years == (2010, 2011, 2012, 2013, 2014)
    assert understood.named_years == ()
    assert understood.interpreted.notes == ()


def test_an_unknown_unit_is_a_note_and_no_filter() -> None:
    understood = read("市教育局2021年培训目标")
    assert understood.allowed == Filter(years=frozenset({2021}))
    assert understood.unknown_units == ("市教育局",)
    assert understood.interpreted.text == "市教育局 培训目标"
    assert understood.interpreted.notes == ("目标库中没有“市教育局”的文件，未按单位筛选。",)


def test_explicit_filters_overrule_and_say_so() -> None:
    understood = read("2012年体育局培训", Wanted(year=2021, unit="市府办"))
    assert understood.allowed == Filter(years=frozenset({2021}), units=frozenset({"市政府办公厅"}))
    assert understood.interpreted.notes == (
        "查询中写的是2012年，按筛选条件只看2021年。",
        "查询中写的是市体育局，按筛选条件只看市政府办公厅。",
    )


def test_explicit_filters_that_name_nothing_are_kept_and_noted() -> None:
    understood = read("培训", Wanted(year=1999, unit="市图书馆", category="奇怪目标", city="广州"))
    assert understood.allowed == Filter(
        frozenset({1999}), frozenset({"市图书馆"}), frozenset({"奇怪目标"}), frozenset({"广州"})
    )
    assert len(understood.interpreted.notes) == 4


def test_a_city_may_be_given_short() -> None:
    assert read("培训", Wanted(city="青岛")).interpreted.cities == ("青岛市",)


def test_reading_can_be_switched_off() -> None:
    understood = read("2012年办公厅新闻发布会", Wanted(year=2021), read_words=False)
    assert understood.interpreted.text == "2012年办公厅新闻发布会"
    assert understood.allowed == Filter(years=frozenset({2021}))


@pytest.mark.parametrize("query", ["？", "的", "年", " ", "2021年", "办公厅", "《", "\x00", "😀", "a" * 3000])
def test_odd_queries_are_searched_as_they_are(query: str) -> None:
    assert read(query).interpreted.query == query

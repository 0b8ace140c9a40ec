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


@pytest.mark.parametrize(
    ("query", "text", "phrases", "excluded"),
    [
        ("“新闻发布会” 场次", "“新闻发布会” 场次", ("新闻发布会",), ()),
        ("2012年“新闻发布会”场次", "“新闻发布会”场次", ("新闻发布会",), ()),
        ("“十三五”期间公文办结率96%", "公文办结率96%", ("96%",), ()),
        ("“2012年办公厅”公文", "“2012年办公厅”公文", ("2012年办公厅",), ()),
        ("公文 -会议", "公文", (), ("会议",)),
        ("公文 不含会议的目标", "公文 目标", (), ("会议",)),
        ("2015-2018公文", "公文", (), ()),
    ],
)
def test_what_hits_must_and_must_not_hold(
    query: str, text: str, phrases: tuple[str, ...], excluded: tuple[str, ...]
) -> None:
    understood = read(query)
    assert understood.interpreted.text == text
    assert understood.interpreted.phrases == phrases
    assert understood.interpreted.excluded == excluded
    assert understood.without == excluded


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("公文 -2012年", Filter(years=frozenset({2021}))),
        ("除了2012年，公文办结率", Filter(years=frozenset({2021}))),
        ("培训 -体育局", Filter(units=frozenset({"市政府办公厅"}))),
        (
            "公文 -创优目标",
            Filter(categories=frozenset({"奋斗目标", "工作目标", "重点目标"})),
        ),
    ],
)
def test_an_excluded_name_is_a_filter(query: str, allowed: Filter) -> None:
    understood = read(query)
    assert understood.allowed == allowed
    assert understood.without == ()


def test_excluding_everything_is_said() -> None:
    understood = read("公文 -青岛")
    assert understood.allowed.cities == frozenset()
    assert understood.interpreted.notes == ("排除“青岛”之后，目标库中没有其他文件；请去掉排除的词再查。",)


@pytest.mark.parametrize(
    ("query", "years", "note"),
    [
        (
            "去年（2012年）公文",
            (2012,),
            "“去年”按今天算是2021年，与2012年不一致，按2012年查找。",
        ),
        (
            "2012年办公厅2021年公文",
            (2012, 2021),
            "查询中先后写了不同的年份，2012、2021年都在查找范围内。",
        ),
        ("近几年公文", (2018, 2019, 2020, 2021, 2022), "“近几年”按2018—2022年查找。"),
    ],
)
def test_contradictions_and_vague_years_are_said(query: str, years: tuple[int, ...], note: str) -> None:
    interpreted = read(query).interpreted
    assert interpreted.years == years
    assert interpreted.notes == (note,)


@pytest.mark.parametrize("query", ["去年（2021年）公文", "2012年和2021年公文", "2021年比2012年办公厅公文"])
def test_years_that_agree_or_are_compared_need_no_note(query: str) -> None:
    assert read(query).interpreted.notes == ()


def test_vague_years_without_documents_are_no_filter() -> None:
    understood = understand("近几年公文", VOCABULARY, date(2040, 1, 1))
    assert understood.allowed == Filter()
    assert understood.interpreted.notes == ("“近几年”（2036—2040年）在目标库中没有文件，未按年份筛选。",)


def test_a_unit_is_found_by_its_former_name_and_that_is_said() -> None:
    vocabulary = Vocabulary((2021,), ("市生态环境局",), (), ())
    understood = understand("环保局减排", vocabulary, date(2022, 5, 1))
    assert understood.allowed.units == frozenset({"市生态环境局"})
    assert understood.interpreted.notes == (
        "目标库中没有名为“环保局”的单位，按机构改革前后的名称“市生态环境局”查找。",
    )


def test_both_names_of_a_unit_are_looked_for() -> None:
    vocabulary = Vocabulary((2012, 2021), ("市环境保护局", "市生态环境局"), (), ())
    understood = understand("生态环境局减排", vocabulary, date(2022, 5, 1))
    assert understood.allowed.units == frozenset({"市环境保护局", "市生态环境局"})
    assert understood.interpreted.notes == ("“生态环境局”在机构改革前后名称不同，同时按“市环境保护局”查找。",)


def test_a_name_that_may_be_two_units_is_said() -> None:
    vocabulary = Vocabulary((), ("市政府办公厅", "市政府办公室"), (), ())
    interpreted = understand("办公厅公文", vocabulary, date(2022, 5, 1)).interpreted
    assert interpreted.units == ("市政府办公厅", "市政府办公室")
    assert interpreted.notes == ("“办公厅”可能指“市政府办公厅”、“市政府办公室”，都在查找范围内。",)


def test_provinces_and_cities_without_documents_are_said() -> None:
    assert read("山东省公文").interpreted.notes == ("“山东省”按目标库中的青岛市查找。",)
    unknown = read("深圳市公文")
    assert unknown.allowed == Filter()
    assert unknown.interpreted.text == "深圳市公文"
    assert unknown.interpreted.notes == ("目标库中没有“深圳市”的文件，未按城市筛选。",)


def test_a_category_of_other_years_is_said() -> None:
    vocabulary = Vocabulary((2012,), (), ("奋斗目标", "工作目标"), ())
    interpreted = understand("创优目标有哪些", vocabulary, date(2022, 5, 1)).interpreted
    assert interpreted.categories == ("奋斗目标",)
    assert interpreted.notes == ("目标库中没有名为“创优目标”的类别，按其他年份的对应类别“奋斗目标”查找。",)


def test_a_word_that_begins_with_a_particle_stays_whole() -> None:
    assert read("青岛在建的地铁何时通车").interpreted.text == "在建的地铁何时通车"
    assert read("青岛在中介机构管理上的做法").interpreted.text == "中介机构管理上的做法"


def test_the_year_before_a_named_year_is_said() -> None:
    understood = read("2013年要解决多少，上一年解决了多少")
    assert understood.interpreted.years == (2012, 2013)
    assert "“上一年”从2013年算起，按2012年查找。" in understood.interpreted.notes

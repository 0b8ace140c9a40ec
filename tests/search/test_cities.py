"""Cities by name, short name and province."""

from __future__ import annotations

import pytest

from search.cities import city_named, find_cities

KNOWN = ("北京市", "大连市", "济南市", "青岛市", "青岛市市南区", "长春市")


def cities_in(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, one.cities) for one in find_cities(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("青岛市食品安全目标", ("青岛市",)),
        ("青岛食品安全目标", ("青岛市",)),
        ("青岛和济南的发布会", ("青岛市", "济南市")),
        ("青岛与济南的发布会", ("青岛市", "济南市")),
        ("市南区的学校", ("青岛市市南区",)),
        ("青岛市场监管局", ("青岛市",)),
    ],
)
def test_finds_cities_of_the_catalog(text: str, cities: tuple[str, ...]) -> None:
    assert cities_in(text) == [(city, (city,)) for city in cities]


def test_a_city_before_the_market_is_named_without_its_suffix() -> None:
    (mention,) = find_cities("青岛市场监管局", KNOWN)
    assert (mention.start, mention.end) == (0, 2)


@pytest.mark.parametrize(
    "text",
    [
        "打造食安青岛",
        "青岛港口岸开放",
        "对标青岛市的做法",
        "与青岛相比",
        "扩大连片开发",
        "减少文山会海",
        "山东半岛城市群",
        "中山路改造",
        "朝阳产业",
    ],
)
def test_finds_none_where_no_city_is_asked_about(text: str) -> None:
    assert cities_in(text) == []


def test_a_province_is_its_cities_in_the_catalog() -> None:
    (mention,) = find_cities("山东省新增就业", KNOWN)
    assert (mention.name, mention.cities, mention.wide) == ("山东省", ("济南市", "青岛市"), True)
    assert cities_in("山东各市新增就业") == [("山东省", ("济南市", "青岛市"))]
    assert cities_in("内蒙古的草原") == [("内蒙古自治区", ())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("深圳新增就业", "深圳市"),
        ("深圳市新增就业", "深圳市"),
        ("朝阳市新增就业", "朝阳市"),
        ("广东省", "广东省"),
    ],
)
def test_a_place_without_documents_is_named_without_cities(text: str, name: str) -> None:
    assert cities_in(text) == [(name, ())]


def test_a_city_may_be_given_short() -> None:
    assert city_named("青岛", KNOWN) == "青岛市"
    assert city_named("拉萨", KNOWN) == "拉萨"


def test_a_city_held_up_once_is_no_filter_anywhere_in_the_query() -> None:
    assert cities_in("审批时限对标武汉，武汉的时限是多少") == []

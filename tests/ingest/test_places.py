"""Places: short, full and traditional forms are one place; ordinary words are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import fold
from ingest.places import Level, find_places, group_at, mention_at, place_named, same_place


@pytest.mark.parametrize(
    ("written", "name", "level"),
    [
        ("苏州", "苏州市", Level.CITY),
        ("苏州市", "苏州市", Level.CITY),
        ("江苏省苏州市", "苏州市", Level.CITY),
        ("蘇州市", "苏州市", Level.CITY),
        ("苏州 市", "苏州市", Level.CITY),
        ("上海", "上海市", Level.CITY),
        ("中山", "中山市", Level.CITY),
        ("吉林", "吉林省", Level.PROVINCE),
        ("吉林省吉林市", "吉林市", Level.CITY),
        ("廣東", "广东省", Level.PROVINCE),
        ("内蒙古", "内蒙古自治区", Level.PROVINCE),
        ("香港", "香港特别行政区", Level.PROVINCE),
        ("臺北市", "台北市", Level.CITY),
        ("恩施州", "恩施土家族苗族自治州", Level.CITY),
        ("和田", "和田地区", Level.CITY),
        ("昆山", "昆山市", Level.COUNTY),
        ("浦东", "浦东新区", Level.COUNTY),
        ("上海浦东新区", "浦东新区", Level.COUNTY),
        ("青岛西海岸新区", "西海岸新区", Level.ZONE),
        ("朝阳区", "朝阳区", Level.COUNTY),
        ("北京市朝阳区", "北京市朝阳区", Level.COUNTY),
        ("长春朝阳区", "长春市朝阳区", Level.COUNTY),
        ("襄樊市", "襄阳市", Level.CITY),
        ("新加坡", "新加坡", Level.COUNTRY),
        ("东京", "东京", Level.CITY),
    ],
)
def test_every_form_has_one_official_name(written: str, name: str, level: Level) -> None:
    place = place_named(written)
    assert place is not None
    assert (place.name, place.level) == (name, level)


@pytest.mark.parametrize(
    "written", ["", "高新", "城区", "老城区", "开放", "先进城市", "全国", "苏州人民", "上海深圳", "市"]
)
def test_what_names_no_place_is_none(written: str) -> None:
    assert place_named(written) is None


def test_the_same_place_in_other_words() -> None:
    assert same_place("青岛", "山东省青岛市")
    assert not same_place("青岛", "烟台市")
    assert same_place("某单位", "某单位")


@pytest.mark.parametrize(
    "text",
    [
        "中山路改造",
        "和平统一、长安街、大兴土木、朝阳产业",
        "扩大开放，建设高新区和老城区",
        "整治文山会海，实现长治久安",
        "扩大连片整治",
        "推广安全知识",
        "形成都市农业",
        "创新乡村治理，加大同城合作",
        "黄河南岸、长江西段",
        "天津路与香港中路",
        "北京大学、上海合作组织",
        "提高县域经济，形成县乡联动",
        "和平区域合作",
        "长白山市场",
    ],
)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert find_places(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "对标上海、深圳和天津滨海新区",
            [("上海", "上海市"), ("深圳", "深圳市"), ("天津滨海新区", "滨海新区")],
        ),
        ("苏州市场监管局", [("苏州", "苏州市")]),
        ("上海南部、唐山西部", [("上海", "上海市"), ("唐山", "唐山市")]),
        ("南昌都市圈", [("南昌", "南昌市")]),
        ("在西安召开", [("西安", "西安市")]),
        ("中山市与廣州市", [("中山市", "中山市"), ("廣州市", "广州市")]),
        ("海南藏族自治州", [("海南藏族自治州", "海南藏族自治州")]),
        ("在长沙县和忠县", [("长沙县", "长沙县"), ("忠县", "忠县")]),
    ],
)
def test_places_in_running_text(text: str, found: list[tuple[str, str]]) -> None:
    mentions = find_places(text)
    assert [(text[m.start : m.end], m.locality.name) for m in mentions] == found


def test_a_label_lets_ordinary_words_be_cities() -> None:
    assert mention_at("日照、东营", 0) is None
    mention = mention_at("日照、东营", 0, labelled=True)
    assert mention is not None
    assert (mention.locality.name, mention.end) == ("日照市", 2)


def test_one_word_for_several_cities() -> None:
    group = group_at("对标北上广深", 2)
    assert group is not None
    assert [place.name for place in group[0]] == ["北京市", "上海市", "广州市", "深圳市"]
    assert group[1] == 6
    assert group_at("对标", 0) is None


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("苏州市江省上海浦东新区中山路县大连的、 \nA1".strip() + " "), max_size=40).map(
        "".join
    )
    | st.text(max_size=80)
)
def test_any_text_gives_exact_ordered_spans(text: str) -> None:
    end = 0
    for mention in find_places(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention_at(fold(text), mention.start) == mention
        end = mention.end
    place_named(text)

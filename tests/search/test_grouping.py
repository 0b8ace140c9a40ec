"""Equal promises become one hit; different ones do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest

from corpus.model import Comparator, Indicator
from corpus.stored import ItemOutline
from search.fuse import ScoredItem
from search.grouping import Group, common_share, differing_figures, group
from tests.search.making import indicator, item

RATE = "公文按期办结率达到{}%以上，紧急公文当日办结。"
HOTLINE = "热线诉求按期回复，群众满意率逐年提高。"


def scored(number: int, score: float) -> ScoredItem:
    return ScoredItem(number, number * 10, score, 0.9, 1.0)


def outline(
    number: int,
    content: str,
    *,
    year: int | None = 2020,
    document: int | None = None,
    city: str | None = "海市",
    name: str | None = None,
) -> ItemOutline:
    return ItemOutline(number, document or number, year, "海市办公室", city, name, content)


class Few:
    """Outlines in memory; remembers how many were asked for."""

    def __init__(self, *outlines: ItemOutline) -> None:
        self.outlines = {one.item_id: one for one in outlines}
        self.asked: list[int] = []

    def __call__(self, item_ids: Sequence[int]) -> Mapping[int, ItemOutline]:
        self.asked.append(len(item_ids))
        return {one: self.outlines[one] for one in item_ids if one in self.outlines}


def grouped(ranked: Sequence[ScoredItem], few: Few, k: int = 10) -> list[tuple[int, list[int]]]:
    groups = group(ranked, k, few)
    return [(one.best.item_id, [version.item_id for version in one.versions]) for one in groups]


def shares(one: str, other: str) -> float:
    """The definition, slowly: figures one sign, punctuation nothing."""

    def triples(text: str) -> set[str]:
        kept = "".join("0" if c.isdigit() else c for c in text if c.isalnum() or c == "%")
        kept = kept[:1] + "".join(b for a, b in pairwise(kept) if (a, b) != ("0", "0"))
        return {kept[i : i + 3] for i in range(len(kept) - 2)}

    left, right = triples(one), triples(other)
    return len(left & right) / len(left | right)


def test_shares_are_counted_exactly() -> None:
    texts = ["办结率达到95%以上，力争全省前列", "办结率达到96.5%以上", "值班不脱岗", "办结", ""]
    found, sizes = common_share(texts)
    assert sizes.tolist() == [13, 7, 3, 0, 0]
    for row, column in ((0, 1), (0, 2), (1, 2)):
        assert found[row, column] == pytest.approx(shares(texts[row], texts[column]))
    assert found[3].tolist() == found[4].tolist() == [0, 0, 0, 0, 0]
    assert np.array_equal(found, found.T)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("办结率达到95%以上", "办结率达到98.25%以上"),
        ("新建幼儿园十二所", "新建幼儿园8所"),
        ("减少文件（简报）30%。", "减少文件简报40％"),
        ("壓減會議", "压减会议"),
    ],
)
def test_figures_numerals_marks_width_and_script_do_not_count(one: str, other: str) -> None:
    share, _ = common_share([one, other])
    assert share[0, 1] == 1.0


def test_characters_beyond_the_plane_and_broken_ones_do_no_harm() -> None:
    found, _ = common_share(["𠀀𠀁𠀂公文办结", "\ud800公文办结", "公文办结"])
    assert found[1, 2] == 1.0
    assert found[0, 2] == pytest.approx(2 / 5)


def test_a_promise_repeated_over_the_years_is_one_hit_with_the_newest_version_first() -> None:
    few = Few(
        outline(1, RATE.format(96), year=2015),
        outline(2, HOTLINE, year=2015),
        outline(3, RATE.format(95), year=2012),
        outline(4, RATE.format(98), year=2021),
        outline(5, RATE.format(90), year=None),
    )
    ranked = [scored(1, 3.0), scored(2, 2.0), scored(3, 1.0), scored(4, 0.5), scored(5, 0.4)]
    assert grouped(ranked, few) == [(1, [4, 3, 5]), (2, [])]


def test_a_promise_repeated_by_other_cities_is_one_hit() -> None:
    few = Few(
        outline(1, "甲州市地铁开通2条线路", city="甲州市"),
        outline(2, "乙海地铁开通3条线路", city="乙海市"),
    )
    assert grouped([scored(1, 1.0), scored(2, 0.9)], few) == [(1, [2])]


def test_two_items_of_one_document_are_two_promises() -> None:
    few = Few(outline(1, RATE.format(95), document=7), outline(2, RATE.format(96), document=7))
    assert grouped([scored(1, 1.0), scored(2, 0.9)], few) == [(1, []), (2, [])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("空气质量优良率达到85%以上", "水质优良率达到85%以上"),
        ("城镇居民人均可支配收入增长8%", "农村居民人均可支配收入增长8%"),
        ("公文按期办结率95%以上", "信访按期办结率95%以上"),
        ("一般公共预算收入增长5%", "一般公共预算支出增长5%"),
        ("城镇居民收入增长8%（牵头单位：市发展改革委）", "农村居民收入增长8%（牵头单位：市发展改革委）"),
    ],
)
def test_other_promises_in_the_same_form_stay_apart(one: str, other: str) -> None:
    assert shares(one, other) > 0.3
    assert len(grouped([scored(1, 1.0), scored(2, 0.9)], Few(outline(1, one), outline(2, other)))) == 2


def test_rows_with_equal_cells_are_told_apart_by_their_names() -> None:
    few = Few(
        outline(1, "增长6%", name="地区生产总值"),
        outline(2, "增长3%", name="居民消费价格"),
        outline(3, "增长5.5%左右", name="地区生产总值"),
    )
    assert grouped([scored(1, 1.0), scored(2, 0.9), scored(3, 0.8)], few) == [(1, [3]), (2, [])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城镇新增就业23万人", "城镇新增就业达到25万人以上"),
        ("2.新改建农村公路200公里以上。", "4.新改建农村公路三百公里。"),
    ],
)
def test_what_surrounds_a_figure_says_nothing(one: str, other: str) -> None:
    assert len(grouped([scored(1, 1.0), scored(2, 0.9)], Few(outline(1, one), outline(2, other)))) == 1


def test_a_name_in_common_makes_up_for_other_words() -> None:
    one = "全年召开新闻发布会30次，及时发布政策信息，回应社会关切。"
    other = "做好政策解读，全年召开新闻发布会50场以上，回应社会关切。"
    assert 0.3 < shares(one, other) < 0.5
    ranked = [scored(1, 1.0), scored(2, 0.9)]
    assert grouped(ranked, Few(outline(1, one), outline(2, other))) == [(1, []), (2, [])]
    named = Few(outline(1, one, name="政务公开（新闻）"), outline(2, other, name="政务公开"))
    assert grouped(ranked, named) == [(1, [2])]
    numbered = Few(outline(1, one, name="目标"), outline(2, other, name="目标"))
    assert len(grouped(ranked, numbered)) == 2


def test_the_best_stands_for_the_group_and_of_equals_the_newest() -> None:
    few = Few(outline(1, RATE.format(95), year=2012), outline(2, RATE.format(96), year=2021))
    assert grouped([scored(1, 1.0), scored(2, 0.9)], few) == [(1, [2])]
    assert grouped([scored(1, 1.0), scored(2, 1.0)], few) == [(2, [1])]


def test_likeness_is_to_the_best_item_not_passed_on() -> None:
    characters = "".join(chr(0x5000 + n) for n in range(90))
    first, near, far = characters[:60], characters[15:75], characters[30:]
    assert shares(first, near) == shares(near, far) > 0.5
    assert shares(first, far) < 0.5
    few = Few(outline(1, first), outline(2, near), outline(3, far))
    ranked = [scored(n, 5.0 - n) for n in (1, 2, 3)]
    assert grouped(ranked, few) == [(1, [2]), (3, [])]
    assert grouped([scored(2, 9.0), *ranked[::2]], few) == [(2, [1, 3])]


def test_k_counts_groups_and_more_are_compared_where_they_are_few() -> None:
    same = [outline(n, RATE.format(n), year=1950 + n) for n in range(1, 101)]
    others = [outline(n, chr(0x4E00 + 7 * n) * 9, year=2000) for n in range(101, 121)]
    few = Few(*same, *others)
    ranked = [scored(n, 200.0 - n) for n in range(1, 121)]
    groups = group(ranked, 3, few)
    assert [one.best.item_id for one in groups] == [1, 101, 102]
    assert len(groups[0].versions) == 99
    assert few.asked == [40, 80, 120]


def test_what_is_gone_from_the_catalog_is_left_out() -> None:
    assert grouped([scored(1, 1.0), scored(2, 0.9)], Few(outline(2, HOTLINE))) == [(2, [])]
    assert group([], 10, Few()) == ()
    assert group([scored(9, 1.0)], 10, Few()) == ()


def test_a_group_of_one_has_no_versions() -> None:
    assert group([scored(1, 1.0)], 1, Few(outline(1, HOTLINE))) == (Group(scored(1, 1.0)),)


def test_only_figures_that_differ_are_said() -> None:
    def rate(content: str, value: float) -> Indicator:
        text = f"办结率{value:g}%"
        return indicator(content, text, "办结率", Comparator.EQUAL, value, "%")

    old, new = "办结率95%，满意率90%", "办结率96%，满意率90%"
    kept = [indicator(one, "满意率90%", "满意率", Comparator.EQUAL, 90, "%") for one in (old, new)]
    best = item("公文", old, rate(old, 95), kept[0])
    version = item("公文", new, rate(new, 96), kept[1], number=2)
    assert [one.text for one in differing_figures(best, version)] == ["办结率96%"]
    assert differing_figures(best, best) == ()

"""Several subjects of one figure, and figures that share a unit, a magnitude or a verb."""

from __future__ import annotations

from tests.ingest.indicators.making import brief


def test_each_subject_gets_the_figure() -> None:
    assert brief("绿地率、绿化覆盖率均达到40%。") == [
        ("绿地率", "=", 40, "%"),
        ("绿化覆盖率", "=", 40, "%"),
    ]
    assert brief("热线、信箱按期答复率都达到95%以上。") == [
        ("热线按期答复率", ">=", 95, "%"),
        ("信箱按期答复率", ">=", 95, "%"),
    ]
    assert brief("服务业增加值、进出口总额增长9%。") == [
        ("服务业增加值", "increase", 9, "%"),
        ("进出口总额", "increase", 9, "%"),
    ]


def test_one_subject_with_a_mark_in_it_stays_one() -> None:
    assert brief("科技和教育支出增长9%。") == [("科技和教育支出", "increase", 9, "%")]
    assert brief("工业投资均增长9%。") == [("工业投资", "increase", 9, "%")]


def test_a_magnitude_is_shared_by_figures_of_one_size() -> None:
    assert [i[2:] for i in brief("东、西、北三城分别完成绿化98、74、40万平方米。")] == [
        (980_000, "平方米"),
        (740_000, "平方米"),
        (400_000, "平方米"),
    ]
    assert [i[2] for i in brief("分别建设住房5000、3000、1.2万套。")] == [5000, 3000, 12_000]
    assert [i[2:] for i in brief("增速分别高出全国、全省2.4个、1.6个百分点。")] == [
        (2.4, "个百分点"),
        (1.6, "个百分点"),
    ]


def test_figures_of_two_units_share_the_comparator() -> None:
    assert brief("旅游收入和接待游客分别超过80亿元、450万人次。") == [
        ("旅游收入", ">", 8_000_000_000, "元"),
        ("接待游客", ">", 4_500_000, "人次"),
    ]


def test_sectors_keep_their_ordinals() -> None:
    assert [name for name, *_ in brief("第一、二、三产业分别增长3%、6%和9%。")] == [
        "第一产业",
        "第二产业",
        "第三产业",
    ]


def test_a_list_shares_the_reduction() -> None:
    assert [i[1:3] for i in brief("减排烟尘60吨、粉尘50吨，减少会议10次、文件20件。")] == [
        ("decrease", 60),
        ("decrease", 50),
        ("decrease", 10),
        ("decrease", 20),
    ]
    assert [i[1] for i in brief("减少会议10次、办结率98%。")] == ["decrease", "="]


def test_what_is_saved_is_no_estimate() -> None:
    assert brief("办公经费节约12%。") == [("办公经费", "decrease", 12, "%")]


def test_two_figures_of_one_thing() -> None:
    assert [i[2:] for i in brief("整修道路9条30万平方米，拓宽巷道12条14.5公里支路。")] == [
        (9, "条"),
        (300_000, "平方米"),
        (12, "条"),
        (14.5, "公里"),
    ]


def test_what_is_improved_does_not_grow_in_number() -> None:
    assert [i[1] for i in brief("提升20条产业链水平，整治提升40个片区，补助标准提高200元。")] == [
        "=",
        "=",
        "increase",
    ]


def test_round_numbers_count_where_something_is_done() -> None:
    assert [i[1:] for i in brief("实施百个文旅项目，出台百项措施，服务千家企业，培训百余场。")] == [
        ("=", 100, "个"),
        ("=", 100, "项"),
        ("=", 1000, "家"),
        (">", 100, "场"),
    ]
    assert brief("走进千家万户，开展百家讲坛，实施百名名医培养工程，服务“百家企业”。") == []


def test_tenths_and_cleared() -> None:
    assert brief("线上办件占办件总量七成。") == [("线上办件占办件总量", "=", 70, "%")]
    assert brief("一成不变。") == []
    assert brief("零就业家庭动态清零。") == [("零就业家庭", "=", 0, None)]
    assert brief("开展清零行动。") == []


def test_growth_over_an_earlier_year_is_named_without_the_comparison() -> None:
    assert brief("会展交易额比2012年增长2倍。") == [("会展交易额", "increase", 2, "倍")]

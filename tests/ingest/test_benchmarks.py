"""Benchmarks of an item: labelled lines, columns, cells that compare, prose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Field, Quantity, TargetItem
from ingest.benchmarks import find_benchmarks, names_of
from ingest.indicators.units import unit_at

DAYS = (unit_at("个工作日", 0) or ("", 0))[0]  # as the indicators write it


def item(content: str = "", *, benchmark: str | None = None, basis: str | None = None) -> TargetItem:
    return TargetItem(None, None, None, content, benchmark_text=benchmark, basis_text=basis)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("标杆城市：苏州市    标杆值：2020年以来，持续攻坚。", [("苏州市", "2020年以来，持续攻坚。")]),
        ("标杆城市：苏州", [("苏州市", None)]),
        ("苏州", [("苏州市", None)]),
        ("上海市、日照", [("上海市", None), ("日照市", None)]),
        ("标杆城市：上海、深圳  标杆值：均已办成", [("上海市", "均已办成"), ("深圳市", "均已办成")]),
        (
            "标杆城市：上海、深圳  标杆值：上海市98%；深圳市99%",
            [("上海市", "上海市98%；"), ("深圳市", "深圳市99%")],
        ),
        ("标杆城市：和田、呼和浩特和中山", [("和田地区", None), ("呼和浩特市", None), ("中山市", None)]),
        (
            "标杆城市：上海市 标杆值：甲。\n标杆城市：深圳市 标杆值：乙。",
            [("上海市", "甲。"), ("深圳市", "乙。")],
        ),
        ("标杆城市:\n深圳市\n标杆值:\n全部办结", [("深圳市", "全部办结")]),
        (
            "标杆城市：上海市  标杆值：选取上海市作为对标城市，跟踪学习。",
            [("上海市", "选取上海市作为对标城市，跟踪学习。")],
        ),
        ("标杆单位：上海市浦东新区政务局 标杆值：3天", [("浦东新区", "3天")]),
        ("對標城市：臺北市、新加坡", [("台北市", None), ("新加坡", None)]),
        ("标杆城市：北上广深", [("北京市", None), ("上海市", None), ("广州市", None), ("深圳市", None)]),
        ("标杆城市：亚琛", [("亚琛", None)]),
        ("标杆城市：无", []),
        ("标杆城市：全国先进城市 标杆值：95%", []),
        ("标杆城市：青岛市、厦门市", [("厦门市", None)]),
    ],
)
def test_labelled_lines_and_columns(text: str, found: list[tuple[str, str | None]]) -> None:
    benchmarks = find_benchmarks(item(benchmark=text), "青岛")
    assert [(b.city, b.value) for b in benchmarks] == found
    assert all(
        text[b.span.start : b.span.end] == b.text and b.span.field is Field.BENCHMARK for b in benchmarks
    )


def test_cells_that_compare() -> None:
    cell = (
        "一、创标情况:全程联办。 二、对标情况: 1.入驻大厅。对标城市为厦门市。厦门部分入驻,我市全部入驻。 "
        "2.服务业。对标城市为武汉市。武汉时限22个工作日,我市减至20个工作日(此前我市80个工作日),比武汉市少2个工作日。"
    )
    first, second = find_benchmarks(item(basis=cell), "青岛市")
    assert (first.city, first.value, first.quantity) == ("厦门市", "厦门部分入驻,我市全部入驻。", None)
    assert first.text == "对标城市为厦门市。厦门部分入驻,我市全部入驻。"
    assert second.city == "武汉市"
    assert second.value == cell[cell.index("武汉时限") :]
    assert (second.quantity, second.ours) == (Quantity(22, DAYS), Quantity(20, DAYS))
    assert (second.gap, second.stated_gap) == (-2, 2)
    assert cell[second.span.start : second.span.end] == second.text


def test_a_later_mention_of_the_name_does_not_cut_the_value() -> None:
    (benchmark,) = find_benchmarks(item(basis="对标城市为武汉市。当地时限22天，我市比武汉市少2天。"), None)
    assert benchmark.value == "当地时限22天，我市比武汉市少2天。"


def test_prose_and_labels_name_a_city_once() -> None:
    row = item(
        "对标上海，学习借鉴深圳“秒批”经验，对标本市黄岛区。", benchmark="标杆城市：上海市 标杆值：领先。"
    )
    assert [(b.city, b.value) for b in find_benchmarks(row, "青岛市")] == [
        ("上海市", "领先。"),
        ("深圳市", "“秒批”经验"),
    ]


def test_figures_of_the_sentence_around_a_comparison() -> None:
    text = "全市时限20个工作日，武汉市22个工作日，比武汉市少2个工作日。"
    (benchmark,) = find_benchmarks(item(text), None)
    assert benchmark.text == "比武汉市少2个工作日"
    assert (benchmark.quantity, benchmark.ours) == (Quantity(22, DAYS), Quantity(20, DAYS))
    assert (benchmark.gap, benchmark.stated_gap) == (-2, 2)


def test_our_own_districts_are_no_benchmarks() -> None:
    assert find_benchmarks(item("复制推广越秀区“某项”经验"), "广州市") == ()
    assert [b.city for b in find_benchmarks(item("复制推广越秀区“某项”经验"), "青岛市")] == ["越秀区"]


def test_the_ways_a_city_is_called() -> None:
    assert names_of("苏州") == ("苏州市", "苏州")
    assert names_of("新加坡") == ("新加坡",)


pieces = st.sampled_from(
    [
        "标杆城市：",
        "标杆值：",
        "对标城市为",
        "上海",
        "深圳市",
        "和",
        "、",
        "，",
        "。",
        "\n",
        "  ",
        "22个工作日",
        "我市",
        "比",
        "少2个",
        "学习借鉴",
        "经验",
        "1.",
        "（",
        "）",
    ]
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=30).map("".join) | st.text(max_size=120))
def test_any_text_gives_exact_spans(text: str) -> None:
    for row in (item(text), item(benchmark=text), item(basis=text)):
        for benchmark in find_benchmarks(row, "青岛市"):
            written = getattr(row, benchmark.span.field.value)
            assert written[benchmark.span.start : benchmark.span.end] == benchmark.text
            assert benchmark.value is None or benchmark.value in written
            assert benchmark.city != "青岛市"


@pytest.mark.parametrize(
    "unit", ["对标上海、", "标杆城市：", "比武汉市少2个工作日，", "和上海", "标杆城市：上海、深圳 "]
)
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    rows = item(text), item(benchmark=text)
    assert all(b.span.end <= len(text) for row in rows for b in find_benchmarks(row, None))

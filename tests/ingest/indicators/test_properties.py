"""What holds for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Comparator, Field, TargetItem
from ingest.indicators import find_indicators
from ingest.indicators.reading import read_field

PIECES = """
    公文办结率 达到 96% 以上 ， 。 ； 、 较上年度 （ 180件 ） 压减 10% 由 从 至 到 30个工作日 分别
    和 3.0版 2021年 年底前 第 前 十 百 万 亿 一 两 三 三分之一 百分之八十 全覆盖 零差错 翻一番
    只减不增 《 》 “ ” ( ) [ ] 每季度 1次 新增 增长 不少于 控制在 以内 左右 多 余 的 10亿元 项目
    1,200 ８，０００ | — - ~ 5~8 PM2.5 GDP 个 家 % 占 去年 已 了 他 其中 。。 ，，
"""
FRAGMENTS = st.sampled_from([" ", "\n", "\t", *PIECES.split()])


@given(st.one_of(st.text(max_size=80), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_spans_are_exact_and_nothing_raises(text: str) -> None:
    item = TargetItem(category=None, number=None, name=None, content=text, target_value=text[:20])
    for indicator in find_indicators(item, 2021):
        written = getattr(item, indicator.span.field.value)
        assert written[indicator.span.start : indicator.span.end] == indicator.text
        assert indicator.text
        assert indicator.value >= 0
        assert indicator.high is None or indicator.high > indicator.value


UNITS = st.sampled_from("% 件 次 场 篇 条次 家 处 个 期 批次 平方米 个工作日 亿元 万人次 个百分点".split())
WORDS = st.sampled_from(
    [
        ("达到", "以上", Comparator.AT_LEAST),
        ("不少于", "", Comparator.AT_LEAST),
        ("不低于", "", Comparator.AT_LEAST),
        ("不超过", "", Comparator.AT_MOST),
        ("控制在", "以内", Comparator.AT_MOST),
        ("突破", "", Comparator.ABOVE),
        ("低于", "", Comparator.BELOW),
        ("达到", "", Comparator.EQUAL),
        ("", "左右", Comparator.ABOUT),
        ("增长", "", Comparator.INCREASE),
        ("压减", "", Comparator.DECREASE),
    ]
)


@given(st.integers(2, 5000), UNITS, WORDS)
def test_generated_phrases_are_read_back(value: int, unit: str, words: tuple[str, str, Comparator]) -> None:
    before, after, op = words
    text = f"加强统筹，全年公文总量{before}{value}{unit}{after}。"
    (indicator,) = read_field(text, Field.CONTENT)
    factor = {"亿元": 1e8, "万人次": 1e4}.get(unit, 1)
    assert (indicator.op, indicator.value, indicator.unit) == (
        op,
        value * factor,
        unit.removeprefix("亿").removeprefix("万"),
    )
    assert indicator.name == "公文总量"
    assert indicator.text == text[5 + 2 : -1]


@given(st.integers(1, 400), st.integers(1, 99))
def test_bounds_follow_from_baselines(base: int, cut: int) -> None:
    (indicator,) = read_field(f"文件数量较上年度（{base}件）压减{cut}%。", Field.CONTENT, year=2021)
    assert indicator.baseline is not None
    assert (indicator.baseline.value, indicator.baseline.year) == (base, 2020)
    assert indicator.bound is not None
    assert abs(indicator.bound.value - base * (100 - cut) / 100) < 1e-5


@pytest.mark.parametrize(
    "piece", ["（", "“", "《", "一", "1", "1,", "9.", "增长", "的", "、", "第", "2020年"]
)
def test_one_long_line_of_nothing_is_read_to_its_end(piece: str) -> None:
    assert read_field(piece * 15_000, Field.CONTENT, year=2021) == ()


def test_one_long_line_of_promises_is_read_to_its_end() -> None:
    found = read_field("新建公园8个和绿地20处以及" * 1_500, Field.CONTENT, year=2021)
    assert [(indicator.value, indicator.unit) for indicator in found] == [(8, "个"), (20, "处")] * 1_500

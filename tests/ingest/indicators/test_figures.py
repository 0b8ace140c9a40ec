"""First stage: numbers with their units."""

from __future__ import annotations

import pytest

from ingest.indicators.figures import find_figures
from ingest.indicators.scene import Scene


def figures(text: str) -> list[tuple[str, float, float | None, str | None]]:
    return [(text[f.start : f.end], f.value, f.high, f.unit) for f in find_figures(Scene.of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办结率96%以上", ("96%", 96, None, "%")),
        ("办结率９６．５％", ("９６．５％", 96.5, None, "%")),
        ("企业3,000家", ("3,000家", 3000, None, "家")),
        ("引资85亿美元", ("85亿美元", 8.5e9, None, "美元")),
        ("检测6万批次", ("6万批次", 60000, None, "批次")),
        ("用展面积120万平方米", ("120万平方米", 1.2e6, None, "平方米")),
        ("提高4.6个百分点", ("4.6个百分点", 4.6, None, "个百分点")),
        ("提高4.6百分点", ("4.6百分点", 4.6, None, "个百分点")),
        ("压缩至7个工作日", ("7个工作日", 7, None, "个工作日")),
        ("道路150千米", ("150千米", 150, None, "公里")),
        ("装机300万千瓦", ("300万千瓦", 3e6, None, "千瓦")),
        ("浓度35微克/立方米", ("35微克/立方米", 35, None, "微克/立方米")),
        ("处理能力5万吨/日", ("5万吨/日", 50000, None, "吨/日")),
        ("10万至12万人", ("10万至12万人", 1e5, 1.2e5, "人")),
        ("5-8万亩", ("5-8万亩", 5e4, 8e4, "亩")),
        ("增长8%~10%", ("8%~10%", 8, 10, "%")),
        ("3–5年", ("3–5年", 3, 5, "年")),
        ("百分之八十", ("百分之八十", 80, None, "%")),
        ("百分之八十点五", ("百分之八十点五", 80.5, None, "%")),
        ("三分之一", ("三分之一", 33.33, None, "%")),
        ("千分之三", ("千分之三", 3, None, "‰")),
        ("七成五", ("七成五", 75, None, "%")),
        ("一万二千家", ("一万二千家", 12000, None, "家")),
        ("50多家", ("50多家", 50, None, "家")),
        ("10余万人", ("10余万人", 1e5, None, "人")),
        ("30 家", ("30 家", 30, None, "家")),
    ],
)
def test_value_and_unit(text: str, expected: tuple[str, float, float | None, str | None]) -> None:
    assert figures(text) == [expected]


def test_a_full_width_comma_between_digits_is_a_pause() -> None:
    assert [value for _, value, _, _ in figures("新增5，120家")] == [5, 120]


def test_a_unit_is_not_the_beginning_of_a_word() -> None:
    assert figures("3万人口")[0][0] == "3万"
    assert figures("三条件")[0][3] is None
    assert figures("20家电子企业")[0][3] == "家"


def test_from_to_is_no_range() -> None:
    assert [(value, high) for _, value, high, _ in figures("从7275元到10921元")] == [
        (7275, None),
        (10921, None),
    ]

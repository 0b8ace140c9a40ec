"""Third stage: words before and after a figure."""

from __future__ import annotations

import pytest

from corpus.model import Comparator
from ingest.indicators.comparators import read_prefix, read_suffix
from ingest.indicators.figures import find_figures
from ingest.indicators.scene import Scene


@pytest.mark.parametrize(
    ("text", "op", "rise", "chain"),
    [
        ("办结率不低于96%", Comparator.AT_LEAST, 0, "不低于"),
        ("失业率控制在4%", Comparator.AT_MOST, 0, "控制在"),
        ("总量突破100万户", Comparator.ABOVE, 0, "突破"),
        ("用时不到3天", Comparator.BELOW, 0, "不到"),
        ("约300个", Comparator.ABOUT, 0, "约"),
        ("收入预计增长8%", None, 1, "预计增长"),
        ("能耗分别下降了18%", None, -1, "分别下降了"),
        ("收入增长不低于8%", Comparator.AT_LEAST, 1, "增长不低于"),
        ("签约360个", None, 0, ""),
        ("通过5项", None, 0, ""),
        ("新增20家", None, 0, ""),
    ],
)
def test_prefix(text: str, op: Comparator | None, rise: int, chain: str) -> None:
    scene = Scene.of(text)
    figure = next(iter(find_figures(scene)))
    prefix = read_prefix(scene, figure.start)
    assert (prefix.op, prefix.rise, text[prefix.start : figure.start]) == (op, rise, chain)


def test_reaching_a_level_is_no_change() -> None:
    scene = Scene.of("比重提高到68%")
    prefix = read_prefix(scene, 5)
    assert (prefix.becomes, prefix.rise) == (True, 1)


@pytest.mark.parametrize(
    ("after", "unit", "op", "length"),
    [
        ("以上。", "%", Comparator.AT_LEAST, 2),
        ("及以上", "%", Comparator.AT_LEAST, 3),
        ("（含）以上", "%", Comparator.AT_LEAST, 5),
        ("以内", "%", Comparator.AT_MOST, 2),
        ("以下", "件", Comparator.AT_MOST, 2),
        ("左右", "%", Comparator.ABOUT, 2),
        ("多", "年", Comparator.ABOVE, 1),
        ("内办结", "个工作日", Comparator.AT_MOST, 1),
        ("内部", "天", None, 0),
        ("内资", "元", None, 0),
        ("，", "%", None, 0),
    ],
)
def test_suffix(after: str, unit: str, op: Comparator | None, length: int) -> None:
    suffix = read_suffix(Scene.of(after), 0, unit)
    assert (suffix.op, suffix.end) == (op, length)

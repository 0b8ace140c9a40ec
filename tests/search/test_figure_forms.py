"""Ways to write a figure."""

from __future__ import annotations

import pytest

from search.figure_forms import FIGURE, written_forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("96%", ("96%", "百分之九十六")),
        ("96.5%", ("96.5%", "百分之九十六点五")),
        ("3‰", ("3‰", "千分之三")),
        ("33项", ("33项", "三十三项")),
        ("2次", ("2次", "二次", "两次")),
        ("10场", ("10场", "十场")),
        ("105件", ("105件", "一百零五件")),
        ("110件", ("110件", "一百一十件")),
        ("1,200件", ("1200件", "1,200件", "一千二百件")),
        ("1005件", ("1005件", "1,005件", "一千零五件")),
        ("6万批次", ("6万批次", "六万批次")),
        ("85亿美元", ("85亿美元", "八十五亿美元")),
        ("30000人", ("30000人", "30,000人")),
        ("7个工作日", ("7个工作日", "七个工作日")),
    ],
)
def test_the_same_figure_written_otherwise(text: str, forms: tuple[str, ...]) -> None:
    match = FIGURE.search(text)
    assert match is not None
    assert written_forms(match) == forms


@pytest.mark.parametrize("text", ["2021年", "12345热线", "第15届", "第33项", "5月", "3.0版", "5g", "15号"])
def test_no_figure(text: str) -> None:
    assert FIGURE.search(text) is None

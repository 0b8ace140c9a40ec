"""Numerals as official prose writes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.numerals import chinese_numeral, read_numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("96", 96),
        ("1,200", 1200),
        ("0.15", 0.15),
        ("1.1万", 11000),
        ("85亿", 8.5e9),
        ("1.2万亿", 1.2e12),
        ("3万2千", 32000),
        ("12万5千", 125000),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("两百", 200),
        ("一百零五", 105),
        ("一万二千", 12000),
        ("一万二", 12000),
        ("三百五", 350),
        ("一万零五", 10005),
        ("一千零一十万", 10_100_000),
        ("一亿零五百万", 105_000_000),
        ("八十点五", 80.5),
        ("三点五万", 35000),
        ("二〇二一", 2021),
        ("百", 100),
        ("万亿", 1e12),
        ("零", 0),
    ],
)
def test_reads(text: str, value: float) -> None:
    assert read_numeral(text) == value


@pytest.mark.parametrize(
    "text", ["", "点", "三点", "点五", "3x", "一a", "abc", "9" * 25, "一" * 5000, "三三百", "1万x"]
)
def test_is_no_numeral(text: str) -> None:
    assert read_numeral(text) is None


@given(st.text(alphabet="0123456789,.点〇零一二三四五六七八九十百千万亿两x", max_size=12))
def test_never_raises(text: str) -> None:
    value = read_numeral(text)
    assert value is None or value >= 0


@settings(deadline=None)  # the other library's first call is slow
@given(st.integers(0, 99_999_999_999))
def test_agrees_with_cn2an_both_ways(number: int) -> None:
    cn2an = pytest.importorskip("cn2an", reason="cn2an is not installed: nothing to compare with")
    assert read_numeral(cn2an.an2cn(number)) == number


@given(st.integers(1, 999_999), st.sampled_from(["", "万", "亿", "万亿", "千", "百万"]))
def test_decimal_places_are_exact(number: int, magnitude: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "千": 10**3, "百万": 10**6}[magnitude]
    assert read_numeral(f"{number // 100}.{number % 100:02}{magnitude}") == number * factor / 100


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (105, "一百零五"),
        (110, "一百一十"),
        (9009, "九千零九"),
    ],
)
def test_numbers_are_written_as_they_are_said(number: int, written: str) -> None:
    assert chinese_numeral(number) == written


def test_what_is_written_reads_back() -> None:
    assert all(read_numeral(chinese_numeral(number) or "") == number for number in range(10_000))
    assert chinese_numeral(10_000) is None
    assert chinese_numeral(-1) is None

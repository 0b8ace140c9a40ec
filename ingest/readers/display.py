"""How a spreadsheet shows a stored value: 0.96 formatted as a percentage is 96%, 44256 as a date is a day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_TOKEN: Final = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|;')
_DECIMALS: Final = re.compile(r"[0#?]\.([0#?]+)")
_PLACEHOLDERS: Final = re.compile(r"[0#?][0#?,.]*")
_EXACT: Final = Decimal(10) ** 15  # beyond it a spreadsheet's number has no digits to round

Stored = str | bool | int | float | datetime | date | time | timedelta | None


def displayed(value: Stored, number_format: str = "General") -> str:
    """Return `value` as a reader of the sheet sees it, without thousands separators."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return _day(value, number_format)
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _number(value, number_format)


def _day(value: date, number_format: str) -> str:
    """Dates are written in the Chinese way whatever the locale of the format; a month alone stays one."""
    pattern = _first_section(number_format)[0].lower()
    if "d" not in pattern and "y" in pattern:
        return f"{value.year}年{value.month}月" if "m" in pattern else f"{value.year}年"
    if "y" not in pattern and "d" in pattern:
        return f"{value.month}月{value.day}日"
    return f"{value.year}年{value.month}月{value.day}日"


def _number(value: float, number_format: str) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return ""
    pattern, before, after = _first_section(number_format)
    if "%" in pattern:
        return before + _plain(number * 100, _places(pattern)) + "%" + after
    return before + _plain(number, _places(pattern)) + after


def _places(pattern: str) -> int | None:
    """Return how many decimals a pattern shows, `None` where it shows as many as there are."""
    if "E+" in pattern or "/" in pattern or not _PLACEHOLDERS.search(pattern):
        return None
    decimals = _DECIMALS.search(pattern)
    return len(decimals.group(1)) if decimals else 0


def _first_section(number_format: str) -> tuple[str, str, str]:
    """Return the pattern for positive values without its literal text, and the text before and after."""
    pattern, texts = "", ["", ""]
    position = 0
    for token in _TOKEN.finditer(number_format):
        pattern += number_format[position : token.start()]
        position = token.end()
        if token.group() == ";":
            return pattern, texts[0], texts[1]
        literal = token.group(1) or token.group(2) or ""
        texts[bool(_PLACEHOLDERS.search(pattern))] += literal
    return pattern + number_format[position:], texts[0], texts[1]


def _plain(number: Decimal, places: int | None) -> str:
    """Round to `places` where the format states them, else to what a sheet shows of a binary fraction."""
    if abs(number) < _EXACT:
        exponent = Decimal(1).scaleb(-min(places if places is not None else 10, 12))
        number = number.quantize(exponent, rounding=ROUND_HALF_UP)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

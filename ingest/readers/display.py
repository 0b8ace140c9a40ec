"""How a spreadsheet shows a stored value: 0.96 formatted as a percentage is 96%, 44256 as a date is a day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_QUOTED: Final = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DECIMALS: Final = re.compile(r"[0#?]\.([0#?]+)")
_SUFFIX: Final = re.compile(r'[0#?]\s*"([^"]+)"\s*$')

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
    if isinstance(value, time | timedelta):
        return str(value)
    return _number(value, number_format)


def _day(value: date, number_format: str) -> str:
    """Dates are written in the Chinese way whatever the locale of the format; a month alone stays one."""
    pattern = _QUOTED.sub("", number_format.split(";")[0]).lower()
    if "d" not in pattern and "y" in pattern:
        return f"{value.year}年{value.month}月" if "m" in pattern else f"{value.year}年"
    if "y" not in pattern and "d" in pattern:
        return f"{value.month}月{value.day}日"
    return f"{value.year}年{value.month}月{value.day}日"


def _number(value: float, number_format: str) -> str:
    section = number_format.split(";")[0]
    pattern = _QUOTED.sub("", section)
    decimals = _DECIMALS.search(pattern)
    places = len(decimals.group(1)) if decimals else None
    number = Decimal(repr(value))
    if "%" in pattern:
        return _plain(number * 100, places or 0 if "0" in pattern else None) + "%"
    suffix = _SUFFIX.search(section)
    return _plain(number, places) + (suffix.group(1) if suffix else "")


def _plain(number: Decimal, places: int | None) -> str:
    """Round to `places` where the format states them, but never show less than the sheet stores as whole."""
    if places is not None and number.is_finite():
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    else:
        number = round(number, 10)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

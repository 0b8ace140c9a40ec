from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from ingest.readers.display import Stored, displayed


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (None, "General", ""),
        ("  甲\r\n乙_x000D_", "General", "甲\n乙"),
        (True, "General", "是"),
        (95, "General", "95"),
        (0.1 + 0.2, "General", "0.3"),
        (0.96, "0%", "96%"),
        (0.965, "0%", "97%"),
        (0.965, "0.0%", "96.5%"),
        (0.9655, "0.00%", "96.55%"),
        (0.96, "0.00%", "96%"),
        (12345.678, "#,##0.00", "12345.68"),
        (5.4, "0", "5"),
        (5.5, "#,##0", "6"),
        (-5, "0_);(0)", "-5"),
        (96, '0"%"', "96%"),
        (96, "0\\%", "96%"),
        (12, '0"件"', "12件"),
        (3, '"≥"0"次"', "≥3次"),
        (7, '[$-804]0" 个工作日"', "7 个工作日"),
        (0.5, "# ?/?", "0.5"),
        (1234567.0, "0.00E+00", "1234567"),
        (1e300, "0.00", "1" + "0" * 300),
        (float("inf"), "0.00", ""),
        (float("nan"), "General", ""),
        (date(2021, 3, 1), "yyyy-mm-dd", "2021年3月1日"),
        (datetime(2021, 12, 31, 8, 30, tzinfo=UTC), "m/d/yy h:mm", "2021年12月31日"),
        (date(2021, 3, 1), 'yyyy"年"m"月"', "2021年3月"),
        (date(2021, 3, 1), "yyyy", "2021年"),
        (date(2021, 3, 1), 'm"月"d"日"', "3月1日"),
        (time(8, 5), "h:mm", "08:05"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_a_value_as_its_format_shows_it(value: Stored, number_format: str, expected: str) -> None:
    assert displayed(value, number_format) == expected

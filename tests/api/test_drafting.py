from __future__ import annotations

from collections.abc import Sequence

import pytest

from api.drafting import draft_request
from corpus.errors import WrongUse
from search.drafting.proposal import DraftRequest


def test_a_request_is_cleaned() -> None:
    request = draft_request((" 办件\n办结率 ", "讲座", "讲座"), " 海市办公室 ", 2022, " ")
    assert request == DraftRequest(("办件 办结率", "讲座"), "海市办公室", 2022, None)


@pytest.mark.parametrize(
    ("topics", "unit", "year", "reason"),
    [
        ((), "海市办公室", 2022, "要拟写的主题是空的"),
        (("讲座", " "), "海市办公室", 2022, "要拟写的主题是空的"),
        (("讲座",), "  ", 2022, "没有写明单位"),
        (("讲座",), "长" * 61, 2022, "单位名称有 61 个字，太长"),
        (("讲座",), "海市办公室", 1900, "年份 1900 不在范围内；请改为 1949 到 2100"),
        (("讲座",), "海市办公室", 2101, "年份 2101 不在范围内"),
        (("长" * 201,), "海市办公室", 2022, "有 201 个字，太长"),
        (tuple(str(n) for n in range(51)), "海市办公室", 2022, "一次要拟写 51 个主题，太多"),
    ],
)
def test_what_cannot_be_drafted_is_refused(topics: Sequence[str], unit: str, year: int, reason: str) -> None:
    with pytest.raises(WrongUse, match=reason):
        draft_request(topics, unit, year)

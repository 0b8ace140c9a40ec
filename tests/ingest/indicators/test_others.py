"""Figures of other cities."""

from __future__ import annotations

import pytest

from corpus.model import TargetItem
from ingest.indicators import find_indicators


def values(content: str) -> list[float]:
    item = TargetItem(category=None, number=None, name=None, content=content)
    return [indicator.value for indicator in find_indicators(item, 2021)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("武汉市审批时限为22个工作日，我市压缩至20个工作日。", [20]),
        ("我市办结率达到96%，苏州市达到98%。", [96]),
        ("标杆城市：苏州市办结率达到98%。", []),
        ("全年公文办结率达到96%以上。", [96]),
        ("武汉市审批时限为22个工作日。", [22]),
        ("我市办结率达到96%。苏州路改造3处。", [96, 3]),
        ("我们新建公园8个，打通上海路等道路5条。", [8, 5]),
    ],
)
def test_only_our_own_figures_count(content: str, expected: list[float]) -> None:
    assert values(content) == expected

"""Lines that say themselves which column they fill: `标杆城市：… 标杆值：…`, `责任单位：…`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus.text import fold
from ingest.vocabulary import Column

_LABELS: Final[dict[Column, str]] = {
    Column.BENCHMARK: "标杆城市|对标城市|标杆单位|对标单位|标杆值|对标值|标杆水平|对标情况|创标情况|标杆",
    Column.BASIS: "制定依据|目标依据|设定依据|依据",
    Column.RESPONSIBLE: "责任单位|牵头单位|责任部门|牵头部门|主办单位|承办单位|配合单位|协办单位"
    "|责任处室|承办处室|牵头责任单位",
    Column.DEADLINE: "完成时限|完成时间|完成期限|时限要求|办结时限|时间节点",
    Column.WEIGHT: "分值|权重",
    Column.PROGRESS: "进展情况|完成情况|工作进展|落实情况|目前进展|进展",
    Column.TARGET_VALUE: "目标值|指标值",
    Column.PERSON: "责任人|责任领导|分管领导|牵头领导|联系人|联系电话",
}


@cache
def _label_pattern() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{column.value}>{words})" for column, words in _LABELS.items())
    return re.compile(rf"\s*[【\[(]?(?:{groups})(?:\([^()]{{0,20}}\))?[】\])]?\s*:\s*")


def label_of(text: str) -> tuple[Column, int] | None:
    """Return the column that a line's label names and where its value starts, `None` without a label."""
    found = _label_pattern().match(fold(text[:60]))
    if found is None or found.lastgroup is None:
        return None
    return Column(found.lastgroup), found.end()

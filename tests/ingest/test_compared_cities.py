"""Cities compared with in prose."""

from __future__ import annotations

import pytest

from corpus.model import Field
from ingest.cited_documents import Passage
from ingest.compared_cities import find_compared


def compared(text: str) -> list[tuple[str, str | None]]:
    found = find_compared(Passage.of(text, Field.CONTENT), [])
    return [(city.name, text[slice(*city.value)] if city.value else None) for city in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("对标上海、深圳等先进城市，推进改革", [("上海市", None), ("深圳市", None)]),
        ("学习借鉴深圳“秒批”改革经验，压减时限", [("深圳市", "“秒批”改革经验")]),
        ("学习借鉴香港先进经验", [("香港特别行政区", None)]),
        ("复制推广“甲地”做法，借鉴浙江“某工程”经验", [("浙江省", "“某工程”经验")]),
        ("以杭州、成都为标杆，建设数字政府", [("杭州市", None), ("成都市", None)]),
        ("选取苏州作为对标城市", [("苏州市", None)]),
        ("向深圳学习", [("深圳市", None)]),
        ("比武汉市少2个工作日", [("武汉市", None)]),
        ("高于济南市3个百分点", [("济南市", None)]),
        ("与苏州相比仍有差距", [("苏州市", None)]),
        ("“学深圳、赶深圳”", [("深圳市", None), ("深圳市", None)]),
        ("对标北上广", [("北京市", None), ("上海市", None), ("广州市", None)]),
        ("对标天津滨海新区", [("滨海新区", None)]),
        ("对标深圳。深圳审批时限10天。其余照旧。", [("深圳市", "深圳审批时限10天。")]),
    ],
)
def test_clear_comparisons(text: str, found: list[tuple[str, str | None]]) -> None:
    assert compared(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "学习贯彻考察上海重要讲话精神",
        "赴深圳招商，到杭州开展学习培训",
        "占比上海第一、同比北京增长",
        "与上海合作组织加强合作",
        "学习借鉴北京冬奥会经验",
        "对标北京大学，对标上海路改造",
        "对标国际一流，对标先进城市，对标对表国家要求",
        "与上海、深圳签约",
    ],
)
def test_mentions_are_no_comparisons(text: str) -> None:
    assert compared(text) == []


def test_taken_spans_are_left_out() -> None:
    passage = Passage.of("对标上海。对标深圳。", Field.CONTENT)
    assert [city.name for city in find_compared(passage, [(0, 5)])] == ["深圳市"]

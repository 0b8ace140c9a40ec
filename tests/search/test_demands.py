"""What a hit has to hold, and what it must not."""

from __future__ import annotations

import pytest

from corpus.text import fold
from search.demands import DemandKind, compact, find_demands, find_excluded


def demanded(text: str) -> list[tuple[DemandKind, str]]:
    return [(placed.demand.kind, placed.demand.text) for placed in find_demands(text, fold(text))]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("“新闻发布会”场次", DemandKind.PHRASE, "新闻发布会"),
        ('"新闻发布会" 场次', DemandKind.PHRASE, "新闻发布会"),
        ("「新聞發佈會」", DemandKind.PHRASE, "新聞發佈會"),
        ("《政府工作规则》的目标", DemandKind.TITLE, "政府工作规则"),
        ("青政办发（2012）15号", DemandKind.NUMBER, "青政办发〔2012〕15号"),
        ("办结率96%", DemandKind.FIGURE, "96%"),
        ("办结率９６％", DemandKind.FIGURE, "９６％"),
        ("33项工作", DemandKind.FIGURE, "33项"),
    ],
)
def test_a_demand(text: str, kind: DemandKind, said: str) -> None:
    assert demanded(text) == [(kind, said)]


def test_several_stand_in_the_order_of_the_query() -> None:
    assert demanded("33项 “食安青岛” 《规则》") == [
        (DemandKind.FIGURE, "33项"),
        (DemandKind.PHRASE, "食安青岛"),
        (DemandKind.TITLE, "规则"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "12345热线",
        "2021年办结率",
        "增速超过8%的城市",
        "办结率从95%提高了多少",
        "第15届",
        "“”",
        "“，”",
        "深入推进“放管服”改革，持续优化营商环境，建立健全长效机制，全年办结率达到96%以上，群众满意度稳步提升到新的水平",
    ],
)
def test_no_demand(text: str) -> None:
    assert demanded(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("公文 -会议", ["会议"]),
        ("公文 －会议", ["会议"]),
        ("公文 -2012年", ["2012年"]),
        ("-会议 公文", ["会议"]),
        ("公文 -“会议 纪要” 办结", ["会议纪要"]),
        ("公文 -会议 -培训", ["会议", "培训"]),
        ("公文不含会议", ["会议"]),
        ("不包括会议的公文", ["会议"]),
        ("除了会议以外的公文", ["会议"]),
        ("除会议之外，公文", ["会议"]),
        ("除了办公厅还有哪些单位", ["办公厅"]),
    ],
)
def test_what_is_kept_out(text: str, words: list[str]) -> None:
    assert [one.text for one in find_excluded(fold(text))] == words


@pytest.mark.parametrize(
    "text",
    [
        "2015-2018年",
        "2015 -2018",
        "2015年 -2018年",
        "同比 -5%",
        "公文 - 会议",
        "A-B级",
        "投资（不含农户）增长",
        "解除合同以外",
        "消除隐患",
        "公文—会议",
    ],
)
def test_nothing_is_kept_out(text: str) -> None:
    assert find_excluded(fold(text)) == ()


def test_white_space_and_quotation_marks_do_not_count() -> None:
    assert compact("“放管 服”\n改革") == "放管服改革"

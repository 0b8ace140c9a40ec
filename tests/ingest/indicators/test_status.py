"""Fifth stage: promised or achieved."""

from __future__ import annotations

import pytest

from corpus.model import Status, TargetItem
from ingest.indicators import find_indicators
from ingest.indicators.status import opening_review

P, A = Status.PROMISED, Status.ACHIEVED


def statuses(content: str, *headings: str, year: int | None = 2021) -> list[Status]:
    item = TargetItem(category=None, number=None, name=None, content=content, heading_path=headings)
    return [indicator.status for indicator in find_indicators(item, year)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("新建公园8个。", [P]),
        ("2020年完成技改投资300亿元。", [A]),
        ("2021年完成技改投资300亿元。", [P]),
        ("到2025年绿化率达到45%。", [P]),
        ("去年新增企业19家；今年力争新增20家以上。", [A, P]),
        ("已建成公园8个。", [A]),
        ("能耗下降了3%。", [A]),
        ("五年来，城市面貌一新。新建公园8个。", [A]),
        ("收入比2020年增长8%。", [P]),
        ("文件较上年度（180件）压减10%。", [P]),
        ("在2020年20件基础上增长50%。", [P]),
        ("2020年以来，工作扎实。我市的预期目标是：收入增长8%。", [P]),
    ],
)
def test_words_of_time(content: str, expected: list[Status]) -> None:
    assert statuses(content) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("一、2020年工作回顾", A),
        ("过去五年工作回顾", A),
        ("一、2020年和今年以来工作回顾", A),
        ("二、2021年工作安排", P),
        ("三、今后五年的目标任务", P),
        ("二、2020年主要工作任务", A),
        ("一、2020年经济社会稳中求进", A),
        ("二、2021年经济社会稳中求进", P),
        ("一、回首2020，发展迈出坚实步伐", A),
    ],
)
def test_headings(heading: str, expected: Status) -> None:
    assert statuses("新建公园8个。", heading) == [expected]


def test_the_innermost_telling_heading_decides() -> None:
    assert statuses("新建公园8个。", "一、工作回顾", "（一）城市建设") == [A]
    assert statuses("新建公园8个。", "一、工作回顾", "二、工作安排") == [P]


def test_a_topic_below_a_review_does_not_make_a_plan_of_it() -> None:
    assert statuses("新建公园8个。", "一、2020年工作回顾", "（二）全面完成各项目标任务") == [A]
    assert statuses("新建公园8个。", "二、2021年工作安排", "（三）解决民生突出问题，取得新成效") == [P]
    assert statuses("新建公园8个。", "一、2020年工作回顾", "（二）今年主要安排") == [P]
    assert statuses("新建公园8个。", "再接再厉，以优异成绩迎接大会") == [P]


def test_without_a_year_only_words_tell() -> None:
    assert statuses("2020年新建公园8个。", year=None) == [P]
    assert statuses("去年新建公园8个。", year=None) == [A]


def test_a_topic_that_ends_in_government_work_keeps_the_time_above_it() -> None:
    assert statuses("提请审议法规5件。", "一、2020年工作回顾", "（六）扎实推进政府工作") == [A]


def test_a_report_opens_with_a_review_whatever_its_heading() -> None:
    opening, ahead = "一、在奋力拼搏中实现良好开端", "二、2021年工作安排"
    assert opening_review((opening, ahead), 2021) == opening
    assert opening_review((ahead, "三、加强自身建设"), 2021) is None
    assert opening_review((opening,), 2021) is None
    assert opening_review(("（一）调整结构", ahead), 2021) is None
    item = TargetItem(None, None, None, "新建公园8个。", heading_path=(opening,))
    assert [i.status for i in find_indicators(item, 2021, in_review=True)] == [A]

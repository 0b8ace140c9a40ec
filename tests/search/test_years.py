"""Years as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from search.years import find_years

TODAY = date(2022, 5, 1)
KNOWN = frozenset({2012, 2021})


def years_in(text: str) -> tuple[int, ...]:
    return tuple(sorted({year for mention in find_years(text, TODAY, KNOWN) for year in mention.years}))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年公文办结率", (2021,)),
        ("2021年度目标", (2021,)),
        ("2012公文办结率", (2012,)),
        ("公文办结率 2012", (2012,)),
        ("二〇一二年", (2012,)),
        ("二零一二年", (2012,)),
        ("21年公文办结率", (2021,)),
        ("去年", (2021,)),
        ("今年", (2022,)),
        ("前年度", (2020,)),
        ("上一年", (2021,)),
        ("近三年", (2020, 2021, 2022)),
        ("最近2年", (2021, 2022)),
        ("2015-2018年", (2015, 2016, 2017, 2018)),
        ("2015年至2018年", (2015, 2016, 2017, 2018)),
        ("2015—18年", (2015, 2016, 2017, 2018)),
        ("2012年和2021年", (2012, 2021)),
        ("“十三五”期间", (2016, 2017, 2018, 2019, 2020)),
        ("十二五时期", (2011, 2012, 2013, 2014, 2015)),
        ("2020年以来", (2020, 2021, 2022)),
        ("2015年以前", (2012,)),
    ],
)
def test_reads_years(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    "text",
    [
        "12345热线",
        "组织培训进出口企业2000家",
        "2000余家企业",
        "2013.5亿元",
        "十三五规划纲要",
        "较去年压减10%",
        "比上年减少",
        "3年行动计划",
        "10年期国债",
        "减少文山会海",
    ],
)
def test_reads_no_year_where_none_is_meant(text: str) -> None:
    assert years_in(text) == ()


def test_a_mention_knows_its_place() -> None:
    (mention,) = find_years("办公厅2012年度新闻发布会", TODAY, KNOWN)
    assert "办公厅2012年度新闻发布会"[mention.start : mention.end] == "2012年度"

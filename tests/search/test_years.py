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
        ("2015年前", (2012,)),
        ("2015-2018", (2015, 2016, 2017, 2018)),
        ("自2020年以来", (2020, 2021, 2022)),
        ("2020年后", (2020, 2021, 2022)),
        ("近几年", (2018, 2019, 2020, 2021, 2022)),
        ("前两年", (2020, 2021)),
        ("大前年", (2019,)),
        ("上年度", (2021,)),
        ("十三五末", (2020,)),
        ("十四五开局之年", (2021,)),
        ("十三五以来", (2016, 2017, 2018, 2019, 2020, 2021, 2022)),
        ("今年和去年的新闻发布会", (2021, 2022)),
        ("2012和2021", (2012, 2021)),
        ("12、21年", (2012, 2021)),
        ("12年和21年", (2012, 2021)),
        ("办公厅21年目标", (2021,)),
        ("二〇二一年度", (2021,)),
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
        "与去年相比",
        "和去年比",
        "目前年度",
        "12年级",
        "前三年级",
        "15分钟便民生活圈",
        "十四五规划",
        "减少文山会海",
    ],
)
def test_reads_no_year_where_none_is_meant(text: str) -> None:
    assert years_in(text) == ()


def test_a_part_of_a_year_is_that_year() -> None:
    assert years_in("2018年前三季度") == (2018,)


def test_says_what_was_counted_from_today_and_what_is_vague() -> None:
    mentions = find_years("去年、2012年和近几年", TODAY, KNOWN)
    assert [(one.relative, one.vague) for one in mentions] == [(True, False), (False, False), (True, True)]


def test_a_mention_knows_its_place() -> None:
    (mention,) = find_years("办公厅2012年度新闻发布会", TODAY, KNOWN)
    assert "办公厅2012年度新闻发布会"[mention.start : mention.end] == "2012年度"


def test_the_year_before_a_named_year_is_counted_from_it() -> None:
    (named, before) = find_years("2013年要解决多少，上一年解决了多少", TODAY, frozenset())
    assert (named.years, before.years, before.counted_from, before.relative) == (
        (2013,),
        (2012,),
        2013,
        False,
    )
    assert [one.years for one in find_years("2018年的目标，次年完成了吗", TODAY, frozenset())] == [
        (2018,),
        (2019,),
    ]
    assert [one.counted_from for one in find_years("去年和2013年的目标", TODAY, frozenset())] == [None, None]
    assert [one.counted_from for one in find_years("2013年（去年）的目标", TODAY, frozenset())] == [
        None,
        None,
    ]
    assert [one.counted_from for one in find_years("2013年的目标，今年还提吗", TODAY, frozenset())] == [
        None,
        None,
    ]

from __future__ import annotations

import pytest

from ingest.years import (
    arabic_years,
    inferred_year,
    stated_year,
    year_in_name,
    year_of_folder,
    year_of_report,
)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021年度市直单位业务目标", 2021),
        ("２０１５年工作目标", 2015),
        ("二〇一二年市政府工作目标", 2012),
        ("二○○九年政府工作报告", 2009),
        ("2014年计划执行情况与2015年计划草案的报告", 2015),
        ("2021—2023年三年行动计划", 2021),
        ("市教育局业务目标", None),
        ("12015年", None),
        ("1821年", None),
    ],
)
def test_years_of_titles(text: str, year: int | None) -> None:
    assert stated_year(text) == year


def test_chinese_years_keep_their_length() -> None:
    assert arabic_years("（二〇一二年）一九九八年") == "(2012年)1998年"


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2012", 2012),
        ("市政府办公厅2012年业务目标", 2012),
        ("目标_2019_终稿", 2019),
        ("目标20180315", 2018),
        ("000_5a4ffe0494ebd202", None),
        ("t20210120_2934377", None),
        ("12012", None),
        ("002_7bb5ada4633d9ee4", None),
    ],
)
def test_years_of_file_names(name: str, year: int | None) -> None:
    assert year_in_name(name) == year


@pytest.mark.parametrize(
    ("name", "year"), [("2012", 2012), ("2012年度目标", 2012), ("run-2024-tests", None), ("青岛市", None)]
)
def test_years_of_folders(name: str, year: int | None) -> None:
    assert year_of_folder(name) == year


def test_the_year_of_the_plans_outweighs_what_is_looked_back_on() -> None:
    texts = [
        "1.2012年市政府工作报告; 2.市政府办公厅2012年工作要点; 3.通知(青政办发〔2012〕15号)。",
        "2012年年底前组织第三方评价1次。在2011年基础上再次优化，2009年10月启动，2010年全面启动，获2011年度市直机关创新成果奖。",
        "天津市于2006年成立办公室。力争到2015年建成。",
    ]
    assert inferred_year(texts) == 2012


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["加强政务公开工作。"],
        ["2011年完成了改造。"],
        ["2014年工作要点。", "2015年工作要点。"],
        ["到2020年建成，2025年达标。"],
    ],
)
def test_a_year_that_is_not_clear_stays_unknown(texts: list[str]) -> None:
    assert inferred_year(texts) is None


def test_a_year_before_the_latest_document_number_is_not_likely() -> None:
    texts = ["2012年工作要点；通知（青政办发〔2013〕5号）。", "2013年工作要点。"]
    assert inferred_year(texts) == 2013


@pytest.mark.parametrize(
    ("headings", "year"),
    [
        (["一、2023年工作回顾", "二、2024年工作安排"], 2024),
        (["一、2023年工作回顾", "二、今年的主要任务"], 2024),
        (["一、五年来的工作回顾", "二、2017年重点任务"], 2017),
        (["一、2009年主要工作", "二、今年目标"], 2010),
        (["一、2008年以来的工作回顾"], None),
        (["二〇三五年远景目标"], None),
        (["一、2015年工作回顾", "二、2017年工作安排"], None),
    ],
)
def test_a_report_plans_the_year_after_the_one_it_reviews(headings: list[str], year: int | None) -> None:
    assert year_of_report(headings, ()) == year


def test_a_report_without_headings_names_its_tasks() -> None:
    assert year_of_report((), ["2024年经济社会发展主要预期目标是：地区生产总值增长6%。"]) == 2024
    assert year_of_report((), ["2024年是承前启后的关键一年，做好今年工作十分重要。"]) == 2024
    assert year_of_report((), ["2023年是开局之年，也是恢复发展的一年。今年要再接再厉。"]) is None

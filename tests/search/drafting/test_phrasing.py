from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Comparator, DocumentKind, Field, Span, Status
from search.drafting.phrasing import (
    Composition,
    about,
    can_be_followed,
    left_alone,
    moved_years,
    without_enumerator,
)
from search.drafting.proposal import Change
from search.drafting.punctuation import in_full_width
from search.evidence import make_subject
from search.texts import cite
from tests.search.making import document, indicator, item


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2012年年底前组织评价1次。", "2022年年底前组织评价1次。"),
        ("2012年度任务全部完成。", "2022年度任务全部完成。"),
        ("在2011年基础上再提速。", "在2021年基础上再提速。"),
        ("较2011年减少两成。", "较2021年减少两成。"),
        ("2011年起步的项目。", "2011年起步的项目。"),
        ("落实《2012年工作要点》。", "落实《2012年工作要点》。"),
        ("落实海政发〔2012〕8号。", "落实海政发〔2012〕8号。"),
        ("2012年以来持续推进。", "2012年以来持续推进。"),
        ("2010-2012年行动计划。", "2010-2012年行动计划。"),
        ("2012—2014年行动计划。", "2012—2014年行动计划。"),
        ("已于2012年完成改造。", "已于2012年完成改造。"),
        ("开展“2012年平安行”活动。", "开展“2012年平安行”活动。"),
        ("到2015年建成。", "到2015年建成。"),
    ],
)
def test_only_years_that_are_the_old_documents_move(text: str, moved: str) -> None:
    said, changes = moved_years(text, 2012, 2022)
    assert said == moved
    assert bool(changes) is (text != moved)


def test_a_moved_year_is_said() -> None:
    _, changes = moved_years("2012年年底前完成。", 2012, 2022)
    assert changes == (Change("2012年", "2022年", "原文是2012年的目标，年份改为2022年"),)
    assert moved_years("2012年年底前完成。", None, 2022) == ("2012年年底前完成。", ())


def test_an_enumerator_goes_only_from_a_sentence_that_stands_alone() -> None:
    assert without_enumerator("二是强化督办。") == (
        "强化督办。",
        (Change("二是", "", "只取了其中一句，去掉序数"),),
    )
    assert without_enumerator("强化督办。") == ("强化督办。", ())


def test_words_of_an_old_year_are_pointed_out() -> None:
    assert list(left_alone("办好第3届论坛，落实“项目提速年”部署。")) == [
        "“第3届”沿用原文，请核对是否仍然适用。",
        "“项目提速年”沿用原文，请核对是否仍然适用。",
    ]


def test_sentences_about_a_topic_are_picked_from_an_item() -> None:
    stored = item("综合事务", "热线按期办结率达到97%。举办讲座6场。改善办公环境。")
    taken = about(make_subject("讲座", "讲座"), stored)
    assert [one.text for one in taken] == ["举办讲座6场。"]
    assert taken[0].is_part
    assert taken[0].citation.quote == "举办讲座6场。"


def test_an_item_that_is_named_for_the_topic_is_taken_whole() -> None:
    stored = item("讲座工作", "完善制度。举办讲座6场。")
    assert [one.text for one in about(make_subject("讲座", "讲座"), stored)] == [
        "完善制度。",
        "举办讲座6场。",
    ]


def test_what_a_report_achieved_is_no_promise() -> None:
    report = replace(document(), kind=DocumentKind.REPORT)
    content = "去年举办讲座6场。今年举办讲座8场。"
    past = replace(
        indicator(content, "举办讲座6场", "讲座", Comparator.EQUAL, 6, "场"), status=Status.ACHIEVED
    )
    promised = indicator(content, "举办讲座8场", "讲座", Comparator.EQUAL, 8, "场")
    stored = item(None, content, past, promised, of=report)
    subject = make_subject("讲座", "讲座")
    assert [one.text for one in about(subject, stored)] == ["今年举办讲座8场。"]
    assert can_be_followed(subject, stored)
    assert not can_be_followed(subject, item(None, "去年举办讲座6场。", past, of=report))


def test_a_composition_places_its_sentences() -> None:
    stored = item("甲", "抓总量,控频次;办讲座6场")
    composition = Composition()
    for text in ("抓总量,控频次;", "办讲座6场"):
        composition.add(text, cite(stored, Span(Field.CONTENT, 0, len(text))), ())
    made = composition.sentences()
    assert [one.text for one in made] == ["抓总量，控频次；", "办讲座6场。"]
    whole = "".join(one.text for one in made)
    assert [whole[one.span.start : one.span.end] for one in made] == [one.text for one in made]


def test_full_width_leaves_numbers_and_times_alone() -> None:
    assert in_full_width("达到1,200件(含退件),8:30开会") == "达到1,200件（含退件），8:30开会"

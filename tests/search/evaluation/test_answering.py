"""Answers held to what is expected, by hand."""

from __future__ import annotations

import pytest

from corpus.model import Field, Span
from search.evaluation.answering import (
    EvaluationQuestion,
    Judged,
    contains,
    judge_answers,
    measure_answers,
    overlap,
    plain,
    with_f1,
)
from search.evaluation.measures import mean
from search.evaluation.queries import EvaluationQuery, document_of
from search.results import Answer, Citation, Interpreted
from tests.search.making import document, item


def asked(
    query_id: str, *answers: str, every: tuple[str, ...] = (), answerable: bool = True
) -> EvaluationQuestion:
    query = EvaluationQuery(query_id, "问", grades={"1.txt": 1} if answerable else {})
    return EvaluationQuestion(query, answerable, answers, answers_all=every)


def told(text: str, *citations: Citation, abstained: bool = False) -> Answer:
    return Answer(text, abstained, citations, Interpreted("问", "问"))


def judged(question: EvaluationQuestion, text: str, *citations: bool, abstained: bool = False) -> Judged:
    return Judged(question, told(text, abstained=abstained), citations)


def test_spaces_marks_widths_and_traditional_characters_do_not_count() -> None:
    assert plain(" 办結率 ９６％，\n以上。") == plain("办结率96%以上")
    assert plain("97.5%") != plain("975%")


@pytest.mark.parametrize(
    ("given", "gold", "expected"),
    [
        ("办结率为96%以上[1]。", "96%以上", True),
        ("办结率为 ９６％。", "96%", True),
        ("共196%", "96%", False),
        ("共55次", "5", False),
        ("共55.5次", "55", False),
        ("共55次", "55", True),
        ("每年召开会议", "会议", True),
        ("任何话", "。", False),
        ("", "会议", False),
    ],
)
def test_an_accepted_answer_within_the_given_one(given: str, gold: str, *, expected: bool) -> None:
    assert contains(given, gold) is expected


def test_overlap_is_of_the_longest_common_run() -> None:
    assert overlap("办结率96%以上", "96%以上") == pytest.approx(2 * 4 / (7 + 4))
    assert overlap("APP 下载", "app下载") == 1.0
    assert overlap("甲乙丙", "丁") == 0.0
    assert overlap("", "丁") == overlap("甲", "") == 0.0


def test_the_measures_of_each_kind_of_answer() -> None:
    found = measure_answers(
        [
            judged(asked("exact", "96%以上", "96%"), "96％以上[1]", True),
            judged(asked("within", "96%"), "达到96%以上。[1][2]", True, False),
            judged(asked("refused", "96%"), "没有找到96%的依据", abstained=True),
            judged(asked("untold"), "随便[1]", False),
            judged(asked("right", answerable=False), "没有找到", abstained=True),
            judged(asked("wrong", answerable=False), "是96%[1]", False),
        ]
    )
    assert found["exact"] == {
        "Refused": 0.0, "Exact": 1.0, "Contained": 1.0, "F1": 1.0, "F1 text": 1.0,
        "Cited": 1.0, "Citation P": 1.0,
    }  # fmt: skip
    assert found["within"]["Exact"] == 0.0
    assert found["within"]["Contained"] == 1.0
    assert found["within"]["Citation P"] == 0.5
    assert found["refused"] == {
        "Refused": 1.0, "Abstention P": 0.0, "Exact": 0.0, "Contained": 0.0, "F1": 0.0, "F1 text": 0.0,
        "Cited": 0.0,
    }  # fmt: skip
    assert found["untold"] == {"Refused": 0.0, "Cited": 0.0, "Citation P": 0.0}
    assert found["right"] == {"Refused": 1.0, "Abstention P": 1.0, "Abstention R": 1.0}
    assert found["wrong"] == {"Refused": 0.0, "Abstention R": 0.0}
    means = with_f1(mean(found))
    assert (means["Abstention P"], means["Abstention R"], means["Abstention F1"]) == (0.5, 0.5, 0.5)
    assert means["Contained"] == pytest.approx(2 / 3)


def test_all_parts_of_a_list_are_as_good_as_one_accepted_answer() -> None:
    question = asked("two", "55次、16次", every=("55次", "16次"))
    found = measure_answers([judged(question, "2012年55次，2021年16次")])["two"]
    assert (found["Contained"], found["Exact"]) == (1.0, 0.0)
    assert measure_answers([judged(question, "2012年55次")])["two"]["Contained"] == 0.0


def test_abstention_that_nothing_can_be_said_of() -> None:
    assert with_f1({"Refused": 0.0}) == {"Refused": 0.0}
    never = with_f1({"Refused": 0.0, "Abstention R": 0.0})
    assert (never["Abstention P"], never["Abstention F1"]) == (0.0, 0.0)


def test_a_citation_of_a_foreign_set_is_right_in_its_document() -> None:
    right, wrong = item("甲", "甲乙", of=document(1)), item("甲", "甲乙", of=document(2))
    cited = [Citation(one, "甲", Span(Field.CONTENT, 0, 1)) for one in (right, wrong)]
    (one,) = judge_answers([asked("q", "甲")], [told("甲[1][2]", *cited)], document_of)
    assert one.citations == (True, False)

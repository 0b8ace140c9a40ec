"""What a question is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from index.searcher import Vocabulary
from search.evidence import DEFAULT_THRESHOLDS, Subject
from search.inquiry import Inquiry, about_named_cities, inquire
from search.query import understand
from search.questions import Kind
from tests.search.making import found, item

VOCABULARY = Vocabulary((2021,), ("市政府办公厅",), (), ("青岛市",))
APPROVAL = item(
    "审批提速",
    "由市财政局配合优化审批。",
    benchmark_text="对标城市为甲山市。甲山市用时22个工作日",
    benchmarks=(("甲山市", "22个工作日", "对标城市为甲山市。甲山市用时22个工作日"),),
)


def read(question: str, *words: str) -> Inquiry:
    subject = Subject(words)
    understood = understand(question, VOCABULARY, date(2022, 1, 1))
    return inquire(understood, subject, (found(APPROVAL, subject),), DEFAULT_THRESHOLDS)


def test_words_that_ask_in_one_kind_only_are_no_subject() -> None:
    assert read("审批的依据文件", "审批", "文件").subject == Subject(("审批",))
    assert read("审批文件多少件", "审批", "文件").subject == Subject(("审批", "文件"))


def test_the_items_are_weighed_for_what_is_left() -> None:
    assert read("审批的依据文件", "审批", "文件").found[0].held == 1.0
    assert read("审批文件多少件", "审批", "文件").found[0].held < 0.5


def test_a_named_benchmark_city_makes_it_a_question_about_that_city() -> None:
    named = about_named_cities(read("甲山审批用多少个工作日", "甲山", "审批"), tuple)
    assert named is not None
    assert (named.kind, named.cities, named.subject) == (Kind.BENCHMARK, ("甲山市",), Subject(("审批",)))
    assert about_named_cities(read("审批用多少个工作日", "审批"), tuple) is None


def test_a_city_held_up_is_looked_for_among_all_benchmarks() -> None:
    asked = replace(read("哪些目标向甲山学习", "甲山", "学习"), found=())
    named = about_named_cities(asked, lambda: (found(APPROVAL, Subject(("审批",))),))
    assert named is not None
    assert (named.kind, named.cities) == (Kind.BENCHMARK, ("甲山市",))


def test_sentences_that_answer_need_not_hold_what_only_asks() -> None:
    assert read("停车泊位由哪个单位牵头", "停车").topic == "停车泊位"
    assert read("哪些城市提出过免申即享", "免申").topic == "免申即享"
    assert read("由谁牵头", "牵头").topic == "由谁牵头"


def test_a_unit_without_documents_may_be_responsible_for_items() -> None:
    assert len(read("市财政局的审批工作", "审批").found) == 1
    assert read("市教育局的审批工作", "审批").found == ()

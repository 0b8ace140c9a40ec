"""Answers from cited facts, over small items."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.model import Origin
from corpus.stored import StoredItem
from index.searcher import Vocabulary
from search.answer import answer
from search.answer_reading import Evidence
from search.evidence import Found, Subject
from search.query import understand
from search.results import Answer
from search.words import content_words
from tests.search.making import assert_cited, document, figure_item, found, item

OLD = figure_item("决策服务", "组织新闻发布会30次。编发政务信息。", "30次", "新闻发布会", 1, 2012)
NEW = figure_item("政务公开", "召开新闻发布会50场以上。", "50场以上", "新闻发布会", 2, 2021)
PAPERS = figure_item("公文质效", "请示类公文办结率达到96%以上。", "96%以上", "请示类公文办结率", 3, 2021)
HOTLINE = item(
    "政务热线工作",
    "整合热线资源。",
    number=4,
    of=document(4, 2012),
    basis_text="1.年度工作报告;2.年度工作要点。",
    bases=(("年度工作报告", None), ("年度工作要点", "某政办发〔2012〕9号")),
    benchmark_text="对标城市为甲市。甲市用时22个工作日",
    benchmarks=(("甲市", "22个工作日", "对标城市为甲市。甲市用时22个工作日"),),
    responsible=("热线处",),
)
ALL = (OLD, NEW, PAPERS, HOTLINE)
VOCABULARY = Vocabulary((2012, 2021), ("市政府办公厅",), ("工作目标",), ("青岛市",))


def ask(question: str, items: tuple[StoredItem, ...] = ALL, similarity: float = 0.84) -> Answer:
    understood = understand(question, VOCABULARY, date(2022, 1, 1))
    subject = Subject(content_words(understood.topic)) if understood.topic else Subject(())

    def chosen(years: frozenset[int] | None) -> tuple[Found, ...]:
        kept = [one for one in items if years is None or one.document.year in years]
        rated = [found(one, subject, similarity) for one in kept]
        return tuple(sorted(rated, key=lambda one: -one.held))

    years = understood.allowed.years
    result = answer(
        understood,
        Evidence(
            subject,
            chosen(years),
            lambda: chosen(None),
            lambda: tuple(one.stored for one in chosen(years)),
        ),
    )
    assert_cited(result)
    return result


def test_a_figure_with_its_year_and_unit() -> None:
    result = ask("2021年公文办结率目标是多少")
    assert result.text == "市政府办公厅2021年“请示类公文办结率”的目标是96%以上[1]。"
    assert result.citations[0].quote == "请示类公文办结率达到96%以上。"
    assert not result.abstained


def test_two_years_side_by_side() -> None:
    for question in ("新闻发布会目标怎么变的", "2012年和2021年新闻发布会次数"):
        result = ask(question)
        assert result.text == (
            "市政府办公厅“新闻发布会”：2012年为30次[1]；2021年为50场以上[2]。\n"
            "2021年比2012年多20场（两年的表述方式不同，仅比较数值）。"
        )
        assert [c.stored.id for c in result.citations] == [1, 2]


def test_filters_alone_ask_for_a_list() -> None:
    assert ask("2012年的工作目标是什么").text.startswith(
        "市政府办公厅2012年（1项）：\n1. 〔工作目标〕决策服务[1]"
    )


def test_a_year_without_evidence_is_said_to_have_none() -> None:
    result = ask("2015年新闻发布会次数")
    assert result.abstained
    first, second, *rest = result.text.split("\n")
    assert first == "没有找到2015年“新闻发布会次数”的依据。"
    assert second == "可供参考的其他年份（不是所问年份的目标）："
    assert [line[: line.index("“")] for line in rest] == ["· 市政府办公厅2012年", "· 市政府办公厅2021年"]


def test_one_of_two_years_without_evidence() -> None:
    result = ask("2012年和2021年公文办结率")
    assert "96%以上" in result.text
    assert "没有找到2012年“公文办结率”的依据。" in result.text


def test_a_neighbouring_subject_is_not_the_subject() -> None:
    for question in ("2021年新闻发布会预算是多少", "公文退回率是多少", "2021年人均公园绿地面积目标"):
        result = ask(question)
        assert result.abstained
        assert "没有找到" in result.text
        assert result.citations == ()


def test_nothing_to_do_with_the_catalog() -> None:
    for question in ("地铁票价是多少", "明天天气怎么样", "哪个城市的烤鸭好吃"):
        result = ask(question)
        assert result.abstained
        assert "没有找到" in result.text


def test_bases_in_the_order_of_the_source() -> None:
    result = ask("政务热线工作的制定依据是什么")
    assert result.text == (
        "市政府办公厅2012年“政务热线工作”的制定依据：《年度工作报告》[1]；《年度工作要点》（某政办发〔2012〕9号）[2]。"
    )


def test_a_benchmark_city_with_its_value() -> None:
    result = ask("政务热线对标哪个城市")
    assert result.text == "市政府办公厅2012年“政务热线工作”的标杆城市是甲市，标杆值：22个工作日[1]。"


def test_responsible_units_but_never_people() -> None:
    assert "责任单位：热线处[1]" in ask("政务热线工作由谁负责").text
    person = ask("办公厅主要负责人是谁")
    assert person.abstained
    assert person.citations == ()


def test_a_list_under_filters() -> None:
    result = ask("2021年有哪些目标")
    assert result.text.split("\n") == [
        "市政府办公厅2021年（1项）：",
        "1. 〔工作目标〕政务公开[1]",
        "市政府办公厅2021年（1项）：",
        "1. 〔工作目标〕公文质效[2]",
    ]


def test_sentences_are_quoted_otherwise() -> None:
    result = ask("政务信息怎么编发")
    assert result.text == "市政府办公厅2012年“决策服务”：“编发政务信息。”[1]"


def test_an_inferred_year_is_said_to_be_inferred() -> None:
    inferred = replace(OLD, document=replace(OLD.document, year_origin=Origin.CONTENT))
    result = ask("2012年新闻发布会次数", (inferred, NEW))
    assert "2012年是根据正文推断的" in result.text
    assert any("推断" in note for note in result.notes)


def test_an_unknown_unit_gets_no_other_units_answer() -> None:
    result = ask("市教育局2021年公文办结率是多少")
    assert result.abstained
    assert "市教育局" in result.text
    assert "96" not in result.text


def test_a_sentence_with_a_contact_is_not_quoted() -> None:
    kept = item("幼儿园建设", "新建幼儿园。幼儿园联系人：王小五，联系电话：13800001111。", number=9)
    result = ask("如何新建幼儿园", (kept,))
    assert "新建幼儿园。" in result.text
    assert "王小五" not in result.text


def test_a_city_without_a_figure_is_named() -> None:
    result = ask("青岛市2021年公文办结率是多少")
    assert "没有找到" not in result.text
    other = replace(PAPERS, document=document(9, 2021, city="济南市"))
    vocabulary = Vocabulary((2021,), ("市政府办公厅",), ("工作目标",), ("济南市", "青岛市"))
    understood = understand("青岛和济南2021年公文办结率是多少", vocabulary, date(2022, 1, 1))
    subject = Subject(("公文", "办结率"))
    both = answer(understood, Evidence(subject, (found(other, subject),), tuple, tuple))
    assert "没有找到青岛市“公文办结率”的依据。" in both.text

"""What hits must hold, over the two sample documents."""

from __future__ import annotations

import pytest

from search.demands import compact
from search.engine import SearchEngine, SearchRequest
from search.results import SearchResponse
from search.texts import whole_text


def search(samples: SearchEngine, query: str, k: int = 50) -> SearchResponse:
    return samples.search(SearchRequest(query, k=k, group=False))


@pytest.mark.parametrize(
    ("query", "phrase", "held"),
    [
        ("“新闻发布会”", "新闻发布会", 2),
        ('"新聞發佈會"', "新闻发布会", 2),
        ("公文 96%", "96%", 2),
        ("督查 33项", "33项", 2),
        ("《2012年市政府工作报告》", "2012年市政府工作报告", 3),
        ("青政办发[2012]15号", "青政办发〔2012〕15号", 1),
    ],
)
def test_every_hit_holds_what_was_demanded_and_all_such_items_are_hits(
    samples: SearchEngine, query: str, phrase: str, held: int
) -> None:
    response = search(samples, query)
    texts = [compact(whole_text(hit.stored)) for hit in response.hits]
    assert len(texts) == held
    assert all(compact(phrase) in text for text in texts)
    assert response.interpreted.notes == ()


def test_a_quotation_that_nothing_holds_finds_nothing_and_says_so(samples: SearchEngine) -> None:
    response = search(samples, "公文 “从未写过的词”")
    assert response.hits == ()
    assert response.interpreted.phrases == ("从未写过的词",)
    assert response.interpreted.notes == (
        "目标库中没有写有“从未写过的词”的目标；去掉引号可查找意思相近的内容。",
    )


def test_a_quotation_that_the_year_does_not_hold(samples: SearchEngine) -> None:
    response = search(samples, "2021年“食安青岛”")
    assert response.hits == ()
    assert response.interpreted.notes == (
        "筛选范围内没有写有“食安青岛”的目标；去掉引号可查找意思相近的内容。",
    )


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("公文 97.3%", "“97.3%”"),
        ("《从未写过的规定》 公文", "“从未写过的规定”"),
        ("公文 国发〔2012〕99号", "国发〔2012〕99号"),
    ],
)
def test_other_demands_give_way_and_that_is_said(samples: SearchEngine, query: str, name: str) -> None:
    response = search(samples, query, k=5)
    assert len(response.hits) == 5
    assert response.interpreted.phrases == ()
    assert response.interpreted.notes == (f"目标库中没有写有{name}的目标，以下是意思相近的内容。",)


@pytest.mark.parametrize("query", ["公文 -会议", "公文 不含会议的目标", "会议 -会议"])
def test_no_hit_holds_what_is_excluded(samples: SearchEngine, query: str) -> None:
    response = search(samples, query)
    assert len(response.hits) > 5
    assert not any("会议" in compact(whole_text(hit.stored)) for hit in response.hits)


def test_an_excluded_year_is_not_among_the_hits(samples: SearchEngine) -> None:
    assert {hit.stored.document.year for hit in search(samples, "公文 -2012年").hits} == {2021}


def test_the_category_of_another_year_is_listed(samples: SearchEngine) -> None:
    answer = samples.ask(SearchRequest("2012年创优目标有哪些"))
    assert {citation.stored.item.category for citation in answer.citations} == {"奋斗目标"}
    assert answer.notes == ("筛选范围内没有类别为“创优目标”的目标，按对应的类别“奋斗目标”查找。",)


def test_a_literal_search_demands_nothing(samples: SearchEngine) -> None:
    response = samples.search(SearchRequest("“新闻发布会” -公文", k=10, understand=False, group=False))
    assert len(response.hits) == 10
    assert response.interpreted.phrases == response.interpreted.excluded == ()

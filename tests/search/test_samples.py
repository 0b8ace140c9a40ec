"""What must work on the two sample documents, with the real model."""

from __future__ import annotations

import re

import pytest

from search.engine import SearchEngine, SearchRequest
from search.results import Answer, HighlightKind
from tests.search.making import assert_cited


def names(engine: SearchEngine, query: str, **filters: int | str) -> list[tuple[int | None, str | None]]:
    request = SearchRequest(query, **filters)  # type: ignore[arg-type]
    return [(hit.stored.document.year, hit.stored.item.name) for hit in engine.search(request).hits]


def ask(engine: SearchEngine, question: str) -> Answer:
    result = engine.ask(SearchRequest(question))
    assert_cited(result)
    return result


# --- search


def test_less_paper_and_fewer_meetings(samples: SearchEngine) -> None:
    assert set(names(samples, "减少文山会海")[:3]) == {
        (2012, "公文会议工作"),
        (2021, "优化会务服务"),
        (2021, "提升公文处理质效"),
    }


def test_both_hotlines(samples: SearchEngine) -> None:
    assert set(names(samples, "12345热线回复率")[:2]) == {
        (2012, "政务热线工作"),
        (2021, "打造为企便民政务服务“总客服”"),
    }


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("公文处理", {(2012, "公文会议工作"), (2021, "提升公文处理质效")}),
        ("新闻发布会", {(2012, "决策服务工作"), (2021, "深化政务公开")}),
        ("记者会", {(2012, "决策服务工作"), (2021, "深化政务公开")}),
        ("督查市办实事", {(2012, "政务督查工作"), (2021, "改进政务督查")}),
        ("走私", {(2012, "打私工作")}),
        ("政府网站检查", {(2021, "深化政务公开")}),
        ("會議太多", {(2012, "公文会议工作"), (2021, "优化会务服务")}),
    ],
)
def test_the_right_items_come_first(samples: SearchEngine, query: str, first: set[tuple[int, str]]) -> None:
    assert set(names(samples, query)[: len(first)]) == first


def test_a_year_in_the_query_is_a_filter(samples: SearchEngine) -> None:
    response = samples.search(SearchRequest("2012年办公厅新闻发布会目标"))
    assert response.interpreted.years == (2012,)
    assert response.interpreted.units == ("市政府办公厅",)
    assert {hit.stored.document.year for hit in response.hits} == {2012}
    assert response.hits[0].stored.item.name == "决策服务工作"
    assert "同一年度：2012年" in response.hits[0].reasons


def test_the_filter_can_be_taken_off(samples: SearchEngine) -> None:
    request = SearchRequest("2012年新闻发布会", understand=False)
    assert {hit.stored.document.year for hit in samples.search(request).hits} == {2012, 2021}


def test_explicit_filters(samples: SearchEngine) -> None:
    assert {year for year, _ in names(samples, "培训", year=2021)} == {2021}
    assert len(names(samples, "营商环境", category="创优目标")) == 2
    assert names(samples, "营商环境", unit="市教育局") == []
    assert {year for year, _ in names(samples, "公文", unit="市府办")} == {2012, 2021}


def test_a_category_is_found_under_the_name_of_the_year(samples: SearchEngine) -> None:
    response = samples.search(SearchRequest("2021年工作目标"))
    assert response.interpreted.categories == ("重点目标",)
    assert response.interpreted.notes == (
        "筛选范围内没有类别为“工作目标”的目标，按对应的类别“重点目标”查找。",
    )
    assert {hit.stored.item.category for hit in response.hits} == {"重点目标"}


def test_a_hit_says_why(samples: SearchEngine) -> None:
    (hit, *_) = samples.search(SearchRequest("12345热线回复率", k=1)).hits
    assert hit.matched_words == ("12345", "热线", "回复率")
    assert hit.reasons[0] == "命中词：12345、热线、回复率"
    assert 0.85 < hit.similarity < 0.95
    marks = {(mark.kind, mark.text) for mark in hit.highlights}
    assert (HighlightKind.WORD, "热线") in marks
    assert (HighlightKind.FIGURE, "政务服务热线按期回复率98%") in marks
    assert (HighlightKind.BASIS, "2012年市政府工作报告") in marks


def test_the_same_query_gives_the_same_response(samples: SearchEngine) -> None:
    assert samples.search(SearchRequest("热线")) == samples.search(SearchRequest("热线"))


@pytest.mark.parametrize("query", ["？？", "的", "😀", "《", "a", "2021年", "办公厅", "x" * 2000, "\x00"])
def test_odd_queries_do_no_harm(samples: SearchEngine, query: str) -> None:
    request = SearchRequest(query)
    assert len(samples.search(request).hits) <= 10
    assert samples.ask(request).text
    assert samples.trend(request).interpreted.query == query
    assert samples.bases(request).interpreted.query == query
    assert samples.benchmarks(request).interpreted.query == query


# --- cities, bases, trends


@pytest.mark.parametrize(
    ("topic", "city"),
    [
        ("营商环境", "上海市"),
        ("民生", "苏州市"),
        ("服务业项目审批", "武汉市"),
        ("中介机构入驻", "厦门市"),
        ("招商引资", "天津市"),
    ],
)
def test_the_benchmark_city(samples: SearchEngine, topic: str, city: str) -> None:
    cities = samples.benchmarks(SearchRequest(topic)).cities
    assert cities[0].city == city
    assert city.removesuffix("市") in cities[0].evidence[0].citation.quote


def test_the_bases_of_paper_work(samples: SearchEngine) -> None:
    bases = samples.bases(SearchRequest("公文处理")).bases
    assert {basis.title.strip("《》") for basis in bases} == {
        "青岛市实施《国家行政机关公文处理办法》细则",
        "市政府办公厅关于进一步规范公文处理的意见",
        "市政府工作规则",
    }
    assert bases[-1].title == "市政府工作规则"


@pytest.mark.parametrize(
    ("topic", "name", "points"),
    [
        ("公文办结率", "公文办结率", [(2012, ">=", 95, "%"), (2021, ">=", 96, "%")]),
        ("新闻发布会", "新闻发布会", [(2012, "=", 30, "次"), (2021, ">=", 50, "场")]),
        ("会议数量", "工作会议", [(2012, "<=", 55, "次"), (2021, "<=", 16, "次")]),
        ("领导批示", "领导批示", [(2012, ">=", 130, "条次"), (2021, ">=", 60, "条次")]),
        ("市办实事", "市办实事", [(2012, "=", 10, "件"), (2021, "=", 10, "件")]),
    ],
)
def test_the_trend(
    samples: SearchEngine, topic: str, name: str, points: list[tuple[int, str, float, str]]
) -> None:
    first = samples.trend(SearchRequest(topic)).series[0]
    assert first.indicator == name
    found = [(p.year, p.indicator.op.value, p.indicator.value, p.indicator.unit) for p in first.points]
    assert found == points


@pytest.mark.parametrize("topic", ["地铁票价", "红烧肉"])
def test_nothing_for_other_topics(samples: SearchEngine, topic: str) -> None:
    request = SearchRequest(topic)
    assert samples.benchmarks(request).cities == ()
    assert samples.bases(request).bases == ()
    assert samples.trend(request).series == ()


# --- answers


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("2021年公文办结率目标是多少", ["2021年", "96%以上[1]"]),
        ("新闻发布会目标怎么变的", ["2012年为30次[1]", "2021年为50场以上[2]", "多20场"]),
        ("2012年和2021年新闻发布会次数", ["2012年为30次[1]", "2021年为50场以上[2]"]),
        ("公文办结率历年目标", ["95%以上[1]", "96%以上[2]", "高1个百分点"]),
        ("去年公文办结率目标是多少", ["2021年", "96%以上[1]"]),
        ("服务业项目审批对标哪个城市", ["武汉市", "22个工作日"]),
        ("营商环境对标哪个城市", ["上海市"]),
        ("苏州市的标杆值是什么", ["苏州市", "走在全国前列"]),
        (
            "政务热线工作的制定依据是什么",
            ["《2012年市政府工作报告》[1]", "《市政府办公厅2012年工作要点》[2]"],
        ),
        ("联系服务企业制度的文号", ["青政办发〔2012〕15号"]),
        ("文件数量要压减多少", ["较上年度（180件）压减10%", "不超过162件"]),
        ("2012年热线按期回复率是多少", ["98%[1]"]),
        ("食品安全检测多少批次", ["6万批次以上"]),
        ("每年开多少次记者会", ["30次", "50场以上"]),
        ("如何减轻基层参会负担", ["着力减轻基层参会负担"]),
        ("2021年创优目标有哪些", ["（2项）", "营商环境"]),
        ("2012年有多少项工作目标", ["（9项）", "打私工作"]),
        ("公文处理由谁负责", ["市政府办公厅"]),
        ("2021年办结率目标", ["96%以上[1]", "“改进政务督查”“办结（办复）率”的目标是不低于96%[2]"]),
        ("督查办结率", ["不低于96%"]),
        ("经验做法报送多少篇", ["不少于80篇"]),
        ("武汉市的审批时限是多少", ["武汉市", "22个工作日"]),
        ("天津市有什么做法", ["天津市", "外资服务工作办公室"]),
        ("2012年对标城市有哪些", ["厦门市", "武汉市", "天津市"]),
        ("青政办发〔2012〕15号是什么文件", ["主要负责人联系服务制度的通知》（青政办发〔2012〕15号）[1]"]),
        ("食品安全工作的依据文件及文号", ["青政办字〔2012〕65号"]),
        ("2012年的奋斗目标是什么", ["（2项）", "审批提速工作"]),
        ("机场转场什么时候", ["胶东国际机场"]),
        ("2012年发文总数不超过多少件", ["不超过120件"]),
        ("政府文件数量比上一年减少多少", ["压减10%"]),
        ("政务热线有哪些量化指标", ["98%", "97%", "4次"]),
    ],
)
def test_answers(samples: SearchEngine, question: str, parts: list[str]) -> None:
    result = ask(samples, question)
    assert not result.abstained
    assert result.citations
    for part in parts:
        assert part in result.text


@pytest.mark.parametrize(
    "question",
    [
        "地铁票价是多少",
        "明天天气怎么样",
        "怎么做红烧肉",
        "2021年人均公园绿地面积目标",
        "2021年GDP增长目标是多少",
        "2021年新闻发布会预算",
        "新闻发布会预算是多少",
        "公务员招聘人数是多少",
        "市教育局2021年培训目标",
        "北京烤鸭对标哪个城市",
        "地铁建设的制定依据是什么",
    ],
)
def test_abstains(samples: SearchEngine, question: str) -> None:
    result = ask(samples, question)
    assert result.abstained
    assert "没有找到" in result.text
    assert result.citations == ()


def test_a_year_without_evidence(samples: SearchEngine) -> None:
    result = ask(samples, "2015年公文办结率")
    assert result.abstained
    assert result.text.startswith(
        "没有找到2015年“公文办结率”的依据。\n可供参考的其他年份（不是所问年份的目标）："
    )
    assert "目标库中没有2015年的文件，目标库中有2012、2021年的文件。" in result.notes


def test_no_people(samples: SearchEngine) -> None:
    for question in ("办公厅主要负责人是谁", "市政府办公厅联系电话", "联系人是谁"):
        result = ask(samples, question)
        assert result.abstained
        assert not re.search(r"\d{8}", result.text)


def test_an_inferred_year_is_said_to_be_inferred(unlabelled: SearchEngine) -> None:
    result = ask(unlabelled, "2012年公文办结率目标是多少")
    assert "95%以上" in result.text
    assert "2012年是根据正文推断的" in result.text

"""Cities named as benchmarks."""

from __future__ import annotations

from search.benchmarks import benchmark_cities, passage_about
from search.evidence import Subject
from tests.search.making import found, item

TEXT = (
    "1.中介机构入驻。对标城市为甲市。甲市部分入驻。\n"
    "2.餐饮项目。对标城市为乙市。乙市用时22个工作日,我市20个工作日。"
)
APPROVAL = item(
    "审批提速",
    "优化审批流程。",
    number=1,
    benchmark_text=TEXT,
    benchmarks=(
        ("甲市", "甲市部分入驻", "对标城市为甲市。甲市部分入驻"),
        ("乙市", "22个工作日", "对标城市为乙市。乙市用时22个工作日"),
    ),
)
CLIMATE = item(
    "营商环境",
    "优化营商环境。",
    number=2,
    benchmark_text="标杆城市：丙市 标杆值：营商环境领先",
    benchmarks=(("丙市", "营商环境领先", "标杆城市：丙市 标杆值：营商环境领先"),),
)


def test_the_city_of_the_topic_comes_first() -> None:
    subject = Subject(("营商环境",))
    cities = benchmark_cities(subject, (found(APPROVAL, subject, 0.84), found(CLIMATE, subject)))
    assert [city.city for city in cities] == ["丙市"]
    assert cities[0].evidence[0].citation.quote == "标杆城市：丙市 标杆值：营商环境领先"


def test_within_an_item_the_passage_decides() -> None:
    subject = Subject(("餐饮", "项目", "审批"))
    cities = benchmark_cities(subject, (found(APPROVAL, subject),))
    assert [city.city for city in cities] == ["乙市", "甲市"]


def test_the_passage_is_the_enumerated_one() -> None:
    first, second = APPROVAL.item.benchmarks
    assert "中介机构" in passage_about(APPROVAL, first)
    assert "餐饮项目" not in passage_about(APPROVAL, first)
    assert "餐饮项目" in passage_about(APPROVAL, second)


def test_an_unrelated_item_brings_no_city() -> None:
    subject = Subject(("地铁", "票价"))
    assert benchmark_cities(subject, (found(APPROVAL, subject, 0.83),)) == ()


def test_more_evidence_is_better() -> None:
    subject = Subject(("营商环境",))
    again = item(
        "营商环境",
        "优化营商环境。",
        number=3,
        benchmark_text="标杆城市：丁市；标杆城市：丙市",
        benchmarks=(("丁市", None, "标杆城市：丁市"), ("丙市", None, "标杆城市：丙市")),
    )
    cities = benchmark_cities(subject, (found(CLIMATE, subject), found(again, subject)))
    assert [(city.city, len(city.evidence)) for city in cities] == [("丙市", 2), ("丁市", 1)]

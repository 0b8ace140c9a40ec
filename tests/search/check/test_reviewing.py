"""The whole review over the two sample documents, and the selection of rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import WrongUse
from corpus.model import TargetDocument
from ingest.reading import read_file
from search.check.findings import CheckReport, Severity
from search.check.rules import RULES, Selection
from search.engine import SearchEngine
from tests.search.conftest import SEEDS

ALL = Selection()


def sample(name: str) -> TargetDocument:
    (document,) = read_file(next(SEEDS.glob(f"{name}*.txt"))).documents
    return document


def codes(report: CheckReport) -> dict[str, int]:
    return {
        code: sum(one.rule == code for one in report.findings)
        for code in {one.rule for one in report.findings}
    }


def test_what_is_said_of_the_samples_themselves(samples: SearchEngine) -> None:
    report = samples.check(sample("000"), ALL)
    assert report.compared is not None
    assert report.compared.year == 2012
    assert codes(report) == {"figure-worse": 1, "no-figure": 6, "vague-words": 5, "deadline-missing": 1}
    assert report.count(Severity.ERROR) == 0
    assert report.hints == (
        "最近的一份是2012年的，相隔太久，只比较数值，不判断条目和指标是否缺少。",
        "整份草稿没有写制定依据，未逐条核对依据。",
    )
    earlier = samples.check(sample("002"), ALL)
    assert earlier.compared is None
    assert codes(earlier) == {"no-figure": 2, "benchmark-stale": 1, "deadline-missing": 1}


def test_the_sample_of_2021_as_a_draft_of_2022(samples: SearchEngine) -> None:
    document = sample("000")
    copy = replace(document, source="草稿.txt", year=2022, items=document.items[1:])
    report = samples.check(copy, Selection(only=("item-dropped", "figure-worse", "near-duplicate")))
    assert [(one.rule, one.remark.evidence[0].stored.item.name) for one in report.findings] == [
        ("item-dropped", "提升公文处理质效")
    ]
    assert report.rules == ("figure-worse", "item-dropped", "near-duplicate")


def test_findings_stand_in_the_order_of_the_items(samples: SearchEngine) -> None:
    report = samples.check(sample("000"), ALL)
    ordinals = [one.remark.target.ordinal for one in report.findings if one.remark.target is not None]
    assert ordinals == sorted(ordinals)


def test_unknown_unit_and_year_are_hints(samples: SearchEngine) -> None:
    document = replace(sample("000"), source="草稿.txt", unit=None, year=None)
    report = samples.check(document, ALL)
    assert report.compared is None
    assert [hint[:8] for hint in report.hints] == ["没有写明单位，未", "没有写明年份，未", "整份草稿没有写制"]


def test_rules_are_selected_by_code() -> None:
    every = [rule.code for rule in RULES]
    assert [rule.code for rule in Selection().rules()] == every
    assert [rule.code for rule in Selection(off=("no-figure",)).rules()] == every[1:]
    assert [rule.code for rule in Selection(only=("vague-words", "no-figure")).rules()] == [
        "no-figure",
        "vague-words",
    ]
    with pytest.raises(WrongUse, match="没有名为“nothing”的检查规则；可用的规则有：no-figure、"):
        Selection(off=("nothing",)).rules()

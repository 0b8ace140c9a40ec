from __future__ import annotations

import errno
from dataclasses import replace

from api.conversions.documents import indicator_to_json
from api.conversions.results import hit_to_json
from api.schemas.results import VersionJson
from api.wording import (
    ORIGINS,
    comparison,
    excerpt,
    figures_line,
    indicator_line,
    system_reason,
    versions_line,
    years_label,
)
from corpus.model import Comparator, Indicator, Origin
from search.results import Version
from tests.api.samples import CUT, HIT, ITEM, RATE, STORED


def test_each_comparator_reads_as_written() -> None:
    read = {op: comparison(op, 5, "次", 8) for op in Comparator}
    assert read == {
        Comparator.AT_LEAST: "≥ 5次",
        Comparator.AT_MOST: "≤ 5次",
        Comparator.ABOVE: "> 5次",
        Comparator.BELOW: "< 5次",
        Comparator.EQUAL: "= 5次",
        Comparator.ABOUT: "约 5次",
        Comparator.BETWEEN: "5 至 8次",
        Comparator.INCREASE: "增加 5次",
        Comparator.DECREASE: "减少 5次",
    }


def test_only_the_first_figures_of_a_version_are_said() -> None:
    few = version_of(RATE, RATE)
    assert figures_line(few) == "办件按期办结率 ≥ 97.5%；办件按期办结率 ≥ 97.5%"
    assert figures_line(version_of(*[RATE] * 5)) == "；".join(["办件按期办结率 ≥ 97.5%"] * 4) + "…"
    assert figures_line(version_of()) == ""


def version_of(*figures: Indicator) -> VersionJson:
    hit = hit_to_json(replace(HIT, versions=(Version(STORED, 0.8, figures),)))
    return hit.versions[0]


def test_versions_are_counted_by_year() -> None:
    hit = hit_to_json(replace(HIT, versions=(Version(STORED, 0.8, ()), Version(STORED, 0.8, ()))))
    assert versions_line(hit) == "相同的承诺还有 2 条：2019年"


def test_every_origin_has_words() -> None:
    assert set(ORIGINS) == set(Origin)


def test_an_indicator_tells_its_baseline_and_what_follows() -> None:
    assert indicator_line(indicator_to_json(ITEM, RATE)) == "办件按期办结率 ≥ 97.5%"
    assert indicator_line(indicator_to_json(ITEM, CUT)) == "会议较上年度（200件）压减10%，即 ≤ 180件"


def test_an_excerpt_is_one_line_no_longer_than_asked() -> None:
    assert excerpt("一 二\n三", 10) == "一 二 三"
    assert excerpt("一二三四五六", 5) == "一二三四…"


def test_common_refusals_of_the_system_are_chinese() -> None:
    assert system_reason(OSError(errno.EACCES, "Permission denied")) == "没有权限"
    assert system_reason(OSError("x")) == "原因不明"


def test_years_in_a_row_are_one_label() -> None:
    assert years_label((2012, 2013, 2014)) == "2012—2014年"
    assert years_label((2012, 2013)) is None
    assert years_label((2012, 2014, 2015)) is None
    assert years_label(()) is None


def test_a_frequency_that_may_not_grow_tells_its_baseline() -> None:
    kept = replace(CUT, op=Comparator.AT_MOST, value=200.0, unit="件", bound=None)
    assert indicator_line(indicator_to_json(ITEM, kept)) == "会议 ≤ 200件，基数 2018年 200件"

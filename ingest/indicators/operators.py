"""Which comparator a figure gets from the words around it."""

from __future__ import annotations

import re

from corpus.model import Comparator, Status
from ingest.indicators.candidates import Candidate
from ingest.indicators.changes import Baseline
from ingest.indicators.scene import Scene, reversed_words

_OBJECT = re.compile(
    r"[^，]{0,6}?(?:(?P<fall>减少|减排|压减|降低|压缩|削减|缩减|精简|缩短)|(?P<rise>增加(?!值)))(?!到|至|为|了?[0-9])"
)
_OTHERS = (
    "(?:去年|上年|同期|平均|全国|国家|全?省|全?市|自治区|全区|地区|年初|计划|目标|预期|生产总值|GDP|gdp|经济)"
)
_HIGHER = re.compile(
    rf"(?:(?P<more>高于|快于|高出|优于|好于|领先|高过)|(?P<less>低于|低出|慢于)){_OTHERS}[^，。;0-9]{{0,12}}\Z"
    rf"|[比较]{_OTHERS}[^，。;0-9]{{0,12}}?(?:(?P<high>高|快|多)|(?P<low>低|慢|少))出?\Z"
)
_GROWTH = re.compile(
    r"的?(?:年均|平均|年)?(?:高速|较快|中高速|平稳|快速|稳定|速度)*(?:增长|增速|增幅|递增)(?!点|极|率|至|到)"
)
_AT_LEAST = re.compile(r"(?:至少|最少|起码)[^，。;:、0-9]{1,20}\Z")
_RENEWED = re.compile(
    rf"[了]?(?:{reversed_words('改造提升 整治提升 完善提升 新建提升 维修提升 提质提升'.split())})"
)
_COUNTED = frozenset("个 条 家 项 座 所 处 种 类 支 件 台 公里".split())
_GROWN = re.compile(r"增长[、，](?:力争|争取|确保|努力)*达?到?\Z")
_WINDOW = 24


def comparator_of(
    scene: Scene, candidate: Candidate, segment: int, baseline: Baseline | None, status: Status
) -> Comparator:
    """Return the comparator of a figure whose own words begin at `segment`."""
    figure, prefix, suffix = candidate.figure, candidate.prefix, candidate.suffix
    if candidate.rank is not None:
        return Comparator.AT_MOST if candidate.rank == "前" else Comparator.EQUAL
    if _GROWTH.match(scene.text, suffix.end):
        return Comparator.INCREASE
    if prefix.rise and not prefix.becomes and not _is_object(scene, candidate):
        return Comparator.INCREASE if prefix.rise > 0 else Comparator.DECREASE
    change = _distant_change(scene, candidate, segment)
    if change is not None:
        return change
    if figure.unit == "%" and _GROWN.search(scene.text, max(segment, figure.start - _WINDOW), figure.start):
        return Comparator.INCREASE  # 投资保持稳定增长、力争达到3%
    if figure.high is not None:
        return Comparator.BETWEEN
    stated = suffix.op or prefix.op
    if stated is not None:
        return stated
    if _AT_LEAST.search(scene.text, max(segment, prefix.start - _WINDOW), prefix.start):
        return Comparator.AT_LEAST  # 至少建成公园1处
    if prefix.becomes and prefix.rise < 0 and (baseline is not None or status is Status.PROMISED):
        return Comparator.AT_MOST
    return Comparator.ABOVE if figure.loose else Comparator.EQUAL


def _is_object(scene: Scene, candidate: Candidate) -> bool:
    """Whether the verb acts on what is counted: 提升20条产业链水平 makes none of them more."""
    figure, prefix = candidate.figure, candidate.prefix
    if figure.unit not in _COUNTED:
        return False
    if scene.leftwards(_RENEWED, figure.start):
        return True
    if candidate.suffix.end != figure.end or scene.ends_clause(figure.end):
        return False
    return scene.text.startswith(("提升", "提高"), figure.start - 2) and prefix.rise > 0


def _distant_change(scene: Scene, candidate: Candidate, segment: int) -> Comparator | None:
    """Read 压减一般性支出10% and 高于全国2.3个百分点, where the verb stands away from the figure."""
    prefix, position = candidate.prefix, candidate.prefix.start
    start = max(segment, position - _WINDOW)
    unit = candidate.figure.unit
    if unit in {"个百分点", "%", "位"} or (unit or "").startswith("个千"):
        higher = _HIGHER.search(scene.text, start, candidate.figure.start)
        if higher is not None:
            return Comparator.INCREASE if higher["more"] or higher["high"] else Comparator.DECREASE
    if prefix.op or prefix.reaches or prefix.becomes or start != segment:
        return None
    verb = _OBJECT.match(scene.text, segment, position)
    if verb is None:
        return None
    return Comparator.DECREASE if verb["fall"] else Comparator.INCREASE

"""What a relative figure is relative to, and what it comes to in absolute terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Bound, Comparator, Quantity
from ingest.indicators.figures import Figure
from ingest.indicators.scene import Scene

_REACH = 26
_YEAR = (
    r"(?:(?P<year>(?:19|20)[0-9]{2})\s?年(?:度|末|底)?|(?P<last>去年度?|上年(?:度|末|底)?|上一年度?)"
    r"|十[一二三四五]五末?|原来|原有|目前|现有|现行)"
)
_VERSUS = re.compile(
    rf"(?:较|比|在|与|同|按|以|不超过|不高于|不多于|不低于|不少于)[“\"]?{_YEAR}[”\"]?"
    r"(?:的|同期|实际|完成|水平)*[^，。;:(]{0,8}[(]?\Z"
)
_ORIGIN = re.compile(rf"(?:由|从)[“\"]?(?:{_YEAR}[”\"]?)?(?:的)?[^，。;:0-9(]{{0,8}}?[(]?\Z")
_AFTER_BASELINE = re.compile(r"[)]?(?:的?(?:基础上|相比|基数)，?)?\s*(?:再|将|要|力争|分别|均|年均)*\s*\Z")
_AFTER_ORIGIN = re.compile(r"[)]?(?:以上|以下|左右|的水平)?，?\s*(?:再|将|要|力争|进一步|逐步|大幅|已)*\s*\Z")


@dataclass(frozen=True, slots=True)
class Baseline:
    """The earlier value that a figure starts from; the comparing phrase (较上年度…) begins at `start`."""

    quantity: Quantity
    start: int


def baseline_between(scene: Scene, earlier: Figure, position: int, year: int | None) -> Baseline | None:
    """Return `earlier` as the baseline of what is said from `position` on, if the words around it say so."""
    text = scene.text
    if position - earlier.end > _REACH:
        return None
    start = max(scene.clause_start(earlier.start), earlier.start - _REACH)
    before = _VERSUS.search(text, start, earlier.start)
    after = _AFTER_BASELINE
    if before is None:
        before, after = _ORIGIN.search(text, start, earlier.start), _AFTER_ORIGIN
    if before is None or after.match(text[earlier.end : position]) is None:
        return None
    when = int(before["year"]) if before["year"] else None
    if before["last"] and year is not None:
        when = year - 1
    return Baseline(Quantity(earlier.value, earlier.unit, when), before.start())


def derived_bound(op: Comparator, value: float, unit: str | None, baseline: Quantity | None) -> Bound | None:
    """Return what 180 件 cut by 10 % comes to (`<= 162 件`); None where the units do not allow it."""
    if baseline is None or not op.is_change:
        return None
    sign = 1 if op is Comparator.INCREASE else -1
    if unit == "%":
        bound = baseline.value * (1 + sign * value / 100)
    elif unit == "倍":
        bound = baseline.value * (1 + sign * value)
    elif unit == baseline.unit or (unit == "个百分点" and baseline.unit == "%"):
        bound = baseline.value + sign * value
    else:
        return None
    return Bound(Comparator.AT_LEAST if sign > 0 else Comparator.AT_MOST, round(bound, 6), baseline.unit)

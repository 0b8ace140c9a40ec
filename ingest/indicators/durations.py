"""Lengths of time and ages: which of them are commitments.

办结时限不超过7个工作日 is one; 3年行动计划, 15分钟生活圈, 24小时自助 and 65岁以上老人 name something.
"""

from __future__ import annotations

import re

from corpus.model import Comparator
from ingest.indicators.comparators import Prefix, Suffix
from ingest.indicators.figures import Figure
from ingest.indicators.scene import Scene

_CALENDAR = 1900
_LONG = frozenset({"岁", "年", "个月", "季度", "周"})
_ROUND_THE_CLOCK = frozenset({7, 24, 365})
_IN_DATE = re.compile(r"[0-9年]月")
_ORIGIN = re.compile(r"[由从](?:[0-9]{4}年)?[^，。;、0-9]{0,8}\Z")
_CHANGED = re.compile("延长|缩短|压缩|压减|提高|增加|减少|降低|提升|调整|降|升")
_LIFETIME = re.compile("寿命|年龄达到|年限")
_SERVICE = re.compile(r"[^，。;、,]{0,8}(?:圈|自助|不打烊|值守|值班|在线|热线|服务|通勤|应急|核酸|监测|营业)")


def is_duration_name(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix) -> bool:
    """Whether a figure of time only names or dates something."""
    if figure.unit in {"年", "月", "日"} and _is_date(scene, figure, suffix):
        return True
    if prefix.reaches and figure.unit not in _LONG:
        return False
    start = max(0, figure.start - 16)
    compared = prefix.op is not None or prefix.rise != 0 or prefix.becomes
    compared = compared or _ORIGIN.search(scene.text, start, figure.start) is not None
    if figure.unit in _LONG:
        return _is_long_name(scene, figure, prefix, suffix, compared)
    if compared:
        return False
    if suffix.op is not None:
        return _SERVICE.match(scene.text, figure.end) is not None
    return (
        figure.chinese
        or figure.value in _ROUND_THE_CLOCK
        or scene.text[figure.end : figure.end + 1].isalpha()
    )


def _is_date(scene: Scene, figure: Figure, suffix: Suffix) -> bool:
    if figure.unit == "年":
        return figure.value >= _CALENDAR or (figure.high or 0) >= _CALENDAR
    within = figure.unit == "日" and suffix.op is Comparator.AT_MOST
    return not within or scene.leftwards(_IN_DATE, figure.start) is not None


def _is_long_name(scene: Scene, figure: Figure, prefix: Prefix, suffix: Suffix, compared: bool) -> bool:
    """Years, months and ages need a comparison of their own and may not qualify a noun."""
    start = max(scene.clause_start(figure.start), figure.start - 20)
    if suffix.op is Comparator.AT_MOST and figure.unit in {"个月", "周"}:
        return scene.text.startswith("的", suffix.end)
    if not scene.ends_clause(suffix.end) and not _CHANGED.match(scene.text, suffix.end):
        return True
    lifetime = _LIFETIME.search(scene.text, start, figure.start) is not None
    if figure.unit == "岁":
        return not (lifetime or prefix.op is not None or suffix.end == figure.end)
    if figure.unit == "年" and lifetime:  # 平均受教育年限达到10.5年
        return False
    return not (compared or figure.high is not None or (suffix.op is not None and figure.unit != "年"))

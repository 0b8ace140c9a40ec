"""Fifth stage: whether a figure is promised or reported as achieved.

What stands nearest decides: a year or 去年 / 今年 in the figure's sentence, then the last one that opened
a sentence before it, then the headings above, then 已 and 了 in the clause. Otherwise it is a promise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.model import Status
from ingest.indicators.scene import Scene

REVIEW = "回顾"
"""A heading that says of what stands below it that it is past."""
_REVIEW = re.compile(
    r"回[顾首眸]|过去的?[一两三四五]年|[一两三四五]年来|工作总结|(?<!优异)成[就绩效]|取得|完成情况|执行情况|进展|问题"
)
_LOOKS_BACK = re.compile(r"回顾[^和及与，、]{0,3}\Z")
_LOOKING_BACK = re.compile(r"回[顾首眸]|过去的?[一两三四五]年|[一两三四五]年来|工作总结|完成情况|执行情况")
_LOOKING_AHEAD = re.compile(
    r"今年|今后|未来[一两三五十]|下一步|打算|展望|(?:工作|任务|总体|主要|重点)安排|(?:主要|重点|工作|奋斗)(?:任务|目标|重点)"
    r"|总体(?:要求|思路|部署)|(?:19|20)[0-9]{2}\s?年[^，。]{0,8}(?:任务|目标|工作|重点|部署|计划)"
)
_PLAN = re.compile(r"安排|任务|目标|重点|总体要求|建议|今年|今后|未来|打算|计划|部署|思路|规划|奋斗|展望")
_HEADING_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s?年")
_MARK = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?:[-—~至][0-9]{4})?\s?年|(?P<past>去年|上年(?!度?[(])|上一年|过去(?:的)?[一两三四五]年|[一两三四五]年(?:多)?来|五年间|这[一五]年(?!里?要)|本届政府|截至|截止|以来)"
    r"|(?P<future>今年(?!以来|[0-9一]+月)|明年|今后|未来[一两三五十]|下一步|年底前|月底前|(?:预期|宏观|调控|奋斗|发展|总体|主要|具体)目标(?:是|为|:))"
)
_COMPARING = re.compile(r"[较比与同按以]|[由从是]\Z|相当于|高于|低于|快于")
_COMPARED = re.compile(r"(?:度|同期|末|底)?的?(?:[^，。;]{0,8}基础|相比|同期|水平|度?[(]|持平)")
_DONE = re.compile(r"已(?!有|基本具备|\w{1,4}的)|累计完成|[增减]长了|[长高升降加少大了]了|成了|现了|达到了")
_WILLED = re.compile(r"力争|确保|争取|预期|计划|将(?!近)|努力|年内|今后|要(?!求|素)")
_REPORTING = re.compile(
    r"(?:[(\d一二三四五六七八九十)、.#*—\-·\s]{0,6})[^，。;]{2,16}(?:有序|明显|不断|持续|稳步|日益|显著|加速|进一步|成效|步伐)"
    r"(?:推进|改善|提升|扩大|彰显|增强|优化|夯实|显现|加快|提高|发展|深化|完善|巩固|好转|向好|拓展|壮大|明显|显著)[，。*]"
)
_OPENING = 12
_YEAR_OPENING = 4
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Times:
    """The words of a text that say when, in order.

    `led[i]` is the status of the last of them, up to the i-th, that opens a sentence; `reports` says that
    the text opens as a report of results does (城市建设有序推进。).
    """

    positions: tuple[int, ...]
    statuses: tuple[Status, ...]
    led: tuple[Status | None, ...]
    heading: Status | None
    reports: bool

    @classmethod
    def of(cls, scene: Scene, headings: tuple[str, ...], year: int | None) -> Times:
        """Find the words; years are past or not by `year`, the year of the document."""
        marks = [mark for match in _MARK.finditer(scene.text) if (mark := _mark(scene, match, year))]
        return cls(
            positions=tuple(position for position, _, _ in marks),
            statuses=tuple(status for _, status, _ in marks),
            led=tuple(
                accumulate((status if lead else None for _, status, lead in marks), lambda a, b: b or a)
            ),
            heading=_heading_status(headings, year),
            reports=_REPORTING.match(scene.text) is not None,
        )

    def status(self, scene: Scene, start: int, end: int) -> Status:
        """Return the status of the figure at `start:end`."""
        sentence = scene.sentence_start(start)
        index = bisect_left(self.positions, start) - 1
        if index >= 0 and self.positions[index] >= sentence:
            return self.statuses[index]
        if index >= 0 and self.led[index] is not None:
            return self.led[index] or Status.PROMISED
        if self.heading is Status.ACHIEVED or (self.heading is None and self.reports):
            return Status.ACHIEVED
        clause = max(scene.clause_start(start), start - 40)
        if _DONE.search(scene.text, clause, end) and not _WILLED.search(scene.text, clause, end):
            return Status.ACHIEVED
        return Status.PROMISED


def opening_review(headings: Sequence[str], year: int | None) -> str | None:
    """Return the first of a report's outermost headings where it dates nothing itself.

    A report begins with what was achieved, also below 一、在奋力拼搏中实现良好开端; parts of a review whose
    own heading is lost ((一)…) are none.
    """
    if len(headings) < _LEAST_PARTS or headings[0].startswith(("(", "（")):
        return None
    return headings[0] if _heading_status((headings[0],), year) is None else None


def _mark(scene: Scene, match: re.Match[str], year: int | None) -> tuple[int, Status, bool] | None:
    text, start = scene.text, match.start()
    before = text[max(0, start - 2) : start]
    if _COMPARING.search(before) or scene.is_quoted(*match.span()):
        return None
    if match["future"]:
        status = Status.PROMISED
    elif match["past"]:
        if _COMPARED.match(text, match.end()):
            return None
        status = Status.ACHIEVED
    else:
        if year is None or _COMPARED.match(text, match.end()):
            return None
        status = Status.ACHIEVED if int(match["year"]) < year else Status.PROMISED
    opening = _YEAR_OPENING if match["year"] else _OPENING
    return start, status, start - scene.sentence_start(start) <= opening


def _heading_status(headings: tuple[str, ...], year: int | None) -> Status | None:
    """Return what the headings say: the innermost that names its time, else the innermost that hints at one.

    A review keeps its status below headings such as （二）完成各项目标任务, a plan below （三）解决突出问题.
    """
    for heading in reversed(headings):
        named = _named_time(heading, year)
        if named is not None:
            return named
    for heading in reversed(headings):
        review, plan = bool(_REVIEW.search(heading)), bool(_PLAN.search(heading))
        if review != plan:
            return Status.ACHIEVED if review else Status.PROMISED
    return None


def _named_time(heading: str, year: int | None) -> Status | None:
    """Return the status of 2020年工作回顾, 今年工作安排 and 今后五年的任务; None for headings of topics."""
    if _LOOKS_BACK.search(heading):
        return Status.ACHIEVED
    review, plan = _LOOKING_BACK.search(heading), _LOOKING_AHEAD.search(heading)
    years = [int(found) for found in _HEADING_YEAR.findall(heading)]
    is_past = year is not None and bool(years) and max(years) < year
    if plan and not review:
        return Status.ACHIEVED if is_past else Status.PROMISED
    return Status.ACHIEVED if is_past or (review and not plan) else None

"""The year that a text is about: stated years read, and the most plausible one inferred by fixed rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from corpus.text import fold

FIRST, LAST = 1980, 2049
_CHINESE: Final = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "o": "0",
    "0": "0",
}
_CHINESE_YEAR: Final = re.compile(r"[一二][〇○零一二三四五六七八九0o]{3}(?=年)")
_YEAR: Final = re.compile(r"(?<![\d.a-z])((?:19|20)\d{2})\s*年")
_RANGE: Final = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–~至到]+\s*((?:19|20)\d{2})\s*年")
_BARE_YEAR: Final = re.compile(
    r"(?<![\da-z])((?:19|20)\d{2})(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))?(?![\da-z])"
)
_DATED_NUMBER: Final = re.compile(r"[〔\[(【]\s*((?:19|20)\d{2})\s*[〕\])】]\s*第?\s*\d{1,4}\s*号")

_PAST_BEFORE: Final = re.compile(r"(?:在|较|比|截至|截止|自|从|与|同|获|于|对)$")
_PAST_AFTER: Final = re.compile(
    r"^(?:度|\d{1,2}月(?:底|份|\d{1,2}日)?)?(?:,|(?:以来|基础上|前|末|相比|完成|实现|实绩|底以来|同期|获得?|实施|启动|先行|全面启动|建成|底数|考核|决算)|市直机关创新)"
)
_FUTURE_BEFORE: Final = re.compile(r"(?:到|至|力争|—|-|–)$")
_PLAN_OF_YEAR: Final = re.compile(
    r"^度?[^。;,、《》\d]{0,24}?(?:工作要点|政府工作报告|工作报告|工作计划|工作目标|业务目标|重点办好|重点工作|目标任务|工作安排|实施方案|任务分工|计划)"
)
_BY_YEAR: Final = re.compile(r"^(?:度)?(?:年?底前|年内|末前|年底|全年)")
_REVIEW: Final = re.compile(r"回顾|总结|成就|成效|过去")
_AHEAD: Final = re.compile(r"安排|任务|目标|要求|部署|重点|思路|打算|意见|建议")
_TASKS_OF_YEAR: Final = re.compile(
    r"((?:19|20)\d{2})年(?:度)?(?:全市|政府|我市)?(?:的)?(?:主要)?(?:经济社会发展|工作)的?(?:总体|主要|预期)*(?:要求|思路|目标|任务|安排)"
    r"|((?:19|20)\d{2})年是[^。]{2,60}?(?:之年|一年)[^。]{0,16}今年"
)
_NOT_OF_YEAR: Final = re.compile(r"\s*(?:以来|远景|前|时)")
_LEAST_SCORE: Final = 3.0
_LEAD: Final = 1.5


def arabic_years(text: str) -> str:
    """Return the folded text with 二〇一二年 written 2012年; same length as `text`."""
    return _CHINESE_YEAR.sub(lambda m: "".join(_CHINESE[c] for c in m.group()), fold(text))


def stated_year(text: str) -> int | None:
    """Return the year that a title or header line states: the first of a range, else the latest."""
    plain = arabic_years(text)
    ranged = _RANGE.search(plain)
    if ranged is not None:
        return _within(int(ranged.group(1)))
    years = [int(y) for y in _YEAR.findall(plain)]
    return _within(max(years)) if years else None


def year_in_name(name: str) -> int | None:
    """Return the year in a file's or sheet's name; one that stands in a longer number or word is none."""
    stated = stated_year(name)
    if stated is not None:
        return stated
    years = [int(y) for y in _BARE_YEAR.findall(arabic_years(name))]
    return _within(max(years)) if years else None


def year_of_folder(name: str) -> int | None:
    """Return the year of a folder that is a year or says 年; other digits in folder names mean nothing."""
    plain = arabic_years(name).strip()
    if re.fullmatch(r"(?:19|20)\d{2}", plain):
        return _within(int(plain))
    return stated_year(name)


def year_scores(texts: Iterable[str]) -> Mapping[int, float]:
    """Return for each year how much speaks for it being the year of a target document.

    A plan, report or set of key points named by its year counts 3, a deadline within the year 2, a plain
    mention 1; a year that the text looks back on or ahead to counts nothing. A year before the latest
    document number loses half: nothing rests on a document that is not yet written.
    """
    scores: dict[int, float] = {}
    latest_number = 0
    for text in texts:
        plain = arabic_years(text)
        latest_number = max([latest_number, *(int(y) for y in _DATED_NUMBER.findall(plain))])
        for found in _YEAR.finditer(plain):
            year = int(found.group(1))
            if FIRST <= year <= LAST:
                before, after = plain[max(0, found.start() - 6) : found.start()], plain[found.end() :][:40]
                scores[year] = scores.get(year, 0.0) + _weight(before, after)
    return {year: score / 2 if year < latest_number else score for year, score in scores.items()}


def _weight(before: str, after: str) -> float:
    if _FUTURE_BEFORE.search(before.rstrip()):
        return 0.0
    if _PLAN_OF_YEAR.match(after):
        return 3.0
    if _BY_YEAR.match(after):
        return 2.0
    if _PAST_BEFORE.search(before.rstrip()) or _PAST_AFTER.match(after):
        return 0.0
    return 1.0


def inferred_year(texts: Iterable[str]) -> int | None:
    """Return the year the texts clearly speak for: 3 points at least, and half as many again as the next."""
    ranked = sorted(year_scores(texts).items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < _LEAST_SCORE:
        return None
    if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
        return None
    return ranked[0][0]


def year_of_report(headings: Iterable[str], contents: Iterable[str]) -> int | None:
    """Return the year that a work report plans, told from its outermost headings.

    The year after the one looked back on (2023年工作回顾) and the year of the tasks ahead (2024年工作安排)
    have to agree; one of them alone is enough. Without such headings a sentence that names the coming
    year's tasks counts.
    """
    back: set[int] = set()
    ahead: set[int] = set()
    for position, heading in enumerate(headings):
        text = arabic_years(heading)
        (back if _looks_back(text, is_first=position == 0) else ahead).update(_years_in(text))
    if back:
        following = max(back) + 1
        return _within(following) if not ahead or following in ahead else None
    if ahead:
        return _within(max(ahead))
    named = {
        int(m.group(1) or m.group(2))
        for text in contents
        for m in _TASKS_OF_YEAR.finditer(arabic_years(text))
    }
    return _within(max(named)) if named else None


def _looks_back(text: str, *, is_first: bool) -> bool:
    """Whether a heading is of a review; so is 2009年主要工作 where it is the first of all."""
    return bool(_REVIEW.search(text)) or (is_first and not _AHEAD.search(text))


def _years_in(text: str) -> list[int]:
    """Return the years of a heading; what it looks ahead to (到2035年) and ranges are none."""
    found = _YEAR.finditer(_RANGE.sub("", text))
    return [
        int(m.group(1))
        for m in found
        if not _FUTURE_BEFORE.search(text[: m.start()].rstrip()) and not _NOT_OF_YEAR.match(text, m.end())
    ]


def _within(year: int) -> int | None:
    return year if FIRST <= year <= LAST else None

"""Which year a figure is about, and how near to it the words of a subject stand.

A promise holds for its document's year, what was achieved for the year before, unless the sentence says
otherwise: 到2025年, 2011年完成. A figure of several years (五年累计, 年均) is about none of them.
"""

from __future__ import annotations

import re

from corpus.model import DocumentKind, Field, Status
from search.figures import Observed
from search.texts import field_text, sentence_around, sentences
from search.years import STATED_YEAR

_COMPARED = re.compile(r"^\s*(?:底|末|度)?(?:的|基础上|相比|同期|比|增长|以来)")
_BEFORE_COMPARED = re.compile(r"(?:比|较|同|自|从|与)\s*$")
_SEVERAL_YEARS = re.compile(
    r"[三四五六七八九十两]年(?:全市|全省|城镇|来|间|累计|共|完成|新增|总|内|平均|任期|期|，|,)|今后[三四五]年|过去[三四五]年|未来[三四五]年|[三四五]年[一-龥]{0,4}(?:翻|目标)"
    r"|年均|累计|[“\"]?十[一二三四五]五[”\"]?(?!规划)|本届|任期|连续[一-龥\d]{1,2}年|历年|(?:19|20)\d\d\s*(?:年)?\s*[-—–至到]+\s*(?:19|20)\d\d"
)
_LABEL = re.compile(r"^\s*(?:主要)?(?:目标|指标)")


def year_of(observed: Observed) -> int | None:
    """Return the year that a figure is about; None where its document's year is unknown."""
    year = observed.stored.document.year
    if year is None:
        return None
    achieved = observed.indicator.status is Status.ACHIEVED
    stated = _stated_year(observed)
    if stated is not None and (stated <= year if achieved else stated >= year):
        return stated
    reported = achieved and observed.indicator.span.field is not Field.PROGRESS
    return year - 1 if reported else year


def _stated_year(observed: Observed) -> int | None:
    """Return the year named last before the figure in its sentence, not one that is compared with."""
    before = _before(observed)
    found = [
        int(match.group(1))
        for match in STATED_YEAR.finditer(before)
        if not _COMPARED.match(before[match.end() :]) and not _BEFORE_COMPARED.search(before[: match.start()])
    ]
    return found[-1] if found else None


def _before(observed: Observed) -> str:
    """Return the figure's sentence up to the end of the figure."""
    span = observed.indicator.span
    text = field_text(observed.stored.item, span.field)
    return text[sentence_around(text, span.start, span.end)[0] : span.end]


def is_of_several_years(observed: Observed) -> bool:
    """Whether a figure is a total or mean over years: 五年累计, 年均, “十二五”期间."""
    return bool(_SEVERAL_YEARS.search(_before(observed)))


def sentence_of(observed: Observed) -> str:
    """Return the sentence that states a figure."""
    span = observed.indicator.span
    text = field_text(observed.stored.item, span.field)
    return text[slice(*sentence_around(text, span.start, span.end))]


def words_near(observed: Observed) -> str:
    """Return what is said near a figure: its name and sentence, and what names the item it stands in.

    In prose the sentence before belongs to it: 12345热线受理诉求80万件。按期办结率99%。
    """
    item, span = observed.stored.item, observed.indicator.span
    text = field_text(item, span.field)
    start, end = sentence_around(text, span.start, span.end)
    if observed.stored.document.kind is DocumentKind.REPORT:
        start = max((one[0] for one in sentences(text[:start])), default=start)
    named = (observed.indicator.name or "", text[start:end], item.name or "", *item.heading_path)
    return "\n".join(named)

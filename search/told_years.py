"""Which year a sentence tells of: a report of 2013 looks back on 2012 first, and then promises for 2013."""

from __future__ import annotations

import re

from corpus.model import DocumentKind, Span, Status
from corpus.stored import StoredItem
from corpus.text import fold
from search.texts import field_text
from search.years import STATED_YEAR

_LOOKS_BACK = re.compile(r"回顾|(?:过去|上)一?年|去年|(?:工作|主要)(?:成绩|成就|总结)|过去的?[五三四]年")
_LOOKS_AHEAD = re.compile(r"安排|任务|打算|重点工作|总体要求|目标|今后|建议")
_OPENS_WITH_YEAR = re.compile(r"^[一二三四五六七八九十\d、.（()）\s]{0,6}((?:19|20)\d\d)\s*年(?!.{0,3}以来)")


def told_year(stored: StoredItem, span: Span) -> int | None:
    """Return the year that the sentence at `span` tells of; None where nobody can tell.

    The sentence's own first words decide, then the headings, then whether its figures were promised or
    achieved.
    """
    year = stored.document.year
    if year is None or stored.document.kind is not DocumentKind.REPORT:
        return year
    sentence = fold(field_text(stored.item, span.field)[span.start : span.end])
    if own := _OPENS_WITH_YEAR.match(sentence):
        return int(own.group(1))
    for heading in map(fold, stored.item.heading_path[:1]):
        stated = STATED_YEAR.search(heading)
        if _LOOKS_BACK.search(heading):
            told = int(stated.group(1)) if stated else year - 1
            return told if told < year else year - 1
        if stated and _LOOKS_AHEAD.search(heading):
            return int(stated.group(1))
    return _year_of_figures(stored, span, year)


def _year_of_figures(stored: StoredItem, span: Span, year: int) -> int | None:
    inside = [
        one.status
        for one in stored.item.indicators
        if one.span.field is span.field and span.start <= one.span.start < span.end
    ]
    if not inside:
        return None
    achieved = sum(one is Status.ACHIEVED for one in inside)
    return year - 1 if 2 * achieved > len(inside) else year

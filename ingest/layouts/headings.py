"""Headings and numbering of Chinese official prose: 一、 (一) 1. (1), 第一章, and lines that head a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.text import fold
from ingest.blocks import Paragraph
from ingest.layouts import plausible

_N: Final = r"[一二三四五六七八九十百]{1,4}"
_NUMBERING: Final = (
    (1, re.compile(rf"第\s*(?P<n>{_N}|\d{{1,2}})\s*(?:部分|章|编|篇)\s*[:、.]?\s*")),
    (2, re.compile(rf"(?P<n>{_N})\s*[、,.]\s*")),
    (2, re.compile(rf"第\s*(?P<n>{_N}|\d{{1,2}})\s*节\s*[:、.]?\s*")),
    (3, re.compile(rf"\(\s*(?P<n>{_N})\s*\)\s*[、.,]?\s*")),
    (4, re.compile(r"(?P<n>\d{1,3})\s*(?:[.、](?!\d)|,(?=\D)|\s+(?=[\u4e00-\u9fff“《]))\s*")),
    (5, re.compile(r"(?:\(\s*(?P<n>\d{1,3})\s*\)|(?P<m>\d{1,3})\))\s*[、.,]?\s*")),
    (5, re.compile(r"(?P<n>[①-⑳])\s*[、.,]?\s*")),
)
_SENTENCE_END: Final = re.compile(r"[。;!?]")
_LONGEST_HEADING: Final = 50
_LONGEST_PREAMBLE: Final = 60
_HEADER_LINE: Final = re.compile(
    r"(?:填报|责任|承担|被考核)?(?:单位|部门)(?:名称)?(?:\([^()]{0,8}\))?\s*[:\t]"
)
_TITLE: Final = re.compile(r"目标|任务|计划|要点|分解|考核|绩效|责任书|一览表|督办|进展|清单|汇总|细则")
_YEAR: Final = re.compile(r"\d{4}年")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number a line begins with, and where the text after it starts.

    `level` is 1 for 第一章, 2 for 一、, 3 for (一), 4 for 1., 5 for (1); `numeral` is as written.
    """

    level: int
    numeral: str
    end: int


def numbering_of(text: str) -> Numbering | None:
    """Return the numbering at the start of a line, `None` without one; emphasis marks are passed."""
    folded = fold(text)
    start = len(folded) - len(folded.lstrip(" \t*#"))
    for level, pattern in _NUMBERING:
        found = pattern.match(folded, start)
        if found is not None:
            numeral = found.group("n") or found.groupdict().get("m") or ""
            end = found.end()
            while folded[end : end + 1] == "*":
                end += 1
            return Numbering(level, numeral, end)
    return None


def plain(text: str) -> str:
    """Return a line without white space and emphasis marks at its ends."""
    return text.strip().strip("*").lstrip("#").strip()


def is_heading(text: str) -> bool:
    """Whether a line is a short numbered heading without the end of a sentence."""
    line = plain(text)
    numbering = numbering_of(line)
    return numbering is not None and len(line) <= _LONGEST_HEADING and not _SENTENCE_END.search(fold(line))


def is_preamble_line(text: str) -> bool:
    """Whether a line between two tables is a title or a header line of the second."""
    line = fold(text).strip()
    if _HEADER_LINE.match(line):
        return True
    if len(line) > _LONGEST_PREAMBLE or re.search(r"[。;,]", line) or plausible.is_category_line(line):
        return False
    return bool(_TITLE.search(line)) and (bool(_YEAR.search(line)) or not numbering_of(line))


def heads_rows(text: str) -> bool:
    """Whether a line between or above tables heads the rows below it: 重点目标, 一、经济发展."""
    if plausible.is_category_line(text):
        return True
    numbering = numbering_of(plain(text))
    is_section = numbering is not None and numbering.level in {2, 3}
    return is_section and is_heading(text) and not is_preamble_line(text)


def heading_above(lines: Sequence[Paragraph]) -> str | None:
    """Return the last line above the rows that heads them."""
    last = next((p.text for p in reversed(lines) if heads_rows(p.text)), None)
    return "".join(plain(last).split()) if last is not None else None

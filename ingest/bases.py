"""The documents a promise rests on (制定依据), from the cell that lists them or the prose that cites them.

Where a row has a 制定依据 cell, it alone is read: its enumerated entries are bases, with or without 《》.
Its sections 创标情况 and 对标情况 compare cities and tell what was done; only what they cite as a basis
(根据…会议精神 included) counts. Where there is no cell, documents cited as a basis in the content count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.model import Basis, Field, TargetItem
from ingest.citations import CUE_AT_START, find_citations
from ingest.cited_documents import Passage, basis_at, is_body

_SECTION = re.compile(
    r"(?:(?<=[\s。;:])|\A)(?:[一二三四五六七八九十]{1,2}、|\(?[0-9一二三四五六七八九十]{1,2}[)、.])?\s{0,4}"
    r"(?:(?P<comparison>创标情况|对标情况|标杆情况|(?:标杆|对标)(?:城市|单位|地区|值))|(?P<basis>(?:制定|目标)?依据(?=\s{0,2}:)))[\s:]{0,4}"
)
_MARK = re.compile(
    r"(?P<number>[0-9]{1,2})\s?[.、)](?:(?![0-9])|(?=(?:19|20)[0-9]{2}年))\s{0,4}|\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)\s{0,4}|[一二三四五六七八九十]{1,3}、\s{0,4}"
)
_CIRCLED = re.compile(r"[①-⑳]\s{0,4}")  # sought in the text as written: folding makes ① a 1
_COMPLETE = re.compile(
    r"(?:[》)号;。]|报告|要点|规则|通知|意见|办法|规划|方案|条例|细则|纲要|决定|决议|法|计划|规定|纪要|精神|要求|批复|公告|通告|标准|规范|建议|责任书"
    r"|部署|讲话|批示|职责|制度|预案|实事|措施|指南|目录|准则|章程|政策)\s*\Z"
)
_NOTHING = re.compile(r"(?:暂?无|没有|略|同上|详见附件|[\W_])*\Z")
_JOINER = re.compile(r"[、,]\s{0,2}(?:和|及|与|以及)?|和|及|与|以及")
_LONGEST_PLAIN_TITLE = 60
_NEAR = 24
_MOST = 500  # more bases in one field are no row of a document


def find_bases(item: TargetItem) -> tuple[Basis, ...]:
    """Return the bases of `item` in the order of its text, each with its exact span."""
    if item.basis_text is not None and item.basis_text.strip():
        return tuple(islice(_from_cell(Passage.of(item.basis_text, Field.BASIS)), _MOST))
    content = Passage.of(item.content, Field.CONTENT)
    return tuple(islice(find_citations(content, 0, len(content.raw)), _MOST))


def _from_cell(passage: Passage) -> Iterator[Basis]:
    start, is_comparison = 0, False
    for section in _SECTION.finditer(passage.folded):
        yield from _from_section(passage, start, section.start(), is_comparison)
        start, is_comparison = section.end(), section["comparison"] is not None
    yield from _from_section(passage, start, len(passage.folded), is_comparison)


def _from_section(passage: Passage, start: int, end: int, is_comparison: bool) -> Iterator[Basis]:
    if is_comparison:
        yield from find_citations(passage, start, end, decisions=True)
        return
    for first, last in _entries(passage, start, end):
        yield from _from_entry(passage, first, last)


def _entries(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a list of bases at its marks: 1.…; 2.… or lines or full stops, never inside brackets or titles."""
    position = first = start
    expected: int | None = None
    is_enumerated = False
    while position < end:
        mark = _mark_at(passage, position, first, expected)
        if mark is not None and mark.end() <= end:
            yield first, position
            expected = int(mark["number"]) + 1 if mark.re is _MARK and mark["number"] else expected
            is_enumerated = True
            position = first = mark.end()
            continue
        character = passage.folded[position]
        if character in ";。" or (
            character == "\n" and not is_enumerated and _is_complete(passage, first, position)
        ):
            yield first, position
            first = position + 1
        closing = passage.closers.get(position, position)
        position = (closing if closing < end else position) + 1
    yield first, end


def _mark_at(passage: Passage, position: int, first: int, expected: int | None) -> re.Match[str] | None:
    """Return the list mark at `position`: after a break or white space, or the next number of the list."""
    circled = _CIRCLED.match(passage.raw, position)
    if circled is not None:
        return circled
    before = passage.folded[position - 1] if position > first else "\n"
    if before.isdigit():
        return None
    mark = _MARK.match(passage.folded, position)
    if mark is None or before.isspace() or before in ";。:":
        return mark
    return mark if mark["number"] and expected is not None and int(mark["number"]) == expected else None


def _from_entry(passage: Passage, start: int, end: int) -> Iterator[Basis]:
    start, end = passage.span_stripped(start, end)
    entry = passage.folded[start:end]
    if _NOTHING.match(entry):
        return
    cue = CUE_AT_START.match(entry)
    if cue or (len(entry) > _LONGEST_PLAIN_TITLE and "," in entry):
        cited = list(find_citations(passage, start, end, decisions=True))
        yield from cited
        if cited or not cue:
            return
        start += cue.end()
    for first, last in _parts(passage, start, end):
        basis = basis_at(passage, first, last)
        if basis is not None:
            yield basis


def _parts(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut an entry that names several documents: 《…》、《…》和市政府《…》, 工作报告、工作要点."""
    first = position = start
    while position < end:
        joiner = _JOINER.match(passage.folded, position, end)
        if joiner is not None and _is_cut(passage, first, joiner, end):
            yield first, position
            first = position = joiner.end()
            continue
        closing = passage.closers.get(position, position)
        position = (closing if closing < end else position) + 1
    yield first, end


def _is_cut(passage: Passage, first: int, joiner: re.Match[str], end: int) -> bool:
    """Whether a document's name ends before the joiner and another one begins behind it."""
    left = passage.folded[max(first, joiner.start() - _NEAR) : joiner.start()].rstrip()
    right = passage.folded[joiner.end() : min(end, joiner.end() + _NEAR)]
    before_title, opening, _ = right.partition("《")
    begins_title = bool(opening) and (not before_title.strip() or is_body(before_title))
    is_mark = joiner[0][0] in "、,"
    if left.endswith(("》", ")", "号")):
        return begins_title or (is_mark and _is_complete(passage, joiner.end(), end))
    if not is_mark or not _COMPLETE.search(left):
        return False
    return begins_title or _is_complete(passage, joiner.end(), end)


def _is_complete(passage: Passage, start: int, end: int) -> bool:
    """Whether `start:end` ends as the names of documents do (…通知, …》, …号)."""
    return bool(_COMPLETE.search(passage.folded[max(start, end - _NEAR) : end]))

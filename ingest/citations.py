"""Documents that running text cites as what it rests on: 根据《…》（文号）, 贯彻落实《…》, 按照…精神.

A title that is only mentioned (修订《…》, 创刊《…》) or only followed up (督办落实《…》33项
事项) is not cited as a basis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.doc_numbers import find_doc_numbers
from corpus.model import Basis
from ingest.cited_documents import Passage, basis_at, is_body

_CUE = re.compile(
    r"(?P<firm>根据|按照|依据|依照|遵照)|(?P<mild>贯彻落实|贯彻执行|贯彻实施|贯彻|落实|执行)(?:好|了|新的?|新修订的)?"
)
CUE_AT_START = re.compile(
    r"(?:根据|按照|依据|依照|遵照|参照|贯彻落实|贯彻执行|贯彻实施|贯彻|落实|执行)[:\s]*"
)
_BEFORE_TITLE = re.compile(r"(?P<words>[^《》,。;!?\n]{0,25}?)\s{0,2}(?=《)")
_JOINED = re.compile(
    r"\s{0,2}(?:(?:、|,(?=和|及|与|以及))?\s{0,2}(?:和|及|与|以及)?)(?P<words>[^《》,。;!?\n、]{0,14}?)\s{0,2}(?=《)"
)
_PRODUCT = re.compile(
    r"制定|修订|修改|出台|编制|创刊|印发|完善|起草|发布|编报|编写|编印|开展|推进|推动|组织|签订|签署|拟定|建立|提出|形成|实施|颁布|举办"
)
_AFTER_MILD = re.compile(
    r"\s*(?:[,。;、:)!]|\Z|等|要求|精神|部署|规定|和|及|与|以及|有关|相关|各项|确定|明确|提出|文件|《|\n)"
)
_NUMBER_BEHIND = re.compile(r"\s{0,2}\([^()]{0,80}\)")
_CLAUSE = re.compile(r"[^,。;!?\n]{0,80}")
_DECISION = re.compile(
    r"[^《》,。;:!?\n]{2,40}?(?:会议精神|会议纪要|会议决定|会议要求|会议部署|批示精神|批示要求|讲话精神|工作要点|工作报告|号文件精神)(?:要求)?"
)
_PROMISING = re.compile(r"《|号|精神|会议|批示|要点|报告")  # what every citation holds, near its cue
_WINDOW = 90
_DOCUMENT_NOUN = re.compile(
    r"(?:报告|要点|规则|通知|意见|办法|规划|方案|条例|细则|纲要|决定|决议|计划|规定|纪要|批复|公告|通告|标准|规范|措施|预案)\Z"
)


def find_citations(passage: Passage, start: int, end: int, *, decisions: bool = False) -> Iterator[Basis]:
    """Yield the documents cited as a basis in `start:end`, in order of their cues.

    With `decisions`, what a meeting decided and what is cited without 《》 (根据…会议精神) counts too: in a
    cell that states bases it is one, in a plan's prose it is a way of speaking.
    """
    taken = start
    for cue in _CUE.finditer(passage.folded, start, end):
        window = passage.folded[cue.end() : min(end, cue.end() + _WINDOW)]
        if cue.start() < taken or not _PROMISING.search(window):
            continue
        for basis in _cited_after(passage, cue, end, decisions):
            taken = max(taken, basis.span.end)
            yield basis


def _cited_after(passage: Passage, cue: re.Match[str], end: int, decisions: bool) -> Iterator[Basis]:
    titled = list(_titles(passage, cue.end(), end))
    if titled:
        closing = titled[-1].span.end
        if cue["firm"] or _AFTER_MILD.match(passage.folded, closing):
            yield from titled
        return
    numbered = _numbered(passage, cue.end(), end)
    if numbered is not None:
        yield numbered
    elif decisions and cue["firm"]:
        decision = _DECISION.match(passage.folded, cue.end(), end)
        basis = basis_at(passage, *decision.span()) if decision else None
        if basis is not None:
            yield basis


def _titles(passage: Passage, position: int, end: int) -> Iterator[Basis]:
    """Yield the titles in 《》 that follow a cue: one, or several joined by marks and 和."""
    before = _BEFORE_TITLE.match(passage.folded, position, end)
    while before is not None and not _PRODUCT.search(before["words"]):
        opening = before.end()
        closing = passage.closers.get(opening)
        if closing is None or closing >= end:
            return
        number = _NUMBER_BEHIND.match(passage.folded, closing + 1, end)
        has_number = number is not None and bool(find_doc_numbers(number[0]))
        stop = number.end() if number and has_number else closing + 1
        basis = basis_at(passage, opening, stop)
        if basis is None:
            return
        yield _issued_by(basis, before["words"])
        before = _JOINED.match(passage.folded, stop, end)
        if before is not None and not _names_body(before["words"]):
            return


def _names_body(words: str) -> bool:
    """Whether nothing but a body stands between two titles of one list."""
    return not words.strip() or (is_body(words) and not _CUE.search(words))


def _issued_by(basis: Basis, words: str) -> Basis:
    """Take the body that stands before a title (国务院《…》) for its issuer, where the title states none."""
    body = words.strip()
    return replace(basis, issuer=body) if basis.issuer is None and body and is_body(body) else basis


def _numbered(passage: Passage, position: int, end: int) -> Basis | None:
    """Read what is cited by its number: 根据国发〔2012〕2号文件, 依据…的意见（国发〔2012〕2号）."""
    clause = _CLAUSE.match(passage.folded, position, end)
    if clause is None or "号" not in clause[0]:
        return None
    numbers = find_doc_numbers(clause[0])
    if not numbers:
        return None
    before = clause[0][: numbers[0].start]
    stop = position + numbers[0].end
    if before.rstrip().endswith("("):
        if not _DOCUMENT_NOUN.search(before.rstrip("( ")):
            return None
        closing = passage.folded.find(")", stop, end)
        return basis_at(passage, position, closing + 1) if closing >= 0 else None
    if before.strip() and not is_body(before):
        return None
    return basis_at(passage, position + numbers[0].start, stop)

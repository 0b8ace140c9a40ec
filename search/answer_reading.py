"""What an answer may draw on, and which of it is read for a question: whose items, of which years."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.model import DocumentKind
from corpus.stored import StoredItem
from search.evidence import Found, Subject
from search.in_charge import asks_who, says_who, with_units_in_charge
from search.inquiry import Inquiry
from search.passages import Passage, Similar, chosen
from search.questions import Kind
from search.rarity import Rarity, even
from search.reading import Read, read, states_what_is_asked, sureness
from search.told_years import told_year

# What was promised for a year stands in that year's documents; what became of it in those of the next.
_PROMISED = re.compile(r"计划|打算|目标|承诺|提出|力争|拟|预期|安排|要求|要[一-龥]|准备|定(?:的|为|了)?多少")
_ACHIEVED = re.compile(r"完成了?|实际|后来|实现了|做到了|达到了|结果|上一?年|去年|兑现|落实了|解决了")
# The words of a question that asks for both sides; neither side need hold them.
_SIDES = re.compile(
    r"(?:计划|预期|承诺|实际|最终|后来|分别|目标)(?:定|定为|提出)?(?:的|了|是)?(?=多少|几|[和与、，,]|$|[一-龥]{2})"
    r"|[，,]?(?:后来|实际|最后|结果)?(?:完成|实现|做到|兑现|落实)(?:了|得)?(?:没有|没|吗|多少|怎么样|如何|情况)?(?:[？?]|$)"
)
_ASKS_BASIS = re.compile(r"依据|根据|文号|出自|凭什么|什么文件|哪(?:个|份|些|几个)文件")
_CITES = re.compile(r"《|根据|依据|按照|〔")
# Of two sides one is surely about the subject; the other may say it in other words.
_OTHER_SIDE = 0.5
_MOST_OF_A_SIDE = 2
# Who says who does it may be a little less surely about the subject than others.
_LESS_SURE = 0.15


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer may draw on.

    `found` are the items under the filters, best first; `other_years` looks the same up without the
    year, `next_years` in the years after (whose reports look back), `listed` gives every item under the
    filters, `wide` every one that may state a figure on the subject, `compared` the best that name
    benchmarks, whatever city their document is of. They are asked only where they are
    needed. `similar` compares texts with the question, `rarity` says how much a piece of text tells.
    """

    subject: Subject
    found: tuple[Found, ...]
    other_years: Callable[[], tuple[Found, ...]]
    listed: Callable[[], tuple[StoredItem, ...]]
    next_years: Callable[[], tuple[Found, ...]] = tuple
    wide: Callable[[], tuple[StoredItem, ...]] = tuple
    compared: Callable[[], tuple[Found, ...]] = tuple
    rarity: Rarity = even
    similar: Similar | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """The passages to quote, in reading order; `best` is the sentence that answers most."""

    passages: tuple[Passage, ...]
    best: Passage


def is_prose(inquiry: Inquiry) -> bool:
    """Whether the best evidence is running text: what it lists stands in its sentences."""
    return any(one.stored.document.kind is DocumentKind.REPORT for one in inquiry.found[:1])


def asks_basis(question: str) -> bool:
    """Whether the document is asked for that something rests on."""
    return bool(_ASKS_BASIS.search(question))


def quoted(inquiry: Inquiry, evidence: Evidence) -> Quoted | None:
    """Return what to quote for a question; None where nothing read answers it."""
    asks_both = _PROMISED.search(inquiry.question) and _ACHIEVED.search(inquiry.question)
    if inquiry.understood.interpreted.years and asks_both and (both := _both_sides(inquiry, evidence)):
        return both
    found = _read(inquiry, evidence)
    if not (_may_quote(inquiry, found.passages) and found.answers(inquiry.thresholds)):
        return None
    passages = chosen(found.passages)
    if asks_who(inquiry.question):
        passages = with_units_in_charge(passages)
    return Quoted(passages, found.passages[0])


def _read(inquiry: Inquiry, evidence: Evidence) -> Read:
    """Read the items found, and those of the next years that look back on the years asked for.

    Where it is asked who does something, those that say so are read first.
    """
    items = inquiry.found
    question = inquiry.question
    looks_back = _ACHIEVED.search(question) or not _PROMISED.search(question)
    if inquiry.understood.interpreted.years and looks_back:
        items = tuple(sorted((*items, *evidence.next_years()), key=lambda one: -one.scored.score))
    if asks_who(question):
        said = tuple(one for one in items if says_who(one.stored))
        first = _read_items(inquiry, evidence, said, inquiry.topic)
        every = _read_items(inquiry, evidence, items, inquiry.topic)
        near = first.sureness >= every.sureness - _LESS_SURE
        return first if near and first.answers(inquiry.thresholds) else every
    return _read_items(inquiry, evidence, items, inquiry.topic)


def _read_items(inquiry: Inquiry, evidence: Evidence, items: tuple[Found, ...], topic: str) -> Read:
    return read(inquiry.understood, items, evidence.rarity, evidence.similar, topic)


def _both_sides(inquiry: Inquiry, evidence: Evidence) -> Quoted | None:
    """Return what was promised and what became of it: from the year's documents, and looking back on it.

    One side alone is no answer to a question for both.
    """
    years = inquiry.understood.interpreted.years
    topic = _SIDES.sub("", inquiry.topic).strip(" ，,、？?") or inquiry.topic
    ahead = tuple(one for one in inquiry.found if one.stored.document.year in years)
    read_ahead = _read_items(inquiry, evidence, ahead, topic).passages
    read_back = _read_items(inquiry, evidence, evidence.next_years(), topic).passages
    promised = [one for one in read_ahead if not _looks_back(one)]
    achieved = [one for one in (*read_ahead, *read_back) if _looks_back(one)]
    achieved.sort(key=lambda one: -one.score)
    sure = sorted((sureness(promised), sureness(achieved)), reverse=True)
    least = inquiry.thresholds.told
    if not (promised and achieved) or sure[0] < least or sure[1] < _OTHER_SIDE * least:
        return None
    if not states_what_is_asked(inquiry.question, (*promised[:2], *achieved[:2])):
        return None
    passages = (*chosen(promised, _MOST_OF_A_SIDE), *chosen(achieved, _MOST_OF_A_SIDE))
    return Quoted(passages, max(promised[0], achieved[0], key=lambda one: one.score))


def _looks_back(passage: Passage) -> bool:
    """Whether a passage tells of a year before its document's: of what became of a promise."""
    year = passage.stored.document.year
    told = told_year(passage.stored, passage.span)
    return year is not None and told is not None and told < year


def _may_quote(inquiry: Inquiry, passages: tuple[Passage, ...]) -> bool:
    """Whether sentences near the subject may answer: not for what only an extracted relation states."""
    if not states_what_is_asked(inquiry.question, passages):
        return False
    if inquiry.kind is Kind.BASIS and (asks_basis(inquiry.question) or not is_prose(inquiry)):
        return any(_CITES.search(one.text) for one in passages[:1])
    return inquiry.kind is not Kind.BENCHMARK or is_prose(inquiry)

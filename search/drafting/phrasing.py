"""Which sentences of a past item a new one is made of, and what of them cannot stand as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import DocumentKind, Field, Indicator, Span, Status
from corpus.stored import StoredItem
from search.drafting.proposal import Change, Sentence
from search.drafting.punctuation import in_full_width
from search.evidence import Subject
from search.results import Citation
from search.texts import cite, sentences

_ABOUT = 0.5
_NEAR = 0.75
_NAMED = 0.75
_MOST_SENTENCES = 6
_LONGEST = 1200

_YEAR = re.compile(
    r"(?<![\d〔\[（(《])(?<![至—–-])(?P<year>(?:19|20)\d{2})\s?(?P<unit>年度?)(?!以来|至|起|版|[—–-])"
)
_SINCE = re.compile(r"(?:在|较|比|与|同)$")
_PROTECTED = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|“[^“”]*”")
_DONE = re.compile(r"(?:已|曾|获|荣获|被评为|完成了|实现了|自)[^，。；]{0,12}$")
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[是、]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]|\d{1,2}[.、](?!\d))\s*"
)
_EDITION = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[届次]|“?十[一二三四五六]五”?(?=时期|期间|规划)|“[^“”]{2,10}年”"
)
_END = "。！？!?"


@dataclass(frozen=True, slots=True)
class Taken:
    """A place of an item's content that is taken over; `is_part` says that its neighbours are not."""

    stored: StoredItem
    start: int
    end: int
    is_part: bool

    @property
    def citation(self) -> Citation:
        """Where it stands."""
        return cite(self.stored, Span(Field.CONTENT, self.start, self.end))

    @property
    def text(self) -> str:
        """What it says."""
        return self.stored.item.content[self.start : self.end]


def about(subject: Subject, stored: StoredItem, most: int = _MOST_SENTENCES) -> tuple[Taken, ...]:
    """Return the sentences of an item that speak of `subject`, in their order.

    All of them where the item's name says that it is about the subject as a whole; else those that hold as
    much of it as any. What a report says was achieved is left out.
    """
    content = stored.item.content
    places = [place for place in sentences(content) if not _is_past(stored, *place)]
    named = subject.share_in(stored.item.name or "")
    if named >= _NAMED and len(content) <= _LONGEST:
        return tuple(Taken(stored, start, end, is_part=False) for start, end in places)
    shares = [subject.share_in(content[start:end]) for start, end in places]
    best = max(shares, default=0.0)
    least = max(_NEAR * best, min(_ABOUT, best))
    kept = [place for place, share in zip(places, shares, strict=True) if share >= least and share > 0]
    if len(kept) > most:
        ranked = sorted(zip(shares, places, strict=True), key=lambda one: (-one[0], one[1]))[:most]
        kept = sorted(place for _, place in ranked)
    return tuple(Taken(stored, start, end, is_part=len(kept) < len(places)) for start, end in kept)


def _is_past(stored: StoredItem, start: int, end: int) -> bool:
    """Whether a sentence of a report tells what was achieved."""
    return stored.document.kind is DocumentKind.REPORT and any(
        one.status is Status.ACHIEVED and start <= one.span.start < end
        for one in stored.item.indicators
        if one.span.field is Field.CONTENT
    )


def promised_in(stored: StoredItem, start: int, end: int) -> tuple[Indicator, ...]:
    """Return the promised figures between two places of an item's content."""
    return tuple(
        one
        for one in stored.item.indicators
        if one.status is Status.PROMISED
        and one.span.field is Field.CONTENT
        and start <= one.span.start
        and one.span.end <= end
    )


def can_be_followed(subject: Subject, stored: StoredItem) -> bool:
    """Whether an item says something of `subject` to take over; a report has to promise a figure."""
    taken = about(subject, stored)
    if stored.document.kind is not DocumentKind.REPORT:
        return bool(taken)
    return any(promised_in(stored, one.start, one.end) for one in taken)


def moved_years(text: str, old: int | None, new: int) -> tuple[str, tuple[Change, ...]]:
    """Move the year of the old document to the new one, and 在…基础上 of the year before it likewise.

    Years in titles, document numbers, quotations and periods stay, and those of what was done already.
    """
    if old is None or old == new:
        return text, ()
    protected = [match.span() for match in _PROTECTED.finditer(text)]
    changes: list[Change] = []

    def replaced(match: re.Match[str]) -> str:
        year = int(match["year"])
        if any(start < match.start() < end for start, end in protected):
            return match.group()
        if _DONE.search(text[: match.start()]):
            return match.group()
        compared = bool(_SINCE.search(text[: match.start()]))
        if year == old:
            now, why = new, f"原文是{old}年的目标，年份改为{new}年"
        elif year == old - 1 and compared:
            now, why = new - 1, f"原文与上一年（{year}年）比较，改为{new - 1}年，请核对"
        else:
            return match.group()
        written = match.group()
        said = written.replace(match["year"], str(now))
        changes.append(Change(written, said, why))
        return said

    return _YEAR.sub(replaced, text), tuple(changes)


def without_enumerator(text: str) -> tuple[str, tuple[Change, ...]]:
    """Take 二是 and the like from the start of a sentence whose neighbours are not taken over."""
    found = _ENUMERATOR.match(text)
    if found is None or found.end() == len(text):
        return text, ()
    return text[found.end() :], (Change(found.group(), "", "只取了其中一句，去掉序数"),)


def left_alone(text: str) -> Iterator[str]:
    """Yield notes on words that may belong to the old year but were not touched."""
    for word in dict.fromkeys(match.group() for match in _EDITION.finditer(text)):
        yield f"“{word.strip('“”')}”沿用原文，请核对是否仍然适用。"


class Composition:
    """Sentences put one behind the other, each with its place in the whole."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, Citation, tuple[Change, ...]]] = []

    def add(self, text: str, citation: Citation, changes: tuple[Change, ...]) -> None:
        """Add a sentence."""
        self._parts.append((text, citation, changes))

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences; each but the last keeps its mark, the last ends with a full stop."""
        made: list[Sentence] = []
        position = 0
        for number, (text, citation, changes) in enumerate(self._parts, start=1):
            closed = _closed(text, last=number == len(self._parts))
            made.append(
                Sentence(closed, citation, Span(Field.CONTENT, position, position + len(closed)), changes)
            )
            position += len(closed)
        return tuple(made)


def _closed(text: str, *, last: bool) -> str:
    """Return a sentence with a mark at its end, so that the next one is not run into it."""
    line = in_full_width(" ".join(text.split()))
    bare = line.rstrip("；;，,、：: ")
    if not bare:
        return line
    if bare[-1] in _END or (bare[-1] in "”）)" and len(bare) > 1 and bare[-2] in _END):
        return bare
    return f"{bare}。" if last or bare == line else f"{bare}；"

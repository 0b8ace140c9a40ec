"""What the pages show, worked out before a template sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from api.schemas.results import HighlightJson, HitJson
from corpus.model import Field

LONGEST_EXCERPT = 360
LEAD = 60
_MARK = re.compile(r"(\[[0-9]{1,3}\])")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; `kind` says why it is marked, `None` that it is not."""

    text: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A stretch of an answer; `citation` is its number where the stretch is a mark like [1]."""

    text: str
    citation: int | None


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with its name and content cut into marked and unmarked stretches."""

    hit: HitJson
    name: tuple[Segment, ...]
    content: tuple[Segment, ...]

    @property
    def address(self) -> str:
        """Where the item stands in its document's page."""
        return f"/documents/{self.hit.document.id}#item-{self.hit.item_id}"


def segments(text: str, marks: Iterable[HighlightJson], start: int, end: int) -> Iterator[Segment]:
    """Yield `text[start:end]` in stretches; where marks overlap, the one that begins first wins."""
    done = start
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        left, right = max(mark.start, done), min(mark.end, end)
        if left >= right:
            continue
        if done < left:
            yield Segment(text[done:left], None)
        yield Segment(text[left:right], mark.kind)
        done = right
    if done < end:
        yield Segment(text[done:end], None)


def _window(text: str, marks: list[HighlightJson]) -> tuple[int, int]:
    """Return the stretch of a long text that holds the most marked characters."""
    if len(text) <= LONGEST_EXCERPT:
        return 0, len(text)

    def marked(start: int) -> int:
        return sum(mark.end - mark.start for mark in marks if start <= mark.start < start + LONGEST_EXCERPT)

    starts = [0, *(max(0, mark.start - LEAD) for mark in marks)]
    best = max(starts, key=lambda start: (marked(start), -start))
    return best, min(len(text), best + LONGEST_EXCERPT)


def hit_view(hit: HitJson) -> HitView:
    """Return the hit as the page shows it: a long text is cut around its marks."""
    marks = [mark for mark in hit.highlights if mark.field is Field.CONTENT]
    start, end = _window(hit.content, marks)
    content = list(segments(hit.content, marks, start, end))
    if start > 0:
        content.insert(0, Segment("…", None))
    if end < len(hit.content):
        content.append(Segment("…", None))
    name = hit.name or ""
    name_marks = [mark for mark in hit.highlights if mark.field is Field.NAME]
    return HitView(hit, tuple(segments(name, name_marks, 0, len(name))), tuple(content))


def answer_parts(text: str, citations: int) -> tuple[AnswerPart, ...]:
    """Return the answer in parts, its marks `[n]` told apart where there is a citation `n`."""
    parts = []
    for piece in _MARK.split(text):
        marked = _MARK.fullmatch(piece)
        number = int(piece[1:-1]) if marked else 0
        parts.append(AnswerPart(piece, number if 1 <= number <= citations else None))
    return tuple(part for part in parts if part.text)

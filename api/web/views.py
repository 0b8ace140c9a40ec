"""What the pages show, worked out before a template sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from api.requests import MOST_HITS
from api.schemas.results import HighlightJson, HitJson, InterpretedJson
from api.wording import years_label
from corpus.model import Field

LONGEST_EXCERPT = 360
LEAD = 60
FIRST_HITS = 10
MORE_HITS = 20
_MARK = re.compile(r"(\[[0-9]{1,3}\])")
_QUOTATION_MARKS = re.compile(r"[“”\"「」『』]+")


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the search form; empty text means that nothing was chosen.

    `prefer_recent` is 1, 0 or empty, which leaves it to the settings, as `None` leaves the unit.
    """

    q: str = ""
    year: str = ""
    unit: str = ""
    category: str = ""
    city: str = ""
    literal: bool = False
    k: int = FIRST_HITS
    prefer_recent: str = ""
    prefer_unit: str | None = None
    grouped: bool = True

    def query_string(self) -> str:
        """Return the form as the part of an address after `?`, without what is not set."""
        values = {"q": self.q, "year": self.year, "unit": self.unit, "category": self.category}
        values |= {"city": self.city, "literal": "1" if self.literal else ""}
        values |= {"k": str(self.k) if self.k != FIRST_HITS else ""}
        values |= {"prefer_recent": self.prefer_recent, "group": "" if self.grouped else "0"}
        address = {name: value for name, value in values.items() if value}
        return urlencode(address | ({} if self.prefer_unit is None else {"prefer_unit": self.prefer_unit}))

    def more(self) -> Form | None:
        """Return the form that asks for more hits, or `None` at the limit."""
        return replace(self, k=min(self.k + MORE_HITS, MOST_HITS)) if self.k < MOST_HITS else None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in effect, and the address that takes it off."""

    label: str
    address: str


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


def _filters(interpreted: InterpretedJson) -> tuple[tuple[str, str], ...]:
    """Return the filters in effect as (name in the form, value)."""
    return (
        *(("year", str(year)) for year in interpreted.years),
        *(("unit", unit) for unit in interpreted.units),
        *(("category", category) for category in interpreted.categories),
        *(("city", city) for city in interpreted.cities),
    )


def _without(form: Form, interpreted: InterpretedJson, kept: list[tuple[str, str]]) -> Form:
    """Return the form that asks the same under the filters `kept` only.

    The form holds one value a filter; where two of a kind are kept they go back into the words, and so do
    all where something is demanded or excluded, which only words can say.
    """
    names = [name for name, _ in kept]
    bare = replace(form, year="", unit="", category="", city="", literal=False)
    demanding = interpreted.phrases or interpreted.excluded
    if len(set(names)) == len(names) and not demanding:
        one = dict(kept)
        year, unit, category, city = (one.get(name, "") for name in ("year", "unit", "category", "city"))
        text = interpreted.text or form.q
        return replace(bare, q=text, literal=True, year=year, unit=unit, category=category, city=city)
    words = [f"{value}年" if name == "year" else value for name, value in kept]
    words += [interpreted.text, *(f"-{word}" for word in interpreted.excluded)]
    return replace(bare, q=" ".join(words).strip())


def _held_label(interpreted: InterpretedJson) -> str:
    """Say what every hit holds and what none does: 含“新闻发布会”，不含“会议”."""
    held = "、".join(f"“{phrase}”" for phrase in interpreted.phrases)
    excluded = "、".join(f"“{word}”" for word in interpreted.excluded)
    said = (f"含{held}" if held else "", f"不含{excluded}" if excluded else "")
    return "，".join(part for part in said if part)


def chips(path: str, form: Form, interpreted: InterpretedJson) -> tuple[Chip, ...]:
    """Return a chip for each filter in effect, whether chosen or understood from the words.

    Three or more years in a row are one chip, taken off together, and so is all that hits must and must
    not hold.
    """
    filters = _filters(interpreted)
    found = []

    def add(label: str, kept: list[tuple[str, str]]) -> None:
        found.append(Chip(label, f"{path}?{_without(form, interpreted, kept).query_string()}"))

    span = years_label(interpreted.years)
    if span is not None:
        add(span, [one for one in filters if one[0] != "year"])
    for position, (name, value) in enumerate(filters):
        if name != "year":
            add(value, [*filters[:position], *filters[position + 1 :]])
        elif span is None:
            add(f"{value}年", [*filters[:position], *filters[position + 1 :]])
    if label := _held_label(interpreted):
        bare = " ".join(_QUOTATION_MARKS.sub(" ", interpreted.text).split())
        free = replace(interpreted, text=bare, phrases=(), excluded=())
        found.append(Chip(label, f"{path}?{_without(form, free, list(filters)).query_string()}"))
    return tuple(found)

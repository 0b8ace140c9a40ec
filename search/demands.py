"""What a query demands that a hit holds or does not hold, word for word.

“新闻发布会” and "新闻发布会" in a short query are demands; in a whole sentence quotation marks are what
officials put around a slogan, so there they demand nothing. Titles in 《》, document numbers and exact
figures (96%, 33项) are demands that give way where no target holds them. -会议, 不含会议 and 除了会议以外
keep targets out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.doc_numbers import find_doc_numbers
from search.figure_forms import FIGURE, written_forms
from search.questions import Kind, kind_of
from search.texts import TITLE

# Characters outside of quotation marks and titles; in a longer text nothing is a demand.
_LONGEST_QUERY = 40
_QUOTED = re.compile(r"“([^”“]+)”|\"([^\"]+)\"|「([^」「]+)」|『([^』『]+)』")
_MARKS = "“”\"'‘’「」『』《》〈〉"
_QUOTE = rf"[{_MARKS}]"
_END_OF_NAME = r"(?:以外|之外|(?<!内)外(?![贸资商国向汇地部来籍])|的|还|都|[，,。；;？?！!、\s]|$)"
_MINUS = re.compile(
    rf"(?:^|(?<=\s))[-−–](?:(?P<year>(?<![\d年]\s-)(?:19|20)\d\d年度?(?![\d\-]))|(?P<quoted>[“\"「『《][^”\"」』》]+[”\"」』》])|(?P<word>(?![\d.\s])[^\s“\"「『《,，。;；]+))"
    rf"|(?<![（(])(?:不含|不包括|不包含|排除|不要|除了|(?<![解消删扣免清拆])除(?=[^\s，,]{{1,12}}(?:以外|之外|外)))(?:有关|关于)?"
    rf"(?P<left>(?:{_QUOTE}[^{_MARKS}]+{_QUOTE}|[^\s，,。；;的？?！!、]){{1,12}}?)(?P<tail>{_END_OF_NAME})"
)
# An amount that is only a bound for others (超过8%的指标) is no figure to be found itself.
_BOUND_BEFORE = re.compile(r"(?:^|[^不])(?:超过|高于|大于|多于|低于|小于|少于|突破|不足|第)$")


class DemandKind(StrEnum):
    """What is demanded; a phrase is never given up."""

    PHRASE = "phrase"
    TITLE = "title"
    NUMBER = "number"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Demand:
    """A text that a hit must hold: `text` as the user sees it, `forms` the ways to write it.

    The forms of a document number are its normal form only.
    """

    kind: DemandKind
    text: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A demand and the characters of the query that make it."""

    demand: Demand
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """A text that no hit may hold, and the characters of the query that say so."""

    text: str
    start: int
    end: int


def compact(text: str) -> str:
    """Return the folded `text` without white space and quotation marks, which do not count in comparing."""
    together = "".join(text.split())
    for mark in _MARKS:  # quicker than a pattern, also where thousands of texts are compared
        together = together.replace(mark, "")
    return together


def find_excluded(text: str) -> tuple[Excluded, ...]:
    """Return what the folded query keeps out; a hyphen before a digit or within a word keeps out nothing."""
    found = []
    for match in _MINUS.finditer(text):
        word = match["year"] or match["quoted"] or match["word"] or match["left"]
        end = match.end()
        if match["left"] and match["tail"] in {"还", "都"}:
            end = match.start("tail")
        if re.search(r"\w", word):
            found.append(Excluded(compact(word), match.start(), end))
    return tuple(found)


def find_demands(text: str, folded: str) -> tuple[Placed, ...]:
    """Return what the query `text` demands, in order.

    `folded` is its folded form, in which what can be no demand is blanked out.
    """
    outside = _QUOTED.sub("", TITLE.sub("", folded.replace("\x00", "")))
    if len(outside) > _LONGEST_QUERY:
        return ()
    found: list[Placed] = []
    for kind, pattern in ((DemandKind.TITLE, TITLE), (DemandKind.PHRASE, _QUOTED)):
        for match in pattern.finditer(folded):
            start, end = match.span(match.lastindex or 0)
            if re.search(r"\w", folded[start:end]) and not _overlaps(found, match.start(), match.end()):
                demand = Demand(kind, text[start:end].strip(), (compact(folded[start:end]),))
                found.append(Placed(demand, *match.span()))
    for placed in (*_numbers(folded), *_figures(text, folded)):
        if not _overlaps(found, placed.start, placed.end):
            found.append(placed)
    return tuple(sorted(found, key=lambda placed: placed.start))


def _numbers(folded: str) -> Iterator[Placed]:
    for number in find_doc_numbers(folded):
        yield Placed(Demand(DemandKind.NUMBER, number.text, (number.text,)), number.start, number.end)


def _figures(text: str, folded: str) -> Iterator[Placed]:
    """Yield exact figures; a question how figures changed asks for others than those it names."""
    for match in FIGURE.finditer(folded):
        if _BOUND_BEFORE.search(folded[: match.start()]) or kind_of(folded) is Kind.CHANGE:
            continue
        written = text[match.start() : match.end()]
        yield Placed(Demand(DemandKind.FIGURE, written, written_forms(match)), *match.span())


def _overlaps(found: list[Placed], start: int, end: int) -> bool:
    return any(start < placed.end and placed.start < end for placed in found)

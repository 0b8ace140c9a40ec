"""Which sentences of a language model may stand: only what the evidence they cite says too.

A sentence stands where each of its citations exists, each of its figures stands with its unit in the cited
evidence, with no other bound, and so do most of its words. Nothing is repaired: what fails is taken out and
reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.contacts import redact
from corpus.text import fold
from search.words import grams
from search.writing.figures import figures_in, is_backed

_MARK = re.compile(r"\[(\d{1,3})\]")
_ODD_MARK = re.compile(r"[【〔［\[]\s*(?:证据|资料|来源)?\s*(\d{1,3})\s*[】〕］\]]")
_END = re.compile(r"[。！？!?；;\n]+[”’」』）)]*(?:\s*\[\d{1,3}\])*")
_BARE_MARKS = re.compile(r"^(?:\s*\[\d{1,3}\])+[\s。；;]*$")
_LINK = re.compile(r"https?://|www\.|[\w.+-]+@[\w-]+\.|!\[|\]\(|<[a-z/!]", re.IGNORECASE)
_TITLE = re.compile(r"《([^》]{2,80})》")
_NUMBERED = re.compile(r"[一-龥]{1,12}[〔\[(（【](?:19|20)\d\d[〕\])）】]\s*第?\d+号?")
_BACKED_LEAST = 0.5


class Failing(StrEnum):
    """Why a sentence was taken out."""

    UNCITED = "uncited"
    UNKNOWN_CITATION = "unknown-citation"
    FIGURE = "figure"
    TITLE = "title"
    UNBACKED = "unbacked"
    LINK = "link"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Piece:
    """Evidence under a number: what its document and item are called, and the words quoted from it."""

    number: int
    place: str
    quote: str

    @property
    def text(self) -> str:
        """All that a sentence citing it may rest on."""
        return f"{self.place}\n{self.quote}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of the model; `failing` is None where it may stand, `detail` is what was not found."""

    text: str
    cited: tuple[int, ...]
    failing: Failing | None = None
    detail: str = ""


def usual_marks(text: str) -> str:
    """Return `text` with citations in the one form that is read: 【证据1】 becomes [1]."""
    return _ODD_MARK.sub(r"[\1]", text)


def sentences_of(text: str, *, finished: bool) -> tuple[tuple[str, ...], str]:
    """Split what was written so far into whole sentences with their marks, and the rest.

    The end of a sentence is only known once something other than a mark follows, or all is `finished`.
    """
    text = usual_marks(text)
    whole: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if not finished and end.end() >= len(text.rstrip()):
            break
        if not finished and text[end.end() :].lstrip().startswith("[") and "]" not in text[end.end() :]:
            break
        whole.append(text[start : end.end()])
        start = end.end()
    rest = text[start:]
    if finished and rest.strip():
        whole.append(rest)
        rest = ""
    return tuple(_joined(whole)), rest


def _joined(pieces: list[str]) -> Iterator[str]:
    """Put marks that stand alone back to the sentence before them."""
    held = ""
    for piece in pieces:
        if held and _BARE_MARKS.match(piece):
            held = held.rstrip() + piece.strip()
            continue
        if held.strip():
            yield held.strip()
        held = piece
    if held.strip():
        yield held.strip()


def check(sentence: str, evidence: tuple[Piece, ...]) -> Checked:
    """Hold one sentence to the evidence it cites."""
    cited = tuple(dict.fromkeys(int(number) for number in _MARK.findall(sentence)))
    said = _MARK.sub("", sentence)
    known = {piece.number: piece for piece in evidence}
    if _LINK.search(said):
        return Checked(sentence, cited, Failing.LINK)
    if redact(said) != said:
        return Checked(sentence, cited, Failing.PRIVATE)
    if not cited:
        return Checked(sentence, cited, Failing.UNCITED)
    if unknown := [number for number in cited if number not in known]:
        return Checked(sentence, cited, Failing.UNKNOWN_CITATION, f"[{unknown[0]}]")
    return _held_to(sentence, said, cited, tuple(known[number] for number in cited))


def _held_to(sentence: str, said: str, cited: tuple[int, ...], pieces: tuple[Piece, ...]) -> Checked:
    backing = fold("\n".join(piece.text for piece in pieces))
    quotes = "\n".join(piece.quote for piece in pieces)
    places = "\n".join(piece.place for piece in pieces)
    plain_backing = re.sub(r"\s", "", backing)
    for name in (*_TITLE.findall(said), *_NUMBERED.findall(said)):
        if re.sub(r"\s", "", fold(name)) not in plain_backing:
            return Checked(sentence, cited, Failing.TITLE, name)
    figures = figures_in(said)
    for figure in figures:
        if not is_backed(figure, quotes, places):
            return Checked(sentence, cited, Failing.FIGURE, figure.text)
    words = fold(said)
    for figure in figures:
        words = words.replace(figure.text, " ")
    told = grams(words)
    if not told and not figures:
        return Checked(sentence, cited, Failing.UNBACKED)
    if told and len(told & grams(backing)) / len(told) < _BACKED_LEAST:
        return Checked(sentence, cited, Failing.UNBACKED)
    return Checked(sentence, cited)

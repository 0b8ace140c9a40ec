"""From words on a page to lines and paragraphs; shared by PDF, OCR and OFD.

Coordinates run to the right and down, in any unit; a word's height is taken for its type size. A word may
be a single character: no gap between characters is meant by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

_ENDS: Final = re.compile(r"[。！？；：!?;:]\s*[”’」』）)]?$")
_BEGINS: Final = re.compile(
    r"(?:[（(]?[一二三四五六七八九十百]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条项]"
    r"|[（(]\d{1,3}[）)]|\d{1,3}[）)、.．](?!\d)|[①-⑳●■◆·•▪—])"
)
_HEADS: Final = re.compile(r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")
_LATIN: Final = re.compile(r"[A-Za-z]")
_LATIN_OR_DIGIT: Final = re.compile(r"[A-Za-z0-9]")
_UNBROKEN: Final = re.compile(r"[A-Za-z0-9.,%+\-/]+%?")
_OPENING: Final = "（《“‘〔【(["
_CLOSING: Final = "，。；：、！？）》”’〕】%％,.;:!?)"
_SPACE: Final = 1.1
_LATIN_SPACE: Final = 0.15


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters with its box; `blanks` are the blanks that were typed before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    blanks: str = ""

    @property
    def size(self) -> float:
        """The height of the box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way between left and right."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, from left to right."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.words[-1].right

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(w.bottom for w in self.words)

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The type size."""
        return median(w.size for w in self.words)

    @property
    def text(self) -> str:
        """The words; blanks stand where they were typed, and where a gap asks for one."""
        text = self.words[0].text
        for before, word in pairwise(self.words):
            text += (word.blanks or " " * _asks_for_blank(before, word)) + word.text
        return text

    def parts(self, gap: float) -> tuple[Line, ...]:
        """Return the runs of words that are parted by more than `gap` characters."""
        size = self.size
        runs: list[list[Word]] = [[self.words[0]]]
        for before, word in pairwise(self.words):
            if word.left - before.right > gap * size:
                runs.append([])
            runs[-1].append(word)
        return tuple(Line(tuple(run)) for run in runs)


def _asks_for_blank(before: Word, word: Word) -> bool:
    gap = word.left - before.right
    size = max(before.size, word.size)
    if gap > _SPACE * size:
        return True
    is_latin = _LATIN_OR_DIGIT.match(before.text[-1]) and _LATIN_OR_DIGIT.match(word.text[0])
    return bool(is_latin) and gap > _LATIN_SPACE * size


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return the lines from top to bottom; words whose middles lie within half a height share a line."""
    lines: list[Line] = []
    row: list[Word] = []
    for word in sorted((w for w in words if w.text.strip()), key=lambda w: (w.middle, w.left)):
        recent = row[-8:]
        if recent and word.middle - median(w.middle for w in recent) > 0.5 * max(
            word.size, median(w.size for w in recent)
        ):
            lines.append(Line(tuple(sorted(row, key=lambda w: w.left))))
            row = []
        row.append(word)
    if row:
        lines.append(Line(tuple(sorted(row, key=lambda w: w.left))))
    return lines


@dataclass(frozen=True, slots=True)
class Column:
    """The strip that lines are set in: where they begin, where they must end, and its middle line.

    `slack` is how much shorter, in characters, a full line may be: more where places are only recognised.
    """

    left: float
    right: float
    middle: float
    slack: float

    @classmethod
    def of(cls, lines: Sequence[Line], slack: float) -> Column:
        """Return the strip that the lines fill."""
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        return cls(left, right, (left + right) / 2, slack)


def paragraphs_of(lines: Sequence[Line], column: Column) -> list[list[Line]]:
    """Group lines into paragraphs: a line that fills its column goes on in the next one."""
    if not lines:
        return []
    gaps = [line.top - before.bottom for before, line in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    groups = [[lines[0]]]
    for before, line, gap in zip(lines, lines[1:], gaps, strict=False):
        is_near = gap < max(usual, 0) + 0.5 * before.size and gap < 2.2 * before.size
        if is_near and goes_on(before, line, column):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def goes_on(before: Line, line: Line, column: Column, *, below: Column | None = None) -> bool:
    """Whether `line` continues the paragraph of `before`, the line above it.

    `below` is the column of `line` where that is another one (on the next page).
    """
    own = below or column
    is_centred = abs((line.left + line.right) / 2 - own.middle) < 0.6 * line.size
    is_indented = line.left > own.left + 1.2 * line.size and not is_centred
    is_same_size = abs(line.size - before.size) < 0.3 * before.size
    if is_indented or not is_same_size:
        return False
    if column.right - before.right > _first_width(line) + column.slack * line.size:
        return False
    if _HEADS.match(line.text) and own.right - line.right > 2 * line.size:
        return False  # a heading fills no line; the one above may be the longest there is
    return not (_ENDS.search(before.text) and _BEGINS.match(line.text))


def _first_width(line: Line) -> float:
    """Return the width of what could not be parted from the beginning of a line: a number, a mark's word."""
    text = line.text
    opening = len(text) - len(text.lstrip(_OPENING))
    unbroken = _UNBROKEN.match(text, opening)
    count = unbroken.end() if unbroken is not None else opening + 1
    count += len(text[count:]) - len(text[count:].lstrip(_CLOSING))
    widths = (line.right - line.left) / max(1, len(text))
    return min(count, 12) * max(widths, 0.5 * line.size if unbroken is not None else line.size)


def joined(lines: Sequence[Line]) -> str:
    """Return the lines of one paragraph as one text."""
    parts = [lines[0].text]
    for line in lines[1:]:
        following = line.text
        parts[-1:] = [*_parted(parts[-1], following), following]
    return "".join(parts).strip()


def join_texts(text: str, following: str) -> str:
    """Return two parts of a paragraph as one; a blank parts Latin words, a broken one is made whole."""
    return "".join((*_parted(text, following), following))


def _parted(text: str, following: str) -> tuple[str, ...]:
    """Return what stands before the second of two parts."""
    if re.search(r"[a-z]-$", text) and re.match(r"[a-z]", following):
        return (text[:-1],)
    is_latin = bool(text and following and _LATIN.match(text[-1]) and _LATIN.match(following[0]))
    return (text, " ") if is_latin else (text,)


def cell_text(lines: Sequence[Line], column: Column) -> str:
    """Return the paragraphs of a cell, parted by line feeds."""
    return "\n".join(joined(group) for group in paragraphs_of(lines, column))

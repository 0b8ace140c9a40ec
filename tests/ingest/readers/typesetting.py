"""Set the sample tables and prose on pages: every character and ruling line with its place.

The same pages are then written as PDF, drawn as pictures and written as OFD. Units are points, downwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.ingest.readers.sheets import Sheet

A4 = (595.0, 842.0)
MARGIN = 62.0
PADDING = 5.0
WIDTHS = {"%": 0.94, "-": 0.36, " ": 0.5}
CLOSING = "，。；：、！？）》”’"


@dataclass
class Leaf:
    """One page: characters (text, left, top, size) and lines (x0, y0, x1, y1)."""

    width: float
    height: float
    characters: list[tuple[str, float, float, float]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)

    def write(self, text: str, left: float, top: float, size: float) -> None:
        for character in text:
            if not character.isspace():
                self.characters.append((character, left, top, size))
            left += width_of(character, size)

    def write_centred(self, text: str, left: float, right: float, top: float, size: float) -> None:
        self.write(text, (left + right - width_of(text, size)) / 2, top, size)


def width_of(text: str, size: float) -> float:
    return sum(size * WIDTHS.get(character, 0.56 if character.isascii() else 1) for character in text)


def wrapped(text: str, width: float, size: float, indent: float = 0) -> list[str]:
    """Break a text into lines as a word processor does: numbers stay whole, no closing mark begins a line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        room = width - indent
        for token in re.findall(rf"(?:[A-Za-z0-9.%]+|.)[{CLOSING}]*", paragraph):
            if line and width_of(line + token, size) > room:
                lines.append(line)
                line = ""
                room = width
            line += token
        lines.append(line)
    return lines


@dataclass
class Typesetter:
    """Sets a flow of titles, tables and prose on as many pages as it takes."""

    height: float = A4[1]
    running: str | None = None
    size: float = 11.0
    leading: float = 16.0
    leaves: list[Leaf] = field(default_factory=list)
    top: float = 0.0

    def __post_init__(self) -> None:
        self.new_leaf()

    @property
    def leaf(self) -> Leaf:
        return self.leaves[-1]

    @property
    def bottom(self) -> float:
        return self.height - MARGIN

    def new_leaf(self) -> None:
        self.leaves.append(Leaf(A4[0], self.height))
        self.top = MARGIN
        if self.running is not None:
            self.leaf.write_centred(self.running, 0, A4[0], 28, 9)
        self.leaf.write_centred(f"- {len(self.leaves)} -", 0, A4[0], self.height - 34, 9)

    def titles(self, sheet: Sheet) -> None:
        self.leaf.write_centred(sheet.title[0], 0, A4[0], self.top, 18)
        self.top += 30
        for text in sheet.title[1:]:
            self.leaf.write(text, MARGIN, self.top, self.size)
            self.top += self.leading + 4

    def prose(self, texts: tuple[str, ...]) -> None:
        self.leaf.write_centred(texts[0], 0, A4[0], self.top, 20)
        self.top += 40
        size, leading = 16.0, 28.0
        for text in texts[1:]:
            for at, line in enumerate(wrapped(text, A4[0] - 2 * MARGIN, size, 2 * size)):
                if self.top + leading > self.bottom:
                    self.new_leaf()
                self.leaf.write(line, MARGIN + (2 * size if at == 0 else 0), self.top, size)
                self.top += leading

    def table(
        self, sheet: Sheet, *, is_ruled: bool = True, repeats: bool = True, breaks: bool = True
    ) -> None:
        """Set a table; of a row that does not fit the longest cell alone goes on on the next page."""
        total = A4[0] - 2 * MARGIN
        scale = total / sum(sheet.widths)
        xs = [MARGIN]
        for width in sheet.widths:
            xs.append(xs[-1] + width * scale)
        merged = {at: last for first, last in sheet.spans() for at in range(first, last + 1)}
        setter = _TableSetter(self, xs, is_ruled)
        setter.row(sheet.header, is_header=True, ends_group=True)
        for at, row in enumerate(sheet.shown()):
            cells = [wrapped(text, xs[n + 1] - xs[n] - 2 * PADDING, self.size) for n, text in enumerate(row)]
            while True:
                needed = max(len(lines) for lines in cells) * self.leading + 2 * PADDING
                if self.top + needed <= self.bottom:
                    setter.lines(cells, ends_group=merged.get(at, at) == at)
                    break
                fitting = int((self.bottom - self.top - 2 * PADDING) // self.leading)
                if breaks and fitting >= max(sorted(len(lines) for lines in cells)[:-1]):
                    setter.lines([lines[:fitting] for lines in cells], ends_group=True)
                    cells = [lines[fitting:] for lines in cells]
                else:
                    setter.close()
                self.new_leaf()
                if repeats:
                    setter.row(sheet.header, is_header=True, ends_group=True)
            if sheet.note(at):
                _TableSetter(self, [xs[0], xs[-1]], is_ruled).row(
                    (sheet.note(at),), is_header=False, ends_group=True
                )


@dataclass
class _TableSetter:
    setter: Typesetter
    xs: list[float]
    is_ruled: bool

    def row(self, texts: tuple[str, ...], *, is_header: bool, ends_group: bool) -> None:
        cells = [
            wrapped(text, self.xs[n + 1] - self.xs[n] - 2 * PADDING, self.setter.size)
            for n, text in enumerate(texts)
        ]
        self.lines(cells, ends_group=ends_group)

    def lines(self, cells: list[list[str]], *, ends_group: bool) -> None:
        """Set one row: all but the last two columns centred in it when ruled, else all from the top left."""
        setter, leaf, xs = self.setter, self.setter.leaf, self.xs
        height = max(len(lines) for lines in cells) * setter.leading + 2 * PADDING
        for n, lines in enumerate(cells):
            inner = (height - len(lines) * setter.leading) / 2 if self.is_ruled else PADDING
            for at, line in enumerate(lines):
                y = setter.top + inner + at * setter.leading + (setter.leading - setter.size) / 2
                if self.is_ruled and n < 3 and len(lines) < 3 and len(cells) > 1:
                    leaf.write_centred(line, xs[n], xs[n + 1], y, setter.size)
                else:
                    leaf.write(line, xs[n] + PADDING, y, setter.size)
        if self.is_ruled:
            bottom = setter.top + height
            leaf.lines.extend((x, setter.top, x, bottom) for x in xs)
            leaf.lines.append(
                (xs[0], setter.top, xs[-1], setter.top) if not self._has_top() else leaf.lines[-1]
            )
            leaf.lines.append((xs[0] if ends_group else xs[1], bottom, xs[-1], bottom))
        setter.top += height

    def _has_top(self) -> bool:
        return any(y0 == y1 and abs(y0 - self.setter.top) < 0.01 for _, y0, _, y1 in self.setter.leaf.lines)

    def close(self) -> None:
        """Draw the lower border where a page ends between two rows."""
        if self.is_ruled:
            self.setter.leaf.lines.append((self.xs[0], self.setter.top, self.xs[-1], self.setter.top))


def set_sheet(
    sheet: Sheet,
    *,
    height: float = A4[1],
    running: str | None = None,
    is_ruled: bool = True,
    repeats: bool = True,
    leading: float = 16.0,
) -> list[Leaf]:
    setter = Typesetter(height, running, leading=leading)
    setter.titles(sheet)
    setter.table(sheet, is_ruled=is_ruled, repeats=repeats)
    return setter.leaves


def set_prose(texts: tuple[str, ...], *, height: float = A4[1], running: str | None = None) -> list[Leaf]:
    setter = Typesetter(height, running)
    setter.prose(texts)
    return setter.leaves

"""The numbers that Word shows but does not store: counted from the list definitions of a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from corpus.numerals import chinese_numeral

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL: Final = re.compile(r"%([1-9])")
_DEEPEST: Final = 9
T = TypeVar("T")


def chinese(number: int) -> str:
    """Return a count in Chinese; what is none, or too large, in digits."""
    return (chinese_numeral(number) if number else None) or str(number)


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, mark in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            text, number = text + mark, number - value
    return text


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "ideographDigital": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(min(number, 200)),
    "upperRoman": lambda number: _roman(min(number, 200)).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: str(number).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalZero": lambda number: f"{number:02d}",
    "bullet": lambda _: "",
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    pattern: str = ""
    numerals: str = "decimal"


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document; ask for labels in reading order, each once."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document) -> Numbering:
        """Read the list definitions; a document without any gives no labels."""
        numbering = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return numbering
        for abstract in root.iter(f"{_W}abstractNum"):
            name = abstract.get(f"{_W}abstractNumId") or ""
            for level in abstract.iter(f"{_W}lvl"):
                numbering.levels[name, _depth(level.get(f"{_W}ilvl"))] = _level(level)
        for instance in root.iter(f"{_W}num"):
            number = instance.get(f"{_W}numId") or ""
            numbering.lists[number] = value_of(instance.find(f"{_W}abstractNumId"))
            for override in instance.iter(f"{_W}lvlOverride"):
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    depth = _depth(override.get(f"{_W}ilvl"))
                    numbering.overrides[number, depth] = _whole(value_of(start), 1)
        for style in document.styles.element.iter(f"{_W}style"):
            stated = _stated(style)
            if stated is not None:
                numbering.styles[style.get(f"{_W}styleId") or ""] = stated
        numbering.styles = inherited(numbering.styles, document)
        return numbering

    def label(self, paragraph: _Element) -> str:
        """Return the number that Word shows before `paragraph`, or nothing; bullets give nothing."""
        if not self.lists:
            return ""
        stated = _stated(paragraph)
        if stated is None:
            stated = self.styles.get(value_of(paragraph.find(f"{_W}pPr/{_W}pStyle")))
        if stated is None or stated[0] not in self.lists:
            return ""
        number, depth = stated
        abstract = self.lists[number]
        self._count(number, abstract, depth)
        level = self.levels.get((abstract, depth), _Level())
        if level.numerals == "bullet":
            return ""
        return _LEVEL.sub(lambda match: self._numeral(abstract, int(match.group(1)) - 1), level.pattern)

    def _count(self, number: str, abstract: str, depth: int) -> None:
        start = self.levels.get((abstract, depth), _Level()).start
        restart = self.overrides.get((number, depth))
        if restart is not None and (number, depth) not in self.begun:
            self.begun.add((number, depth))
            self.counts[abstract, depth] = restart
        else:
            self.counts[abstract, depth] = self.counts.get((abstract, depth), start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            self.counts.pop((abstract, deeper), None)

    def _numeral(self, abstract: str, depth: int) -> str:
        level = self.levels.get((abstract, depth), _Level())
        write = _FORMATS.get(level.numerals, str)
        return write(self.counts.get((abstract, depth), level.start))


def inherited(own: dict[str, T], document: Document) -> dict[str, T]:
    """Return what each style states or else takes from the style that it is based on."""
    bases = {
        style.get(f"{_W}styleId") or "": value_of(style.find(f"{_W}basedOn"))
        for style in document.styles.element.iter(f"{_W}style")
    }
    found = dict(own)
    without = {""}
    for style in bases:
        passed: list[str] = []
        above = style
        while above not in found and above not in without:
            passed.append(above)
            without.add(above)
            above = bases.get(above, "")
        if above in found:
            found.update(dict.fromkeys(passed, found[above]))
            without.difference_update(passed)
    return found


def _level(element: _Element) -> _Level:
    return _Level(
        start=_whole(value_of(element.find(f"{_W}start")), 1),
        pattern=value_of(element.find(f"{_W}lvlText")),
        numerals=value_of(element.find(f"{_W}numFmt")) or "decimal",
    )


def _stated(element: _Element) -> tuple[str, int] | None:
    """Return (list, depth) where the paragraph or style states a list."""
    properties = element.find(f"{_W}pPr/{_W}numPr")
    if properties is None:
        return None
    number = value_of(properties.find(f"{_W}numId"))
    return (number, _depth(value_of(properties.find(f"{_W}ilvl")))) if number else None


def value_of(element: _Element | None) -> str:
    """Return the `w:val` of an element, "" where it has none or is not there."""
    return (element.get(f"{_W}val") or "") if element is not None else ""


def _whole(written: str, otherwise: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else otherwise


def _depth(written: str | None) -> int:
    return min(_whole(written or "", 0), _DEEPEST - 1)

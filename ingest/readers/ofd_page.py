"""The objects of an OFD page: text with its places, ruling lines, pictures; in millimetres, downwards."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ingest.readers.drawing import IDENTITY, Matrix, Point, Stretch, moved, rules_of, times
from ingest.readers.page_lines import Word
from ingest.readers.ruled import Rule

if TYPE_CHECKING:
    from lxml.etree import _Element

_THICKEST: Final = 1.2
_MOST_OBJECTS: Final = 100_000
_MOST_CHARACTERS: Final = 100_000
_MOST_STEPS: Final = 20_000
_DEEPEST: Final = 6
_ASCENT: Final = 0.88
_DEFAULT_SIZE: Final = 3.7
_CONTAINERS: Final = frozenset({"Content", "Layer", "PageBlock"})


def name_of(element: _Element) -> str:
    """Return an element's name without its name space; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(parent: _Element | None, name: str) -> list[_Element]:
    """Return the children of a name, whatever their name space."""
    return [] if parent is None else [element for element in parent if name_of(element) == name]


def child(parent: _Element | None, name: str) -> _Element | None:
    """Return the first child of a name."""
    return next(iter(children(parent, name)), None)


def numbers_in(text: str | None) -> list[float]:
    """Return the numbers of a list; what is none counts as 0, what is not finite too."""
    return [_number(token) for token in (text or "").split()]


def _number(token: str | None, otherwise: float = 0.0) -> float:
    try:
        value = float(token) if token is not None else otherwise
    except ValueError:
        return otherwise
    return value if math.isfinite(value) and abs(value) < 1e6 else otherwise


def steps_in(text: str | None) -> list[float]:
    """Return the steps between characters: `2 g 3 1.5` is 2, 1.5, 1.5, 1.5."""
    tokens = iter((text or "").split())
    steps: list[float] = []
    for token in tokens:
        if token.lower() == "g":
            count = int(max(0.0, _number(next(tokens, "0"))))
            steps.extend([_number(next(tokens, "0"))] * min(count, _MOST_STEPS - len(steps)))
        else:
            steps.append(_number(token))
        if len(steps) >= _MOST_STEPS:
            break
    return steps


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the page, by the name of its resource and how much it covers."""

    resource: str
    area: float


@dataclass(slots=True)
class PageContent:
    """Collects what stands on a page; `origin` is its upper left corner, `units` holds composites by id."""

    origin: Point
    units: dict[str, _Element]
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    objects: int = 0

    def take(self, container: _Element | None, outer: Matrix | None = None, depth: int = 0) -> None:
        """Take the objects in a layer, a block or a composite unit."""
        if container is None:
            return
        own = outer if outer is not None else (1.0, 0.0, 0.0, 1.0, -self.origin[0], -self.origin[1])
        for element in container:
            self.objects += 1
            if self.objects > _MOST_OBJECTS:
                return
            named = name_of(element)
            if named in _CONTAINERS:
                self.take(element, own, depth)
            elif element.get("Visible", "true").strip().lower() in {"false", "0"}:
                continue
            elif named == "TextObject":
                self.take_text(element, _placed(element, own))
            elif named == "PathObject":
                self.take_path(element, _placed(element, own))
            elif named == "ImageObject":
                self.take_picture(element, own)
            elif named == "CompositeObject" and depth < _DEEPEST:
                unit = self.units.get(element.get("ResourceID", ""))
                self.take(child(unit, "Content"), _placed(element, own), depth + 1)

    def take_text(self, element: _Element, matrix: Matrix) -> None:
        """Take the characters of a text object; text at an angle (a watermark) is left out."""
        a, b, c, d, _, _ = matrix
        if min(abs(b) + abs(c), abs(a) + abs(d)) > 0.1 * max(abs(a), abs(b), abs(c), abs(d)):
            return
        size = _number(element.get("Size"), _DEFAULT_SIZE) or _DEFAULT_SIZE
        stretch = _number(element.get("HScale"), 1.0) or 1.0
        x = y = 0.0
        for code in children(element, "TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            self.take_code(code, (x, y), size, stretch, matrix)

    def take_code(self, code: _Element, start: Point, size: float, stretch: float, matrix: Matrix) -> None:
        """Take the characters of one run; a step is missing where the run ends, or for all of a short run."""
        text = code.text or ""
        x, y = start
        across, down = steps_in(code.get("DeltaX")), steps_in(code.get("DeltaY"))
        blanks = ""
        for at, character in enumerate(text):
            if len(self.words) >= _MOST_CHARACTERS:
                return
            usual = size * stretch * (0.5 if character.isascii() else 1.0)
            step = across[at] if at < len(across) else (0.0 if down else usual)
            if character.isspace():
                blanks += character
            else:
                width = min(usual, abs(step)) if at < len(across) and abs(step) > 0.2 * usual else usual
                corners = (
                    moved((x, y - _ASCENT * size), matrix),
                    moved((x + width, y + (1 - _ASCENT) * size), matrix),
                )
                (left, right), (top, bottom) = (sorted(side) for side in zip(*corners, strict=True))
                self.words.append(Word(character, left, top, right, bottom, blanks))
                blanks = ""
            x += step
            y += down[at] if at < len(down) else 0.0

    def take_path(self, element: _Element, matrix: Matrix) -> None:
        """Take the ruling lines of a path that can be seen."""
        is_stroked = _is_set(element, "Stroke", default=True) and _is_seen(child(element, "StrokeColor"))
        is_filled = _is_set(element, "Fill", default=False) and _is_seen(child(element, "FillColor"))
        data = child(element, "AbbreviatedData")
        if data is None or not (is_stroked or is_filled):
            return
        stretches = [
            [moved(point, matrix) if point is not None else None for point in stretch]
            for stretch in stretches_in(data.text or "")
        ]
        self.rules.extend(rules_of(stretches, is_stroked=is_stroked, is_filled=is_filled, thickest=_THICKEST))

    def take_picture(self, element: _Element, outer: Matrix) -> None:
        """Note a picture and how much of the page its boundary covers."""
        _, _, width, height = _boundary(element)
        scale = abs(outer[0] * outer[3] - outer[1] * outer[2])
        self.pictures.append(Shown(element.get("ResourceID", ""), width * height * scale))


def _boundary(element: _Element) -> tuple[float, float, float, float]:
    values = [*numbers_in(element.get("Boundary")), 0.0, 0.0, 0.0, 0.0]
    return values[0], values[1], values[2], values[3]


def _placed(element: _Element, outer: Matrix) -> Matrix:
    """Return the matrix from an object's own coordinates to the page's."""
    left, top, _, _ = _boundary(element)
    values = numbers_in(element.get("CTM"))
    own: Matrix = IDENTITY
    if len(values) == 6:
        own = (values[0], values[1], values[2], values[3], values[4], values[5])
    return times(times(own, (1.0, 0.0, 0.0, 1.0, left, top)), outer)


def _is_set(element: _Element, name: str, *, default: bool) -> bool:
    written = element.get(name)
    return default if written is None else written.strip().lower() in {"true", "1"}


def _is_seen(colour: _Element | None) -> bool:
    """Whether a colour is neither white nor transparent; without one it is black."""
    if colour is None:
        return True
    if _number(colour.get("Alpha"), 255.0) == 0:
        return False
    values = numbers_in(colour.get("Value"))
    return len(values) != 3 or min(values) < 250


_POINTS: Final = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3, "A": 0, "C": 0}


def stretches_in(text: str) -> Iterator[Stretch]:
    """Yield the connected parts of a path written as operators and coordinates."""
    tokens = text.split()
    stretch: list[Point | None] = []
    at = 0
    while at < len(tokens):
        operator = tokens[at].upper()
        at += 1
        if operator not in _POINTS:
            continue
        count = 7 if operator == "A" else 2 * _POINTS[operator]
        values = [_number(token) for token in tokens[at : at + count]]
        if len(values) < count:
            break
        at += count
        if operator in {"S", "M"}:
            yield stretch
            stretch = [(values[0], values[1])]
        elif operator == "L":
            stretch.append((values[0], values[1]))
        elif operator == "C":
            stretch.extend(stretch[:1])
        else:  # a curve: only where it ends
            stretch.extend((None, (values[-2], values[-1])))
    yield stretch

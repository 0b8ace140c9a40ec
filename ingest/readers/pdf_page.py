"""One page of a PDF as PDFium sees it: characters with their boxes, and the straight lines drawn on it."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ingest.readers.drawing import IDENTITY, Matrix, Point, Stretch, moved, rules_of, times
from ingest.readers.page_lines import Word
from ingest.readers.ruled import Rule

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_THICKEST: Final = 3.5
_MOST_CHARACTERS: Final = 100_000
_MOST_OBJECTS: Final = 100_000
_MOST_SEGMENTS: Final = 50_000
_DEEPEST: Final = 6
_WHITE: Final = 250
_RADICALS: Final = dict(
    zip(
        "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻁⺎⺒⺝⻑⻗⻧⻪",
        "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟虎兀巳月長雨卤黾",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on a page.

    `pictured` is the share of it that pictures cover, `lost` counts the characters whose code
    is unknown, `shapes` the drawings.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictured: float
    lost: int
    shapes: int


def content_of(page: PdfPage) -> Content:
    """Return a page's content in points, from the upper left corner as the page is shown."""
    shown = _Shown.of(page)
    words, lost = _words(page, shown)
    drawn = _Drawn(shown)
    drawn.take(page.raw, IDENTITY, 0)
    area = max(1.0, shown.width * shown.height)
    return Content(
        shown.width,
        shown.height,
        words,
        tuple(drawn.rules),
        min(1.0, drawn.pictured / area),
        lost,
        drawn.shapes,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a page is shown: its visible box in its own coordinates, and by how many quarters it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @classmethod
    def of(cls, page: PdfPage) -> _Shown:
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation() // 90 % 4)

    @property
    def width(self) -> float:
        return abs(self.top - self.bottom if self.quarters % 2 else self.right - self.left)

    @property
    def height(self) -> float:
        return abs(self.right - self.left if self.quarters % 2 else self.top - self.bottom)

    def point(self, x: float, y: float) -> Point:
        """Turn a point of the page into one from the upper left corner, down and to the right."""
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, one: Point, other: Point) -> tuple[float, float, float, float]:
        """Turn two corners into left, top, right, bottom."""
        (a, b), (c, d) = self.point(*one), self.point(*other)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def _words(page: PdfPage, shown: _Shown) -> tuple[tuple[Word, ...], int]:
    """Return the characters as words of one character, and how many have no known code."""
    from pypdfium2 import raw

    text = page.get_textpage()
    try:
        words: list[Word] = []
        lost, blanks = 0, ""
        box = raw.FS_RECTF()
        for at in range(min(text.count_chars(), _MOST_CHARACTERS)):
            if raw.FPDFText_IsGenerated(text, at) == 1:
                continue
            character = _character(text, at)
            if character.isspace():
                blanks += character
                continue
            if not _is_known(character) or raw.FPDFText_HasUnicodeMapError(text, at) == 1:
                lost += 1
                continue
            if not raw.FPDFText_GetLooseCharBox(text, at, box) or _is_slanted(text, at):
                continue
            left, top, right, bottom = shown.box((box.left, box.bottom), (box.right, box.top))
            if right > 0 and bottom > 0 and left < shown.width and top < shown.height and bottom > top:
                words.append(Word(character, left, top, right, bottom, blanks))
            blanks = ""
    finally:
        text.close()
    return tuple(words), lost


def _character(text: PdfTextPage, at: int) -> str:
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text, at)
    if 0xD800 <= code < 0xDC00:  # one of two halves: the other stands behind it
        low = raw.FPDFText_GetUnicode(text, at + 1)
        return chr(0x10000 + ((code - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF))
    if 0xDC00 <= code < 0xE000:
        return " "
    character = chr(code) if code < 0x110000 else "\ufffd"
    return as_written(character)


def as_written(character: str) -> str:
    """Return the character where a font's table of codes names its radical or compatible form (⻘ → 青)."""
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return character


def _is_known(character: str) -> bool:
    return character != "\ufffd" and unicodedata.category(character) not in {"Cc", "Cn", "Co", "Cs"}


def _is_slanted(text: PdfTextPage, at: int) -> bool:
    """Whether a character stands at an angle, as those of a watermark do."""
    from pypdfium2 import raw

    turned = float(raw.FPDFText_GetCharAngle(text, at)) % (math.pi / 2)
    return 0.05 < turned < 1.52


@dataclass(slots=True)
class _Drawn:
    """Walks the objects of a page and of the forms in it: lines, and how much pictures cover."""

    shown: _Shown
    rules: list[Rule] = field(default_factory=list)
    objects: int = 0
    shapes: int = 0
    pictured: float = 0.0

    def take(self, holder: object, outer: Matrix, depth: int) -> None:
        """Take the objects of a page (depth 0) or a form."""
        from pypdfium2 import raw

        count, member = (
            (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
            if depth
            else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
        )
        for at in range(count(holder)):
            self.objects += 1
            if self.objects > _MOST_OBJECTS:
                return
            drawn = member(holder, at)
            if not drawn:
                continue
            kind = raw.FPDFPageObj_GetType(drawn)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self.shapes += 1
                self.take_path(drawn, times(_matrix(drawn), outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                matrix = times(_matrix(drawn), outer)
                left, top, right, bottom = self.shown.box(moved((0, 0), matrix), moved((1, 1), matrix))
                self.pictured += (right - left) * (bottom - top)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self.take(drawn, times(_matrix(drawn), outer), depth + 1)

    def take_path(self, path: object, matrix: Matrix) -> None:
        """Take the ruling lines of a path that can be seen."""
        from pypdfium2 import raw

        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(path, fill, stroke):
            return
        is_stroked = bool(stroke.value) and _is_visible(raw.FPDFPageObj_GetStrokeColor, path)
        is_filled = bool(fill.value) and _is_visible(raw.FPDFPageObj_GetFillColor, path)
        if is_stroked or is_filled:
            stretches = self.stretches(path, matrix)
            self.rules.extend(
                rules_of(stretches, is_stroked=is_stroked, is_filled=is_filled, thickest=_THICKEST)
            )

    def stretches(self, path: object, matrix: Matrix) -> Iterator[Stretch]:
        """Yield the connected parts of a path, closed where the path closes them."""
        from pypdfium2 import raw

        stretch: list[Point | None] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        curve = 0
        for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
            segment = raw.FPDFPath_GetPathSegment(path, at)
            if not segment or not raw.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            point = self.shown.point(*moved((x.value, y.value), matrix))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                yield stretch
                stretch = [point]
            elif kind == raw.FPDF_SEGMENT_LINETO:
                stretch.append(point)
            else:
                curve += 1
                if curve % 3 == 0:  # two control points, then the end
                    stretch.extend((None, point))
            if raw.FPDFPathSegment_GetClose(segment) and stretch:
                stretch.append(stretch[0])
        yield stretch


def _matrix(drawn: object) -> Matrix:
    from pypdfium2 import raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _is_visible(colour: Callable[..., int], drawn: object) -> bool:
    """Whether a colour is neither white nor transparent."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour(drawn, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE

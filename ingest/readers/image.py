"""Pictures of pages (.png, .jpg, .tif, .bmp, .webp, .gif) and scanned pages of other formats, through OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np

from corpus.errors import UnreadableFile
from corpus.model import Place
from ingest.readers.contract import Extract, Source
from ingest.readers.isolated import Part, Recognising, read_pages
from ingest.readers.ocr import Picture, boxes_in, quarters_off, words_in
from ingest.readers.page_lines import Word
from ingest.readers.pages import Page
from ingest.readers.picture import has_ink, rules_in, straightened
from ingest.readers.ruled import Rule, grids_of

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES: Final = 200
_LARGEST: Final = 80_000_000
_LONGEST_SIDE: Final = 2600
_SNAP_PART: Final = 300
_DAMAGED: Final = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
)


def read(source: Source) -> Extract:
    """Return the blocks that are recognised on the picture; each picture of a file of several is a page."""
    return read_pages(source, __name__)


def pages(source: Source) -> Iterator[Part]:
    """Yield the pages; runs in a child process."""
    for number, picture in enumerate(_pictures(source), start=1):
        if number > MOST_PAGES:
            sentence = f"图片超过 {MOST_PAGES} 页，其余未读取；请拆分后再读取。"
            yield source.problem(sentence, Place(page=number))
            return
        yield Recognising()
        yield recognise_page(picture, number)


def open_picture(source: Source) -> Image:
    """Return the first picture of a file; raise `UnreadableFile`."""
    for picture in _pictures(source):
        return picture
    raise UnreadableFile(f"图片“{source.name}”里没有画面；请重新扫描、拍照或另存一份。")


def _pictures(source: Source) -> Iterator[Image]:
    from PIL import Image, ImageOps, ImageSequence

    Image.MAX_IMAGE_PIXELS = None  # what is too large is said below, in Chinese
    try:
        with Image.open(BytesIO(source.content)) as opened:
            for frame in ImageSequence.Iterator(opened):
                if frame.width * frame.height > _LARGEST:
                    raise UnreadableFile(
                        f"图片“{source.name}”过大（{frame.width}×{frame.height} 像素），请缩小后再试。"
                    )
                yield ImageOps.exif_transpose(frame)
                if opened.format == "GIF":
                    return
    except _DAMAGED:
        # Pillow's decoders meet damaged bytes with whatever they break
        raise UnreadableFile(
            f"图片“{source.name}”已损坏或不完整，无法打开；请重新扫描、拍照或另存一份。"
        ) from None


def recognise_page(image: Image, number: int) -> Page:
    """Return a page with the words and ruling lines that are seen on a picture; `ToolMissing` without OCR."""
    picture = _grey(image)
    rules, plain = rules_in(picture)
    boxes = boxes_in(plain)
    quarters = quarters_off(plain, boxes)
    turned = np.ascontiguousarray(np.rot90(picture, -quarters)) if quarters else picture
    upright = straightened(turned)
    if upright is not picture:
        rules, plain = rules_in(upright)
        boxes = boxes_in(plain)
    snap = max(3.0, max(upright.shape) / _SNAP_PART)
    words = words_in(plain, boxes)
    words += _missed(plain, words, rules, snap)
    height, width = upright.shape
    return Page(number, width, height, words, rules, snap, is_recognised=True)


def _grey(image: Image) -> Picture:
    """Return the grey values on white ground, no larger than reading needs."""
    from PIL import Image as Images

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Images.new("RGBA", image.size, "white")
        image = Images.alpha_composite(ground, image.convert("RGBA"))
    elif image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        values = np.asarray(image, np.float32)
        image = Images.fromarray((values * (255 / max(1.0, float(values.max())))).astype(np.uint8))
    grey = image.convert("L")
    grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Images.Resampling.LANCZOS)
    return np.asarray(grey, np.uint8)


def _missed(picture: Picture, words: Sequence[Word], rules: Sequence[Rule], snap: float) -> tuple[Word, ...]:
    """Return what stands in cells that have ink but no words: the detector misses single digits."""
    boxes: list[list[tuple[float, float]]] = []
    for grid in grids_of(rules, snap):
        taken = {at for at, s in enumerate(grid.squares) if any(s.holds(w.centre, w.middle) for w in words)}
        for at, square in enumerate(grid.squares):
            left, top, right, bottom = (
                round(edge)
                for edge in (square.left + snap, square.top + snap, square.right - snap, square.bottom - snap)
            )
            if (
                at in taken
                or right - left < 8
                or bottom - top < 8
                or not has_ink(picture[top:bottom, left:right])
            ):
                continue
            boxes.append(_tight(picture, left, top, right, bottom))
    return words_in(picture, np.asarray(boxes, np.float32).reshape(-1, 4, 2))


def _tight(picture: Picture, left: int, top: int, right: int, bottom: int) -> list[tuple[float, float]]:
    """Return the corners of the box around the ink in a cell."""
    dark = picture[top:bottom, left:right] < 160
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if rows.size and columns.size:
        margin = 4
        top, bottom = max(0, top + int(rows[0]) - margin), top + int(rows[-1]) + margin
        left, right = max(0, left + int(columns[0]) - margin), left + int(columns[-1]) + margin
    return [(left, top), (right, top), (right, bottom), (left, bottom)]

"""Write typeset pages as PDF, as a picture, as a PDF of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.readers.typesetting import Leaf

FONT = "STSong-Light"
ASCENT = 0.88


def as_pdf(leaves: Sequence[Leaf], *, title: str | None = None, password: str | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = BytesIO()
    canvas = Canvas(made, encrypt=password)
    if title is not None:
        canvas.setTitle(title)
    for leaf in leaves:
        canvas.setPageSize((leaf.width, leaf.height))
        canvas.setLineWidth(0.5)
        for text, left, top, size in leaf.characters:
            canvas.setFont(FONT, size)
            canvas.drawString(left, leaf.height - top - ASCENT * size, text)
        for x0, y0, x1, y1 in leaf.lines:
            canvas.line(x0, leaf.height - y0, x1, leaf.height - y1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def as_picture(leaf: Leaf, font: Path, *, resolution: int = 200, turned: float = 0.0) -> Image.Image:
    """Draw a page; `turned` degrees counter-clockwise, as a crooked scan."""
    scale = resolution / 72
    picture = Image.new("L", (round(leaf.width * scale), round(leaf.height * scale)), 255)
    draw = ImageDraw.Draw(picture)
    for text, left, top, size in leaf.characters:
        draw.text((left * scale, top * scale), text, 0, ImageFont.truetype(font, round(size * scale)), "la")
    for x0, y0, x1, y1 in leaf.lines:
        draw.line([(x0 * scale, y0 * scale), (x1 * scale, y1 * scale)], 0, 2)
    return picture.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255) if turned else picture


def as_scanned_pdf(pictures: Sequence[Image.Image], *, resolution: int = 200) -> bytes:
    made = BytesIO()
    canvas = Canvas(made)
    for picture in pictures:
        size = (picture.width * 72 / resolution, picture.height * 72 / resolution)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def picture_bytes(picture: Image.Image, kind: str) -> bytes:
    made = BytesIO()
    picture.save(made, kind)
    return made.getvalue()

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.readers.ocr import Picture
from ingest.readers.picture import has_ink, rules_in, straightened
from ingest.readers.ruled import grids_of

WIDTH, HEIGHT = 900, 1200


def blank() -> Image.Image:
    return Image.new("L", (WIDTH, HEIGHT), 255)


def ruled(width: int = 3) -> Image.Image:
    """A table of three rows and three columns, with short strokes of type in its cells and below."""
    image = blank()
    draw = ImageDraw.Draw(image)
    for y in (200, 300, 400, 600):
        draw.line([(100, y), (800, y)], 0, width)
    for x in (100, 200, 450, 800):
        draw.line([(x, 200), (x, 600)], 0, width)
    for x in range(220, 420, 30):
        draw.line([(x, 340), (x + 18, 340)], 0, 3)
        draw.line([(x + 9, 330), (x + 9, 360)], 0, 3)
        draw.line([(x, 900), (x + 26, 900)], 0, 3)
    return image


def grey(image: Image.Image) -> Picture:
    return np.asarray(image, np.uint8)


@pytest.mark.parametrize("width", [1, 2, 5])
def test_lines_are_found_and_taken_away_and_type_stays(width: int) -> None:
    picture = grey(ruled(width))
    rules, plain = rules_in(picture)
    (grid,) = grids_of(rules, 4)
    assert [(s.row, s.column) for s in grid.squares] == [(r, c) for r in range(3) for c in range(3)]
    assert [grid.left, grid.top, grid.right, grid.bottom] == pytest.approx([100, 200, 800, 600], abs=3)
    assert len(rules) == 8
    assert plain[195:206, 110:190].min() > 200
    assert plain[340, 225] == 0
    assert picture[200, 150] == 0  # the picture itself is left as it was


def test_short_strokes_away_from_long_ones_are_type() -> None:
    image = blank()
    draw = ImageDraw.Draw(image)
    for x in range(100, 800, 60):
        draw.line([(x, 300), (x + 40, 300)], 0, 4)
        draw.line([(x + 20, 280), (x + 20, 320)], 0, 4)
    rules, plain = rules_in(grey(image))
    assert rules == ()
    assert (plain == grey(image)).all()


@pytest.mark.parametrize("angle", [-3.0, -0.6, 1.5, 5.0])
def test_a_crooked_page_is_straightened(angle: float) -> None:
    crooked = grey(ruled().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255))
    rules, _ = rules_in(straightened(crooked))
    (grid,) = grids_of(rules, 4)
    assert len(grid.squares) == 9


def test_what_runs_level_or_is_blank_stays_as_it_is() -> None:
    for picture in (grey(ruled()), grey(blank())):
        assert straightened(picture) is picture


def test_ink_is_what_is_darker_than_around() -> None:
    assert has_ink(grey(ruled())[320:370, 215:420])
    assert not has_ink(grey(blank()))
    assert not has_ink(np.full((50, 50), 120, np.uint8))
    assert not has_ink(np.zeros((0, 10), np.uint8))

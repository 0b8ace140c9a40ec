"""Pictures of pages: how far they are crooked, and the ruling lines on them."""

from __future__ import annotations

from typing import Final

import numpy as np

from ingest.readers.ocr import Picture
from ingest.readers.ruled import Rule

_MOST_CROOKED: Final = 6.0
_LEAST_CROOKED: Final = 0.12
_MEASURED_SIDE: Final = 1000
_SHORTEST_PART: Final = 45  # of the picture's longer side; so below
_THICKEST_PART: Final = 120
_LONG_PART: Final = 9


def straightened(picture: Picture) -> Picture:
    """Return the picture turned so that its lines run level, or itself where they do."""
    import cv2

    angle = _crookedness(picture)
    if abs(angle) < _LEAST_CROOKED:
        return picture
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, np.uint8)


def _crookedness(picture: Picture) -> float:
    """Return the angle, in degrees, by which the picture has to be turned back.

    At the right angle the rows of the page differ most: lines of text and rules are full, gaps empty.
    """
    import cv2

    scale = min(1.0, _MEASURED_SIDE / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (_ink(np.asarray(small, np.uint8)) > 0).astype(np.float32)
    if ink.sum() < 50:
        return 0.0

    def sharpness(angle: float) -> float:
        height, width = ink.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_MOST_CROOKED, _MOST_CROOKED + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.5, best + 0.51, 0.1), key=sharpness)
    return float(best) if sharpness(best) > 1.05 * sharpness(0.0) else 0.0


def _ink(picture: Picture) -> Picture:
    """Return 255 where the picture is darker than around, else 0."""
    import cv2

    ink = cv2.adaptiveThreshold(
        picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, blockSize=31, C=15
    )
    return np.asarray(ink, np.uint8)


def rules_in(picture: Picture) -> tuple[tuple[Rule, ...], Picture]:
    """Return the straight level and upright lines, and the picture without them.

    A short line counts only where it touches a long one: strokes of large characters are short, too.
    """
    import cv2

    ink = _ink(picture)
    side = max(picture.shape)
    shortest, thickest = max(20, side // _SHORTEST_PART), max(8, side // _THICKEST_PART)
    found: list[tuple[Rule, Picture]] = []
    for along, across in (((1, shortest), (3, 1)), ((shortest, 1), (1, 3))):  # rows by columns
        bridged = cv2.dilate(ink, np.ones(across, np.uint8))
        lines = np.asarray(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones(along, np.uint8)), np.uint8)
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        found.extend(
            (Rule(left, top, left + width, top + height), lines)
            for left, top, width, height, _ in boxes[1:].tolist()
            if min(width, height) <= thickest and max(width, height) >= shortest
        )
    long = [rule for rule, _ in found if rule.length >= side / _LONG_PART]
    kept = [(rule, lines) for rule, lines in found if any(_touch(rule, other, thickest) for other in long)]
    without = picture.copy()
    for rule, lines in kept:
        part = (slice(int(rule.top), int(rule.bottom)), slice(int(rule.left), int(rule.right)))
        without[part][lines[part] > 0] = 255
    return tuple(rule for rule, _ in kept), without


def _touch(one: Rule, other: Rule, slack: float) -> bool:
    return (
        one.left - slack <= other.right
        and other.left - slack <= one.right
        and one.top - slack <= other.bottom
        and other.top - slack <= one.bottom
    )


def has_ink(picture: Picture) -> bool:
    """Whether something is written on a part of a picture."""
    return bool(picture.size) and bool((_ink(picture) > 0).sum() > 12)

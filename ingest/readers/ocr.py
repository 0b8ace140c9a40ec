"""Text in pictures, recognised offline by RapidOCR (PP-OCR models that come with its package)."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ToolMissing
from ingest.readers.page_lines import Word

if TYPE_CHECKING:
    from rapidocr_onnxruntime import RapidOCR

Picture = NDArray[np.uint8]
"""Grey values by row and column."""

_DETECTED_AREA: Final = 1_400_000
_DETECTED_SIDE: Final = 2000
_LEAST_SIDE: Final = 736
_LEAST_SCORE: Final = 0.5
_ASKED: Final = 8
_TALL: Final = 1.5
_BOX_TO_TYPE: Final = 0.75
_WIDENED: Final = 0.5


@cache
def _engine() -> RapidOCR:
    """Load the models, once a process."""
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        raise ToolMissing(
            "读取扫描件和图片需要文字识别组件 rapidocr-onnxruntime（支持 Python 3.11 和 3.12）；"
            "请用这两个版本的 Python 安装它，或先用其他软件识别文字后再读取。"
        ) from None
    return RapidOCR(intra_op_num_threads=max(1, (os.cpu_count() or 1) // 2))


def boxes_in(picture: Picture) -> NDArray[np.float32]:
    """Return the boxes of text as (n, 4, 2) corner points, clockwise from the upper left."""
    import cv2

    engine = _engine()
    height, width = picture.shape
    scale = min(1.0, _DETECTED_SIDE / max(height, width), math.sqrt(_DETECTED_AREA / (height * width)))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    down, across = (max(0, _LEAST_SIDE - side) for side in small.shape)
    padded = cv2.copyMakeBorder(small, 0, down, 0, across, cv2.BORDER_CONSTANT, value=255)
    boxes, _ = engine.text_det(_coloured(padded))
    if boxes is None or not len(boxes):
        return np.zeros((0, 4, 2), np.float32)
    return _widened(np.asarray(boxes, np.float32) / np.float32(scale))


def _widened(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lengthen lines to the right where nothing else stands: a full stop at the end is often left outside."""
    lefts, rights = boxes[:, :, 0].min(axis=1), boxes[:, :, 0].max(axis=1)
    tops, bottoms = boxes[:, :, 1].min(axis=1), boxes[:, :, 1].max(axis=1)
    for at, box in enumerate(boxes):
        more = _WIDENED * (bottoms[at] - tops[at])
        beside = (lefts > lefts[at]) & (lefts < rights[at] + more) & (rights > rights[at])
        if not (beside & (tops < bottoms[at]) & (bottoms > tops[at])).any():
            box[1:3, 0] += more
    return boxes


def quarters_off(picture: Picture, boxes: NDArray[np.float32]) -> int:
    """Return by how many quarters, clockwise, the picture must be turned for its text to stand upright."""
    if not len(boxes):
        return 0
    sizes = boxes.max(axis=1) - boxes.min(axis=1)
    is_tall = sizes[:, 1] > _TALL * sizes[:, 0]
    turned = int(sizes[is_tall].max(axis=1).sum() > sizes[~is_tall].max(axis=1, initial=0).sum())
    longest = np.argsort(-sizes.max(axis=1))[:_ASKED]
    crops = [np.rot90(crop, -turned) for crop in _crops(picture, boxes[longest], turns_tall=False)]
    _, answers, _ = _engine().text_cls(crops)
    upside_down = sum(label == "180" and score > 0.9 for label, score in answers)
    return turned + 2 * int(2 * upside_down > len(answers))


def words_in(picture: Picture, boxes: NDArray[np.float32]) -> tuple[Word, ...]:
    """Return what stands in the boxes, a word for each character."""
    if not len(boxes):
        return ()
    crops = _crops(picture, boxes, turns_tall=True)
    results, _ = _engine().text_rec(crops, True)
    runs = [run for box, result in zip(boxes, results, strict=True) if (run := _run(box, result)) is not None]
    sizes = [size for run in runs if (size := run.type_size()) is not None]
    usual = float(np.median(sizes)) if sizes else None
    return tuple(word for run in runs for word in run.words(usual))


def _run(box: NDArray[np.float32], result: Sequence[Any]) -> _Run | None:
    """Return the characters of a box; the recogniser says at which of its columns each stands."""
    text, score, (columns, groups, positions, *_) = result[0], result[1], result[2]
    characters = tuple(character for group in groups for character in group)
    places = [place for group in positions for place in group]
    if score < _LEAST_SCORE or not text.strip() or len(characters) != len(places):
        return None
    (left, top), (right, bottom) = box.min(axis=0).tolist(), box.max(axis=0).tolist()
    centres = tuple(left + (place + 0.5) / max(1.0, columns) * (right - left) for place in places)
    return _Run(characters, centres, left, top, right, bottom)


@dataclass(frozen=True, slots=True)
class _Run:
    """The characters of one box, and where their middles stand in it."""

    characters: tuple[str, ...]
    centres: tuple[float, ...]
    left: float
    top: float
    right: float
    bottom: float

    def type_size(self) -> float | None:
        """Return how far apart the Chinese characters stand; `None` where they are too few to tell."""
        apart = [
            right - left
            for (left, right), pair in zip(pairwise(self.centres), pairwise(self.characters), strict=True)
            if all("\u4e00" <= character <= "\u9fff" for character in pair)
        ]
        height = self.bottom - self.top
        return min(max(float(np.median(apart)), 0.5 * height), 1.1 * height) if len(apart) > 2 else None

    def words(self, usual: float | None) -> Iterator[Word]:
        """Yield a word for each character, as high as its type; `usual` is the type size of most runs."""
        own = self.type_size()
        size = own if own is not None else _BOX_TO_TYPE * (self.bottom - self.top)
        if own is None and usual is not None and 0.6 * usual < size < 1.6 * usual:
            size = usual
        middle = (self.top + self.bottom) / 2
        edges = (self.left, *((a + b) / 2 for a, b in pairwise(self.centres)), self.right)
        for at, (character, centre) in enumerate(zip(self.characters, self.centres, strict=True)):
            if character.isspace():
                continue
            start = max(edges[at], centre - 0.6 * size)
            end = min(edges[at + 1], centre + 0.6 * size)
            yield Word(character, start, middle - size / 2, max(end, start + 1), middle + size / 2)


def _crops(picture: Picture, boxes: NDArray[np.float32], *, turns_tall: bool) -> list[NDArray[np.uint8]]:
    """Cut the boxes out, straightened; tall ones are turned where the engine does so by itself."""
    crops = _engine().get_crop_img_list(_coloured(picture), list(boxes))
    if turns_tall:
        return list(crops)
    return [
        np.rot90(crop, -1) if size[1] >= _TALL * size[0] else crop
        for crop, size in zip(crops, boxes.max(axis=1) - boxes.min(axis=1), strict=True)
    ]


def _coloured(picture: NDArray[Any]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.repeat(picture[:, :, None], 3, axis=2), np.uint8)

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import ToolMissing
from ingest.readers import ocr
from ingest.readers.image import recognise_page
from ingest.readers.ocr import _Run, _widened
from ingest.readers.page_lines import Word, lines_of
from tests.ingest.readers.sheets import cjk_font

TEXTS = ("市审计局2012年业务目标", "完成审计项目45个，", "整改率不低于92%。")


def test_without_the_package_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    with pytest.raises(ToolMissing, match="需要文字识别组件 rapidocr-onnxruntime"):
        ocr._engine.__wrapped__()


def corners(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def test_a_box_is_lengthened_only_where_nothing_stands_beside_it() -> None:
    boxes = np.asarray([corners(0, 0, 100, 20), corners(105, 2, 200, 22), corners(0, 40, 100, 60)])
    widened = _widened(boxes.astype(np.float32))
    assert widened[:, 1, 0].tolist() == [100, 210, 110]
    assert widened[:, 0, 0].tolist() == [0, 105, 0]


def placed(words: list[Word]) -> list[tuple[str, float, float]]:
    return [(word.text, round(word.left), round(word.right)) for word in words]


def test_characters_are_as_wide_as_their_neighbours_leave_them() -> None:
    run = _Run(tuple("办结率9%"), (10, 30, 50, 65, 75), 0, 0, 82, 26)
    assert run.type_size() is None  # two gaps between Chinese characters are too few
    words = list(run.words(20))
    assert placed(words) == [("办", 0, 20), ("结", 20, 40), ("率", 40, 58), ("9", 58, 70), ("%", 70, 82)]
    assert {(word.top, word.bottom) for word in words} == {(3, 23)}


def test_the_type_size_is_how_far_characters_stand_apart() -> None:
    run = _Run(tuple("推进政务公开"), (10, 30, 50, 70, 90, 110), 0, 0, 120, 28)
    assert run.type_size() == 20
    assert [word.size for word in run.words(11)] == [20] * 6


def test_blanks_are_no_words() -> None:
    run = _Run(("甲", " ", "乙"), (10, 30, 50), 0, 0, 60, 20)
    assert [word.text for word in run.words(None)] == ["甲", "乙"]


def page(font: Path) -> Image.Image:
    image = Image.new("L", (640, 300), 255)
    draw = ImageDraw.Draw(image)
    for number, text in enumerate(TEXTS):
        draw.text((40, 40 + 70 * number), text, 0, ImageFont.truetype(font, 34))
    return image


@pytest.fixture(scope="module")
def font() -> Path:
    pytest.importorskip("rapidocr_onnxruntime", reason="the OCR package has no build for this Python")
    found = cjk_font()
    if found is None:
        pytest.skip("no font with Chinese characters is installed")
    return found


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_text_is_read_whichever_way_the_page_lies(font: Path, quarters: int) -> None:
    found = recognise_page(page(font).rotate(90 * quarters, expand=True), 1)
    lines = lines_of(found.words)
    assert [line.text for line in lines] == list(TEXTS)
    assert (found.width, found.height) == (640, 300)
    assert (lines[0].left, lines[0].top) == pytest.approx((42, 50), abs=12)


def test_an_empty_page_has_no_words() -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="the OCR package has no build for this Python")
    found = recognise_page(Image.new("L", (300, 200), 255), 3)
    assert (found.number, found.words, found.rules, found.is_recognised) == (3, (), (), True)

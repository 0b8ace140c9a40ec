from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw

from corpus.errors import UnreadableFile
from ingest.readers import image
from ingest.readers.contract import Source
from ingest.readers.image import _grey, open_picture
from ingest.readers.isolated import Part, Recognising
from ingest.readers.pages import Page
from tests.ingest.readers.making import read, sentences
from tests.ingest.readers.printing import picture_bytes

DAMAGED = "已损坏或不完整，无法打开；请重新扫描、拍照或另存一份。"


def small(mode: str = "L", colour: object = 255) -> Image.Image:
    return Image.new(mode, (40, 30), colour)  # type: ignore[arg-type]


def frames(count: int, kind: str) -> bytes:
    made = BytesIO()
    pictures = [small("L", 10 * n) for n in range(count)]
    pictures[0].save(made, kind, save_all=True, append_images=pictures[1:])
    return made.getvalue()


def parts(content: bytes, name: str = "目标.tif") -> list[Part]:
    return list(image.pages(Source(name, content)))


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> list[Image.Image]:
    """Pages without OCR; the pictures that it would have been given."""
    given: list[Image.Image] = []

    def recognise_page(picture: Image.Image, number: int) -> Page:
        given.append(picture.copy())
        return Page(number, *picture.size, (), is_recognised=True)

    monkeypatch.setattr(image, "recognise_page", recognise_page)
    return given


def test_each_picture_of_a_fax_is_a_page(unseen: list[Image.Image]) -> None:
    found = parts(frames(3, "TIFF"))
    assert [type(part) for part in found] == [Recognising, Page] * 3
    assert [part.number for part in found if isinstance(part, Page)] == [1, 2, 3]


def test_of_a_moving_picture_the_first_counts(unseen: list[Image.Image]) -> None:
    assert len(parts(frames(3, "GIF"), "目标.gif")) == 2


def test_pages_are_bounded(unseen: list[Image.Image], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MOST_PAGES", 2)
    *_, last = parts(frames(3, "TIFF"))
    assert getattr(last, "sentence", None) == "图片超过 2 页，其余未读取；请拆分后再读取。"


def test_a_photograph_is_turned_as_its_camera_says(unseen: list[Image.Image]) -> None:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    small().save(made, "JPEG", exif=exif)
    parts(made.getvalue(), "目标.jpg")
    assert [picture.size for picture in unseen] == [(30, 40)]


def test_pictures_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "_LARGEST", 1000)
    with pytest.raises(UnreadableFile, match=r"图片“目标.png”过大（40×30 像素），请缩小后再试。"):
        open_picture(Source("目标.png", picture_bytes(small(), "PNG")))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # Pillow says so before it gives up
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_damaged_pictures_are_refused(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (60, 80), np.uint8))
    content = picture_bytes(noise, kind)
    for damaged in (content[:40], content[:10] + bytes(200)):
        with pytest.raises(UnreadableFile, match=DAMAGED):
            _grey(open_picture(Source("目标.png", damaged)))


def test_a_cut_picture_is_refused_through_its_reader() -> None:
    content = picture_bytes(Image.effect_noise((300, 200), 60), "PNG")
    with pytest.raises(UnreadableFile, match=f"图片“目标.png”{DAMAGED}"):
        read("目标.png", content[:2000])


@pytest.mark.parametrize(
    ("mode", "colour", "value"),
    [
        ("RGBA", (0, 0, 0, 0), 255),
        ("LA", (0, 255), 0),
        ("RGB", (255, 255, 255), 255),
        ("CMYK", (0, 0, 0, 255), 0),
        ("1", 1, 255),
        ("I;16", 65535, 255),
        ("F", 1000.0, 255),
        ("P", 0, 0),
    ],
)
def test_grey_values_stand_on_white_ground(mode: str, colour: object, value: int) -> None:
    assert _grey(small(mode, colour)).tolist() == [[value] * 40] * 30


def test_pictures_are_no_larger_than_reading_needs() -> None:
    assert _grey(Image.new("L", (5200, 1300))).shape == (650, 2600)


def test_a_picture_without_text_says_so() -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="the OCR package has no build for this Python")
    drawn = Image.new("L", (400, 300), 255)
    ImageDraw.Draw(drawn).ellipse((100, 100, 200, 200), 0)
    found = read("目标.png", picture_bytes(drawn, "PNG"))
    assert (found.blocks, sentences(found)) == ((), [])

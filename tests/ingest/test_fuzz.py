"""Spoilt files of every format are read or refused in one sentence; what is read agrees with itself."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import reportlab.rl_config

from corpus.errors import UnreadableFile
from corpus.model import Basis, Benchmark, Indicator, TargetItem
from ingest.explain import explain
from ingest.readers.contract import Source
from ingest.reading import Reading, read_source
from tests.ingest.grids import FORMATS
from tests.ingest.readers.making import zip_bytes
from tests.ingest.readers.ofd_writing import as_ofd
from tests.ingest.readers.printing import as_pdf, as_picture, picture_bytes
from tests.ingest.readers.sheets import CATEGORIES, cjk_font
from tests.ingest.readers.typesetting import set_sheet
from tests.ingest.spoiling import ways
from tests.ingest.test_round_trip_formats import GRIDS

SAMPLES = Path(__file__).parents[1] / "golden" / "samples"
PLAIN = {".txt", ".md", ".csv", ".html", ".docx", ".xlsx", ".xls"}
SAMPLE_NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in PLAIN)
OTHER_NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix not in PLAIN | {".json"})
LONGEST = 20.0
OWN_FORMATS = [
    written for written in FORMATS if written != "et"
]  # which LibreOffice reads where it is spoilt


@cache
def printed() -> bytes:
    """A PDF whose pages are not packed, so that what is spoilt in them stays readable."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reportlab.rl_config, "pageCompression", 0)
        return as_pdf(set_sheet(CATEGORIES, height=306))


@cache
def drawn() -> bytes:
    font = cjk_font()
    if font is None:
        pytest.skip("no font with Chinese characters is installed")
    return picture_bytes(as_picture(set_sheet(CATEGORIES)[0], font, resolution=100), "PNG")


@cache
def packed() -> bytes:
    names = ("word_tabs.txt", "merged_cells.docx", "sheet_a_year.xls", "table.csv")
    inner = zip_bytes([("2019/市某局.md", (SAMPLES / "table.md").read_bytes())])
    members = [(f"2022/{name}", (SAMPLES / name).read_bytes()) for name in names]
    return zip_bytes([*members, ("内.zip", inner)])


def check_spans(item: TargetItem) -> None:
    """Every extracted text is the slice of its field at its span."""
    extracted: tuple[Indicator | Benchmark | Basis, ...] = (*item.indicators, *item.benchmarks, *item.bases)
    for found in extracted:
        text = getattr(item, found.span.field.value)
        assert text[found.span.start : found.span.end] == found.text
        assert found.text.strip()


def check(reading: Reading) -> None:
    """Every value stands where it says, every item has text, every problem is one sentence."""
    for document in reading.documents:
        assert document.items
        for item in document.items:
            assert item.content.strip()
            check_spans(item)
    for problem in reading.problems:
        assert problem.sentence.endswith("。")
        assert "\n" not in problem.sentence
    assert explain(reading).strip()


def read_or_refuse(name: str, content: bytes) -> None:
    try:
        reading = read_source(Source(name, content))
    except UnreadableFile as error:
        refusal = error.sentence
    else:
        check(reading)
        return
    assert refusal.endswith("。"), refusal
    assert "\n" not in refusal
    assert name in refusal


def spoil(name: str, content: bytes, seeds: range) -> None:
    """Spoil a file in every way that fits it; what fails is named by way and seed."""
    for way in ways(content):
        for seed in seeds:
            begun = time.process_time()
            try:
                read_or_refuse(name, way(content, seed))
            except Exception as error:
                error.add_note(f"{name}: {way.__name__}, seed {seed}")
                raise
            assert time.process_time() - begun < LONGEST, (name, way.__name__, seed)


def grid_file(written: str) -> tuple[str, bytes]:
    name, write = FORMATS[written]
    return name, write(GRIDS["bases"])


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_spoilt_samples(name: str) -> None:
    spoil(name, (SAMPLES / name).read_bytes(), range(4))


@pytest.mark.parametrize("written", OWN_FORMATS)
def test_spoilt_tables_of_every_format(written: str) -> None:
    spoil(*grid_file(written), range(4))


LAID_OUT: dict[str, Callable[[], bytes]] = {
    "目标.pdf": printed,
    "目标.ofd": lambda: as_ofd(set_sheet(CATEGORIES, height=306)),
    "目标.zip": packed,
}


@pytest.mark.parametrize("name", LAID_OUT)
def test_spoilt_pages_and_archives(name: str) -> None:
    spoil(name, LAID_OUT[name](), range(2))


def test_spoilt_pictures() -> None:
    spoil("目标.png", drawn(), range(1))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spoilt_document_of_the_old_kind() -> None:
    spoil("目标.doc", (SAMPLES / "merged_cells.doc").read_bytes(), range(1))


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_many_spoilt_samples(name: str) -> None:
    spoil(name, (SAMPLES / name).read_bytes(), range(100, 400))


@pytest.mark.slow
@pytest.mark.parametrize("written", OWN_FORMATS)
def test_many_spoilt_tables_of_every_format(written: str) -> None:
    spoil(*grid_file(written), range(100, 400))


@pytest.mark.slow
@pytest.mark.parametrize("name", LAID_OUT)
def test_many_spoilt_pages_and_archives(name: str) -> None:
    spoil(name, LAID_OUT[name](), range(100, 200))


@pytest.mark.slow
def test_many_spoilt_pictures() -> None:
    spoil("目标.png", drawn(), range(100, 120))


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHER_NAMES)
def test_many_spoilt_samples_of_formats_that_take_long(name: str) -> None:
    spoil(name, (SAMPLES / name).read_bytes(), range(100, 110))

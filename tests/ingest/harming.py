"""Sound files of each format to be turned against their reader, and what becomes of them."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from ingest.readers.contract import Source
from ingest.reading import Reading, read_source
from tests.ingest.grids import docx, page, tabbed, xls, xlsx
from tests.ingest.test_round_trip_formats import WITH_NOTES

TEXT = tabbed(WITH_NOTES)
DOCX, XLSX, XLS = docx(WITH_NOTES), xlsx(WITH_NOTES), xls(WITH_NOTES)
PAGE = page(WITH_NOTES)
NAMES = [row[2] for row in WITH_NOTES.rows]


def read(name: str, content: bytes) -> Reading:
    return read_source(Source(name, content))


def names(reading: Reading) -> list[str | None]:
    return [item.name for document in reading.documents for item in document.items]


def refusal(name: str, content: bytes, kind: type[UnreadableFile] = UnreadableFile) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(name, content)
    assert type(caught.value) is kind
    return caught.value.sentence

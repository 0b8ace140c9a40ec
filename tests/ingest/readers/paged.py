"""A reader of pages for tests: each line of the file says what happens next."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from corpus.errors import EmptyFile
from ingest.readers.contract import Source
from ingest.readers.isolated import Part, Recognising, Title
from ingest.readers.page_lines import Word
from ingest.readers.pages import Page


def pages(source: Source) -> Iterator[Part]:
    number = 0
    for line in source.content.decode().split("\n"):
        if line in _ACTS:
            _ACTS[line]()
        elif line == "recognise":
            yield Recognising()
        elif line.startswith("title "):
            yield Title(line.removeprefix("title "))
        elif line.startswith("problem "):
            yield source.problem(line.removeprefix("problem "))
        else:
            number += 1
            yield Page(number, 200, 300, (Word(line, 10, 150, 10 + 10 * len(line), 160),))


def _spin() -> None:
    while True:
        pass


def _refuse() -> None:
    raise EmptyFile("没有页面。")


_ACTS: dict[str, Callable[[], object]] = {
    "spin": _spin,
    "sleep": lambda: time.sleep(600),
    "swell": lambda: bytearray(4 * 1024**3),
    "die": lambda: os._exit(9),
    "print": lambda: os.write(1, b"noise between the frames"),
    "refuse": _refuse,
}

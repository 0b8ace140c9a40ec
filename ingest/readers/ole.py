"""Streams of OLE compound files (.doc, .xls, .wps, .et), opened by the reader that comes with xlrd."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from ingest.readers.contract import Source


def stream_of(source: Source, name: str) -> bytes | None:
    """Return a stream at the root of the file, `None` where it has none; raise `DamagedOleError`.

    Streams of documents embedded in the file are not at its root.
    """
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:  # it prints its doubts
            content, start, length = CompDoc(source.content, nowhere).locate_named_stream(name)
    except (
        CompDocError,
        XLRDError,
        struct.error,
        AssertionError,
        AttributeError,
        IndexError,
        MemoryError,
        OverflowError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        # it trusts the tables of the file; damaged ones surface as whatever they break
        raise DamagedOleError from None
    return bytes(content[start : start + length]) if content else None


class DamagedOleError(Exception):
    """The tables of the file contradict each other."""

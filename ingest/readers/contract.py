"""The contract between formats and the rest: bytes in, blocks out.

A reader is a module in this folder with one function::

    def read(source: Source) -> Extract

It raises only `UnreadableFile` and its kin (one Chinese sentence: what, where, what to do). What it could
not read while the rest was read it reports as a `Problem`. It opens nothing but the bytes it was given,
follows no link, and bounds its own time and memory. To add a format, name the module in `registry.READERS`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Protocol

from corpus.model import Place, Problem
from ingest.blocks import NOWHERE, Block


def spelled(name: str) -> str:
    """Return a file's name as text that can be kept; a name that is no UTF-8 was mostly written in GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        stored = os.fsencode(name)
    else:
        return name
    try:
        return stored.decode("gb18030")
    except UnicodeDecodeError:
        return stored.decode(errors="backslashreplace")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as bytes; `name` has its suffix, `folders` are the names of the folders above, nearest first.

    For a member of an archive `name` is the member's own name; folders inside the archive come first, then
    the archive's own name. `within` is the path that leads to it: the archive and the folders inside.
    """

    name: str
    content: bytes
    folders: tuple[str, ...] = ()
    within: str | None = None

    @property
    def label(self) -> str:
        """The name by which a user finds the file: a member's has its archive in front."""
        return self.name if self.within is None else f"{self.within}/{self.name}"

    @property
    def suffix(self) -> str:
        """The suffix in lower case with its dot, or nothing."""
        stem, dot, suffix = self.name.rpartition(".")
        return f".{suffix.lower()}" if dot and stem else ""

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return self.name[: len(self.name) - len(self.suffix)]

    def problem(self, sentence: str, place: Place = NOWHERE) -> Problem:
        """Return a problem at a place of this file."""
        return Problem(self.label, place, sentence)


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader found in a file.

    `title` and `published` are what the format itself states (front matter, a <title>, document
    properties), not what the text says. `text` is the whole text where the format has one; `None` means
    that the blocks joined are it. `members` are the files of an archive, read in turn with their own readers.
    """

    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str | None = None
    published: str | None = None
    text: str | None = None
    members: tuple[Source, ...] = ()


class Reader(Protocol):
    """What a reader's module looks like."""

    def read(self, source: Source) -> Extract:
        """Return the blocks of `source`; raise `UnreadableFile` or its kin."""
        ...

"""Cut Chinese text into words with jieba: a query at once, documents in bulk.

A query is cut by `segmenter()`, ready a few milliseconds after the first call.

jieba's own start-up reads its whole dictionary (over a second, 0.3 s from its cache, which it keeps at
a predictable path of the shared temporary folder). A sentence needs very little of it: only the words
that begin with one of its characters. But for a few first lines (Latin and mixed words), jieba's
dictionary is ordered by code point, so those words are found by bisection in the memory-mapped file,
and nothing is cached on disk at all.

Documents are cut by `bulk_segmenter()`, the same algorithm and dictionary in compiled code: twenty times as
fast, after a start of a third of a second. The two agree on all words but a few of a thousand (ties, and
addresses of web pages; a test compares them), and beside every word stand its characters.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer
    from rjieba import Jieba

# The sum of all frequencies in the dictionary of jieba 0.42.1; a test compares it with the file.
_TOTAL_FREQUENCY = 60_101_967
# As frequent as a common word: a term then wins over any way to cut it into pieces.
_TERM_FREQUENCY = 20_000
_FIRST_ORDERED = "一"


class Segmenter:
    """jieba with the project's terms, its dictionary loaded character by character as texts need it."""

    def __init__(self, dictionary: Path, terms: tuple[str, ...], total: int = _TOTAL_FREQUENCY) -> None:
        from jieba import Tokenizer

        with dictionary.open("rb") as file:
            self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._terms: dict[str, list[str]] = {}
        for term in terms:
            self._terms.setdefault(term[0], []).append(term)
        self._lock = Lock()
        self._tokenizer: Tokenizer = Tokenizer()
        self._tokenizer.total = total
        self._tokenizer.initialized = True
        self._frequencies: dict[str, int] = self._tokenizer.FREQ
        self._ordered = self._file.find(("\n" + _FIRST_ORDERED).encode()) + 1
        self._add_lines(self._file[: self._ordered])
        self._known = {chr(code) for code in range(128)}

    def cut(self, text: str) -> Iterable[str]:
        """Return the words of folded `text` in order; joined they are `text` again."""
        if not self._known.issuperset(text):
            self._load(set(text))
        words: Iterable[str] = self._tokenizer.cut(text)
        return words

    def _load(self, characters: set[str]) -> None:
        with self._lock:
            missing = characters - self._known
            for character in missing:
                prefix = character.encode("utf-8", "surrogatepass")
                start = self._first_line_from(prefix, self._ordered)
                self._add_lines(self._file[start : self._first_line_from(prefix + b"\xff", start)])
                for term in self._terms.get(character, ()):
                    self._add(term, _TERM_FREQUENCY)
            self._known |= missing

    def _add_lines(self, lines: bytes) -> None:
        for line in lines.decode().splitlines():
            word, frequency = line.split(" ")[:2]
            self._add(word.lower(), int(frequency))

    def _add(self, word: str, frequency: int) -> None:
        """Enter a word, and its beginnings with frequency 0 as jieba's search for words expects."""
        for end in range(1, len(word)):
            self._frequencies.setdefault(word[:end], 0)
        self._frequencies[word] = max(frequency, self._frequencies.get(word, 0))

    def _first_line_from(self, prefix: bytes, low: int) -> int:
        """Return the offset of the first line from `low` on that is not before `prefix`."""
        high = len(self._file)
        while low < high:
            middle = (low + high) // 2
            line = self._file.rfind(b"\n", low, middle) + 1 or low
            if self._file[line : line + len(prefix)] < prefix:
                after = self._file.find(b"\n", middle, high)
                low = high if after < 0 else after + 1
            else:
                high = line
        return low


@cache
def terms() -> tuple[str, ...]:
    """Return the project's administrative terms in the order of terms.txt."""
    lines = files("index").joinpath("terms.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def segmenter() -> Segmenter:
    """Return the one segmenter of this process, over jieba's own dictionary and our terms."""
    import jieba

    return Segmenter(Path(jieba.__file__).with_name("dict.txt"), terms())


class BulkSegmenter:
    """The same in compiled code."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        from rjieba import Jieba

        self._compiled: Jieba = Jieba()
        for term in terms:
            self._compiled.add_word(term, _TERM_FREQUENCY, None)

    def cut(self, text: str) -> list[str]:
        """Return the words of folded `text` in order, as many characters together as `text` has."""
        try:
            return self._compiled.cut(text)
        except UnicodeEncodeError:  # half a character: nothing to search for
            return self._compiled.cut(text.encode("utf-8", "replace").decode())


@cache
def bulk_segmenter() -> BulkSegmenter:
    """Return the one segmenter of this process for many texts; the first call takes a third of a second."""
    return BulkSegmenter(terms())

"""Which items hold a text word for word: the full text names those that may, the stored chunks decide.

An item's text is what search knows of it: its own words and the line above each chunk that says what it is
about (year, unit, category, name, headings). Contact people and numbers are in neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.doc_numbers import find_doc_numbers
from corpus.stored import ItemOutline
from corpus.text import fold
from index.tokens import grams
from search.demands import Demand, DemandKind, compact

# Chunks end at such marks: a text that holds one may begin in one chunk and end in the next.
_MARKS = re.compile(r"(?:[。！？!?；;，、：\n]|[,:](?![0-9]))+")
_DIGIT_OR_LETTER = re.compile(r"[0-9a-z]")
_NUMERALS = "零一二两三四五六七八九十百千"
_PARTIAL = re.compile(rf"[0-9a-z{_NUMERALS}]")  # what may be a part of a longer number or word
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_EDGE = re.compile(r"^[0-9a-z.]+|[0-9a-z.]+$")
_PLAIN = re.compile(rf"[。；、（）《》“”]|(?![{_NUMERALS}点])[\u4e00-\u9fff]")
_PAIR = 2
_MANY = 1000
_APART = "\0"  # stands between texts that are folded together
_ENOUGH = 4  # characters by which a text is found without the numbers at its ends


class Texts(Protocol):
    """What is asked of `corpus.catalog.CatalogReader`."""

    def chunk_texts(self, chunk_ids: Sequence[int]) -> dict[int, str]:
        """Return the texts of chunks by id."""

    def outlines(self, item_ids: Sequence[int]) -> dict[int, ItemOutline]:
        """Return the outlines of items by id."""


class Candidates(Protocol):
    """What is asked of `index.searcher.Searcher`."""

    def may_hold(self, text: str) -> NDArray[np.int64]:
        """Return the ids of all chunks that hold `text`, and perhaps of others."""

    def with_word(self, word: str) -> NDArray[np.int64]:
        """Return the ids of the chunks that have a figure as one of their words."""

    def items_of(self, chunk_ids: Sequence[int]) -> NDArray[np.int64]:
        """Return the item that each chunk belongs to."""


def items_that_hold(demand: Demand, searcher: Candidates, texts: Texts) -> frozenset[int]:
    """Return the items that hold a demanded text in one of the ways to write it."""
    if demand.kind is DemandKind.NUMBER:
        return _with_number(demand.text, searcher, texts)
    with_form = _items_with_figure if demand.kind is DemandKind.FIGURE else items_with
    return frozenset().union(*(with_form(form, searcher, texts) for form in demand.forms))


def _items_with_figure(form: str, searcher: Candidates, texts: Texts) -> frozenset[int]:
    """Return the items that hold a figure; a number that is everywhere is taken as the full text cut it."""
    chunk_ids = searcher.may_hold(form)
    if len(chunk_ids) > _MANY and _DIGIT_OR_LETTER.match(form):
        return _items(searcher, searcher.with_word(form))
    return _items(searcher, _of_chunks(chunk_ids, _whole(form), texts))


def items_with(text: str, searcher: Candidates, texts: Texts) -> frozenset[int]:
    """Return the items that hold the folded and compact `text`.

    A number or Latin word at its end is a whole one: 6% is not in 96%.
    """
    whole = _whole(text)
    pieces = [_without_edges(piece) for piece in _MARKS.split(text) if grams(piece)]
    if len(pieces) == 1:
        chunk_ids = searcher.may_hold(pieces[0])
        if len(text) == _PAIR and not _PARTIAL.search(text) and pieces[0] == text:
            return _items(searcher, chunk_ids)  # a pair of characters is a token: nothing to look up
        return _items(searcher, _of_chunks(chunk_ids, whole, texts))
    found = [_items(searcher, searcher.may_hold(piece)) for piece in pieces]
    items = frozenset.intersection(*found) if found else frozenset()
    outlines = texts.outlines(sorted(items))
    held = whole.in_each([f"{one.name or ''}\n{one.content}" for one in outlines.values()])
    in_content = {item for item, holds in zip(outlines, held, strict=True) if holds}
    if len(in_content) == len(items) or not pieces:
        return frozenset(in_content)
    longest = max(pieces, key=len)
    return frozenset(in_content) | _items(searcher, _of_chunks(searcher.may_hold(longest), whole, texts))


def _without_edges(piece: str) -> str:
    """Return `piece` without numbers at its ends, which may be run together with others: 1.2012年."""
    inner = _EDGE.sub("", piece)
    return inner if len(inner) >= _ENOUGH else piece


def _with_number(number: str, searcher: Candidates, texts: Texts) -> frozenset[int]:
    """Return the items that hold a document number in any of its spellings.

    Words of a query may have run into its issuer (查青政办发〔2012〕15号): it may end with the
    item's.
    """
    prefix, rest = _split(number)
    chunk_ids = searcher.may_hold(" ".join(re.findall(r"\d+", rest)))

    def holds(text: str) -> bool:
        stated = (_split(one.text) for one in find_doc_numbers(text))
        return any(prefix.endswith(other) and rest == other_rest for other, other_rest in stated)

    found = texts.chunk_texts(chunk_ids.tolist())
    return _items(searcher, np.array(sorted(one for one, text in found.items() if holds(text)), np.int64))


def _split(number: str) -> tuple[str, str]:
    """Return the issuer's code and the rest of a document number in its normal form."""
    place = re.search(r"〔|令|公告|通告", number)
    return (number[: place.start()], number[place.start() :]) if place else (number, "")


class _Whole:
    """Tells whether texts as written hold a folded and compact text, a number at its ends being whole."""

    def __init__(self, text: str) -> None:
        first, last = text[:1], text[-1:]
        before = after = ""
        if _DIGIT_OR_LETTER.match(first):
            # A year may follow the number of a list: 1.2012年市政府工作报告.
            before = r"(?<![0-9a-z])" if _YEAR.match(text) else r"(?<![0-9a-z.])(?<![0-9],)"
        elif first in _NUMERALS:
            before = rf"(?<![{_NUMERALS}])"
        if _DIGIT_OR_LETTER.match(last):
            after = r"(?![0-9a-z]|\.[0-9])"
        elif last in _NUMERALS:
            after = rf"(?![{_NUMERALS}点])"
        self._pattern = re.compile(before + re.escape(text) + after)
        self._plain = text if not before and not after else None

    def in_each(self, texts: Sequence[str]) -> list[bool]:
        """Tell it of each text; those that hold it only when folded are folded together."""
        found = [self._stands_in(text) for text in texts]
        missing = [place for place, holds in enumerate(found) if not holds]
        # A text does not reach from the line above into the words.
        parts = [part for place in missing for part in texts[place].replace(_APART, " ").partition("\n")]
        folded = compact(fold(_APART.join(parts))).split(_APART)
        search = self._pattern.search
        for number, place in enumerate(missing):
            above, _, piece = folded[3 * number : 3 * number + 3]
            found[place] = search(above) is not None or search(piece) is not None
        return found

    def _stands_in(self, written: str) -> bool:
        if self._plain is not None and self._plain in written:
            return True
        return any(_stands_apart(written, match) for match in self._pattern.finditer(written))


_whole = lru_cache(maxsize=64)(_Whole)


def _stands_apart(written: str, match: re.Match[str]) -> bool:
    """Return whether no folding can make a match part of something longer: plain signs on both sides."""
    before, after = written[match.start() - 1 : match.start()], written[match.end() : match.end() + 1]
    return bool(_PLAIN.match(before) and _PLAIN.match(after))


def _of_chunks(chunk_ids: NDArray[np.int64], whole: _Whole, texts: Texts) -> NDArray[np.int64]:
    found = texts.chunk_texts(chunk_ids.tolist())
    held = whole.in_each(list(found.values()))
    return np.array(sorted(chunk for chunk, holds in zip(found, held, strict=True) if holds), np.int64)


def _items(searcher: Candidates, chunk_ids: NDArray[np.int64]) -> frozenset[int]:
    return frozenset(searcher.items_of(chunk_ids.tolist()).tolist()) if len(chunk_ids) else frozenset()


def items_with_any(words: Iterable[str], searcher: Candidates, texts: Texts) -> frozenset[int]:
    """Return the items that hold at least one of some folded and compact texts."""
    return frozenset().union(*(items_with(word, searcher, texts) for word in words))

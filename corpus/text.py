"""Text comparison that keeps positions: what is equal for a reader becomes equal character by character."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


class _FoldTable(dict[int, str]):
    """Maps a code point to its folded character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        written = chr(code)
        folded = unicodedata.normalize("NFKC", written).lower()
        if len(folded) != 1:
            folded = written
        if folded >= "\u3400" and not _is_simplified(folded):
            simplified = _traditional_to_simplified().convert(folded)
            folded = simplified if len(simplified) == 1 else folded
        self[code] = folded
        return folded


# Characters of GB 2312 that are nevertheless simplified further; all its others are simplified already.
_TRADITIONAL_IN_GB2312 = frozenset("乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽")


def _is_simplified(character: str) -> bool:
    """Spare simplified text the loading of the converter, which costs more than a query."""
    if "\ud800" <= character <= "\udfff":  # half a character, from a broken byte: the converter fails on it
        return True
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return character not in _TRADITIONAL_IN_GB2312


@cache
def _traditional_to_simplified() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Return `text` with full width, case and traditional characters folded; same length as `text`.

    Because the length is kept, a span found in the folded text is a span of the text as written.
    """
    return text.translate(_TABLE)

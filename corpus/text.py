"""Text comparison that keeps positions: what is equal for a reader becomes equal character by character."""

from __future__ import annotations

import unicodedata
from functools import cache


@cache
def _fold_table() -> dict[int, str]:
    """Map each character to one folded character; characters that fold to themselves are absent."""
    from opencc import OpenCC

    traditional_to_simplified = OpenCC("t2s")
    table: dict[int, str] = {}
    han = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))]
    simplified = traditional_to_simplified.convert("\n".join(han)).split("\n")
    for written, folded in zip(han, simplified, strict=True):
        if len(folded) == 1 and folded != written:
            table[ord(written)] = folded
    for code in (*range(0x41, 0x5B), *range(0xA0, 0x250), *range(0x2000, 0x3000), *range(0x3000, 0x3400),
                 *range(0xFE30, 0x10000)):
        written = chr(code)
        folded = unicodedata.normalize("NFKC", written).lower()
        if len(folded) == 1 and folded != written:
            table[code] = folded
    return table


def fold(text: str) -> str:
    """Return `text` with full width, case and traditional characters folded; same length as `text`.

    Because the length is kept, a span found in the folded text is a span of the text as written.
    """
    return text.translate(_fold_table())

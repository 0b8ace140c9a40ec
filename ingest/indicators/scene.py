"""A text laid out for extraction: folded, reversed, with the ends of its clauses and sentences known."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.text import fold

_BREAK = re.compile(r"[。!?;\n\r\t|，]|:(?![0-9])|—+(?![0-9—])|(?<![0-9]),|,(?![0-9]{3}(?![0-9]))|\*\*")
_PAUSE = "\x1f"  # stands for the full-width comma while the text is folded: only the other one groups digits
_STOP = re.compile(r"[。!?;\n\r\t|]")
_QUOTED = re.compile(
    r"“[^”\n]{0,18}”|‘[^’\n]{0,18}’|\"[^\"\n]{0,18}\"|「[^」\n]{0,18}」|《[^》\n]{0,60}》|〔[^〕\n]{0,8}〕"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One field's text, with positions that hold for `raw` and `text` alike.

    `mirror` is `text` reversed: a pattern of reversed words matches there what ends at a position.
    `breaks` are the positions just after a mark that ends a clause, `stops` those after one that ends a
    sentence; `quoted` are the starts and ends of short quotations and titles, which hold names.
    """

    raw: str
    text: str
    mirror: str
    breaks: tuple[int, ...]
    stops: tuple[int, ...]
    quote_starts: tuple[int, ...]
    quote_ends: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> Scene:
        """Fold and index `raw`; linear in its length."""
        text = fold(raw.replace("，", _PAUSE)).replace(_PAUSE, "，")
        quotes = [match.span() for match in _QUOTED.finditer(text)]
        return cls(
            raw=raw,
            text=text,
            mirror=text[::-1],
            breaks=tuple(match.end() for match in _BREAK.finditer(text)),
            stops=tuple(match.end() for match in _STOP.finditer(text)),
            quote_starts=tuple(start for start, _ in quotes),
            quote_ends=tuple(end for _, end in quotes),
        )

    def clause_start(self, position: int) -> int:
        """Return where the clause that holds `position` begins."""
        index = bisect_right(self.breaks, position)
        return self.breaks[index - 1] if index else 0

    def clause_end(self, position: int) -> int:
        """Return the position of the mark that ends the clause of `position` (or the end of the text)."""
        index = bisect_right(self.breaks, position)
        return self.breaks[index] - 1 if index < len(self.breaks) else len(self.text)

    def sentence_start(self, position: int) -> int:
        """Return where the sentence that holds `position` begins."""
        index = bisect_right(self.stops, position)
        return self.stops[index - 1] if index else 0

    def sentence_end(self, position: int) -> int:
        """Return the position of the mark that ends the sentence of `position` (or the end of the text)."""
        index = bisect_right(self.stops, position)
        return self.stops[index] - 1 if index < len(self.stops) else len(self.text)

    def ends_clause(self, position: int) -> bool:
        """Whether a mark, a space or the end of the text stands at `position`."""
        following = self.text[position : position + 1]
        return not following or following in "，。;、,) \n"

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether the stretch lies inside a short quotation or a title."""
        index = bisect_left(self.quote_ends, end)
        return index < len(self.quote_ends) and self.quote_starts[index] < start

    def leftwards(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """Match a pattern of reversed words that ends just before `position`."""
        return pattern.match(self.mirror, len(self.text) - position)


def reversed_words(words: Iterable[str]) -> str:
    """Return an alternation that matches any of `words` in a mirrored text, longest first."""
    return "|".join(re.escape(word[::-1]) for word in sorted(words, key=lambda w: (-len(w), w)))

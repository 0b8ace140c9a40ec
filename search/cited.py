"""An answer while it is written: sentences whose marks point to the citations behind them."""

from __future__ import annotations

from corpus.stored import StoredDocument
from search.results import Answer, Citation, Interpreted
from search.texts import inferred_notes


class CitedText:
    """Collects sentences and citations; `mark` gives the same citation the same number."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._citations: list[Citation] = []

    def mark(self, citation: Citation) -> str:
        """Return the mark that stands for `citation`: [1] for the first."""
        if citation not in self._citations:
            self._citations.append(citation)
        return f"[{self._citations.index(citation) + 1}]"

    def say(self, sentence: str) -> None:
        """Add a line to the answer."""
        self._lines.append(sentence)

    @property
    def cites(self) -> bool:
        """Whether anything has been cited yet."""
        return bool(self._citations)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said yet."""
        return not self._lines

    def answer(
        self,
        interpreted: Interpreted,
        *,
        abstained: bool = False,
        notes: tuple[str, ...] = (),
        short: str | None = None,
    ) -> Answer:
        """Finish: what was inferred about the cited documents is said in the text and in the notes."""
        documents: dict[int, StoredDocument] = {
            c.stored.document.id: c.stored.document for c in self._citations
        }
        inferred = inferred_notes(list(documents.values()))
        lines = self._lines + [f"（注：{note}）" for note in inferred]
        citations = tuple(self._citations)
        return Answer("\n".join(lines), abstained, citations, interpreted, (*notes, *inferred), short)

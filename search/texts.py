"""The text of an item by field, its sentences, and citations that quote it exactly."""

from __future__ import annotations

import re

from corpus.contacts import redact
from corpus.model import Field, Span, TargetItem
from corpus.stored import StoredDocument, StoredItem
from search.results import Citation

_SENTENCE_END = re.compile(r"[。！？!?；;\n]+[”’」』）)]*")
_CLAUSE_END = re.compile(r"[，,、。；;：:！？\n]")
TITLE = re.compile(r"《([^》《]+)》")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
QUOTED_FIELDS = (Field.CONTENT, Field.TARGET_VALUE, Field.BENCHMARK, Field.BASIS, Field.PROGRESS)
READ_FIELDS = (Field.NAME, *QUOTED_FIELDS)


def field_text(item: TargetItem, field: Field) -> str:
    """Return the text that spans of `field` point into; empty where the item has none."""
    text: str | None = getattr(item, field.value)
    return text or ""


def whole_text(stored: StoredItem) -> str:
    """Return all that an item says, field by field, one a line; contact people and numbers are taken out."""
    return redact("\n".join(text for field in READ_FIELDS if (text := field_text(stored.item, field))))


def plain_name(name: str) -> str:
    """Return a name without what stands in brackets: 办结（办复）率 → 办结率."""
    return _BRACKETS.sub("", name)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of the sentences of `text`; marks stay with their sentence, blanks do not."""
    places = []
    start = 0
    for end in [match.end() for match in _SENTENCE_END.finditer(text)] + [len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            places.append((left, start + len(piece.rstrip())))
        start = end
    return tuple(places)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of the sentence, or run of sentences, that holds `start` to `end`."""
    touched = [(s, e) for s, e in sentences(text) if s < max(end, start + 1) and start < e]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)


def clause_around(text: str, start: int, end: int) -> str:
    """Return what stands between the marks around `start` to `end`."""
    before = [match.end() for match in _CLAUSE_END.finditer(text, 0, start)]
    after = _CLAUSE_END.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def cite(stored: StoredItem, span: Span) -> Citation:
    """Quote exactly what stands at `span`."""
    return Citation(stored, field_text(stored.item, span.field)[span.start : span.end], span)


def cite_sentence(stored: StoredItem, span: Span) -> Citation:
    """Quote the whole sentence that `span` stands in."""
    start, end = sentence_around(field_text(stored.item, span.field), span.start, span.end)
    return cite(stored, Span(span.field, start, end))


def document_words(document: StoredDocument) -> str:
    """Name a document as a reader would: 市政府办公厅2021年目标."""
    owner = document.unit or document.city or "未注明单位"
    return f"{owner}{document.year}年" if document.year is not None else f"{owner}（年份不详）"


def item_words(stored: StoredItem) -> str:
    """Name an item: “提升公文处理质效”."""
    item = stored.item
    name = item.name or (item.heading_path[-1] if item.heading_path else None)
    if name is None:
        name = item.content[:20] + ("…" if len(item.content) > 20 else "")
    return f"“{name}”"


def inferred_notes(documents: list[StoredDocument]) -> tuple[str, ...]:
    """Say of which documents the year or unit was inferred from other words, each once."""
    notes: dict[str, None] = {}
    for document in documents:
        if document.year_origin is not None and document.year_origin.is_inferred:
            notes[f"《{document.source}》没有写明年份，{document.year}年是根据正文推断的，请核对。"] = None
        if document.unit_origin is not None and document.unit_origin.is_inferred:
            notes[f"《{document.source}》没有写明单位，“{document.unit}”是根据正文推断的，请核对。"] = None
    return tuple(notes)

"""Cut items into chunks: what is embedded and indexed.

The chunks of an item are pieces of its content that put together are the content again, cut behind
sentence marks; after them come the item's other cells (bases, benchmarks, target value …), which stand
for no stretch of the content. Each text begins with a line that says what it is about. Contact people
and telephone numbers are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from corpus.contacts import redact
from corpus.model import DocumentKind, TargetDocument, TargetItem

# In characters. A Chinese character is at most one token of the default model, so with its context line a
# chunk stays below the 510 tokens that it reads. The size is measured: docs/decisions/index.md.
LONGEST_PIECE = 300
LONGEST_CONTEXT = 160
# Where to cut, best place first; the marks stay with what they end.
_MARKS = (
    r"\n+",
    r"[。！？!?]+[”’」』）)》]*",
    r"[；;]+[”’」』）)》]*",
    r"[，,、：:]",
    "",
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A text to embed. `start` to `end` are the characters of the item's content that it holds, if any."""

    text: str
    start: int
    end: int


def chunk_item(document: TargetDocument, item: TargetItem) -> tuple[Chunk, ...]:
    """Return the chunks of an item, at least one; their spans follow each other from 0 to the end."""
    context = _context(document, item)
    chunks: list[Chunk] = []
    start = 0
    for piece in _pieces(item.content) or ("",):
        end = start + len(piece)
        chunks.append(Chunk(_text(context, piece), start, end))
        start = end
    cells = "\n".join(f"{label}：{value}" for label, value in _cells(item))
    chunks.extend(Chunk(_text(context, piece), start, start) for piece in _pieces(cells))
    return tuple(chunks)


def _context(document: TargetDocument, item: TargetItem) -> str:
    """Return the line that says whose words these are and about what."""
    year = f"{document.year}年" if document.year else None
    if document.kind is DocumentKind.REPORT:
        parts: tuple[str | None, ...] = (document.city, year, *item.heading_path)
    else:
        named = (item.name,) if item.name else item.heading_path
        parts = (year, document.unit, item.category, *named)
    line = " ".join(" ".join(part.split()) for part in parts if part and part.strip())
    return line[:LONGEST_CONTEXT]


def _cells(item: TargetItem) -> Iterator[tuple[str, str]]:
    stated = (
        ("目标值", item.target_value),
        ("完成时限", item.deadline),
        ("责任单位", "、".join(item.responsible_units)),
        ("进展情况", item.progress),
        ("制定依据", item.basis_text),
        ("标杆", item.benchmark_text),
    )
    for label, value in stated:
        if value and value.strip():
            yield label, value


def _text(context: str, piece: str) -> str:
    return redact("\n".join(part for part in (context, piece) if part))


def _pieces(text: str) -> tuple[str, ...]:
    """Cut `text` into pieces of about equal length, at most LONGEST_PIECE; joined they are `text`."""
    if len(text) <= LONGEST_PIECE:
        return (text,) if text else ()
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    count = ceil(len(text) / LONGEST_PIECE)
    splitter = RecursiveCharacterTextSplitter(
        list(_MARKS),
        keep_separator="end",
        is_separator_regex=True,
        chunk_size=min(LONGEST_PIECE, ceil(len(text) / count * 1.2)),
        chunk_overlap=0,
        strip_whitespace=False,
    )
    return tuple(splitter.split_text(text))

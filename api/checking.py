"""Read drafts that are not taken into the catalog: files, whole texts, selected passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from api.found_files import existing_file
from api.ingesting import Manner, read
from corpus.errors import EmptyFile, NoTargets, WrongUse
from corpus.model import DocumentKind, Origin, Place, TargetDocument, TargetItem
from ingest.bases import find_bases
from ingest.benchmarks import find_benchmarks
from ingest.indicators import find_indicators
from ingest.readers.contract import Source
from ingest.reading import Hints, read_source

DRAFT_NAME = "草稿.txt"
LONGEST_DRAFT = 200_000
_PLAIN = frozenset({".txt", ".md", ".text", ""})


@dataclass(frozen=True, slots=True)
class DraftRead:
    """The documents of a draft; a fragment is running text, each paragraph of which is taken for an item."""

    documents: tuple[TargetDocument, ...]
    is_fragment: bool


def read_draft_file(path: Path, manner: Manner) -> DraftRead:
    """Read a file; a plain text in no known layout is taken as a passage. Raise UnreadableFile, WrongUse."""
    try:
        return DraftRead(read(existing_file(path), manner).documents, is_fragment=False)
    except NoTargets:
        if path.suffix.lower() not in _PLAIN:
            raise
        return DraftRead((passage_of(_decoded(path), manner.hints, path.name),), is_fragment=True)


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def read_draft_text(text: str, manner: Manner) -> DraftRead:
    """Read a pasted text: a whole draft in one of the layouts, or a passage. Raise WrongUse."""
    if not text.strip():
        raise WrongUse("草稿是空的；请把要检查的文字放进来。")
    if len(text) > LONGEST_DRAFT:
        raise WrongUse(f"草稿有 {len(text)} 个字，太长；请缩短到 {LONGEST_DRAFT} 个字以内，或分几次检查。")
    if "\n" in text.strip():
        source = Source(DRAFT_NAME, text.encode("utf-8", "replace"))
        try:
            reading = read_source(source, manner.hints, vocabulary=manner.vocabulary)
        except (NoTargets, EmptyFile):
            pass
        else:
            return DraftRead(reading.documents, is_fragment=False)
    return DraftRead((passage_of(text, manner.hints, DRAFT_NAME),), is_fragment=True)


def passage_of(text: str, hints: Hints, name: str = DRAFT_NAME, *, whole: bool = False) -> TargetDocument:
    """Return running text as a document: each paragraph an item, or with `whole` all of it one."""
    kept = text.encode("utf-8", "replace").decode("utf-8")
    lines = [(1, kept.strip())] if whole else _paragraphs(kept)
    items = tuple(_item(line, number, hints) for number, line in lines)
    return TargetDocument(
        source=name,
        title=None,
        kind=DocumentKind.TARGETS,
        unit=hints.unit,
        year=hints.year,
        city=hints.city,
        items=items,
        unit_origin=Origin.USER if hints.unit else None,
        year_origin=Origin.USER if hints.year is not None else None,
        city_origin=Origin.USER if hints.city else None,
    )


def _paragraphs(text: str) -> Iterable[tuple[int, str]]:
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def _item(text: str, line: int, hints: Hints) -> TargetItem:
    item = TargetItem(category=None, number=None, name=None, content=text, place=Place(line=line))
    return replace(
        item,
        indicators=find_indicators(item, hints.year),
        benchmarks=find_benchmarks(item, hints.city),
        bases=find_bases(item),
    )

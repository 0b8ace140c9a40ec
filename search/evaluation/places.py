"""Where the items of a catalog stand in the texts that they were read from, and which of them are judged.

An item knows at most its line. Its fields are looked for in the file's text with spaces and bold marks left
out, in the order of the items, so that a sentence that is repeated is found where it belongs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.catalog import CatalogReader
from corpus.model import TargetItem
from corpus.stored import StoredDocument, StoredItem
from corpus.text import fold
from search.evaluation.queries import EvaluationQuery, item_of
from search.evaluation.sets import JudgedQuery, Judgment, Texts

# How far from its content, in characters without spaces, the other fields of an item may stand.
_NEAR = 400
_LEAST_NAME = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters `start` (included) to `end` (excluded) of a file's text."""

    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether more than half of the shorter of the two stretches is in the other."""
        shared = min(self.end, end) - max(self.start, start)
        return 2 * shared > min(self.end - self.start, end - start)


class Squeezed:
    """A text without spaces and stars, folded, that knows where its characters stood."""

    def __init__(self, text: str) -> None:
        self._places = [place for place, c in enumerate(fold(text)) if not _is_left_out(c)]
        self.text = squeeze(text)

    def find(self, wanted: str, start: int = 0, end: int | None = None) -> int:
        """Return where the squeezed `wanted` begins between two squeezed positions; -1 where nowhere."""
        return self.text.find(wanted, start, len(self.text) if end is None else end) if wanted else -1

    def stretch(self, start: int, end: int) -> Stretch:
        """Return the stretch of the original text that the squeezed positions stand for."""
        return Stretch(self._places[start], self._places[end - 1] + 1)

    def position(self, place: int) -> int:
        """Return the squeezed position of the first character at or behind `place`."""
        return bisect_left(self._places, place)


def squeeze(text: str) -> str:
    """Return `text` folded, without spaces and stars."""
    return "".join(c for c in fold(text) if not _is_left_out(c))


def _is_left_out(character: str) -> bool:
    return character.isspace() or character == "*"


def item_stretches(text: str, items: Sequence[TargetItem]) -> tuple[Stretch | None, ...]:
    """Return for each item, in the order of the file, where it stands in `text`; `None` where it does not.

    From the first to the last of its fields; its content decides where that is.
    """
    squeezed = Squeezed(text)
    lines = _line_starts(text)
    contents: list[tuple[int, int] | None] = []
    position = 0
    for item in items:
        wanted = squeeze(item.content)
        line = item.place.line
        stated = squeezed.position(lines[line - 1]) if line and line <= len(lines) else None
        found = -1 if stated is None else squeezed.find(wanted, stated)
        if found < 0:
            found = squeezed.find(wanted, position)
        if found < 0:
            found = squeezed.find(wanted)
        contents.append(None if found < 0 else (found, found + len(wanted)))
        position = found + len(wanted) if found >= 0 else position
    stretches = []
    for number, (item, content) in enumerate(zip(items, contents, strict=True)):
        widened = None if content is None else _with_fields(squeezed, item, content, contents, number)
        stretches.append(None if widened is None else squeezed.stretch(*widened))
    return tuple(stretches)


def _with_fields(
    squeezed: Squeezed,
    item: TargetItem,
    content: tuple[int, int],
    contents: Sequence[tuple[int, int] | None],
    number: int,
) -> tuple[int, int]:
    """Widen an item's content to its name before it and its cells behind it, up to its neighbours."""
    start, end = content
    before = [one[1] for one in contents[:number] if one is not None and one[1] <= start]
    behind = [one[0] for one in contents[number + 1 :] if one is not None and one[0] >= end]
    low, high = max([start - _NEAR, 0, *before[-1:]]), min([len(squeezed.text), *behind[:1]])
    name = squeeze(item.name or "")
    if len(name) >= _LEAST_NAME:
        found = squeezed.text.rfind(name, low, start)
        start = found if found >= 0 else start
    cells = (item.target_value, item.basis_text, item.benchmark_text, item.progress, item.deadline)
    for cell in (*cells, *item.responsible_units):
        wanted = squeeze(cell or "")
        found = squeezed.find(wanted, content[1], high)
        if 0 <= found <= end + _NEAR:
            end = max(end, found + len(wanted))
    return start, end


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts[:-1]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Queries with the items of one catalog as their judged results.

    `evidence` holds for each query and file the stretches that are judged relevant; `missing` counts
    judged relevant passages that no item holds.
    """

    queries: tuple[EvaluationQuery, ...]
    places: Places
    missing: int


class Places:
    """Where the items of the judged files stand; files and documents are paired by their paths."""

    def __init__(self, catalog: CatalogReader, texts: Texts, files: Iterable[str]) -> None:
        self._located: dict[str, list[tuple[StoredItem, Stretch]]] = {}
        self._stretches: dict[int, tuple[str, Stretch]] = {}
        documents = catalog.documents()
        for file in sorted(set(files)):
            self._located[file] = []
            text = texts.text(file)
            for document in documents_of(file, documents):
                items = catalog.document_items(document.id)
                stretches = item_stretches(text, [one.item for one in items])
                for stored, stretch in zip(items, stretches, strict=True):
                    if stretch is not None:
                        self._located[file].append((stored, stretch))
                        self._stretches[stored.id] = (file, stretch)

    def holding(self, judgment: Judgment) -> tuple[str, ...]:
        """Return the names of the items that hold a judged passage."""
        return tuple(
            item_of(stored)
            for stored, stretch in self._located[judgment.file]
            if stretch.overlaps(judgment.start, judgment.end)
        )

    def of_item(self, item_id: int) -> tuple[str, Stretch] | None:
        """Return the file and the stretch of an item of the judged files."""
        return self._stretches.get(item_id)


def documents_of(file: str, documents: Sequence[StoredDocument]) -> tuple[StoredDocument, ...]:
    """Return the documents that were read from a judged file: the longest common end of their paths decides.

    `reports/青岛市/2012.md` was read as `青岛市/2012.md` or as `2012.md`, but never as `济南市/2012.md`.
    """
    wanted = file.split("/")
    best: dict[int, list[StoredDocument]] = defaultdict(list)
    for document in documents:
        parts = document.path.replace("\\", "/").split("/")
        shared = min(len(parts), len(wanted))
        if parts[-shared:] == wanted[-shared:]:
            best[shared].append(document)
    return tuple(best[max(best)]) if best else ()


def judged_set(queries: Sequence[JudgedQuery], catalog: CatalogReader, texts: Texts) -> JudgedSet:
    """Find the judged passages among the items of a catalog; a missing one counts as not found."""
    judgments = [judgment for query in queries for judgment in query.judgments]
    places = Places(catalog, texts, (judgment.file for judgment in judgments))
    missing = 0
    asked = []
    for query in queries:
        grades: dict[str, int] = {}
        for judgment in query.judgments:
            names = places.holding(judgment)
            if not names and judgment.grade > 0:
                missing += 1
                names = (judgment.name,)
            for name in names:
                grades[name] = max(judgment.grade, grades.get(name, 0))
        asked.append(_as_asked(query, grades))
    return JudgedSet(tuple(asked), places, missing)


def _as_asked(query: JudgedQuery, grades: Mapping[str, int]) -> EvaluationQuery:
    kinds = query.kinds
    if not query.answerable and "unanswerable" not in kinds:
        kinds = (*kinds, "unanswerable")
    return EvaluationQuery(
        id=query.id,
        text=query.text,
        kinds=kinds,
        today=query.today,
        year=query.year,
        unit=query.unit,
        category=query.category,
        city=query.city,
        years=query.years,
        grades=grades,
    )

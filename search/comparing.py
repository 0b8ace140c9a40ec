"""Items side by side: which figures differ, and which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.contacts import redact
from corpus.stored import StoredItem
from search.changes import change_between
from search.figures import SAME_ENOUGH, Observed, amount, common_name, names_alike, sameness

MOST_COMPARED = 6
_LONGEST = 4000
_LEAST_ALIKE = 0.3
_SHORTEST_ISLAND = 2  # characters; a shorter stretch in common between two changes is chance


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text; `changed` says that the text it is compared with does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One indicator in all items compared, `None` where an item does not state it.

    `differs` says that not all that state it promise the same; `notes` say in Chinese what changed besides
    since the oldest.
    """

    name: str
    cells: tuple[Observed | None, ...]
    differs: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Items in the order asked for; `wordings[i]` is the content of item `i` against the first.

    The first is marked only where there are two. `alike` is the share of text in common with the first, 0
    to 1; a text with too little in common is not marked at all. Contacts are taken out.
    """

    items: tuple[StoredItem, ...]
    wordings: tuple[tuple[Stretch, ...], ...]
    alike: tuple[float, ...]
    figures: tuple[FigureRow, ...]


@dataclass(slots=True)
class _Row:
    cells: dict[int, Observed] = field(default_factory=dict)


def compare(items: Sequence[StoredItem]) -> Comparison:
    """Compare all items with the first, wording and figures."""
    texts = [redact(one.item.content) for one in items]
    wordings: list[tuple[Stretch, ...]] = []
    alike: list[float] = []
    for text in texts[1:]:
        first, other, share = compare_texts(texts[0], text)
        alike.append(share)
        if not wordings:
            wordings.append(first if len(texts) == 2 else (Stretch(texts[0], False),))
        wordings.append(other)
    if not wordings:
        wordings = [(Stretch(text, False),) for text in texts]
    return Comparison(tuple(items), tuple(wordings), (1.0, *alike)[: len(texts)], _figures(items))


def compare_texts(one: str, other: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...], float]:
    """Return both texts in stretches, and the share of characters they have in common.

    Texts with too little in common, or too long to compare by character, come back whole and unmarked.
    """
    if max(len(one), len(other)) > _LONGEST:
        return (Stretch(one, False),), (Stretch(other, False),), 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    share = round(matcher.ratio(), 4)
    if share < _LEAST_ALIKE:
        return (Stretch(one, False),), (Stretch(other, False),), share
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _SHORTEST_ISLAND]
    left = _stretches(one, [(block.a, block.a + block.size) for block in blocks])
    right = _stretches(other, [(block.b, block.b + block.size) for block in blocks])
    return left, right, share


def _stretches(text: str, common: list[tuple[int, int]]) -> tuple[Stretch, ...]:
    found = []
    done = 0
    for start, end in [*common, (len(text), len(text))]:
        found.append(Stretch(text[done:start], True))
        found.append(Stretch(text[start:end], False))
        done = end
    return tuple(_joined(one for one in found if one.text))


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for one in stretches:
        if joined and joined[-1].changed == one.changed:
            joined[-1] = Stretch(joined[-1].text + one.text, one.changed)
        else:
            joined.append(one)
    return joined


def _figures(items: Sequence[StoredItem]) -> tuple[FigureRow, ...]:
    """Return the figures of all items, each indicator one row, in the order of the first that states it."""
    rows: list[_Row] = []
    for place, stored in enumerate(items):
        rated = sorted(
            (
                (-_strength(row, Observed(stored, indicator)), -_named(row, indicator.name), order, position)
                for order, indicator in enumerate(stored.item.indicators)
                for position, row in enumerate(rows)
            ),
        )
        taken: dict[int, int] = {}
        for strength, _, order, position in rated:
            if -strength >= SAME_ENOUGH and order not in taken and position not in taken.values():
                taken[order] = position
        for order, indicator in enumerate(stored.item.indicators):
            if order not in taken:
                rows.append(_Row())
            row = rows[taken[order]] if order in taken else rows[-1]
            row.cells[place] = Observed(stored, indicator)
    return tuple(_row(row, len(items)) for row in rows)


def _strength(row: _Row, one: Observed) -> float:
    same = [other for other in row.cells.values() if other.indicator.status is one.indicator.status]
    return max((sameness(other, one) for other in same), default=0.0)


def _named(row: _Row, name: str | None) -> float:
    return max(names_alike(other.indicator.name, name) for other in row.cells.values())


def _row(row: _Row, count: int) -> FigureRow:
    stated = list(row.cells.values())
    names = [name for one in stated if (name := one.indicator.name)]
    amounts = {(amount(one.indicator), one.indicator.high) for one in stated}
    in_time = sorted(stated, key=lambda one: one.stored.document.year or 0)
    notes = [note for one in in_time[1:] for note in change_between(in_time[0], one).notes]
    return FigureRow(
        common_name(names) if names else "（未命名）",
        tuple(row.cells.get(place) for place in range(count)),
        len(amounts) > 1,
        tuple(dict.fromkeys(notes)),
    )

"""A table in which each label stands beside its value, read as pairs of label and value in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.model import Place
from corpus.text import fold
from ingest.blocks import NOWHERE, Cell, Paragraph, Table
from ingest.layouts import plausible
from ingest.vocabulary import MANY, Column, Vocabulary, header_key

_LEAST_LABELLED: Final = 0.6
_LEAST_COLUMNS: Final = 2
_LEAST_SUPPORTED: Final = 3
_LONGEST_LABEL: Final = 12
_WIDEST: Final = 60
_NOT_A_LABEL: Final = re.compile(r"[\d。;,:!?《》%]")
IDENTIFYING: Final = frozenset({Column.UNIT, Column.YEAR, Column.PERSON, Column.REMARK})


@dataclass(slots=True)
class Pair:
    """A label with the texts beside or below it; `known` says that the vocabulary has the label."""

    label: str
    texts: list[str]
    place: Place
    known: bool
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The cards of one table, each a run of pairs; `titles` stand above the first, `strays` between.

    A form that only says whose targets follow, and of which year, has no cards but `identity`.
    """

    cards: tuple[tuple[Pair, ...], ...]
    identity: tuple[Pair, ...] = ()
    titles: tuple[Paragraph, ...] = ()
    strays: tuple[Paragraph, ...] = ()


@dataclass(slots=True)
class _State:
    vocabulary: Vocabulary
    pairs: list[Pair] = field(default_factory=list)
    titles: list[Paragraph] = field(default_factory=list)
    strays: list[Paragraph] = field(default_factory=list)
    last_label: Cell | None = None
    is_open: bool = False  # whether the last label takes the whole width, so that its value stands below
    labelled: int = 0
    counted: int = 0

    def knows(self, cell: Cell) -> bool:
        return bool(self.vocabulary.candidates(cell.text))


def form_of(table: Table, vocabulary: Vocabulary) -> Form | None:
    """Return the cards of a table, `None` where its labels do not stand beside their values."""
    lines = [_cells(row) for row in table.grid()]
    lines = [cells for cells in lines if any(cell.text.strip() for cell in cells)]
    if not lines or any(_is_header(cells, vocabulary) for cells in (lines[0], *_below_titles(lines))):
        return None
    if _stands_upright(lines, vocabulary):
        return _turned(lines, table, vocabulary)
    state = _State(vocabulary)
    for number, cells in enumerate(lines):
        _take(state, cells, number, table)
    if not state.pairs or state.labelled < _LEAST_LABELLED * state.counted:
        return None
    labels = list(dict.fromkeys(pair.label for pair in state.pairs if pair.known))
    known = {column for column in vocabulary.columns(labels) if column is not None}
    if known and known <= IDENTIFYING:
        return Form((), tuple(state.pairs), tuple(state.titles), tuple(state.strays))
    if not _are_targets(known, labels, vocabulary):
        return None
    return Form(_cards(state.pairs, vocabulary), (), tuple(state.titles), tuple(state.strays))


def _below_titles(lines: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Return the first row of more than two texts: a sheet has its titles above its header."""
    return [cells for cells in lines if sum(bool(cell.text.strip()) for cell in cells) > 2][:1]


def _cells(row: Sequence[Cell | None]) -> list[Cell]:
    """Return the cells of a row from left to right, each once, empty ones too."""
    return list({id(cell): cell for cell in row if cell is not None}.values())


def _is_header(cells: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row holds nothing but labels, as above the columns of an ordinary table."""
    texts = [cell.text for cell in cells if cell.text.strip()]
    return len(texts) > 1 and sum(c is not None for c in vocabulary.columns(texts)) == len(texts)


def _stands_upright(lines: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> bool:
    """Whether a table is an ordinary one turned on its side: labels in the first column, items beside it."""
    if any(not 2 <= len(cells) <= _WIDEST or cells[0].row_span > 1 for cells in lines[1:]):
        return False
    beside = [cells[1:] for cells in lines if len(cells) > 2]
    labels = [cells[0].text for cells in lines]
    known = {column for column in vocabulary.columns(labels) if column is not None}
    return (
        len(beside) >= _LEAST_COLUMNS
        and len({len(cells) for cells in beside}) == 1
        and len(known) >= _LEAST_LABELLED * len(lines)
        and _are_targets(known, labels, vocabulary)
        and not any(vocabulary.candidates(cell.text) for cells in beside for cell in cells[1:])
    )


def _turned(lines: Sequence[Sequence[Cell]], table: Table, vocabulary: Vocabulary) -> Form:
    """Return a card for each column; a cell across several columns belongs to all of them."""
    cards: list[tuple[Pair, ...]] = []
    for column in range(1, table.columns):
        pairs = []
        for cells in lines:
            cell = next(
                (c for c in cells[1:] if c.column <= column < c.column + c.column_span and c.text.strip()),
                None,
            )
            if cell is not None:
                known = bool(vocabulary.candidates(cells[0].text))
                pairs.append(Pair(cells[0].text.strip(), [cell.text.strip()], _place(cell, table), known))
        cards.append(tuple(pairs))
    return Form(tuple(card for card in cards if card))


def _take(state: _State, cells: list[Cell], number: int, table: Table) -> None:
    if len(cells) == 1:
        _take_single(state, cells[0], table)
        return
    state.counted += 1
    state.is_open = False
    band = None
    if len(cells) > 2 and cells[0].row_span > 1 and state.knows(cells[1]) and len(cells) % 2:
        band, cells = cells[0], cells[1:]
    elif state.last_label is not None and cells[0] is state.last_label:
        state.labelled += 1
        _continue(state.pairs[-1], cells[1:])
        return
    if not _begins_with_label(state, cells[0], is_first=number == 0):
        state.strays.append(_line(cells, table))
        return
    state.labelled += state.knows(cells[0])
    category = band.text.strip() if band is not None and plausible.is_category_line(band.text) else None
    for label, values in _beside(state, cells):
        pair = Pair(label.text.strip(), [], _place(label, table), state.knows(label), category)
        _continue(pair, values)
        state.pairs.append(pair)
        state.last_label = label if label.row_span > 1 else None


def _take_single(state: _State, cell: Cell, table: Table) -> None:
    """Take a row of one cell: a label whose value stands below, that value, a title, or a stray line."""
    text = cell.text.strip()
    line = Paragraph(text, _place(cell, table))
    if state.is_open and state.pairs:
        state.pairs[-1].texts.append(text)
        state.is_open = False
    elif header_key(text) in state.vocabulary.words and state.pairs:
        state.pairs.append(Pair(text, [], line.place, known=True))
        state.is_open = True
    else:
        (state.strays if state.pairs else state.titles).append(line)


def _begins_with_label(state: _State, cell: Cell, *, is_first: bool) -> bool:
    if state.knows(cell):
        return True
    text = cell.text.strip()
    is_short = 1 < len(text) <= _LONGEST_LABEL and _NOT_A_LABEL.search(fold(text).rstrip(":")) is None
    return is_short and (bool(state.pairs) or is_first)


def _beside(state: _State, cells: Sequence[Cell]) -> list[tuple[Cell, Sequence[Cell]]]:
    """Part a row into labels with their values: label, value, label, value, or one label before them all."""
    labels = cells[::2]
    alternates = len(cells) % 2 == 0 and all(
        state.knows(c) or (_begins_with_label(state, c, is_first=True) and c.column > cells[0].column)
        for c in labels[1:]
    )
    if alternates and any(state.knows(c) for c in labels):
        return [(label, (value,)) for label, value in zip(labels, cells[1::2], strict=True)]
    return [(cells[0], cells[1:])]


def _continue(pair: Pair, values: Iterable[Cell]) -> None:
    text = " ".join(cell.text.strip() for cell in values if cell.text.strip())
    if text:
        pair.texts.append(text)


def _are_targets(known: set[Column], labels: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether labels are those of targets: words that can mean one column only count as proof."""
    certain = {c[0] for label in labels if len(c := vocabulary.candidates(label)) == 1} - IDENTIFYING
    named = known - IDENTIFYING
    has_content = Column.CONTENT in named or (Column.NAME in named and len(named) >= _LEAST_SUPPORTED)
    return has_content and len(certain) >= _LEAST_COLUMNS


def _cards(pairs: Sequence[Pair], vocabulary: Vocabulary) -> tuple[tuple[Pair, ...], ...]:
    """Part the pairs where a label comes again that an item has but once."""
    cards: list[list[Pair]] = []
    seen: set[str] = set()
    for pair in pairs:
        key = header_key(pair.label)
        columns = vocabulary.candidates(pair.label)
        is_single = bool(columns) and columns[0] not in MANY
        if not cards or (is_single and key in seen):
            cards.append([])
            seen = set()
        seen.add(key)
        cards[-1].append(pair)
    return tuple(tuple(card) for card in cards)


def _place(cell: Cell, table: Table) -> Place:
    return cell.place if cell.place != NOWHERE else replace(table.place, row=cell.row + 1)


def _line(cells: Sequence[Cell], table: Table) -> Paragraph:
    return Paragraph("\t".join(c.text.strip() for c in cells), _place(cells[0], table))

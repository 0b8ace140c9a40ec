"""Forms: a label beside its value, a table an item or several items in one table, in two or four columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.model import DocumentKind
from ingest.blocks import Block, Paragraph, Table
from ingest.layouts.contract import LayoutName, Recognition, Remark, Row, Section
from ingest.layouts.form_lines import gathered
from ingest.layouts.form_pairs import IDENTIFYING, Form, Pair, form_of
from ingest.layouts.grid import recognise_grids
from ingest.layouts.headings import heading_above
from ingest.vocabulary import Column, Vocabulary

_MOST_CELLS: Final = 20_000


@dataclass(slots=True)
class _State:
    """What has been read so far; `above` are the lines since the last card."""

    vocabulary: Vocabulary
    sections: list[Section] = field(default_factory=list)
    above: list[Paragraph] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unused: list[Paragraph] = field(default_factory=list)
    heading: str | None = None


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    """Return a section a card; ordinary tables that stand between forms keep their own rows."""
    whole = gathered(blocks, vocabulary)
    forms = [_form(block, vocabulary) for block in whole]
    if not any(form.cards for form in forms if form is not None):
        return None
    state = _State(vocabulary)
    for block, form in zip(whole, forms, strict=True):
        if form is not None and isinstance(block, Table):
            _take_form(state, form, block.place.sheet)
        elif isinstance(block, Table):
            state.others.extend((*state.above, block))
            state.above = []
        elif block.text.strip():
            state.above.append(block)
    _take_others(state)
    if state.sections:
        state.sections[-1] = replace(state.sections[-1], closing=tuple(state.above))
    sections = tuple(section for section in state.sections if section.rows)
    if not sections:
        return None
    return Recognition(
        LayoutName.FORM, DocumentKind.TARGETS, sections, tuple(state.remarks), tuple(state.unused)
    )


def _form(block: Block, vocabulary: Vocabulary) -> Form | None:
    if not isinstance(block, Table) or block.rows * block.columns > _MOST_CELLS:
        return None
    return form_of(block, vocabulary)


def _take_form(state: _State, form: Form, sheet: str | None) -> None:
    _take_others(state)
    state.above.extend((*form.titles, *_stated(form.identity, state.vocabulary)))
    state.unused.extend(form.strays)
    for card in form.cards:
        state.above.extend(_stated(card, state.vocabulary))
        state.heading = heading_above(state.above) or state.heading
        row = _row(card, state.heading, state.vocabulary)
        if row is not None:
            state.sections.append(Section((row,), tuple(state.above), sheet=sheet))
            state.above = []
    _remark(state, form)


def _take_others(state: _State) -> None:
    """Read the tables since the last card as ordinary ones."""
    if not state.others:
        return
    found = recognise_grids(LayoutName.FORM, state.others, state.vocabulary)
    if found is None:
        state.above = [*(b for b in state.others if isinstance(b, Paragraph)), *state.above]
    else:
        state.sections.extend(found.sections)
        state.remarks.extend(found.remarks)
        state.unused.extend(found.unused)
    state.others = []


def _stated(pairs: Iterable[Pair], vocabulary: Vocabulary) -> list[Paragraph]:
    """Return what a form says of its unit and its year as lines above its rows."""
    return [
        Paragraph(f"{pair.label.rstrip(':：')}：{' '.join(pair.texts)}", pair.place)
        for pair in pairs
        if pair.texts and vocabulary.candidates(pair.label)[:1] in {(Column.UNIT,), (Column.YEAR,)}
    ]


def _row(card: Sequence[Pair], heading: str | None, vocabulary: Vocabulary) -> Row | None:
    """Return the row of a card, `None` where it states no target."""
    values: list[tuple[Column, str]] = []
    place = card[0].place
    columns = vocabulary.columns([pair.label if pair.known else "" for pair in card])
    for column, pair in zip(columns, card, strict=True):
        if column is not None and column not in IDENTIFYING and pair.texts:
            place = place if values else pair.place
            values.append((column, "\n".join(pair.texts)))
    if not any(column in {Column.NAME, Column.CONTENT, Column.SCORING} for column, _ in values):
        return None
    stated = next((text for column, text in values if column is Column.CATEGORY), None)
    band = next((pair.category for pair in card if pair.category), None)
    category = "".join((stated or band or heading or "").split()) or None
    headings = (heading,) if heading is not None and heading != category else ()
    merged = tuple((column, text) for column, text in _merged(values) if column is not Column.CATEGORY)
    return Row(merged, category, place, headings)


def _merged(values: Iterable[tuple[Column, str]]) -> Iterable[tuple[Column, str]]:
    """Join the texts of columns of which there may be many, in the order they came."""
    merged: dict[Column, str] = {}
    for column, text in values:
        merged[column] = f"{merged[column]}\n{text}" if column in merged else text
    return merged.items()


def _remark(state: _State, form: Form) -> None:
    """Say which labels of a form are in no vocabulary."""
    unknown = [pair for card in form.cards for pair in card if not pair.known and pair.label]
    if unknown:
        labels = "、".join(dict.fromkeys(f"“{pair.label}”" for pair in unknown))
        sentence = f"表单中的{labels}不是已知的项目名，其内容未读取；需要时请在词汇表中补充。"
        state.remarks.append(Remark(unknown[0].place, sentence))

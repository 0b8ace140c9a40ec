"""The table form of a target document, whatever file it is written to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.drafting import Drafted
from corpus.contacts import redact
from corpus.model import TargetItem
from search.drafting.points import point_words, value_words
from search.texts import document_words

if TYPE_CHECKING:
    from search.drafting.proposal import Change, ProposedFigure, ProposedItem
    from search.results import Citation

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
FIXED_COLUMNS = ("类别", "序号", "目标名称", "目标内容")
CENTRED_COLUMNS = frozenset({"类别", "序号", "责任单位", "完成时限"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cell with the remark that says where it comes from."""

    text: str
    remark: str | None = None


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One item: a cell a column, the category first; `benchmark` is the line below the row."""

    category: str
    cells: tuple[Pieces, ...]
    benchmark: Piece | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A document of targets as a table; `header` is the line that names the unit."""

    title: str
    header: str
    columns: tuple[str, ...]
    rows: tuple[FormRow, ...]


def plain(text: str) -> str:
    """Return a text without characters that no file of this kind may hold."""
    return _FORBIDDEN.sub("", text)


def written(pieces: Pieces) -> str:
    """Return the text of a cell."""
    return "".join(piece.text for piece in pieces)


def form_of(draft: Drafted) -> Form:
    """Return the form of a draft; columns that no item fills are left out."""
    proposal, items = draft.proposal, draft.document.items
    unit = proposal.request.unit
    optional = (
        ("制定依据", any(item.basis_text for item in items)),
        ("责任单位", any(item.responsible_units not in {(), (unit,)} for item in items)),
        ("完成时限", any(item.deadline for item in items)),
    )
    more = tuple(name for name, is_filled in optional if is_filled)
    rows = tuple(_row(item, one, more) for item, one in zip(items, proposal.items, strict=True))
    return Form(proposal.title, f"单位名称：{plain(unit)}", (*FIXED_COLUMNS, *more), rows)


def _row(item: TargetItem, proposed: ProposedItem, more: tuple[str, ...]) -> FormRow:
    optional = {
        "制定依据": _bases(item, proposed),
        "责任单位": (Piece(plain("、".join(item.responsible_units))),),
        "完成时限": (Piece(plain(item.deadline or "")),),
    }
    cells = (
        (Piece(plain(item.number or "")),),
        (Piece(plain(item.name or ""), _name_remark(proposed)),),
        _content(item, proposed),
        *(optional[name] for name in more),
    )
    benchmark = proposed.benchmark
    line = None
    if item.benchmark_text is not None and benchmark is not None:
        line = Piece(plain(item.benchmark_text), f"{benchmark.note}\n{cited(benchmark.citation)}")
    return FormRow(plain(item.category or ""), cells, line, proposed.notes)


def _content(item: TargetItem, proposed: ProposedItem) -> Pieces:
    """Return the sentences with their remarks; the content is whole where something in it was blacked out."""
    if item.content != proposed.content:
        return (Piece(plain(item.content)),)
    pieces = []
    for sentence in proposed.sentences:
        figures = [one for one in proposed.figures if _stands_in(one, sentence.citation)]
        lines = [cited(sentence.citation), *map(_changed, sentence.changes), *map(figured, figures)]
        pieces.append(Piece(plain(sentence.text), plain("\n".join(lines))))
    return tuple(pieces)


def _stands_in(figure: ProposedFigure, citation: Citation) -> bool:
    indicator, place = figure.last.indicator, citation.span
    if indicator is None or figure.last.citation.stored.id != citation.stored.id:
        return False
    return place.start <= indicator.span.start and indicator.span.end <= place.end


def _bases(item: TargetItem, proposed: ProposedItem) -> Pieces:
    lines = [line for line in (item.basis_text or "").split("\n") if line]
    if len(lines) != len(proposed.bases):
        return (Piece(plain(item.basis_text or "")),)
    pieces: list[Piece] = []
    for number, (line, basis) in enumerate(zip(lines, proposed.bases, strict=True)):
        remark = "\n".join((basis.note, *map(cited, basis.citations)))
        pieces.append(Piece(("\n" if number else "") + plain(line), plain(remark)))
    return tuple(pieces)


def _name_remark(proposed: ProposedItem) -> str | None:
    lines = [cited(proposed.name_citation)] if proposed.name_citation is not None else []
    return plain("\n".join((*lines, *proposed.notes))) or None


def _changed(change: Change) -> str:
    if not change.now:
        return f"改动：去掉“{change.written}”（{change.reason}）。"
    return f"改动：“{change.written}”改为“{change.now}”（{change.reason}）。"


def cited(citation: Citation) -> str:
    """Say where something stands: 市政府办公厅2021年 重点目标 1（文件名）：“…”."""
    document, item = citation.stored.document, citation.stored.item
    place = " ".join(part for part in (item.category, item.number) if part) or "正文"
    return f"出处：{document_words(document)}，{place}（{document.source}）：“{redact(citation.quote)}”"


def figured(figure: ProposedFigure) -> str:
    """Say what is proposed for a figure and why."""
    proposed = value_words(figure.op, figure.value, figure.unit, figure.high)
    parts = [f"数值：{figure.name}，上次{point_words(figure.last)}，建议{proposed}"]
    if figure.lowest != figure.highest:
        low, high = (value_words(figure.op, one, figure.unit) for one in (figure.lowest, figure.highest))
        parts.append(f"可在{low}到{high}之间定")
    if figure.needs_judgement:
        parts.append("须由起草人判断")
    return f"{'，'.join(parts)}。理由：{'；'.join(figure.reasons)}。"

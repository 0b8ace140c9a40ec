"""Layout 4: no table, `第一项目标：` to `第十二项目标：`, each followed by prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.model import DocumentKind
from corpus.text import fold
from ingest.blocks import Block, Paragraph, paragraphs_of
from ingest.layouts import plausible
from ingest.layouts.contract import LayoutName, Recognition, Row, Section
from ingest.layouts.furniture import is_date, is_furniture
from ingest.layouts.headings import is_preamble_line, plain
from ingest.layouts.labels import label_of
from ingest.layouts.responsibility import responsibility_of
from ingest.vocabulary import Column, Vocabulary

_N: Final = r"[零一二三四五六七八九十百]{1,4}|\d{1,3}"
_START: Final = re.compile(
    rf"(?:第\s*(?P<a>{_N})\s*(?:项|个|条)?\s*(?:重点|工作|业务|奋斗|创优)?(?:目标|任务|事项|工作)"
    rf"|(?:重点|工作|业务)?(?:目标|任务)\s*(?P<b>{_N}))\s*(?P<mark>[:、.]|\s|$)\s*"
)
_LEAST: Final = 2
_LONGEST_NAME: Final = 40
_ENDS: Final = re.compile(r"[。;!:]|[,、]$")
_SIGNATURE: Final = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:局|委|办|厅|办公厅|办公室|委员会|政府|中心|院|部|公司)"
)


@dataclass(slots=True)
class _Open:
    number: str
    first: Paragraph
    head: str
    category: str | None
    lines: list[str] = field(default_factory=list)
    cells: list[tuple[Column, str]] = field(default_factory=list)


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:  # noqa: ARG001
    """Return one row a numbered target; a restart with a title above it is a new section."""
    paragraphs = paragraphs_of(blocks)
    starts = [n for n, p in enumerate(paragraphs) if _START.match(fold(plain(p.text)))]
    if len(starts) < _LEAST:
        return None
    sections: list[Section] = []
    unused: list[Paragraph] = []
    preamble = tuple(paragraphs[: starts[0]])
    category = _category_above(preamble)
    opened: list[_Open] = []
    pending: list[Paragraph] = []
    for position, paragraph in enumerate(paragraphs[starts[0] :], start=starts[0]):
        if position in starts:
            if pending and opened:
                sections.append(_section(opened, preamble, ()))
                preamble, opened = tuple(pending), []
                category = _category_above(preamble)
            pending = []
            opened.append(_opened(paragraph, category))
        elif plausible.is_category_line(paragraph.text):
            category = "".join(plain(paragraph.text).split())
        elif is_furniture(paragraph.text):
            unused.append(paragraph)
        elif _heads_next(paragraphs, position, starts):
            pending.append(paragraph)
        else:
            _continue(opened[-1], paragraph)
    closing = _taken_closing(opened[-1])
    sections.append(_section(opened, preamble, closing))
    return Recognition(LayoutName.NUMBERED, DocumentKind.TARGETS, tuple(sections), unused=tuple(unused))


def _category_above(preamble: Sequence[Paragraph]) -> str | None:
    last = next((p.text for p in reversed(preamble) if plausible.is_category_line(p.text)), None)
    return "".join(plain(last).split()) if last is not None else None


def _opened(paragraph: Paragraph, category: str | None) -> _Open:
    text = plain(paragraph.text)
    found = _START.match(fold(text))
    number, end = (found.group("a") or found.group("b"), found.end()) if found is not None else ("", 0)
    return _Open(number, paragraph, text[end:].strip(), category)


def _heads_next(paragraphs: Sequence[Paragraph], position: int, starts: Sequence[int]) -> bool:
    """Whether a line is a title or header line of targets that start again below it."""
    following = next((s for s in starts if s > position), None)
    if following is None:
        return False
    between = paragraphs[position:following]
    return all(is_preamble_line(p.text) or is_furniture(p.text) for p in between) and any(
        re.search(r"\d{4}年|单位", fold(p.text)) for p in between
    )


def _continue(opened: _Open, paragraph: Paragraph) -> None:
    labelled = label_of(paragraph.text)
    if labelled is None:
        opened.lines.append(paragraph.text.strip())
        return
    column, _ = labelled
    known = [n for n, (c, _) in enumerate(opened.cells) if c is column]
    text = paragraph.text.strip()
    if known:
        opened.cells[known[0]] = (column, opened.cells[known[0]][1] + "\n" + text)
    else:
        opened.cells.append((column, text))


def _taken_closing(opened: _Open) -> tuple[Paragraph, ...]:
    """Take a signature and a date off the end of the last target."""
    closing: list[Paragraph] = []
    while len(opened.lines) > 1 or (opened.lines and opened.head):
        line = opened.lines[-1]
        if not is_date(line) and not (closing and _SIGNATURE.fullmatch(fold(line))):
            break
        closing.insert(0, Paragraph(opened.lines.pop(), opened.first.place))
    return tuple(closing)


def _section(
    opened: Sequence[_Open], preamble: tuple[Paragraph, ...], closing: tuple[Paragraph, ...]
) -> Section:
    rows = tuple(row for one in opened if (row := _row(one)) is not None)
    return Section(rows, preamble, closing)


def _row(opened: _Open) -> Row | None:
    """Return the row of a target; a short head line above prose is its name."""
    has_name = bool(opened.head and opened.lines) and _is_name(opened.head)
    name = opened.head if has_name else None
    lines = opened.lines if has_name else [opened.head, *opened.lines]
    content = "\n".join(line for line in lines if line)
    values = list(opened.cells)
    said = responsibility_of(content)
    if said is not None and not any(column is Column.RESPONSIBLE for column, _ in values):
        values.extend(said.values())
        content = content[: said.start].rstrip()
    if not content:
        return None
    named = ((Column.NUMBER, opened.number), (Column.NAME, name or ""), (Column.CONTENT, content))
    return Row((*(pair for pair in named if pair[1]), *values), opened.category, opened.first.place)


def _is_name(head: str) -> bool:
    return len(head) <= _LONGEST_NAME and not _ENDS.search(fold(head))

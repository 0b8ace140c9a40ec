"""Layout 5: decomposition plans, `一、…` sections of `(一)…。(牵头单位：…；责任单位：…)` tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.model import DocumentKind, Place
from corpus.text import fold
from ingest.blocks import Block, Paragraph, paragraphs_of
from ingest.layouts.contract import LayoutName, Recognition, Row, Section
from ingest.layouts.furniture import is_attachment, is_date, is_furniture
from ingest.layouts.headings import Numbering, numbering_of, plain
from ingest.layouts.labels import label_of
from ingest.layouts.responsibility import Responsibility, responsibility_of
from ingest.vocabulary import Column, Vocabulary

_LEAST_TASKS: Final = 2
_LEAST_UNSIGNED: Final = 4
# Under these words a single numbered line is a target; a plan or an outline has more of them.
_TARGETS_TITLE: Final = re.compile(r"(?:业务|工作|年度|重点|奋斗|创优|绩效)目标")
_PLAN_TITLE: Final = re.compile(
    r"(?:工作要点|工作计划|工作安排|任务分解|任务分工|责任分工|分工方案|分解方案|实施方案|行动方案|行动计划|工作目标|业务目标|重点工作|重点任务)"
)
_TITLE_LINES: Final = 15
_LONGEST_TITLE: Final = 80
_LEAD: Final = re.compile(r"^([^。;:!?\d]{4,40})[。:]")
_LONGEST_HEADING: Final = 60
_SIGNATURE: Final = re.compile(
    r"[\u4e00-\u9fff\s]{2,30}(?:局|委|办|厅|办公厅|办公室|委员会|政府|中心|院|部|公司)"
)


@dataclass(slots=True)
class _Node:
    """A numbered line with what belongs to it until the next numbered line."""

    paragraph: Paragraph
    numbering: Numbering | None
    level: int
    headings: tuple[str, ...]
    lines: list[tuple[Paragraph, Responsibility | None]] = field(default_factory=list)
    cells: list[tuple[Column, str]] = field(default_factory=list)
    has_children: bool = False

    def is_signed(self) -> bool:
        """Whether somebody is made responsible in this line or below it."""
        return any(said is not None for _, said in self.lines) or any(
            column is Column.RESPONSIBLE for column, _ in self.cells
        )


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:  # noqa: ARG001
    """Return one row a task: a numbered line without numbered lines below it."""
    paragraphs = paragraphs_of(blocks)
    nodes, preamble = _nodes(paragraphs)
    signed = {node.level for node in nodes if node.is_signed()}
    tasks = sum(node.is_signed() for node in nodes)
    kind = DocumentKind.PLAN
    if tasks >= _LEAST_TASKS:
        chosen = [n for n in nodes if n.is_signed() or (n.level in signed and not n.has_children)]
    elif _has_title(_PLAN_TITLE, preamble):
        chosen = [n for n in nodes if not n.has_children and n.numbering is not None]
        if _has_title(_TARGETS_TITLE, preamble):
            kind = DocumentKind.TARGETS
        elif len(chosen) < _LEAST_UNSIGNED:
            return None
    else:
        return None
    if not chosen:
        return None
    closing = _taken_closing(nodes[-1])
    rows = tuple(row for node in chosen for row in _rows(node))
    section = Section(rows, tuple(preamble), closing)
    unused = tuple(
        p
        for node in nodes
        if not any(node is c for c in chosen)
        for p, _ in node.lines
        if not _is_head(node, p)
    )
    if not rows:
        return None
    return Recognition(LayoutName.PLAN, kind, (section,), unused=unused)


def _is_head(node: _Node, paragraph: Paragraph) -> bool:
    return paragraph is node.paragraph


def _has_title(title: re.Pattern[str], preamble: Sequence[Paragraph]) -> bool:
    short = (fold(p.text) for p in preamble[:_TITLE_LINES] if len(p.text) <= _LONGEST_TITLE)
    return any(title.search(text) and not text.rstrip().endswith("。") for text in short)


def _nodes(paragraphs: Sequence[Paragraph]) -> tuple[list[_Node], list[Paragraph]]:
    """Read the outline: numbered lines with the lines below them, and the paragraphs above the first."""
    nodes: list[_Node] = []
    preamble: list[Paragraph] = []
    path: list[tuple[int, str, _Node]] = []
    for paragraph in paragraphs:
        if is_furniture(paragraph.text) or is_attachment(paragraph.text):
            if not nodes:
                preamble.append(paragraph)
            continue
        numbering = numbering_of(paragraph.text)
        if numbering is None and paragraph.level is None:
            _take_line(nodes, preamble, paragraph)
            continue
        level = numbering.level if numbering is not None else (paragraph.level or 0)
        if numbering is None and not nodes and level <= 1:
            preamble.append(paragraph)
            continue
        while path and path[-1][0] >= level:
            path.pop()
        node = _Node(paragraph, numbering, level, tuple(text for _, text, _ in path))
        if path:
            path[-1][2].has_children = True
        nodes.append(node)
        node.lines.append((paragraph, responsibility_of(paragraph.text)))
        path.append((level, _heading_text(paragraph.text), node))
    return nodes, preamble


def _take_line(nodes: list[_Node], preamble: list[Paragraph], paragraph: Paragraph) -> None:
    if not nodes:
        preamble.append(paragraph)
        return
    labelled = label_of(paragraph.text)
    if labelled is not None:
        nodes[-1].cells.append((labelled[0], paragraph.text.strip().strip("()（）【】")))
        return
    nodes[-1].lines.append((paragraph, responsibility_of(paragraph.text)))


def _heading_text(text: str) -> str:
    """Return a line as it stands in a heading path: its first sentence with its number."""
    line = plain(text)
    said = responsibility_of(line)
    if said is not None:
        line = line[: said.start].rstrip()
    first = re.split(r"[。;:]", fold(line), maxsplit=1)[0]
    return line[: len(first)][:_LONGEST_HEADING]


@dataclass(slots=True)
class _Part:
    """Lines of a task up to the statement of who is responsible for them."""

    place: Place
    texts: list[str] = field(default_factory=list)
    cells: tuple[tuple[Column, str], ...] = ()


def _rows(node: _Node) -> list[Row]:
    """Return the rows of a task: one for each statement of who is responsible, one where there is none."""
    head, lines = _head_and_lines(node)
    parts: list[_Part] = []
    for place, text in lines:
        if not parts or parts[-1].cells:
            parts.append(_Part(place))
        said = responsibility_of(text)
        parts[-1].texts.append(text[: said.start].rstrip() if said is not None else text)
        parts[-1].cells = said.values() if said is not None else ()
    if len(parts) > 1 and not parts[-1].cells and not node.cells:
        parts[-2].texts.extend(
            parts.pop().texts
        )  # what nobody is made responsible for goes with the task above
    if not parts and head is not None:
        parts, head = [_Part(node.paragraph.place, [head])], None
    if parts:
        parts[0].place = node.paragraph.place
    number = node.numbering.numeral if node.numbering is not None else None
    rows = (_row(node, number if n == 0 else None, head, part) for n, part in enumerate(parts))
    return [row for row in rows if row.get(Column.CONTENT)]


def _head_and_lines(node: _Node) -> tuple[str | None, list[tuple[Place, str]]]:
    """Return the numbered line where it only names the task, and the lines that state it."""
    lines = [(paragraph.place, plain(paragraph.text)) for paragraph, _ in node.lines]
    if node.numbering is None:
        return None, lines
    place, text = lines[0]
    numbering = numbering_of(text)
    text = text[numbering.end :] if numbering is not None else text
    is_bare = responsibility_of(text) is None and len(text) <= _LONGEST_HEADING and not _ends(text)
    if is_bare and (len(lines) > 1 or node.cells):
        return text, lines[1:]
    return None, [(place, text), *lines[1:]]


def _row(node: _Node, number: str | None, head: str | None, part: _Part) -> Row:
    content = "\n".join(text for text in part.texts if text)
    name = head if head is not None else _lead(content)
    named = ((Column.NUMBER, number or ""), (Column.NAME, name or ""), (Column.CONTENT, content))
    cells = part.cells or tuple(node.cells)
    return Row((*(pair for pair in named if pair[1]), *cells), None, part.place, node.headings)


def _lead(content: str) -> str | None:
    """Return the short first sentence that names a task, where more follows it."""
    found = _LEAD.match(fold(content))
    return content[: found.end(1)] if found is not None and len(content) > found.end() + 4 else None


def _ends(text: str) -> bool:
    return bool(re.search(r"[。;!?]", fold(text)))


def _taken_closing(node: _Node) -> tuple[Paragraph, ...]:
    """Take a signature and a date off the end of the last task."""
    closing: list[Paragraph] = []
    while len(node.lines) > 1:
        paragraph, _ = node.lines[-1]
        is_signature = bool(closing) and _SIGNATURE.fullmatch(fold(paragraph.text).strip()) is not None
        if not is_date(paragraph.text) and not is_signature:
            break
        closing.insert(0, node.lines.pop()[0])
    return tuple(closing)

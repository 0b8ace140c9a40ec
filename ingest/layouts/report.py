"""Layout 7: government work reports, prose with headings; every paragraph of substance is an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from corpus.model import DocumentKind
from corpus.text import fold
from ingest.blocks import Block, Paragraph, Table, paragraphs_of
from ingest.layouts.contract import LayoutName, Recognition, Row, Section
from ingest.layouts.furniture import is_attachment, is_furniture
from ingest.layouts.grid import recognise_grids
from ingest.layouts.headings import numbering_of, plain
from ingest.layouts.responsibility import Responsibility, responsibility_of
from ingest.vocabulary import Column, Vocabulary

_TITLE: Final = re.compile(r"(?:政府|政府的)?工作(?:的)?报告|(?:计划|预算).{0,20}报告|工作总结")
_NOT_A_REPORT: Final = re.compile(r"分工|分解|任务|落实|通知|方案|意见|责任|督办|《|目标")
_SESSION: Final = re.compile(r"在.{0,16}(?:人民代表大会|人大).{0,14}(?:会议|次会|大会)")
_ADDRESS: Final = re.compile(r"(?:我|谨)代表.{0,16}(?:政府|委员会).{0,8}(?:向|作)")
_REPORT_TITLE: Final = re.compile(r".{0,20}政府工作报告")
_LATEST_GREETING: Final = 30
_HEAD_LINES: Final = 14
_HEADER_CELLS: Final = 3
_LONGEST_TITLE: Final = 60
_LEAST_PROSE: Final = 4
_PROSE: Final = 40
_LONG_PROSE: Final = 2000
_INNER_START: Final = re.compile(
    r"(?:(?<=[。!;\s*])|(?<=[。!;\s]\*\*))(?=(?:\*\*)?(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)))"
)
_SUBSTANCE: Final = 20
_FIGURE: Final = re.compile(  # a line of a list of figures: 人口出生率14‰以内
    r"[\u4e00-\u9fff]{3}[^:]*?\d(?:\.\d+)?\s*(?:[%‰]|[万亿]|个百分点|元|美元|吨|人|户|家|套|件|公里|亩|公顷|岁|平方米)"
)
_LEADS_IN: Final = re.compile(
    r"(?:以下|如下|几|[\d一二三四五六七八九十]+)个?(?:大|主要)?(?:方面|件|项|点)[^;%‰]*[。:]?$"
)
_LONGEST_HEADING: Final = 45
_LONGEST_SECTION: Final = 64
_SECTION: Final = 3
_RUN_IN: Final = re.compile(
    r"\*\*(?P<bold>[^*]{4,60})\*\*\s*(?=\S)|(?P<spaced>\S{5,44}[\u4e00-\u9fff”])\s+(?=\S{12}[^。]*。)"
)
_LONGEST_OPEN_HEADING: Final = 120
_LONGEST_BARE_HEADING: Final = 32
_ORDINAL_HEADING: Final = re.compile(r"第[一二三四五六七八九十]{1,3}[,、][^。;:!?]{4,40}")
_LEAD: Final = re.compile(r"[。;!?]")
_BARE_HEADING: Final = re.compile(
    r"\d{4}年|回顾|安排|任务|目标|要求|建设|总结|展望|部署|重点|工作|时期|五年|主要|报告|思路|努力方向"
)
_GREETING: Final = re.compile(r"^(?:各位|尊敬的)?(?:代表|委员|同志)们?[,、!:各位委员同志们列席人员]*$")
_OPENING: Final = re.compile(r"代表.{0,20}政府.{0,20}(?:报告|工作).{0,40}(?:审议|意见)")
_OPENING_WITHIN: Final = 200
_LONGEST_OPENING: Final = 160
_END: Final = re.compile(
    r"[(\[]?(?:附件?\s*\d*\s*:?)?.{0,16}(?:名词|术语|用语|注释)(?:的)?(?:解释|注释|说明|术语.{0,8})?[)\]]?|.{0,16}有关(?:术语|用语|名词)的?说明"
)
_LATEST_END: Final = 0.5


def recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    """Return a row a paragraph with the headings above it; greetings and the glossary are left out."""
    paragraphs = paragraphs_of(blocks)
    if _has_header(paragraphs, vocabulary) or not _is_report(paragraphs):
        return None
    paragraphs = [part for paragraph in paragraphs for part in _parts(paragraph)]
    start = _body_start(paragraphs)
    rows, unused = _rows(paragraphs[start:])
    if not rows:
        return None
    tables = [b for b in blocks if isinstance(b, Table)]
    found = recognise_grids(LayoutName.GRID, tables, vocabulary) if tables else None
    if found is not None:
        rows.extend(row for section in found.sections for row in section.rows)
    section = Section(tuple(rows), tuple(paragraphs[:start]))
    return Recognition(LayoutName.REPORT, DocumentKind.REPORT, (section,), unused=tuple(unused))


def _has_header(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> bool:
    """Whether the first lines are the header cells of a table, whose bases may well name a report."""
    cells = (p.text.strip().strip("|｜").strip() for p in paragraphs[:_HEAD_LINES])
    return sum(1 for cell in cells if vocabulary.candidates(cell)) >= _HEADER_CELLS


def _is_report(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the first lines say so: a title, a session of the congress, or the words of address."""
    prose = [len(p.text) for p in paragraphs if len(p.text) >= _PROSE and "。" in p.text]
    if len(prose) < _LEAST_PROSE and sum(prose) < _LONG_PROSE:
        return False
    head = [fold(plain(p.text)) for p in paragraphs[:_HEAD_LINES]]
    short = [text for text in head if len(text) <= _LONGEST_TITLE]
    if any(
        _TITLE.search(text) and not _NOT_A_REPORT.search(text.replace("《政府工作报告》", ""))
        for text in short
    ):
        return True
    if any(_OPENING.search(text[:_OPENING_WITHIN]) for text in head):
        return True
    return any(_SESSION.search(text) for text in short) and any(
        _ADDRESS.search(text) or _GREETING.match(text) for text in head
    )


def _parts(paragraph: Paragraph) -> list[Paragraph]:
    """Break a paragraph that holds half a report at the numbered headings within it."""
    if len(paragraph.text) < _LONG_PROSE:
        return [paragraph]
    cuts = [0, *(m.start() for m in _INNER_START.finditer(fold(paragraph.text))), len(paragraph.text)]
    texts = [paragraph.text[a:b] for a, b in pairwise(cuts)]
    return [replace(paragraph, text=text) for text in texts if text.strip(" *")]


def _body_start(paragraphs: Sequence[Paragraph]) -> int:
    """Return the position after title, session, speaker, greeting and words of address.

    A resolution or a covering letter above the report is left out with them.
    """
    first = _title_before_greeting(paragraphs)
    start = first
    for position, paragraph in enumerate(paragraphs[first : first + _HEAD_LINES], start=first):
        text = fold(plain(paragraph.text))
        if _GREETING.match(text) or (len(text) <= _LONGEST_OPENING and _OPENING.search(text)):
            start = position + 1
        elif _SESSION.search(text) and len(text) <= _LONGEST_OPENING and not text.endswith("。"):
            continue
        elif len(text) >= _PROSE or numbering_of(paragraph.text) is not None:
            return start or position
    return start


def _title_before_greeting(paragraphs: Sequence[Paragraph]) -> int:
    """Return where the title of the report stands that is greeted with, 0 where it is not told apart."""
    texts = [fold(plain(p.text)) for p in paragraphs[:_LATEST_GREETING]]
    greeting = next((n for n, text in enumerate(texts) if _GREETING.match(text)), 0)
    titles = (n for n in range(greeting) if _REPORT_TITLE.fullmatch(texts[n]))
    return max(titles, default=0)


def _rows(paragraphs: Sequence[Paragraph]) -> tuple[list[Row], list[Paragraph]]:
    rows: list[Row] = []
    unused: list[Paragraph] = []
    path: list[tuple[int, str]] = []
    for position, paragraph in enumerate(paragraphs):
        text = plain(paragraph.text)
        folded = fold(text)
        said = responsibility_of(text)
        if said is not None and said.start == 0 and rows and rows[-1].headings == tuple(t for _, t in path):
            rows[-1] = _with_responsible(rows[-1], text, said)
            continue
        if position > _LATEST_END * len(paragraphs) and (_END.fullmatch(folded) or is_attachment(text)):
            unused.extend(paragraphs[position:])
            break
        heading = _heading(paragraph)
        if heading is not None:
            level, lead, whole = heading
            while path and path[-1][0] >= level:
                path.pop()
            path.append((level, lead))
            if whole:
                continue
        if _has_substance(folded):
            cells = said.values() if said is not None else ()
            headings = tuple(t for _, t in path)
            rows.append(Row(((Column.CONTENT, text), *cells), None, paragraph.place, headings))
        else:
            unused.append(paragraph)
    return rows, unused


def _with_responsible(row: Row, line: str, said: Responsibility) -> Row:
    """Return the row with the line that says who does it; one that names somebody is not quoted."""
    content = row.get(Column.CONTENT) or ""
    values = dict(row.values)
    if not said.names_person:
        values[Column.CONTENT] = f"{content}\n{line}"
    for column, text in said.values():
        values[column] = f"{values[column]}；{text}" if column in values else text
    return replace(row, values=tuple(values.items()))


def _heading(paragraph: Paragraph) -> tuple[int, str, bool] | None:
    """Return level and text of the heading a paragraph begins with, and whether it is nothing more."""
    text = plain(paragraph.text)
    folded = fold(text)
    numbering = numbering_of(text)
    if numbering is not None:
        run_in = _RUN_IN.match(paragraph.text.strip())
        if run_in is not None and _LEAD.search(fold(run_in.group().rstrip("* "))) is None:
            return numbering.level, (run_in.group("bold") or run_in.group("spaced")).strip(), False
        first = _LEAD.search(folded)
        end = first.start() if first is not None else len(text)
        longest = _LONGEST_SECTION if numbering.level <= _SECTION else _LONGEST_HEADING
        if end > (longest if first is not None else _LONGEST_OPEN_HEADING):
            return None
        is_whole = first is None or first.end() >= len(folded.rstrip())
        return numbering.level, text[:end].replace("**", "").strip(), is_whole
    if paragraph.level is not None and len(text) <= _LONGEST_TITLE:
        return paragraph.level - 10, text, True
    if _REPORT_TITLE.fullmatch(folded):
        return None
    if _ORDINAL_HEADING.fullmatch(folded):
        return 3, text.replace("**", "").strip(), True
    if (
        len(text) <= _LONGEST_BARE_HEADING
        and not re.search(r"[。;!?,:…—]", folded)
        and _BARE_HEADING.search(folded)
    ):
        return 0, text.replace("**", "").strip(), True
    return None


def _has_substance(folded: str) -> bool:
    if is_furniture(folded) or _GREETING.match(folded):
        return False
    if len(folded) < _SUBSTANCE:
        return _FIGURE.search(folded) is not None and _LEADS_IN.search(folded) is None
    return bool(re.search(r"[。;,:!]|\d", folded))

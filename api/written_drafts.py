"""Drafts that somebody writes item by item: read from files, reviewed as documents, laid out as forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from api.conversions.documents import item_to_json
from api.exporting.form import FIXED_COLUMNS, Form, FormRow, Piece, Pieces, cited, plain
from api.requests import require_year
from api.schemas.written_drafts import InsertedJson, ReadDraftJson, WrittenDraftJson, WrittenItemJson
from corpus.errors import WrongUse
from corpus.model import DocumentKind, Origin, Span, TargetDocument, TargetItem
from corpus.stored import StoredItem
from search.results import Citation
from search.texts import field_text

SOURCE = "草稿"
MOST_ITEMS = 300
LONGEST_FIELD = 20_000
_LINE = re.compile(r"\s*标杆城市[:：]\s*(?P<city>\S[^\n]*?)(?:\s+标杆值[:：]\s*(?P<value>.*))?\s*", re.DOTALL)
_BETWEEN_UNITS = re.compile(r"[、，,;；\s]+")
_GONE = "出处：这一条已不在目标库里。"


def checked_draft(draft: WrittenDraftJson) -> WrittenDraftJson:
    """Return the draft without items that say nothing. Raise WrongUse where it is too long or of no year."""
    if draft.year is not None:
        require_year(draft.year)
    items = tuple(one for one in draft.items if said(one.name) or said(one.content))
    if not items:
        raise WrongUse("草稿里还没有内容；请先写一条目标的名称或内容。")
    if len(items) > MOST_ITEMS:
        raise WrongUse(f"草稿有 {len(items)} 条，太多；请分成几份，每份不超过 {MOST_ITEMS} 条。")
    for number, one in enumerate(items, start=1):
        longest = max(len(text) for text in (one.content, one.basis_text or "", one.benchmark_value or ""))
        if longest > LONGEST_FIELD:
            raise WrongUse(f"第 {number} 条里有一栏长达 {longest} 个字；请缩短到 {LONGEST_FIELD} 个字以内。")
    return replace(draft, items=items)


def said(text: str | None) -> str | None:
    """Return a text that says something, without what no file may hold; `None` for blanks."""
    kept = plain((text or "").replace("\r\n", "\n").replace("\r", "\n"))
    return kept.strip() or None


def document_of(draft: WrittenDraftJson) -> TargetDocument:
    """Return the draft as the document that it will be; `items[i]` is the draft's `items[i]`."""
    unit, city = said(draft.unit), said(draft.city)
    return TargetDocument(
        source=SOURCE,
        title=None,
        kind=DocumentKind.TARGETS,
        unit=unit,
        year=draft.year,
        city=city,
        items=tuple(_item(one, draft.year, city) for one in draft.items),
        unit_origin=Origin.USER if unit else None,
        year_origin=Origin.USER if draft.year is not None else None,
        city_origin=Origin.USER if city else None,
    )


def _item(one: WrittenItemJson, year: int | None, city: str | None) -> TargetItem:
    from ingest.bases import find_bases
    from ingest.benchmarks import find_benchmarks
    from ingest.indicators import find_indicators

    item = TargetItem(
        category=said(one.category),
        number=said(one.number),
        name=said(one.name),
        content=plain(one.content),
        responsible_units=_units(one.responsible),
        deadline=said(one.deadline),
        basis_text=said(one.basis_text),
        benchmark_text=benchmark_line(one),
    )
    return replace(
        item,
        indicators=find_indicators(item, year),
        benchmarks=find_benchmarks(item, city),
        bases=find_bases(item),
    )


def _units(written: str | None) -> tuple[str, ...]:
    return tuple(one for one in _BETWEEN_UNITS.split(said(written) or "") if one)


def benchmark_line(one: WrittenItemJson) -> str | None:
    """Return the line below the row: 标杆城市：…    标杆值：…; `None` where nothing is written."""
    city, value = said(one.benchmark_city), said(one.benchmark_value)
    if city is None:
        return value
    return f"标杆城市：{city}" + (f"    标杆值：{value}" if value else "")


def written_of(documents: Sequence[TargetDocument], problems: Sequence[str] = ()) -> ReadDraftJson:
    """Return the items of a file's first document as they can be written on. Raise WrongUse without any."""
    if not documents or not documents[0].items:
        raise WrongUse("文件里没有读出一条目标；请确认它是业务目标的草稿，或把文字直接贴进来。")
    first, notes = documents[0], list(problems)
    if len(documents) > 1:
        notes.append(f"文件里有 {len(documents)} 份文档，只读入了第一份；其余的请另存后再导入。")
    if len(first.items) > MOST_ITEMS:
        notes.append(f"文件里有 {len(first.items)} 条，只读入了前 {MOST_ITEMS} 条。")
    items = tuple(map(written_item, first.items[:MOST_ITEMS]))
    return ReadDraftJson(WrittenDraftJson(items, first.unit, first.year, first.city), tuple(notes))


def written_item(item: TargetItem) -> WrittenItemJson:
    """Return an item as it can be written on; contacts are blacked out."""
    shown = item_to_json(item)
    line = _LINE.fullmatch(shown.benchmark_text or "")
    alone = line is not None and (shown.benchmark_text or "").count("标杆城市") == 1
    return WrittenItemJson(
        name=shown.name,
        content=shown.content,
        category=shown.category,
        benchmark_city=line["city"] if line is not None and alone else None,
        benchmark_value=line["value"] if line is not None and alone else shown.benchmark_text,
        basis_text=shown.basis_text,
        responsible="、".join(shown.responsible_units) or None,
        deadline=shown.deadline,
    )


def form_of_items(draft: WrittenDraftJson, stored: Mapping[int, StoredItem]) -> Form:
    """Return the draft as a form; `stored` are the items that its words were taken from, by id.

    Raise WrongUse where unit or year, which every form states, are not known.
    """
    unit = said(draft.unit)
    if unit is None or draft.year is None:
        raise WrongUse("导出前请在上方填写单位和年份；文件的标题和表头要用。")
    optional = {
        "制定依据": any(said(one.basis_text) for one in draft.items),
        "责任单位": any(said(one.responsible) for one in draft.items),
        "完成时限": any(said(one.deadline) for one in draft.items),
    }
    more = tuple(name for name, is_filled in optional.items() if is_filled)
    numbers: dict[str, int] = {}
    rows = []
    for one in draft.items:
        category = said(one.category) or ""
        numbers[category] = numbers.get(category, 0) + 1
        rows.append(_row(one, category, said(one.number) or str(numbers[category]), more, stored))
    return Form(f"{draft.year}年度业务目标", f"单位名称：{unit}", (*FIXED_COLUMNS, *more), tuple(rows))


def _row(
    one: WrittenItemJson, category: str, number: str, more: tuple[str, ...], stored: Mapping[int, StoredItem]
) -> FormRow:
    optional: dict[str, Pieces] = {
        "制定依据": _pieces(one, "basis_text", stored),
        "责任单位": (Piece("、".join(_units(one.responsible))),),
        "完成时限": (Piece(said(one.deadline) or ""),),
    }
    cells = (
        (Piece(number),),
        _pieces(one, "name", stored),
        _pieces(one, "content", stored),
        *(optional[name] for name in more),
    )
    line = benchmark_line(one)
    if line is None:
        return FormRow(category, cells, None, ())
    taken = [take for take in one.inserted if take.into.startswith("benchmark") and take.text in line]
    remark = "\n".join(dict.fromkeys(_remark(take, stored) for take in taken)) or None
    return FormRow(category, cells, Piece(line, remark), ())


def _pieces(one: WrittenItemJson, into: str, stored: Mapping[int, StoredItem]) -> Pieces:
    """Return the text of a field, cut so that what was taken from the catalog stands alone, remarked."""
    text = said(getattr(one, into)) or ""
    pieces, done = [], 0
    for start, end, take in _taken(text, [take for take in one.inserted if take.into == into]):
        if done < start:
            pieces.append(Piece(text[done:start]))
        pieces.append(Piece(text[start:end], _remark(take, stored)))
        done = end
    if done < len(text) or not pieces:
        pieces.append(Piece(text[done:]))
    return tuple(pieces)


def _taken(text: str, takes: Iterable[InsertedJson]) -> list[tuple[int, int, InsertedJson]]:
    """Return where words that were taken still stand, none over another, longest first served."""
    found: list[tuple[int, int, InsertedJson]] = []
    for take in sorted(takes, key=lambda one: -len(one.text)):
        words = take.text.strip()
        start = text.find(words) if words else -1
        while start >= 0 and any(start < right and left < start + len(words) for left, right, _ in found):
            start = text.find(words, start + 1)
        if start >= 0:
            found.append((start, start + len(words), take))
    return sorted(found, key=lambda one: one[0])


def _remark(take: InsertedJson, stored: Mapping[int, StoredItem]) -> str:
    source = stored.get(take.item_id)
    if source is None or source.document.id != take.document_id:
        return _GONE
    text = field_text(source.item, take.field)
    start, end = take.start or 0, len(text) if take.end is None else take.end
    return plain(cited(Citation(source, text[start:end], Span(take.field, start, min(end, len(text))))))

"""What the pages of documents show: the stages of a reading, items with what was found marked in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.schemas.documents import (
    CorrectionJson,
    DocumentDetailJson,
    DocumentJson,
    ReadingJson,
    SpanJson,
    StoredItemJson,
)
from api.schemas.results import HighlightJson
from api.web.views import Segment, segments
from api.wording import FIELDS, ORIGINS, excerpt
from corpus.corrections import Correctable
from corpus.model import Field, Origin
from ingest.explain import place_words

_CELLS = (
    (Field.TARGET_VALUE, "目标值"),
    (Field.BASIS, "制定依据"),
    (Field.BENCHMARK, "对标情况"),
    (Field.DEADLINE, "完成时限"),
    (Field.PROGRESS, "进展"),
)


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage of the reading: its name, what it gave in a few words, and whether something is amiss."""

    name: str
    gave: str
    notes: tuple[str, ...] = ()
    amiss: bool = False


@dataclass(frozen=True, slots=True)
class FactView:
    """A field of the document: what it holds, where from, and what was read where it was corrected."""

    field: Correctable
    name: str
    value: str
    source: str | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with its texts cut into marked and unmarked stretches; `cells` are its other cells."""

    item: StoredItemJson
    name: tuple[Segment, ...]
    content: tuple[Segment, ...]
    cells: tuple[tuple[str, tuple[Segment, ...]], ...]
    place: str
    category_read: str | None


def value_text(value: str | int | None) -> str:
    """Return a value of a field as a person reads it."""
    return "不明" if value is None else str(value)


def correction_of(
    detail: DocumentDetailJson, field: Correctable, item_id: int | None = None
) -> CorrectionJson | None:
    """Return the correction of a field of the document, or of an item's."""
    found = (one for one in detail.corrections if (one.field, one.item_id) == (field, item_id))
    return next((one for one in found if one.applied), None)


def facts_of(detail: DocumentDetailJson) -> tuple[FactView, ...]:
    """Return year, unit, city and title with their sources."""
    return tuple(
        _fact(detail, field)
        for field in (Correctable.YEAR, Correctable.UNIT, Correctable.CITY, Correctable.TITLE)
    )


def _fact(detail: DocumentDetailJson, field: Correctable) -> FactView:
    document, correction = detail.document, correction_of(detail, field)
    origin: Origin | None = getattr(document, f"{field}_origin", None)
    source = ORIGINS[origin] if origin is not None else None
    if correction is not None:
        from_where = f"，{ORIGINS[correction.read_origin]}" if correction.read_origin is not None else ""
        source = f"{ORIGINS[Origin.CORRECTION]}（读到的是：{value_text(correction.read)}{from_where}）"
    return FactView(
        field, FIELDS[field], value_text(getattr(document, field)), source, correction is not None
    )


def stages_of(detail: DocumentDetailJson) -> tuple[StageView, ...]:
    """Return the stages of the reading in their order."""
    reading = detail.reading
    return (
        *(_reading_stages(reading) if reading is not None else _UNKNOWN),
        _identity_stage(detail.document),
        StageView("条目", f"{len(detail.items)} 条", amiss=not detail.items),
        _extraction_stage(detail.items),
        *(() if reading is None else (_problem_stage(reading),)),
    )


_UNKNOWN = (StageView("读取", "没有记录", ("导入较早，读取过程没有保存；重新导入这份文件后可以看到。",)),)


def _reading_stages(reading: ReadingJson) -> Iterator[StageView]:
    counts = [(reading.members, "个文件"), (reading.paragraphs, "段文字"), (reading.tables, "张表格")]
    said = "，".join(f"{count} {what}" for count, what in counts if count)
    yield StageView("读取", said or "没有文字")
    notes = (f"有 {reading.unused} 段文字没有归入任何条目。",) if reading.unused else ()
    yield StageView("版式", "；".join(reading.layouts) or "没有识别", (f"{reading.rows} 行", *notes))


def _identity_stage(document: DocumentJson) -> StageView:
    fields = ((document.year, "年份"), (document.unit, "单位"), (document.city, "城市"))
    unknown = [name for value, name in fields if value is None]
    known = [str(value) for value, _ in fields if value is not None]
    names = {"year": "年份", "unit": "单位", "city": "城市"}
    inferred = "、".join(names[name] for name in document.inferred)
    notes = [f"{'、'.join(unknown)}不明，可以手工修正。"] if unknown else []
    notes += [f"{inferred}是推断的，请核对。"] if inferred else []
    return StageView("归属", " ".join(known) or "不明", tuple(notes), amiss=bool(unknown))


def _extraction_stage(items: tuple[StoredItemJson, ...]) -> StageView:
    figures = sum(len(item.indicators) for item in items)
    cities = sum(len(item.benchmarks) for item in items)
    bases = sum(len(item.bases) for item in items)
    bare = sum(not item.indicators for item in items)
    notes = (f"{bare} 条没有数值。",) if bare and items else ()
    return StageView("抽取", f"指标 {figures}，标杆 {cities}，依据 {bases}", notes)


def _problem_stage(reading: ReadingJson) -> StageView:
    count = len(reading.warnings)
    return StageView("问题", f"{count} 个" if count else "没有", amiss=bool(count))


def warnings_of(reading: ReadingJson | None) -> tuple[tuple[str, str], ...]:
    """Return what could not be read as (place, sentence)."""
    if reading is None:
        return ()
    return tuple((place_words(one.place), one.sentence) for one in reading.warnings)  # type: ignore[arg-type]


def item_views(detail: DocumentDetailJson) -> tuple[ItemView, ...]:
    """Return the items with everything that was found in them marked."""
    return tuple(_item_view(detail, item) for item in detail.items)


def _item_view(detail: DocumentDetailJson, item: StoredItemJson) -> ItemView:
    marks = tuple(_marks(item))

    def cut(field: Field) -> tuple[Segment, ...]:
        text: str = getattr(item, field) or ""
        return tuple(segments(text, [mark for mark in marks if mark.field is field], 0, len(text)))

    correction = correction_of(detail, Correctable.CATEGORY, item.id)
    return ItemView(
        item=item,
        name=cut(Field.NAME),
        content=cut(Field.CONTENT),
        cells=tuple((label, cut(field)) for field, label in _CELLS if getattr(item, field)),
        place=place_words(item.place),  # type: ignore[arg-type]
        category_read=None if correction is None else value_text(correction.read),
    )


def _marks(item: StoredItemJson) -> Iterator[HighlightJson]:
    found: list[tuple[str, SpanJson | None, str]] = [
        *(("figure", one.span, one.text) for one in item.indicators),
        *(("city", one.span, one.text) for one in item.benchmarks),
        *(("basis", one.span, one.text) for one in item.bases),
    ]
    for kind, span, text in found:
        if span is not None:
            yield HighlightJson(kind, span.field, span.start, span.end, text)


def item_label(item: StoredItemJson, position: int) -> str:
    """Return a short name of an item: 3 优化办件流程."""
    return f"{item.number or position} {item.name or excerpt(item.content, 40)}"

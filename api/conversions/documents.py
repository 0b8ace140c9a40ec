"""Items and documents, as they leave this program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache

from api.schemas.documents import (
    BasisJson,
    BenchmarkJson,
    BoundJson,
    CorrectionJson,
    DocumentDetailJson,
    DocumentJson,
    IndicatorJson,
    ItemJson,
    Number,
    ParsedDocumentJson,
    ParseJson,
    PlaceJson,
    QuantityJson,
    ReadingJson,
    SpanJson,
    StoredItemJson,
    WarningJson,
)
from corpus.catalog import ReadingRecord, StoredDocument, StoredItem
from corpus.contacts import redact
from corpus.corrections import OF_DOCUMENT, Correction, item_names
from corpus.model import (
    Basis,
    Benchmark,
    Bound,
    Field,
    Indicator,
    Place,
    Problem,
    Quantity,
    Span,
    TargetDocument,
    TargetItem,
)


def number_to_json(value: float) -> Number:
    """Return `value` without binary noise (49.5, not 49.50000000000001), integral where it is integral."""
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() else rounded


def optional_number(value: float | None) -> Number | None:
    """Return `value` as `number_to_json` does, `None` where it is unknown."""
    return None if value is None else number_to_json(value)


@lru_cache(maxsize=4096)
def shown(text: str) -> str:
    """Return a field of an item or document as anybody may see it.

    Kept for the next time: each span of an item asks about the same few fields.
    """
    return redact(text)


def _shown(text: str | None) -> str | None:
    return None if text is None else shown(text)


def span_to_json(item: TargetItem, span: Span) -> SpanJson | None:
    """Return the span, or `None` where blacking out contacts has moved the characters of its field."""
    text: str | None = getattr(item, span.field)
    if text is None or shown(text) != text:
        return None
    return SpanJson(Field(span.field), span.start, span.end)


def place_to_json(place: Place) -> PlaceJson:
    """Return the place as it is."""
    return PlaceJson(**{field.name: getattr(place, field.name) for field in fields(place)})


def _quantity(quantity: Quantity | None) -> QuantityJson | None:
    if quantity is None:
        return None
    return QuantityJson(number_to_json(quantity.value), quantity.unit, quantity.year)


def _bound(bound: Bound | None) -> BoundJson | None:
    return None if bound is None else BoundJson(bound.op, number_to_json(bound.value), bound.unit)


def indicator_to_json(item: TargetItem, indicator: Indicator) -> IndicatorJson:
    """Return one indicator of `item`."""
    return IndicatorJson(
        name=_shown(indicator.name),
        op=indicator.op,
        value=number_to_json(indicator.value),
        high=optional_number(indicator.high),
        unit=indicator.unit,
        text=shown(indicator.text),
        span=span_to_json(item, indicator.span),
        baseline=_quantity(indicator.baseline),
        bound=_bound(indicator.bound),
        period=indicator.period,
        deadline=indicator.deadline,
        status=indicator.status,
    )


def benchmark_to_json(item: TargetItem, benchmark: Benchmark) -> BenchmarkJson:
    """Return one benchmark of `item`."""
    return BenchmarkJson(
        city=benchmark.city,
        value=_shown(benchmark.value),
        text=shown(benchmark.text),
        span=span_to_json(item, benchmark.span),
        quantity=_quantity(benchmark.quantity),
        ours=_quantity(benchmark.ours),
        gap=optional_number(benchmark.gap),
        stated_gap=optional_number(benchmark.stated_gap),
    )


def basis_to_json(item: TargetItem, basis: Basis) -> BasisJson:
    """Return one basis of `item`."""
    return BasisJson(
        title=shown(basis.title),
        doc_number=basis.doc_number,
        year=basis.year,
        issuer=basis.issuer,
        text=shown(basis.text),
        span=span_to_json(item, basis.span),
    )


def item_to_json(item: TargetItem) -> ItemJson:
    """Return everything an item says."""
    return ItemJson(
        category=item.category,
        number=item.number,
        name=_shown(item.name),
        content=shown(item.content),
        indicators=tuple(indicator_to_json(item, indicator) for indicator in item.indicators),
        benchmarks=tuple(benchmark_to_json(item, benchmark) for benchmark in item.benchmarks),
        bases=tuple(basis_to_json(item, basis) for basis in item.bases),
        responsible_units=tuple(shown(unit) for unit in item.responsible_units),
        deadline=item.deadline,
        weight=item.weight,
        progress=_shown(item.progress),
        basis_text=_shown(item.basis_text),
        benchmark_text=_shown(item.benchmark_text),
        target_value=_shown(item.target_value),
        heading_path=tuple(shown(heading) for heading in item.heading_path),
        place=place_to_json(item.place),
    )


def item_fields(item: TargetItem) -> dict[str, object]:
    """Return the fields of `item_to_json(item)` by name, for a schema that holds them beside its own."""
    converted = item_to_json(item)
    return {field.name: getattr(converted, field.name) for field in fields(ItemJson)}


def stored_item_to_json(stored: StoredItem) -> StoredItemJson:
    """Return an item of the catalog."""
    return StoredItemJson(id=stored.id, **item_fields(stored.item))  # type: ignore[arg-type]


def _inferred(document: TargetDocument | StoredDocument) -> tuple[str, ...]:
    """Name what nobody stated about the document: it follows from other words of its text."""
    origins = {"unit": document.unit_origin, "year": document.year_origin, "city": document.city_origin}
    return tuple(name for name, origin in origins.items() if origin is not None and origin.is_inferred)


def parsed_to_json(document: TargetDocument) -> ParsedDocumentJson:
    """Return a document that was read from a file."""
    return ParsedDocumentJson(
        source=document.source,
        title=_shown(document.title),
        kind=document.kind,
        unit=document.unit,
        year=document.year,
        city=document.city,
        unit_origin=document.unit_origin,
        year_origin=document.year_origin,
        city_origin=document.city_origin,
        inferred=_inferred(document),
        doc_number=document.doc_number,
        published=document.published,
        items=tuple(item_to_json(item) for item in document.items),
    )


def warning_to_json(problem: Problem) -> WarningJson:
    """Return something that could not be read."""
    return WarningJson(problem.source, shown(problem.sentence), place_to_json(problem.place))


def reading_to_json(documents: tuple[TargetDocument, ...], problems: tuple[Problem, ...]) -> ParseJson:
    """Return what one file states."""
    return ParseJson(
        tuple(parsed_to_json(document) for document in documents),
        tuple(warning_to_json(problem) for problem in problems),
    )


def document_to_json(document: StoredDocument) -> DocumentJson:
    """Return what the catalog knows of a document."""
    return DocumentJson(
        id=document.id,
        source=document.source,
        path=document.path,
        title=_shown(document.title),
        kind=document.kind,
        unit=document.unit,
        year=document.year,
        city=document.city,
        unit_origin=document.unit_origin,
        year_origin=document.year_origin,
        city_origin=document.city_origin,
        inferred=_inferred(document),
        doc_number=document.doc_number,
        published=document.published,
        added_at=document.added_at,
        item_count=document.items,
    )


def detail_to_json(
    document: StoredDocument,
    items: tuple[StoredItem, ...],
    text: str,
    corrections: Sequence[Correction] = (),
    reading: ReadingRecord | None = None,
) -> DocumentDetailJson:
    """Return a document with its items, its text, what was corrected and how it was read."""
    return DocumentDetailJson(
        document_to_json(document),
        tuple(stored_item_to_json(item) for item in items),
        redact(text),
        tuple(correction_to_json(one, items) for one in corrections),
        None if reading is None else reading_record_to_json(reading),
    )


def correction_to_json(correction: Correction, items: Sequence[StoredItem]) -> CorrectionJson:
    """Return a correction of a document with these items."""
    of_item = correction.item != OF_DOCUMENT
    names = item_names([stored.item for stored in items]) if of_item else ()
    ids = dict(zip(names, (stored.id for stored in items), strict=False))
    read = correction.read
    return CorrectionJson(
        field=correction.field,
        item_id=ids.get(correction.item),
        value=correction.value,
        read=shown(read) if isinstance(read, str) else read,
        read_origin=correction.read_origin,
        made_at=correction.made_at,
        applied=not of_item or correction.item in ids,
    )


def reading_record_to_json(reading: ReadingRecord) -> ReadingJson:
    """Return how a file was read."""
    return ReadingJson(
        layouts=reading.layouts,
        paragraphs=reading.paragraphs,
        tables=reading.tables,
        rows=reading.rows,
        unused=reading.unused,
        members=reading.members,
        warnings=tuple(warning_to_json(one) for one in reading.problems),
    )

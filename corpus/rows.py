"""Values of `corpus.model` as rows of the catalog and back; each pair of functions is an exact round trip."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from corpus.model import (
    Basis,
    Benchmark,
    Bound,
    Comparator,
    DocumentKind,
    Field,
    Indicator,
    Origin,
    Place,
    Quantity,
    Span,
    Status,
    TargetDocument,
    TargetItem,
)
from corpus.stored import StoredDocument

Row = tuple[Any, ...]  # what SQLite takes and gives: str, int, float, bytes or None in each place

# A dictionary finds a member five times faster than the enum's call.
_COMPARATORS = {member.value: member for member in Comparator}
_FIELDS = {member.value: member for member in Field}
_KINDS = {member.value: member for member in DocumentKind}
_ORIGINS = {member.value: member for member in Origin}
_STATUSES = {member.value: member for member in Status}

DOCUMENT_COLUMNS = (
    "source, title, kind, unit, year, city, unit_origin, year_origin, city_origin, doc_number, published"
)
ITEM_COLUMNS = (
    "category, number, name, content, responsible_units, deadline, weight, progress, basis_text,"
    " benchmark_text, target_value, heading_path, place_line, place_page, place_sheet, place_table, place_row"
)
INDICATOR_COLUMNS = (
    "name, op, value, unit, text, span_field, span_start, span_end, high, baseline_value, baseline_unit,"
    " baseline_year, bound_op, bound_value, bound_unit, period, deadline, status"
)
BENCHMARK_COLUMNS = (
    "city, value, text, span_field, span_start, span_end, quantity_value, quantity_unit, quantity_year,"
    " ours_value, ours_unit, ours_year, gap, stated_gap"
)
BASIS_COLUMNS = "title, doc_number, year, issuer, text, span_field, span_start, span_end"


def document_to_row(document: TargetDocument) -> Row:
    """Return what stands in `DOCUMENT_COLUMNS`."""
    return (
        document.source,
        document.title,
        document.kind,
        document.unit,
        document.year,
        document.city,
        document.unit_origin,
        document.year_origin,
        document.city_origin,
        document.doc_number,
        document.published,
    )


def row_to_target_document(row: Row, items: tuple[TargetItem, ...], text: str) -> TargetDocument:
    """Read `DOCUMENT_COLUMNS` back into the document that was stored."""
    return TargetDocument(
        source=row[0],
        title=row[1],
        kind=_KINDS[row[2]],
        unit=row[3],
        year=row[4],
        city=row[5],
        items=items,
        unit_origin=_origin(row[6]),
        year_origin=_origin(row[7]),
        city_origin=_origin(row[8]),
        doc_number=row[9],
        published=row[10],
        text=text,
    )


def row_to_stored_document(row: Row) -> StoredDocument:
    """Read id, path, added_at, number of items, then `DOCUMENT_COLUMNS`."""
    return StoredDocument(
        id=row[0],
        path=row[1],
        added_at=row[2],
        items=row[3],
        source=row[4],
        title=row[5],
        kind=_KINDS[row[6]],
        unit=row[7],
        year=row[8],
        city=row[9],
        unit_origin=_origin(row[10]),
        year_origin=_origin(row[11]),
        city_origin=_origin(row[12]),
        doc_number=row[13],
        published=row[14],
    )


def item_to_row(item: TargetItem) -> Row:
    """Return what stands in `ITEM_COLUMNS`."""
    place = item.place
    return (
        item.category,
        item.number,
        item.name,
        item.content,
        _texts_to_json(item.responsible_units),
        item.deadline,
        item.weight,
        item.progress,
        item.basis_text,
        item.benchmark_text,
        item.target_value,
        _texts_to_json(item.heading_path),
        place.line,
        place.page,
        place.sheet,
        place.table,
        place.row,
    )


def row_to_item(
    row: Row,
    indicators: Sequence[Indicator],
    benchmarks: Sequence[Benchmark],
    bases: Sequence[Basis],
) -> TargetItem:
    """Read `ITEM_COLUMNS` back, with what was extracted from the item."""
    return TargetItem(
        category=row[0],
        number=row[1],
        name=row[2],
        content=row[3],
        indicators=tuple(indicators),
        benchmarks=tuple(benchmarks),
        bases=tuple(bases),
        responsible_units=_json_to_texts(row[4]),
        deadline=row[5],
        weight=row[6],
        progress=row[7],
        basis_text=row[8],
        benchmark_text=row[9],
        target_value=row[10],
        heading_path=_json_to_texts(row[11]),
        place=Place(line=row[12], page=row[13], sheet=row[14], table=row[15], row=row[16]),
    )


def indicator_to_row(indicator: Indicator) -> Row:
    """Return what stands in `INDICATOR_COLUMNS`."""
    bound = indicator.bound
    return (
        indicator.name,
        indicator.op,
        indicator.value,
        indicator.unit,
        indicator.text,
        *_span_to_row(indicator.span),
        indicator.high,
        *_quantity_to_row(indicator.baseline),
        *((bound.op, bound.value, bound.unit) if bound else (None, None, None)),
        indicator.period,
        indicator.deadline,
        indicator.status,
    )


def row_to_indicator(row: Row) -> Indicator:
    """Read `INDICATOR_COLUMNS` back."""
    return Indicator(
        name=row[0],
        op=_COMPARATORS[row[1]],
        value=row[2],
        unit=row[3],
        text=row[4],
        span=Span(_FIELDS[row[5]], row[6], row[7]),
        high=row[8],
        baseline=_row_to_quantity(row[9:12]),
        bound=None if row[12] is None else Bound(_COMPARATORS[row[12]], row[13], row[14]),
        period=row[15],
        deadline=row[16],
        status=_STATUSES[row[17]],
    )


def benchmark_to_row(benchmark: Benchmark) -> Row:
    """Return what stands in `BENCHMARK_COLUMNS`."""
    return (
        benchmark.city,
        benchmark.value,
        benchmark.text,
        *_span_to_row(benchmark.span),
        *_quantity_to_row(benchmark.quantity),
        *_quantity_to_row(benchmark.ours),
        benchmark.gap,
        benchmark.stated_gap,
    )


def row_to_benchmark(row: Row) -> Benchmark:
    """Read `BENCHMARK_COLUMNS` back."""
    return Benchmark(
        city=row[0],
        value=row[1],
        text=row[2],
        span=Span(_FIELDS[row[3]], row[4], row[5]),
        quantity=_row_to_quantity(row[6:9]),
        ours=_row_to_quantity(row[9:12]),
        gap=row[12],
        stated_gap=row[13],
    )


def basis_to_row(basis: Basis) -> Row:
    """Return what stands in `BASIS_COLUMNS`."""
    return (basis.title, basis.doc_number, basis.year, basis.issuer, basis.text, *_span_to_row(basis.span))


def row_to_basis(row: Row) -> Basis:
    """Read `BASIS_COLUMNS` back."""
    return Basis(
        title=row[0],
        doc_number=row[1],
        year=row[2],
        issuer=row[3],
        text=row[4],
        span=Span(_FIELDS[row[5]], row[6], row[7]),
    )


def _span_to_row(span: Span) -> Row:
    return (span.field, span.start, span.end)


def _quantity_to_row(quantity: Quantity | None) -> Row:
    return (None, None, None) if quantity is None else (quantity.value, quantity.unit, quantity.year)


def _row_to_quantity(row: Row) -> Quantity | None:
    return None if row[0] is None else Quantity(row[0], row[1], row[2])


def _origin(written: str | None) -> Origin | None:
    return None if written is None else _ORIGINS[written]


def _texts_to_json(texts: Sequence[str]) -> str:
    return json.dumps(texts, ensure_ascii=False) if texts else "[]"


def _json_to_texts(written: str) -> tuple[str, ...]:
    return () if written == "[]" else tuple(json.loads(written))

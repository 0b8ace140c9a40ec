"""Small stored items, written for the tests."""

from __future__ import annotations

import re

from corpus.model import (
    Basis,
    Benchmark,
    Bound,
    Comparator,
    DocumentKind,
    Field,
    Indicator,
    Origin,
    Quantity,
    Span,
    TargetItem,
)
from corpus.stored import StoredDocument, StoredItem
from search.evidence import Found, Subject, weigh
from search.fuse import ScoredItem
from search.results import Answer


def assert_cited(result: Answer) -> None:
    """Every citation is marked in the text, and quotes what stands in its place."""
    marks = {int(number) for number in re.findall(r"\[(\d+)\]", result.text)}
    assert marks == set(range(1, len(result.citations) + 1))
    for citation in result.citations:
        span = citation.span
        assert getattr(citation.stored.item, span.field)[span.start : span.end] == citation.quote


def document(
    number: int = 1,
    year: int | None = 2021,
    unit: str | None = "市政府办公厅",
    city: str | None = "青岛市",
    year_origin: Origin | None = Origin.TITLE,
) -> StoredDocument:
    return StoredDocument(
        id=number,
        source=f"{number}.txt",
        path=f"{number}.txt",
        title=None,
        kind=DocumentKind.TARGETS,
        unit=unit,
        year=year,
        city=city,
        unit_origin=Origin.HEADER if unit else None,
        year_origin=year_origin if year else None,
        city_origin=Origin.HEADER if city else None,
        doc_number=None,
        published=None,
        added_at="2024-01-01T00:00:00+00:00",
        items=1,
    )


def span_of(text: str, part: str, field: Field) -> Span:
    start = text.index(part)
    return Span(field, start, start + len(part))


def indicator(
    content: str,
    text: str,
    name: str | None,
    op: Comparator,
    value: float,
    unit: str | None,
    *,
    bound: Bound | None = None,
    baseline: Quantity | None = None,
) -> Indicator:
    return Indicator(
        name, op, value, unit, text, span_of(content, text, Field.CONTENT), bound=bound, baseline=baseline
    )


def item(
    name: str | None,
    content: str,
    *indicators: Indicator,
    number: int = 1,
    of: StoredDocument | None = None,
    basis_text: str | None = None,
    benchmark_text: str | None = None,
    bases: tuple[tuple[str, str | None], ...] = (),
    benchmarks: tuple[tuple[str, str | None, str], ...] = (),
    category: str | None = "工作目标",
    responsible: tuple[str, ...] = (),
) -> StoredItem:
    return StoredItem(
        id=number,
        document=of or document(),
        ordinal=number - 1,
        item=TargetItem(
            category=category,
            number=str(number),
            name=name,
            content=content,
            indicators=indicators,
            responsible_units=responsible,
            basis_text=basis_text,
            benchmark_text=benchmark_text,
            bases=tuple(
                Basis(title, number_, None, None, title, span_of(basis_text or "", title, Field.BASIS))
                for title, number_ in bases
            ),
            benchmarks=tuple(
                Benchmark(city, value, text, span_of(benchmark_text or "", text, Field.BENCHMARK))
                for city, value, text in benchmarks
            ),
        ),
    )


def found(stored: StoredItem, subject: Subject, similarity: float = 0.88, score: float = 1.0) -> Found:
    return weigh(subject, stored, ScoredItem(stored.id, stored.id, score, similarity, 1.0))


def figure_item(
    name: str, content: str, figure: str, of_name: str, number: int, year: int | None, **changes: str
) -> StoredItem:
    """An item with one figure, read from `figure` (96%以上, 50场) in the simplest way."""
    match = re.search(r"(\d+(?:\.\d+)?)(%|[一-龥])(以上|以内)?", figure)
    if match is None:
        raise ValueError(figure)
    op = {"以上": Comparator.AT_LEAST, "以内": Comparator.AT_MOST}.get(match[3] or "", Comparator.EQUAL)
    unit = changes.get("unit", "市政府办公厅")
    one = indicator(content, figure, of_name, op, float(match[1]), match[2])
    return item(name, content, one, number=number, of=document(number, year, unit))

"""Answers about what a target is tied to: benchmark cities, bases, responsible units."""

from __future__ import annotations

from corpus.model import Benchmark, Field, Span
from search.bases import ranked_bases
from search.benchmarks import benchmark_cities
from search.cited import CitedText
from search.evidence import DEFAULT_THRESHOLDS, Found, Subject, Thresholds
from search.results import BenchmarkCity
from search.texts import cite, document_words, field_text, item_words

_MOST_LISTED = 8


def say_benchmarks(
    text: CitedText,
    subject: Subject,
    items: tuple[Found, ...],
    *,
    every: bool,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> None:
    """Name the benchmark cities for `subject` and what they achieved; with `every` all that have evidence."""
    cities = benchmark_cities(subject, items, thresholds)
    if not cities:
        return
    chosen = (
        cities if every else tuple(city for city in cities if city.score >= thresholds.near * cities[0].score)
    )
    for city in chosen[:_MOST_LISTED]:
        _say_city(text, city)


def _say_city(text: CitedText, city: BenchmarkCity) -> None:
    evidence = city.evidence[0]
    stored = evidence.citation.stored
    achieved = f"，标杆值：{_value(evidence.benchmark)}" if evidence.benchmark.value else ""
    text.say(
        f"{document_words(stored.document)}{item_words(stored)}的标杆城市是{city.city}{achieved}{text.mark(evidence.citation)}。"
    )


def _value(benchmark: Benchmark) -> str:
    return (benchmark.value or "").strip().rstrip("。；;")


def about_best(items: tuple[Found, ...], subject: Subject, thresholds: Thresholds) -> tuple[Found, ...]:
    """Return the items a question for a relation means: those whose name it says, else the best ones."""
    named = [f for f in items if f.stored.item.name and subject.share_in(f.stored.item.name) >= 0.99]
    if named:
        return tuple(named)
    best = max((found.held for found in items), default=0.0)
    return tuple(found for found in items if found.held >= thresholds.near * best)


def say_bases(
    text: CitedText, subject: Subject, items: tuple[Found, ...], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> None:
    """List the documents that the items about `subject` rest on, item by item."""
    with_bases = tuple(found for found in items if found.stored.item.bases)
    for found in about_best(with_bases, subject, thresholds)[:3]:
        bases = ranked_bases(subject, (found,), thresholds)
        listed = [
            _title(basis.title, basis.doc_number) + text.mark(basis.evidence[0].citation)
            for basis in sorted(bases, key=lambda basis: basis.evidence[0].citation.span.start)
        ]
        if listed:
            place = f"{document_words(found.stored.document)}{item_words(found.stored)}"
            text.say(f"{place}的制定依据：" + "；".join(listed) + "。")


def _title(title: str, doc_number: str | None) -> str:
    marked = title if title.startswith("《") else f"《{title}》"
    return f"{marked}（{doc_number}）" if doc_number and doc_number not in title else marked


def say_responsible(
    text: CitedText, subject: Subject, items: tuple[Found, ...], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> None:
    """Say which units answer for the items about `subject`; never which person."""
    for found in about_best(items, subject, thresholds)[:3]:
        stored = found.stored
        name = f"{document_words(stored.document)}{item_words(stored)}"
        mark = text.mark(cite(stored, _named_at(found)))
        if stored.item.responsible_units:
            text.say(f"{name}的责任单位：{'、'.join(stored.item.responsible_units)}{mark}。")
        elif stored.document.unit:
            text.say(f"{name}没有另写责任单位，它是{stored.document.unit}的目标{mark}。")


def _named_at(found: Found) -> Span:
    """Return the place of the item's name, or of its text where it has none."""
    field = Field.NAME if found.stored.item.name else Field.CONTENT
    return Span(field, 0, len(field_text(found.stored.item, field)))

"""Answers about what a target is tied to: benchmark cities, bases, responsible units."""

from __future__ import annotations

from corpus.doc_numbers import find_doc_numbers
from corpus.model import Benchmark, Field, Span
from corpus.stored import StoredItem
from search.benchmarks import benchmark_cities
from search.cited import CitedText
from search.evidence import Found, Subject, Thresholds
from search.inquiry import Inquiry
from search.results import BenchmarkCity
from search.texts import cite, document_words, field_text, item_words, sentences

_MOST_LISTED = 8
_MOST_ITEMS = 4
_MOST_TASKS = 30


def say_benchmarks(text: CitedText, inquiry: Inquiry, *, every: bool) -> None:
    """Name the benchmark cities for a subject and what they achieved.

    With `every` all that have evidence, otherwise those nearly as good as the best; where the question
    names cities only those.
    """
    cities = benchmark_cities(inquiry.subject, inquiry.found, inquiry.thresholds)
    if inquiry.cities:
        cities = tuple(city for city in cities if city.city in inquiry.cities)
    if not every and cities:
        least = inquiry.thresholds.near * cities[0].score
        cities = tuple(city for city in cities if city.score >= least)
    for city in cities[:_MOST_LISTED]:
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


def say_bases(text: CitedText, inquiry: Inquiry) -> None:
    """List the documents that the items about a subject rest on, item by item.

    Where the question gives a 文号, only the document of that number.
    """
    numbers = {number.text for number in find_doc_numbers(inquiry.question)}
    with_bases = tuple(found for found in inquiry.evident if found.stored.item.bases)
    if numbers:
        with_bases = tuple(one for one in inquiry.found if _numbers_of(one) & numbers)
    else:
        with_bases = about_best(with_bases, inquiry.subject, inquiry.thresholds)
    for found in with_bases[:_MOST_ITEMS]:
        listed = [
            _title(basis.title, basis.doc_number) + text.mark(cite(found.stored, basis.span))
            for basis in sorted(found.stored.item.bases, key=lambda basis: basis.span.start)
            if not numbers or basis.doc_number in numbers
        ]
        place = f"{document_words(found.stored.document)}{item_words(found.stored)}"
        text.say(f"{place}的制定依据：" + "；".join(listed) + "。")


def _numbers_of(found: Found) -> set[str]:
    return {basis.doc_number for basis in found.stored.item.bases if basis.doc_number}


def _title(title: str, doc_number: str | None) -> str:
    marked = title if title.startswith("《") else f"《{title}》"
    return f"{marked}（{doc_number}）" if doc_number and doc_number not in title else marked


def say_responsible(text: CitedText, inquiry: Inquiry) -> None:
    """Say which units answer for the items about a subject; never which person."""
    for found in about_best(inquiry.evident, inquiry.subject, inquiry.thresholds)[:_MOST_ITEMS]:
        stored = found.stored
        name = f"{document_words(stored.document)}{item_words(stored)}"
        mark = text.mark(cite(stored, _named_at(found)))
        if stored.item.responsible_units:
            text.say(f"{name}的责任单位：{'、'.join(stored.item.responsible_units)}{mark}。")
        elif stored.document.unit:
            text.say(f"{name}没有另写责任单位，它是{stored.document.unit}的目标{mark}。")


def say_tasks_of(text: CitedText, unit: str, items: tuple[StoredItem, ...]) -> None:
    """List the items that a unit is responsible for, each with its first sentence; none, nothing."""
    own = [one for one in items if any(unit in name for name in one.item.responsible_units)]
    if not own:
        return
    counted = f"“{unit}”负责的有{len(own)}项"
    text.say(f"{counted}，列出前{_MOST_TASKS}项：" if len(own) > _MOST_TASKS else f"{counted}：")
    for stored in own[:_MOST_TASKS]:
        span = _stated_at(stored)
        said = stored.item.name or field_text(stored.item, span.field)[span.start : span.end]
        text.say(f"· {document_words(stored.document)}：{said}{text.mark(cite(stored, span))}")


def _stated_at(stored: StoredItem) -> Span:
    """Return the place of an item's name, or of its first sentence where it has none."""
    if stored.item.name:
        return Span(Field.NAME, 0, len(stored.item.name))
    places = sentences(stored.item.content)
    return Span(Field.CONTENT, *(places[0] if places else (0, len(stored.item.content))))


def _named_at(found: Found) -> Span:
    """Return the place of the item's name, or of its text where it has none."""
    field = Field.NAME if found.stored.item.name else Field.CONTENT
    return Span(field, 0, len(field_text(found.stored.item, field)))

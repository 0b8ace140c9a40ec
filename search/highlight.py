"""What is marked in a hit, and in a reader's words why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.model import Field, Span
from corpus.stored import StoredItem
from corpus.text import fold
from search.results import Highlight, HighlightKind, Interpreted
from search.texts import READ_FIELDS, field_text, whole_text

_MOST_WORDS_SAID = 6


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    """Fold what is asked for twice or three times for each hit."""
    return fold(text)


def matched_words(words: tuple[str, ...], stored: StoredItem) -> tuple[str, ...]:
    """Return those of the folded `words` that the item holds as they stand, in the query's order.

    A contact person's name or number is never matched.
    """
    text = _folded(whole_text(stored))
    return tuple(word for word in words if word in text)


def highlights(words: tuple[str, ...], stored: StoredItem) -> tuple[Highlight, ...]:
    """Return the marks of an item, by field and place; marks of one kind never overlap."""
    item = stored.item
    marks = [Highlight(HighlightKind.WORD, span, _at(stored, span)) for span in _word_spans(words, stored)]
    marks += [Highlight(HighlightKind.FIGURE, i.span, _at(stored, i.span)) for i in item.indicators]
    marks += [Highlight(HighlightKind.BASIS, b.span, _at(stored, b.span)) for b in item.bases]
    marks += [Highlight(HighlightKind.CITY, span, _at(stored, span)) for span in _city_spans(stored)]
    order = {field: number for number, field in enumerate(Field)}
    unique = dict.fromkeys(mark for mark in marks if mark.text)
    return tuple(sorted(unique, key=lambda m: (order[m.span.field], m.span.start, m.span.end, m.kind)))


def _at(stored: StoredItem, span: Span) -> str:
    return field_text(stored.item, span.field)[span.start : span.end]


def _word_spans(words: tuple[str, ...], stored: StoredItem) -> Iterator[Span]:
    """Yield where the words stand, touching and overlapping places joined."""
    for field in READ_FIELDS:
        text = _folded(field_text(stored.item, field))
        there = [word for word in words if word and word in text]
        places = sorted(match.span() for word in there for match in re.finditer(re.escape(word), text))
        joined: list[tuple[int, int]] = []
        for start, end in places:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        for start, end in joined:
            yield Span(field, start, end)


def _city_spans(stored: StoredItem) -> Iterator[Span]:
    """Yield where a benchmark's city is named in the text that the benchmark was read from."""
    for benchmark in stored.item.benchmarks:
        span = benchmark.span
        text = field_text(stored.item, span.field)
        short = benchmark.city.removesuffix("市") if len(benchmark.city) > 2 else benchmark.city
        for match in re.finditer(re.escape(short) + "市?", text):
            if span.start <= match.start() and match.end() <= span.end:
                yield Span(span.field, *match.span())


def reasons(
    stored: StoredItem,
    interpreted: Interpreted,
    words: tuple[str, ...],
    similarity: float,
    also: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Say in Chinese why an item was found, the plainest reason first."""
    found = []
    if words:
        found.append("命中词：" + "、".join(words[:_MOST_WORDS_SAID]))
    related = matched_words(tuple(fold(word) for word in also), stored)
    if related:
        found.append("相关说法：" + "、".join(related[:_MOST_WORDS_SAID]))
    found.append(f"语义相似度 {similarity:.2f}")
    document = stored.document
    if interpreted.units and document.unit in interpreted.units:
        found.append(f"同一单位：{document.unit}")
    if interpreted.years and document.year in interpreted.years:
        found.append(f"同一年度：{document.year}年")
    if interpreted.cities and document.city in interpreted.cities:
        found.append(f"同一城市：{document.city}")
    if interpreted.categories and stored.item.category in interpreted.categories:
        found.append(f"同一类别：{stored.item.category}")
    return tuple(found)

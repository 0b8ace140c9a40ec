"""Answers in quoted sentences and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.contacts import redact
from corpus.model import Field, Span
from corpus.stored import StoredItem
from search.cited import CitedText
from search.evidence import Subject
from search.figures import figure_words, promised_figures
from search.passages import Passage
from search.results import Citation
from search.texts import (
    QUOTED_FIELDS,
    cite,
    cite_sentence,
    document_words,
    field_text,
    item_words,
    sentences,
)
from search.told_years import told_year

_MOST_LISTED = 30
_WHOLE_CONTENT = 280
_SENTENCES_EACH = 2


def best_sentences(subject: Subject, stored: StoredItem) -> tuple[Citation, ...]:
    """Return the sentences of an item that say most about `subject`, in reading order.

    Where the question names the item and its content is short, that is the whole content; where no
    sentence holds a word of the subject it is the first one.
    """
    content = stored.item.content
    is_named = bool(stored.item.name) and subject.share_in(stored.item.name or "") >= 0.99
    if is_named and 0 < len(content) <= _WHOLE_CONTENT and redact(content) == content:
        return (cite(stored, Span(Field.CONTENT, 0, len(content))),)
    rated: list[tuple[float, int, Span]] = []
    for field in QUOTED_FIELDS:
        text = field_text(stored.item, field)
        for start, end in sentences(text):
            if redact(text[start:end]) != text[start:end]:
                continue
            rated.append((subject.share_in(text[start:end]), len(rated), Span(field, start, end)))
    if not rated:
        return ()
    best = max(share for share, _, _ in rated)
    if best <= 0:
        return (cite(stored, rated[0][2]),)
    chosen = sorted(rated, key=lambda one: (-one[0], one[1]))[:_SENTENCES_EACH]
    return tuple(
        cite(stored, span) for share, _, span in sorted(chosen, key=lambda one: one[1]) if share >= 0.7 * best
    )


def say_passages(text: CitedText, passages: Sequence[Passage]) -> None:
    """Quote passages, those of one item in one line; neighbours are one quotation."""
    for stored, spans in _runs(passages):
        quotes = [cite(stored, span) for span in spans]
        said = "".join(f"“{quote.quote.strip()}”{text.mark(quote)}" for quote in quotes)
        text.say(f"{_place(stored, spans[0])}{said}")


def _place(stored: StoredItem, span: Span) -> str:
    """Say where a quotation stands, and of which year it tells where that is not its document's."""
    document = stored.document
    if document.unit is None and document.city is None and document.year is None:
        return f"《{document.title}》：" if document.title else ""
    told = told_year(stored, span)
    other = told is not None and told != document.year
    return f"{document_words(document)}{item_words(stored)}{f'（说的是{told}年）' if other else ''}："


def _runs(passages: Sequence[Passage]) -> Iterator[tuple[StoredItem, list[Span]]]:
    """Yield items with the stretches to quote, sentences that follow each other as one."""
    stored: StoredItem | None = None
    spans: list[Span] = []
    for passage in passages:
        if stored is not None and stored.id != passage.stored.id:
            yield stored, spans
            spans = []
        stored = passage.stored
        last = spans[-1] if spans else None
        if last is not None and _follows(stored, last, passage.span):
            spans[-1] = Span(last.field, last.start, passage.span.end)
        else:
            spans.append(passage.span)
    if stored is not None:
        yield stored, spans


def _follows(stored: StoredItem, last: Span, span: Span) -> bool:
    between = field_text(stored.item, span.field)[last.end : span.start]
    return last.field is span.field and last.end <= span.start and not between.strip()


def say_list(text: CitedText, subject: Subject, items: tuple[StoredItem, ...]) -> None:
    """List items by name, those of one document under its heading, in the order of the file."""
    listed = sorted(items[:_MOST_LISTED], key=lambda s: (s.document.year or 0, s.document.id, s.ordinal))
    heading, number = 0, 0
    for stored in listed:
        if stored.document.id != heading:
            heading, number = stored.document.id, 0
            count = sum(one.document.id == stored.document.id for one in listed)
            text.say(f"{document_words(stored.document)}（{count}项）：")
        number += 1
        category = f"〔{stored.item.category}〕" if stored.item.category else ""
        text.say(f"{number}. {category}{_listed_name(text, subject, stored)}")
    if len(items) > _MOST_LISTED:
        text.say(f"（共{len(items)}项，只列出前{_MOST_LISTED}项。）")


def _listed_name(text: CitedText, subject: Subject, stored: StoredItem) -> str:
    """Name an item and mark where it stands; one without a name is quoted."""
    if stored.item.name:
        return stored.item.name + text.mark(cite(stored, Span(Field.NAME, 0, len(stored.item.name))))
    quotes = best_sentences(subject, stored)
    return "".join(f"{quote.quote.strip()}{text.mark(quote)}" for quote in quotes) or item_words(stored)


def say_figure_list(text: CitedText, items: tuple[StoredItem, ...]) -> None:
    """List every promised figure of `items` as the source writes it."""
    for number, observed in enumerate(promised_figures(items)[:_MOST_LISTED], start=1):
        stored, indicator = observed.stored, observed.indicator
        name = indicator.name or stored.item.name or "指标"
        mark = text.mark(cite_sentence(stored, indicator.span))
        text.say(f"{number}. {document_words(stored.document)}“{name}”：{figure_words(observed)}{mark}")

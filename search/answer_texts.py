"""Answers in quoted sentences and lists."""

from __future__ import annotations

from corpus.contacts import redact
from corpus.model import Field, Span
from corpus.stored import StoredItem
from search.answer_relations import about_best
from search.cited import CitedText
from search.evidence import Subject
from search.figures import figure_words
from search.inquiry import Inquiry
from search.results import Citation
from search.texts import cite, cite_sentence, document_words, field_text, item_words, sentences
from search.trends import promised

_MOST_ITEMS = 3
_MOST_LISTED = 30
_WHOLE_CONTENT = 280
_SENTENCES_EACH = 2
_QUOTED_FIELDS = (Field.CONTENT, Field.TARGET_VALUE, Field.BENCHMARK, Field.BASIS, Field.PROGRESS)


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
    for field in _QUOTED_FIELDS:
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


def say_sentences(text: CitedText, inquiry: Inquiry) -> None:
    """Quote the sentences about a subject from the best items that are evidence."""
    subject = inquiry.subject
    for found in about_best(inquiry.evident, subject, inquiry.thresholds)[:_MOST_ITEMS]:
        quotes = best_sentences(subject, found.stored)
        if quotes:
            said = "".join(f"“{quote.quote.strip()}”{text.mark(quote)}" for quote in quotes)
            text.say(f"{document_words(found.stored.document)}{item_words(found.stored)}：{said}")


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
    for number, observed in enumerate(promised(items)[:_MOST_LISTED], start=1):
        stored, indicator = observed.stored, observed.indicator
        name = indicator.name or stored.item.name or "指标"
        mark = text.mark(cite_sentence(stored, indicator.span))
        text.say(f"{number}. {document_words(stored.document)}“{name}”：{figure_words(observed)}{mark}")

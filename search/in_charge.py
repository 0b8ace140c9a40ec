"""Who does it: questions that ask so, and the sentences that say so."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.contacts import redact
from corpus.model import Field, Span
from corpus.stored import StoredItem
from search.passages import Passage
from search.texts import field_text, sentences

_MOST_BEHIND = 2
_IN_CHARGE = re.compile(
    r"^\s*[（(]?(?:牵头|责任|负责|主办|承办|配合|完成)(?:单位|部门)?[：:]|由[^，。]{2,20}(?:负责|牵头)"
)
_ASKED = re.compile(
    r"谁(?:来|在|家)?(?:负责|牵头|主管|承办|承担|落实)|牵头|[由归]谁|归哪|哪[一-龥]{0,2}个?(?:单位|部门|局|委)"
)
_WHOSE = re.compile(
    r"(?P<unit>[市省区县][一-龥]{1,12}?(?:[局委办厅处社]|中心|公司|集团|政府))(?:来|在|要|都)?(?:负责|牵头|承办|主管|承担)"
)


def asks_who(question: str) -> bool:
    """Whether it is asked which units do something."""
    return bool(_ASKED.search(question))


def unit_asked_about(question: str) -> str | None:
    """Return the unit whose tasks are asked for: 市教育局 of 哪些事由市教育局牵头."""
    found = _WHOSE.search(question)
    return found["unit"] if found and re.search(r"哪|什么|几|列出|清单", question) else None


def says_who(stored: StoredItem) -> bool:
    """Whether an item says which units do it."""
    return bool(stored.item.responsible_units) or names_units_in_charge(stored.item.content)


def names_units_in_charge(text: str) -> bool:
    """Whether a sentence of `text` says who is in charge."""
    return any(_IN_CHARGE.search(text[start:end]) for start, end in sentences(text))


def with_units_in_charge(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return passages each with the sentence behind it that says who is in charge, where one does."""
    found: dict[tuple[int, Field, int], Passage] = {}
    for one in passages:
        found[one.stored.id, one.span.field, one.span.start] = one
        text = field_text(one.stored.item, one.span.field)
        behind = [place for place in sentences(text) if place[0] >= one.span.end][:_MOST_BEHIND]
        for start, end in behind:
            if _IN_CHARGE.search(text[start:end]) and redact(text[start:end]) == text[start:end]:
                span = Span(one.span.field, start, end)
                found.setdefault((one.stored.id, span.field, start), replace(one, span=span))
                break
    return tuple(found.values())

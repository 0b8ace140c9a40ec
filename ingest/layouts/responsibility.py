"""Who does it, by when: what stands in parentheses at the end of a task (牵头单位：…；责任单位：…)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.text import fold
from ingest.vocabulary import Column

_UNITS: Final = (
    r"(?:牵头责任|牵头|责任|主办|承办|主责|负责|配合|协办|参与|实施|落实)(?:单位|部门|处室|科室)(?:及责任人)?"
)
_DEADLINE: Final = r"(?:完成时限|完成时间|完成期限|时限要求|时间节点|办结时限)"
_PERSON: Final = r"(?:责任人|责任领导|分管领导|牵头领导|联系人|联系电话)"
_LABEL: Final = re.compile(
    rf"(?P<units>{_UNITS})\s*:|(?P<deadline>{_DEADLINE})\s*:|(?P<person>{_PERSON})\s*:"
)
_INNER: Final = r"(?:[^()\[\]【】〔〕]|\([^()]{0,80}\)|[〔\[][^〔〕\[\]]{0,40}[〕\]]){1,600}"
_ENCLOSED: Final = re.compile(rf"\s*[(【\[](?P<inner>{_INNER})[)】\]]\s*[。.;;]?\s*$")
_OPEN: Final = re.compile(rf"(?:^|(?<=[。;!\n ]))\s*(?P<inner>(?:{_UNITS}|{_DEADLINE})\s*:[^\n]{{1,600}})$")
_BY: Final = re.compile(
    r"^[\u4e00-\u9fff、,;和及与()\s]{2,200}(?:牵头|负责|配合|主办|承办|落实|按职责分工)(?:[\u4e00-\u9fff、,;和及与()\s]{0,160})?$"
)
_ROLE_WORDS: Final = re.compile(r"(?:共同|分别|牵头|配合|负责|主办|承办|落实|按(?:照)?职责分工|参与|协办)+")
_TAIL: Final = 700


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What a task's end says; `start` is where it begins in the text.

    `names_person` says that somebody's name stands there too.
    """

    start: int
    units: str | None
    deadline: str | None
    names_person: bool = False

    def values(self) -> tuple[tuple[Column, str], ...]:
        """Return the cells that a row of a table would have."""
        pairs = ((Column.RESPONSIBLE, self.units), (Column.DEADLINE, self.deadline))
        return tuple((column, text) for column, text in pairs if text)


def responsibility_of(text: str) -> Responsibility | None:
    """Return who is responsible as said at the end of `text`, `None` where nothing is said there."""
    offset = max(0, len(text) - _TAIL)
    tail = fold(text[offset:])
    for opening in reversed([m.start() for m in re.finditer(r"[(【\[]", tail)]):
        found = _ENCLOSED.match(tail, opening)
        if found is not None and (read := _read(text, offset, found)) is not None:
            return Responsibility(offset + opening, *read)
    found = _OPEN.search(tail)
    if found is not None and (read := _read(text, offset, found)) is not None:
        return Responsibility(offset + found.start(), *read)
    return None


def _read(text: str, offset: int, found: re.Match[str]) -> tuple[str | None, str | None, bool] | None:
    """Return units and deadline as written between the parentheses, and whether a person is named."""
    start, end = offset + found.start("inner"), offset + found.end("inner")
    inner = text[start:end]
    labels = list(_LABEL.finditer(fold(inner)))
    if not labels:
        folded = fold(inner).strip()
        if not _BY.match(folded):
            return None
        units = "、".join(part for part in _ROLE_WORDS.split(inner) if part.strip(" ,，;；、"))
        return units.strip(" ,，;；、"), None, False
    if labels[0].start() > 4:
        return None
    units_found: list[str] = []
    deadline: str | None = None
    for label, following in zip(labels, (*labels[1:], None), strict=True):
        value = inner[label.end() : following.start() if following is not None else len(inner)]
        value = value.strip(" \t\u3000,，;；。.")
        if label.group("units") and value:
            units_found.append(value)
        elif label.group("deadline"):
            deadline = value or None
    return "；".join(units_found) or None, deadline, any(label.group("person") for label in labels)

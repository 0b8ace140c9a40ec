"""Items that promise the same, year after year or city after city, become one hit with its versions.

Two items are compared by the triples of neighbouring characters of name and content, punctuation left out,
every run of digits and numerals made one sign and the document's own city taken out: 办结率达到95% and
办结率达到96% are the same promise. They are counted exactly, for all candidates at once, in arrays.

In a long text half of the triples in common is a repetition; in a short one two words that differ are
another promise (城镇 and 农村居民收入增长8%), so that it must agree nearly whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.model import Indicator
from corpus.stored import ItemOutline, StoredItem
from corpus.text import CharacterNumbers, fold
from search.fuse import ScoredItem
from search.texts import plain_name

Outlines = Callable[[Sequence[int]], Mapping[int, ItemOutline]]

# Shares of common triples from which two items are one promise: of texts with at least `_LONG` triples, and
# with at most `_SHORT`. Judged by reading pairs from work reports of 44 cities: paragraphs repeat each other
# from 0.45 on, at 0.35 they only share a form. A name in common makes up for more than half of the words.
SAME_LONG, SAME_SHORT = 0.5, 0.85
_LONG, _SHORT = 50, 10
_SAME_NAME = 0.4
_LEAST_NAME = 3  # characters; shorter names are numbers and headings
# So many of the best candidates are compared: at least, and for each hit that is asked for.
_LEAST_COMPARED = 40
_COMPARED_A_HIT = 4
_LONGEST = 600  # characters of an item that are compared
# What surrounds a figure says as little as the figure, and who answers for a promise is no part of it; both
# matter where there is not much else.
_FORM = re.compile(
    r"[（(][^（()）]*(?:单位[：:]|负责)[^（()）]*[）)]"
    r"|以上|以下|以内|之内|左右|达到|不低于|不少于|不超过|不高于|至少|力争|确保|超过|突破|控制在|保持在|稳定在"
)
_BRIEF = 120  # characters
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_RAREST = 0xFFFF  # code points from here on count as one character
_NOTHING, _FIGURE, _RARE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Group:
    """The best item of those that promise the same, and the others, newest first."""

    best: ScoredItem
    versions: tuple[ScoredItem, ...] = ()


def group(ranked: Sequence[ScoredItem], k: int, outlines: Outlines) -> tuple[Group, ...]:
    """Return the `k` best groups, in the order of their best items.

    The best item stands for its group; where two have the same score, the newer one. Two items of one
    document are two promises. Versions are sought among the best candidates, at least 40 of them; more are
    compared where those make fewer than `k` groups.
    """
    compared = max(_LEAST_COMPARED, _COMPARED_A_HIT * k)
    while True:
        known = outlines([one.item_id for one in ranked[:compared]])
        groups = _groups([one for one in ranked[:compared] if one.item_id in known], known)
        if len(groups) >= k or compared >= len(ranked):
            return groups[:k]
        compared *= 2


def differing_figures(best: StoredItem, version: StoredItem) -> tuple[Indicator, ...]:
    """Return the figures of `version` that `best` does not state, as they stand in it."""
    stated = {_figure(one) for one in best.item.indicators}
    return tuple(one for one in version.item.indicators if _figure(one) not in stated)


def _figure(indicator: Indicator) -> tuple[str, float, float | None, str | None]:
    return indicator.op, indicator.value, indicator.high, indicator.unit


def _groups(ranked: list[ScoredItem], outlines: Mapping[int, ItemOutline]) -> tuple[Group, ...]:
    """Let each item join the item before it that it is most like, if any; no item joins one that joined."""
    ranked.sort(key=lambda one: (-round(one.score, 6), -(outlines[one.item_id].year or 0)))
    items = [outlines[one.item_id] for one in ranked]
    near = _likeness(items)
    members: dict[int, list[int]] = {place: [] for place in range(len(items))}
    for place in np.flatnonzero((np.tril(near, -1) >= 1).any(axis=1)).tolist():
        leaders = [one for one in members if one < place]
        nearest = max(leaders, key=lambda leader: (near[place, leader], -leader))
        if near[place, nearest] >= 1:
            members[nearest].append(place)
            del members[place]
    return tuple(
        Group(ranked[leader], tuple(ranked[one] for one in _newest_first(members[leader], items)))
        for leader in members
    )


def _newest_first(places: list[int], items: list[ItemOutline]) -> list[int]:
    return sorted(places, key=lambda place: (-(items[place].year or 0), place))


def _likeness(items: list[ItemOutline]) -> NDArray[np.float64]:
    """Return for each pair how alike it is, as a share of what makes it one promise."""
    share, sizes = common_share([_compared(item) for item in items])
    shorter = np.minimum(sizes[:, None], sizes[None, :])
    alike = share / np.interp(shorter, (_SHORT, _LONG), (SAME_SHORT, SAME_LONG))
    names: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        name = fold(plain_name(item.name or "")).strip()
        if len(name) >= _LEAST_NAME:
            names.setdefault(name, []).append(place)
    for places in names.values():
        if len(places) > 1:
            alike[np.ix_(places, places)] /= _SAME_NAME
    documents = np.array([item.document_id for item in items])
    alike[documents[:, None] == documents[None, :]] = 0
    return alike


def _compared(item: ItemOutline) -> str:
    text = f"{item.name or ''}，{item.content}"[:_LONGEST]
    if len(text) < _BRIEF:
        text = _FORM.sub("", text)
    if not item.city:
        return text
    short = item.city[:-1] if len(item.city) > 2 else item.city
    return text.replace(item.city, "").replace(short, "")


def common_share(texts: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each pair of texts how many of all their triples both have, 0 to 1, and how many each has.

    A text is not compared with itself: the diagonal means nothing. Texts of fewer than three characters have
    nothing in common with any.
    """
    triples, owners = _triples(texts)
    sizes = np.bincount(owners, minlength=len(texts)).astype(np.float64)
    starts = np.flatnonzero(np.diff(triples, prepend=_NOTHING) != 0)
    held_by = np.diff(starts, append=len(triples))
    shared = held_by > 1
    has = np.zeros((len(texts), int(shared.sum())), np.float32)
    column = np.repeat(np.cumsum(shared) - 1, held_by)
    inside = np.repeat(shared, held_by)
    has[owners[inside], column[inside]] = 1
    common = (has @ has.T).astype(np.float64)
    either = sizes[:, None] + sizes[None, :] - common
    return np.divide(common, either, out=np.zeros_like(common), where=either > 0), sizes


def _triples(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the distinct triples of each text, ascending, and the number of the text beside each.

    A sign fits into 16 bits: three of them and the number of the text are one number to be sorted.
    """
    signs = _signs().numbers("".join(texts))
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) for text in texts])
    kept = signs != _NOTHING
    signs, owners = signs[kept], owners[kept]
    run = (signs[1:] == _FIGURE) & (signs[:-1] == _FIGURE) & (owners[1:] == owners[:-1])
    kept = np.ones(len(signs), np.bool_)
    kept[1:] = ~run
    signs, owners = signs[kept].astype(np.uint64), owners[kept]
    if len(signs) < 3:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    within = owners[2:] == owners[:-2]
    packed = (signs[:-2] << 48 | signs[1:-1] << 32 | signs[2:] << 16 | owners[2:])[within]
    packed.sort()
    if len(packed):
        packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))]
    return packed >> 16, (packed & 0xFFFF).astype(np.int64)


@cache
def _signs() -> CharacterNumbers:
    return CharacterNumbers(_sign)


def _sign(code: int) -> int:
    """Return what a character counts as: itself folded, any figure, or nothing."""
    if code >= _RAREST:
        return _RARE
    folded = fold(chr(code))
    if folded.isdigit() or folded in _NUMERALS:
        return _FIGURE
    category = unicodedata.category(folded)
    if category[0] not in "LNM" and folded != "%":
        return _NOTHING
    return max(ord(folded), _RARE) if ord(folded) < _RAREST else _RARE

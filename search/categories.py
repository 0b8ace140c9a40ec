"""Which category a query asks for, and what the same category was called in other years.

Towards 2012 a unit had 工作目标 and 奋斗目标, later the same two kinds were 重点目标 and 创优目标.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import fold

_SAME = (("工作目标", "重点目标"), ("奋斗目标", "创优目标"))
_BEFORE = re.compile(r"(?:^|[\s的年度厅局委办项个条“\"：:、和与及])$")
_AFTER = re.compile(
    r"^(?:$|[\s中里内有类的”\"？?，,、和与及]|方面|部分|一共|共|包括|包含|分别|是(?:$|哪|什么))"
)


@dataclass(frozen=True, slots=True)
class CategoryMention:
    """The categories of the catalog that the characters `start` to `end` of a query stand for.

    They are others than `name`, the one that is written, where the catalog has none of that name.
    """

    name: str
    categories: tuple[str, ...]
    start: int
    end: int


def aligned(categories: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the categories of the catalog that are in other years what `categories` are."""
    found = [other for one in categories for group in _SAME if one in group for other in group]
    return tuple(dict.fromkeys(one for one in found if one in known and one not in categories))


def find_categories(text: str, known: tuple[str, ...]) -> tuple[CategoryMention, ...]:
    """Return the categories that stand alone; 热线工作目标 speaks of an aim, not of a category."""
    found: list[CategoryMention] = []
    for folded, name, categories in _readable(known):
        for match in re.finditer(re.escape(folded), text):
            start, end = match.span()
            alone = _BEFORE.search(text[:start]) and _AFTER.match(text[end:])
            if alone and not any(start < one.end and one.start < end for one in found):
                found.append(CategoryMention(name, categories, start, end))
    return tuple(found)


@lru_cache(maxsize=8)
def _readable(known: tuple[str, ...]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return each name that may be read, folded and as it is, with what it stands for, longest first."""
    names: dict[str, tuple[str, ...]] = {name: (name,) for name in known}
    for group in _SAME:
        for name in group:
            if name not in names and (others := aligned((name,), known)):
                names[name] = others
    return tuple((fold(name), name, names[name]) for name in sorted(names, key=lambda one: (-len(one), one)))

"""Other wordings to choose from, each quoted as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.stored import StoredItem
from search.drafting.material import Material
from search.drafting.phrasing import Taken, about
from search.drafting.proposal import Alternative
from search.evidence import Found
from search.words import grams

_MOST = 3
_MOST_SENTENCES = 3
_SHORTEST = 15
_ABOUT = 0.5
_ALIKE = 0.7


def alternatives(material: Material, model: StoredItem, taken: Sequence[Taken]) -> tuple[Alternative, ...]:
    """Return up to three other wordings: the unit's own first, then other units', then reports'.

    None says nearly the same as another or as the proposed content; at most two come from one side, as
    long as the other sides have any.
    """
    said = [grams("".join(one.text for one in taken))]
    chosen: list[Alternative] = []
    left: list[Alternative] = []
    for found in (material.own, material.others, material.reports):
        fresh = list(_fresh(material.near(found), material, model, said))
        chosen += fresh[: _MOST - 1]
        left += fresh[_MOST - 1 :]
    return tuple((*chosen, *left)[:_MOST])


def _fresh(
    found: Sequence[Found], material: Material, model: StoredItem, said: list[frozenset[str]]
) -> Iterator[Alternative]:
    """Yield what is not said yet; `said` grows by it."""
    count = 0
    for one in found:
        if one.stored.id == model.id or count == _MOST:
            continue
        kept = about(material.subject, one.stored, most=_MOST_SENTENCES)[:_MOST_SENTENCES]
        text = "".join(each.text for each in kept)
        pairs = grams(text)
        is_about = material.subject.share_in(text) >= _ABOUT
        if len(text) < _SHORTEST or not is_about or any(_share(pairs, other) >= _ALIKE for other in said):
            continue
        said.append(pairs)
        count += 1
        yield Alternative(one.stored.document, one.stored.item.name, tuple(each.citation for each in kept))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 1.0

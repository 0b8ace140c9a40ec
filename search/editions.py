"""Documents that are made anew every year: their editions, and the one that a new target should rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.catalog import CatalogReader
from corpus.doc_numbers import find_doc_numbers
from corpus.model import Basis
from corpus.stored import StoredItem
from corpus.text import fold
from search.bases import same_document, title_key
from search.dated import Edition, cited_editions, edition_key, is_yearly
from search.results import BasisEvidence, RankedBasis, Successor
from search.texts import TITLE, cite

_YEAR = re.compile(r"(?:19|20)\d{2}")


def with_editions(
    ranked: tuple[RankedBasis, ...], catalog: CatalogReader, this_year: int
) -> tuple[RankedBasis, ...]:
    """Return the documents with the years of their editions and the current successor of the yearly ones.

    The successor is the newest edition that the catalog cites or holds up to `this_year`; where the cited
    one is the newest, the title that this year's should have.
    """
    keys = {edition_key(one.title) for one in ranked if _is_yearly(one)}
    if not keys:
        return ranked
    editions = _editions(keys, catalog)
    return tuple(
        _placed(one, editions.get(edition_key(one.title), []), this_year) if _is_yearly(one) else one
        for one in ranked
    )


def _is_yearly(ranked: RankedBasis) -> bool:
    return any(is_yearly(one.basis) for one in ranked.evidence)


def _editions(keys: set[str], catalog: CatalogReader) -> dict[str, list[Edition]]:
    yearly = (one for one in catalog.bases() if is_yearly(one.value))
    found = cited_editions((one for one in yearly if edition_key(one.value.title) in keys), catalog)
    for document in catalog.documents():
        if document.title and document.year and (key := edition_key(document.title)) in keys:
            held = Edition(document.title, document.doc_number, document.year, document.city, None)
            found.setdefault(key, []).append(held)
    return found


def _placed(ranked: RankedBasis, editions: list[Edition], this_year: int) -> RankedBasis:
    cities = {one.citation.stored.document.city for one in ranked.evidence} - {None}
    kept = [one for one in editions if one.city is None or not cities or one.city in cities]
    years = tuple(sorted({one.year for one in kept}))
    return replace(ranked, years=years, successor=_successor(ranked, kept, this_year))


def _successor(ranked: RankedBasis, editions: list[Edition], this_year: int) -> Successor | None:
    basis = ranked.evidence[0].basis
    cited = basis.year or 0
    newer = [one for one in editions if cited < one.year <= this_year]
    if newer:
        newest = max(newer, key=lambda one: (one.year, one.doc_number is not None))
        return Successor(newest.title, newest.doc_number, newest.year, True, newest.citation)
    if cited >= this_year:
        return None
    title = _YEAR.sub(str(this_year), basis.title, count=1)
    return Successor(title, None, this_year, False, None)


def bases_named(query: str, catalog: CatalogReader) -> tuple[RankedBasis, ...] | None:
    """Return the documents that `query` names by 文号 or in 《》, with every item that rests on them.

    None where it names none; an empty tuple where nothing rests on what it names.
    """
    numbers = [one.text for one in find_doc_numbers(query)]
    if numbers:
        found = [one for number in numbers for one in catalog.bases_numbered(number)]
    elif titles := {title_key(title) for title in TITLE.findall(fold(query))}:
        found = [one for one in catalog.bases() if title_key(one.value.title) in titles]
    else:
        return None
    stored = catalog.items(sorted({one.item_id for one in found}))
    return merged((stored[one.item_id], one.value) for one in found if one.item_id in stored)


def merged(named: Iterable[tuple[StoredItem, Basis]]) -> tuple[RankedBasis, ...]:
    """Return the documents that the bases are, each with its items, newest first."""
    groups: list[list[tuple[StoredItem, Basis]]] = []
    for stored, basis in named:
        group = next((one for one in groups if same_document(one[0][1], basis)), None)
        if group is None:
            groups.append([(stored, basis)])
        else:
            group.append((stored, basis))
    return tuple(_ranked(group) for group in groups)


def _ranked(group: list[tuple[StoredItem, Basis]]) -> RankedBasis:
    ordered = sorted(group, key=lambda one: -(one[0].document.year or 0))
    titles = list(dict.fromkeys(basis.title for _, basis in ordered))
    number = next((basis.doc_number for _, basis in ordered if basis.doc_number), None)
    evidence = tuple(BasisEvidence(basis, cite(stored, basis.span), 1.0) for stored, basis in ordered)
    return RankedBasis(titles[0], number, 1.0, evidence, tuple(titles[1:]))

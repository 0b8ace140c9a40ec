"""Every item that rests on one document, wherever it stands."""

from __future__ import annotations

import re
from itertools import chain

from corpus.catalog import CatalogReader
from corpus.doc_numbers import find_doc_numbers
from search.bases import title_key
from search.editions import merged, with_editions
from search.results import RankedBasis

_EDGES = re.compile(r"^[《\s]+|[》\s]+$")


def items_resting_on(basis: str, catalog: CatalogReader, this_year: int) -> tuple[RankedBasis, ...]:
    """Return the documents that `basis` names by title or 文号, each with all items that rest on it.

    A title counts however it is written; with a 文号 in `basis` that number decides, and items that name
    the document by its title alone come with it. Several are returned where one title stands for documents
    of different numbers. Empty where no item rests on it.
    """
    numbers = {one.text for one in find_doc_numbers(basis)}
    numbered = list(chain.from_iterable(catalog.bases_numbered(number) for number in sorted(numbers)))
    keys = {title_key(one.value.title) for one in numbered} or {title_key(_EDGES.sub("", basis))}
    keys.discard("")
    titled = [
        one
        for one in catalog.bases()
        if title_key(one.value.title) in keys and (not numbers or one.value.doc_number is None)
    ]
    named = dict.fromkeys((one.item_id, one.value) for one in (*numbered, *titled))
    stored = catalog.items(sorted({item_id for item_id, _ in named}))
    found = merged((stored[item_id], value) for item_id, value in named if item_id in stored)
    return with_editions(found, catalog, this_year)

"""What the pane, the extension and the command line ask of citations, answered from a library's catalog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import WrongUse

if TYPE_CHECKING:
    from api.library import Library
    from api.schemas.citations import InsertionAskedJson, InsertionJson, MarksJson, VerificationJson

MOST_MARKS = 500
LONGEST_TEXT = 500_000


def inserted(library: Library, asked: InsertionAskedJson) -> InsertionJson:
    """Return what can be inserted of an item. Raise ItemNotFound, WrongUse."""
    from api.conversions.citations import insertion_to_json
    from api.ingesting import Manner
    from api.insertions import Wanted, insertion
    from ingest.reading import Hints

    words = Manner.of(Hints(), library.settings.vocabulary).vocabulary
    wanted = Wanted(asked.item_id, asked.field, asked.start, asked.end, asked.sentence, asked.headers)
    with library.catalog.snapshot() as reader:
        return insertion_to_json(insertion(wanted, reader, words))


def verified(library: Library, asked: MarksJson) -> VerificationJson:
    """Return what became of the citations that are given or stand in a text. Raise WrongUse."""
    from search.citations import marks_in

    if len(asked.text) > LONGEST_TEXT:
        raise WrongUse(f"文字有 {len(asked.text)} 个字，太长；请分几次核对，每次不超过 {LONGEST_TEXT} 个字。")
    return verified_marks(library, (*(mark.strip() for mark in asked.marks), *marks_in(asked.text)))


def verified_marks(library: Library, marks: Sequence[str]) -> VerificationJson:
    """Return what became of the citations with these marks, each once. Raise WrongUse."""
    from api.conversions.citations import verification_to_json
    from search.citations import verify

    each = tuple(dict.fromkeys(marks))
    if len(each) > MOST_MARKS:
        raise WrongUse(f"一次要核对 {len(each)} 处引文，太多；请分几次核对，每次不超过 {MOST_MARKS} 处。")
    with library.catalog.snapshot() as reader:
        return verification_to_json(verify(each, reader))

"""What the lists of a form offer, also where the catalog cannot be asked."""

from __future__ import annotations

from api.library import Library
from api.schemas.service import VocabularyJson
from corpus.errors import DuibiaoError

NOTHING_OFFERED = VocabularyJson((), (), (), ())


def offered(library: Library) -> tuple[VocabularyJson, DuibiaoError | None]:
    """Return what can be chosen, or nothing and why."""
    try:
        return library.vocabulary(), None
    except DuibiaoError as error:
        return NOTHING_OFFERED, error

"""A query with what is known of its right results, whatever set it comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from corpus.stored import StoredItem
from search.asked import SearchRequest
from search.evaluation.foreign import Collection

# What a result is called in judgments: the item itself, or the document it stands in.
KeyOf = Callable[[StoredItem], str]

UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class EvaluationQuery:
    """A query as it is asked, and how good each judged result is (0 not relevant, to 3).

    A result that is judged relevant but not in the catalog stands in `grades` all the same: it is missed.
    `years` are those that the query asks for, none where it names none.
    """

    id: str
    text: str
    kinds: tuple[str, ...] = ()
    today: date | None = None
    year: int | None = None
    unit: str | None = None
    category: str | None = None
    city: str | None = None
    understand: bool = True
    years: frozenset[int] = frozenset()
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_judged(self) -> bool:
        """Whether anything is relevant, so that retrieval can be right at all."""
        return any(grade > 0 for grade in self.grades.values())

    @property
    def is_held_out(self) -> bool:
        """Whether the query belongs to the half that only judges, on which nothing may be tuned."""
        digest = hashlib.sha256(self.id.encode("utf-8", "surrogatepass")).digest()
        return digest[-1] % 2 == 0

    def request(self, k: int) -> SearchRequest:
        """Return what the engine is asked: every item is a hit of its own, nobody's preference counts."""
        return SearchRequest(
            query=self.text,
            k=k,
            year=self.year,
            unit=self.unit,
            category=self.category,
            city=self.city,
            understand=self.understand,
            group=False,
            prefer_recent=False,
            prefer_unit="",
        )


def document_of(stored: StoredItem) -> str:
    """Return the id of the foreign document that an item stands in."""
    return stored.document.path


def item_of(stored: StoredItem) -> str:
    """Return the name of an item in judgments: its file and its number in the catalog."""
    return f"{stored.document.path}#{stored.id}"


def collection_queries(collection: Collection) -> tuple[EvaluationQuery, ...]:
    """Return the questions of a foreign set.

    They are taken literally: its documents state no year, unit or city that a filter could ask for.
    """
    return tuple(
        EvaluationQuery(
            id=question.id,
            text=question.text,
            kinds=() if question.answerable else (UNANSWERABLE,),
            understand=False,
            grades=dict.fromkeys(question.documents, 1),
        )
        for question in collection.questions
    )

"""What the catalog holds about a topic, parted by whose it is; nothing of the drafted year but reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.catalog import CatalogReader
from corpus.contacts import redact
from corpus.model import DocumentKind
from corpus.stored import StoredDocument, StoredItem
from search.asked import Asked, SearchRequest
from search.drafting.phrasing import can_be_followed
from search.drafting.proposal import DraftRequest
from search.evidence import DEFAULT_THRESHOLDS, Found, Subject, is_evidence
from search.linking import documents_of_unit
from search.texts import sentences
from search.units import same_unit

Ask = Callable[[SearchRequest], Asked]

_WIDE = 60
_NEAR = 0.7
_HELD = 0.85
_ABOUT = 0.4
_NAMED = 0.3
_DENSE = 0.3


@dataclass(frozen=True, slots=True)
class Past:
    """The unit's own earlier documents, newest first, with all their items.

    `other_cities` have units of the same name; their documents are not the unit's own.
    """

    documents: tuple[StoredDocument, ...]
    items: tuple[StoredItem, ...]
    city: str | None
    other_cities: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the newest."""
        return next((one.year for one in self.documents if one.year is not None), None)


def past_of(request: DraftRequest, catalog: CatalogReader) -> Past:
    """Return what the unit promised before the drafted year, also under its former names.

    The city is the one stated, the one that the unit's name begins with, or that of its newest document.
    """
    known = catalog.documents()
    stated = request.city or _city_in(request.unit, known)
    own = [
        one
        for one in documents_of_unit(request.unit, stated, known)
        if (one.year is None or one.year < request.year) and not _is_of_another(one, request)
    ]
    own.sort(key=lambda one: (-(one.year or 0), one.id))
    cities = tuple(dict.fromkeys(one.city for one in own if one.city is not None))
    city = stated or (cities[0] if cities else None)
    kept = tuple(one for one in own if one.city is None or one.city == city)
    items = tuple(stored for one in kept for stored in catalog.document_items(one.id))
    return Past(kept, items, city, tuple(one for one in cities if one != city))


def _city_in(unit: str, known: tuple[StoredDocument, ...]) -> str | None:
    """Return the city of the catalog that a unit's name begins with: 青岛市 in 青岛市人民政府办公厅."""
    cities = sorted({one.city for one in known if one.city}, key=lambda one: (-len(one), one))
    return next((city for city in cities if len(city) < len(unit) and unit.startswith(city)), None)


def _is_of_another(document: StoredDocument, request: DraftRequest) -> bool:
    """Whether a document is a work report that the unit did not give itself."""
    return document.kind is DocumentKind.REPORT and not same_unit(document.unit, request.unit)


@dataclass(frozen=True, slots=True)
class Material:
    """What was found about one topic, only what is evidence for it.

    `own` is newest first, `others` (targets and plans of other units) and `reports` best first.
    """

    subject: Subject
    own: tuple[Found, ...]
    others: tuple[Found, ...]
    reports: tuple[Found, ...]
    city: str | None = None

    @property
    def all(self) -> tuple[Found, ...]:
        """Everything, the unit's own first."""
        return (*self.own, *self.others, *self.reports)

    @property
    def model(self) -> Found | None:
        """The item to follow: of the unit's newest that is as much about the topic as any, else another's.

        Of a work report only what is promised can be followed: the unit's own city's first, newest first.
        """
        own = self._followable(self.own)
        newest = max((_year(one) for one in own), default=0)
        promising = self._followable(self.reports)
        best = max(((self._is_home(one), _year(one)) for one in promising), default=(False, 0))
        for kept in (
            [one for one in own if _year(one) == newest],
            self._followable(self.others),
            [one for one in promising if (self._is_home(one), _year(one)) == best],
        ):
            if kept:
                return max(kept, key=self._order)
        return None

    def _followable(self, items: tuple[Found, ...]) -> list[Found]:
        return [one for one in self.near(items) if can_be_followed(self.subject, one.stored)]

    def _order(self, found: Found) -> tuple[float, float, int]:
        return (round(self.nearness(found), 1), found.scored.similarity, -found.stored.id)

    def _is_home(self, found: Found) -> bool:
        return self.city is not None and found.stored.document.city == self.city

    @property
    def binding(self) -> tuple[Found, ...]:
        """What may rest on documents that bind the unit too: targets and plans, its city's reports."""
        home = tuple(one for one in self.reports if self._is_home(one))
        return (*self.near(self.own), *self.near(self.others), *self.near(home))

    def near(self, items: tuple[Found, ...]) -> tuple[Found, ...]:
        """Return those of `items` that are about the topic nearly as much as the best, in their order."""
        rated = [self.nearness(one) for one in items]
        least = _NEAR * max(rated, default=0.0)
        held = _HELD * max((one.held for one in items), default=0.0)
        return tuple(
            one for one, rate in zip(items, rated, strict=True) if rate >= least and one.held >= held
        )

    def nearness(self, found: Found) -> float:
        """Return how much an item is about the topic, and not only mentions it.

        Its words count, those of its name, and how much of its text speaks of the topic.
        """
        item = found.stored.item
        places = sentences(item.content)
        size = sum(end - start for start, end in places) or 1
        about = sum(
            end - start for start, end in places if self.subject.share_in(item.content[start:end]) >= _ABOUT
        )
        named = self.subject.share_in(item.name or "")
        return round(found.held + _NAMED * named + _DENSE * about / size, 6)


def _year(found: Found) -> int:
    return found.stored.document.year or 0


def material_about(topic: str, request: DraftRequest, past: Past, ask: Ask) -> Material:
    """Look a topic up: in the unit's documents, in those of its city, and in all."""
    queries = [SearchRequest(topic, understand=False)]
    if past.documents:
        names = dict.fromkeys(one.unit for one in past.documents if one.unit)
        queries += [SearchRequest(topic, unit=name, understand=False) for name in names]
    if past.city is not None:
        queries.append(SearchRequest(topic, city=past.city, understand=False))
    found: dict[int, Found] = {}
    subject = Subject(())
    for query in queries:
        asked = ask(query)
        subject = asked.subject
        for one in asked.found(_WIDE):
            found.setdefault(one.stored.id, one)
    kept = [one for one in found.values() if _is_usable(one, request)]
    own_ids = {one.id for one in past.documents}
    own = [one for one in kept if one.stored.document.id in own_ids]
    reports = [
        one
        for one in kept
        if one.stored.document.kind is DocumentKind.REPORT and one.stored.document.id not in own_ids
    ]
    taken = {one.stored.id for one in (*own, *reports)}
    others = [one for one in kept if one.stored.id not in taken and _is_earlier(one, request)]
    own.sort(key=lambda one: (-(one.stored.document.year or 0), -one.held, -one.scored.similarity))
    for side in (others, reports):
        side.sort(key=lambda one: (-round(one.held, 3), -one.scored.score, one.stored.id))
    return Material(subject, tuple(own), tuple(others), tuple(reports), past.city)


def _is_usable(found: Found, request: DraftRequest) -> bool:
    """Whether an item is evidence, is not of the future and holds no contacts."""
    document = found.stored.document
    if document.year is not None and document.year > request.year:
        return False
    is_own = document.kind is not DocumentKind.REPORT and same_unit(document.unit, request.unit)
    if is_own and document.year == request.year:
        return False
    content = found.stored.item.content
    return is_evidence(found, DEFAULT_THRESHOLDS) and redact(content) == content


def _is_earlier(found: Found, request: DraftRequest) -> bool:
    year = found.stored.document.year
    return year is None or year < request.year

"""All that a drafter may want to see beside a selected passage, from one retrieval."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.catalog import CatalogReader
from corpus.model import DocumentKind
from corpus.stored import StoredItem
from search.asked import Asked, SearchRequest
from search.bases import ranked_bases
from search.benchmarks import benchmark_cities
from search.check.draft import Draft
from search.check.findings import Finding
from search.check.known import Known, latest
from search.check.reviewing import in_order
from search.check.rules import Selection
from search.evidence import Found, Thresholds
from search.figures import promised_figures
from search.fuse import ScoredItem
from search.linking import documents_of_unit, link_figures
from search.ranking import Ranker
from search.results import BenchmarkCity, RankedBasis, SearchResponse, TrendPoint
from search.texts import cite_sentence
from search.trends import fitting

_READ = 24
_MOST_CITIES = 5
_MOST_BASES = 5
_MOST_FIGURES = 10
# A passage has many words, and an item that speaks of the same holds fewer of them than of a question's.
_FULL, _PARTIAL, _SIMILAR = 0.6, 0.25, 0.22


@dataclass(frozen=True, slots=True)
class LookupResponse:
    """What belongs beside a passage.

    `figures` are what the same unit promised before on the same, newest first; without a unit, anybody's.
    `warnings` come from the fast rules of `duibiao check`; `skipped` are the codes of the rules that only a
    whole review applies.
    """

    similar: SearchResponse
    cities: tuple[BenchmarkCity, ...]
    bases: tuple[RankedBasis, ...]
    figures: tuple[TrendPoint, ...]
    warnings: tuple[Finding, ...]
    skipped: tuple[str, ...]


class AskedOnce(Asked):
    """A request whose candidates are retrieved once, however often they are asked for."""

    _kept: tuple[ScoredItem, ...] | None = None

    def ranked(self) -> tuple[ScoredItem, ...]:
        """Return every candidate under the filters, best first."""
        if self._kept is None:
            self._kept = super().ranked()
        return self._kept


def look_up(
    draft: Draft,
    request: SearchRequest,
    asked: AskedOnce,
    ranker: Ranker,
    catalog: CatalogReader,
    selection: Selection,
    thresholds: Thresholds,
) -> LookupResponse:
    """Return what belongs beside the passage `draft`, which `asked` was retrieved for."""
    similar = ranker.respond(request, asked)
    near = replace(thresholds, full=_FULL, partial=_PARTIAL, similar=_SIMILAR)
    found = asked.found(_READ)
    items = [one.stored for one in found]
    fast = tuple(rule for rule in selection.rules() if rule.is_fast)
    known = _known(draft, items, catalog)
    warnings = [finding for rule in fast for finding in rule.findings(draft, known)]
    return LookupResponse(
        similar,
        benchmark_cities(asked.subject, found, near)[:_MOST_CITIES],
        ranked_bases(asked.subject, found, near)[:_MOST_BASES],
        _figures(draft, known, found, asked, thresholds),
        in_order(warnings),
        tuple(rule.code for rule in selection.rules() if not rule.is_fast),
    )


def _known(draft: Draft, items: list[StoredItem], catalog: CatalogReader) -> Known:
    """Return what the retrieved items say of the unit's past; nothing else is read."""
    about = draft.document
    documents = {one.document.id: one.document for one in items}
    own = documents_of_unit(about.unit, about.city, documents.values()) if about.unit else ()
    compared = latest(own, about.year)
    kept = {one.id for one in compared.documents} if compared else set()
    earlier = tuple(one for one in items if one.document.id in kept)
    return Known(draft, compared, earlier, lambda _: (), catalog)


def _figures(
    draft: Draft, known: Known, found: tuple[Found, ...], asked: Asked, thresholds: Thresholds
) -> tuple[TrendPoint, ...]:
    about = draft.document
    items = [one.stored for one in found if one.stored.document.kind is not DocumentKind.REPORT]
    if about.unit:
        own = documents_of_unit(about.unit, about.city, [one.document for one in items])
        items = [one for one in items if one.document in own]
    if about.year is not None:
        items = [one for one in items if one.document.year is None or one.document.year < about.year]
    by_year: dict[int | None, list[StoredItem]] = {}
    for one in items:
        by_year.setdefault(one.document.year, []).append(one)
    linked = [link.old for some in by_year.values() for link in link_figures(some, draft.items)]
    fitted = [one.observed for one in fitting(asked.subject, items, thresholds.figure)]
    if not linked and not fitted and known.earlier:
        fitted = list(promised_figures(known.earlier[:1]))
    ordered = sorted(dict.fromkeys((*linked, *fitted)), key=lambda one: -(one.stored.document.year or 0))
    return tuple(
        TrendPoint(one.stored.document.year, one.indicator, cite_sentence(one.stored, one.indicator.span))
        for one in ordered
        if one.stored.document.year is not None
    )[:_MOST_FIGURES]

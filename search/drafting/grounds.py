"""What an item should rest on and compare with: documents in force, the best recent benchmark."""

from __future__ import annotations

import re

from corpus.catalog import CatalogReader, Extracted
from corpus.model import Basis, DocumentKind
from corpus.stored import StoredItem
from search.bases import ranked_bases
from search.benchmarks import benchmark_cities
from search.check.known import RECENT_YEARS
from search.dated import Edition, cite_opening, cited_editions, edition_key, is_yearly
from search.drafting.material import Material
from search.drafting.proposal import BasisStatus, ProposedBasis, ProposedBenchmark
from search.results import BenchmarkEvidence, Citation, RankedBasis
from search.texts import document_words

_MOST_BASES = 5
_MOST_BENCHMARKS = 3
_MOST_CITATIONS = 3
_NEAR = 0.6
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|\s)")
_SITTING = re.compile(r"第[\d一二三四五六七八九十]+次[一-龥]{0,12}会议?")
_EVERYWHERE = re.compile(r"国务院|国家|中共中央|中央|全国|中华人民共和国|国办|国发|[一-龥]法$|条例$")


class Editions:
    """The dated documents that the catalog cites or holds, read once for all topics."""

    def __init__(self, catalog: CatalogReader, city: str | None, year: int) -> None:
        self._catalog = catalog
        self._city = city
        self._year = year
        self._known: dict[str, list[Edition]] | None = None

    def newest(self, basis: Basis) -> Edition | None:
        """Return the newest edition of a document up to the drafted year."""
        known = self._editions().get(edition_key(basis.title), [])
        return max(known, key=lambda one: one.year, default=None)

    def report(self) -> Edition | None:
        """Return the work report of the drafted year of the unit's own city."""
        for document in self._catalog.documents():
            if (
                document.kind is DocumentKind.REPORT
                and document.year == self._year
                and self._city is not None
                and document.city == self._city
            ):
                title = f"{self._year}年市政府工作报告"
                opening = cite_opening(document, self._catalog)
                return Edition(title, document.doc_number, self._year, self._city, opening)
        return None

    def _editions(self) -> dict[str, list[Edition]]:
        if self._known is None:
            firsts: dict[tuple[str, int], Extracted[Basis]] = {}
            for one in self._catalog.bases():
                year = one.value.year
                near = one.city is None or self._city is None or one.city == self._city
                if year is not None and year <= self._year and near:
                    firsts.setdefault((one.value.title, year), one)
            self._known = cited_editions(firsts.values(), self._catalog)
        return self._known


def proposed_bases(
    material: Material, model: StoredItem, editions: Editions, city: str | None, year: int
) -> tuple[ProposedBasis, ...]:
    """Return the documents to rest on, best first, those of the item that is followed before others."""
    ranked = [one for one in ranked_bases(material.subject, material.binding) if _is_ours(one, city)]
    own = [one for one in ranked if any(e.citation.stored.id == model.id for e in one.evidence)]
    best = max((one.score for one in ranked), default=0.0)
    rest = [
        one
        for one in ranked
        if one not in own and one.score >= _NEAR * best and not _SITTING.search(one.title)
    ]
    made: list[ProposedBasis] = []
    for one in (*own, *rest):
        proposed = _proposed_basis(one, editions, year)
        if all(edition_key(other.title) != edition_key(proposed.title) for other in made):
            made.append(proposed)
    return tuple(made[:_MOST_BASES])


def _is_ours(basis: RankedBasis, city: str | None) -> bool:
    """Whether a document binds us too: cited in our city, or made for the whole country."""
    if city is None or _EVERYWHERE.search(basis.title):
        return True
    return any(one.citation.stored.document.city in {None, city} for one in basis.evidence)


def _proposed_basis(ranked: RankedBasis, editions: Editions, year: int) -> ProposedBasis:
    newest = max(
        (one for one in ranked.evidence),
        key=lambda one: (one.basis.year or 0, one.citation.stored.document.year or 0),
    )
    basis = newest.basis
    citations = tuple(dict.fromkeys(one.citation for one in ranked.evidence))[:_MOST_CITATIONS]
    cited_in = newest.citation.stored.document.year
    edition = editions.newest(basis)
    if is_yearly(basis) and basis.year != year:
        return _successor(basis, edition, editions, year, citations)
    if edition is not None and basis.year is not None and edition.year > basis.year:
        cites = (*citations, *((edition.citation,) if edition.citation else ()))
        note = f"原引“{basis.title}”，目标库里有{edition.year}年的新版，改用新版，请核对条款。"
        return ProposedBasis(
            edition.title, edition.doc_number, basis.title, BasisStatus.SUCCESSOR, note, cites
        )
    when = f"{cited_in}年" if cited_in is not None else "以前"
    note = f"{when}引用过，请核对现在是否仍然有效。"
    return ProposedBasis(basis.title, ranked.doc_number, basis.title, BasisStatus.AS_CITED, note, citations)


def _successor(
    basis: Basis, edition: Edition | None, editions: Editions, year: int, citations: tuple[Citation, ...]
) -> ProposedBasis:
    """Return this year's edition of a document that is made anew every year."""
    title = _YEAR.sub(str(year), basis.title, count=1)
    found = edition if edition is not None and edition.year == year else None
    if found is None and "政府工作报告" in basis.title:
        found = editions.report()
    if found is not None:
        cites = (*citations, *((found.citation,) if found.citation else ()))
        note = f"原引“{basis.title}”，是每年一份的文件，改为{year}年的；目标库里有这一份。"
        return ProposedBasis(title, found.doc_number, basis.title, BasisStatus.SUCCESSOR, note, cites)
    note = f"原引“{basis.title}”，是每年一份的文件，改为{year}年的；目标库里没有这一份，名称和文号待核实。"
    return ProposedBasis(title, None, basis.title, BasisStatus.UNVERIFIED, note, citations)


def proposed_benchmarks(material: Material, city: str | None, year: int) -> tuple[ProposedBenchmark, ...]:
    """Return the cities to compare with: what is known of them recently first, then what fits best."""
    found_in = (*material.binding, *material.near(material.reports))
    cities = [one for one in benchmark_cities(material.subject, found_in) if one.city != city]
    best = cities[0].score if cities else 0.0
    found: list[tuple[tuple[bool, bool, int, float], ProposedBenchmark]] = []
    own = {one.stored.document.id for one in material.own}
    for one in cities:
        if one.score < _NEAR * best:
            continue
        evidence = max(one.evidence, key=_value_of)
        proposed = _proposed_benchmark(one.city, evidence, year)
        is_own = evidence.citation.stored.document.id in own
        key = (proposed.value is not None, is_own, proposed.year or 0, one.score)
        found.append((key, proposed))
    ordered = sorted(found, key=lambda one: one[0], reverse=True)
    return tuple(proposed for _, proposed in ordered[:_MOST_BENCHMARKS])


def _value_of(evidence: BenchmarkEvidence) -> tuple[bool, int, float]:
    year = evidence.citation.stored.document.year
    return (evidence.benchmark.value is not None, year or 0, evidence.similarity)


def _proposed_benchmark(city: str, evidence: BenchmarkEvidence, year: int) -> ProposedBenchmark:
    document = evidence.citation.stored.document
    outdated = document.year is None or year - document.year > RECENT_YEARS
    place = document_words(document)
    if outdated:
        note = f"取自{place}，已经过时，请换成最近的水平。"
    else:
        note = f"取自{place}，请核对{city}最近的水平。"
    return ProposedBenchmark(city, evidence.benchmark.value, document.year, outdated, note, evidence.citation)

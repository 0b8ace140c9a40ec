"""What trends, benchmarks and bases return, as it leaves this program."""

from __future__ import annotations

from api.conversions.documents import (
    basis_to_json,
    benchmark_to_json,
    indicator_to_json,
    shown,
)
from api.conversions.results import citation_to_json, interpreted_to_json, rounded
from api.schemas.results import (
    BasesJson,
    BasisEvidenceJson,
    BenchmarkCityJson,
    BenchmarkEvidenceJson,
    BenchmarksJson,
    OrderJson,
    RankedBasisJson,
    SeriesJson,
    StandingJson,
    SuccessorJson,
    TrendPointJson,
    TrendsJson,
)
from search.results import (
    BasisResponse,
    BenchmarkCity,
    BenchmarkResponse,
    RankedBasis,
    Series,
    Standing,
    Successor,
    TrendPoint,
    TrendResponse,
)


def benchmarks_to_json(response: BenchmarkResponse) -> BenchmarksJson:
    """Return the cities, best first, and the standings."""
    table = response.standings
    return BenchmarksJson(
        interpreted_to_json(response.interpreted),
        tuple(_city(city) for city in response.cities),
        tuple(_standing(row) for row in table.rows),
        OrderJson(table.better, table.reason, table.unit, tuple(shown(note) for note in table.notes)),
    )


def _city(city: BenchmarkCity) -> BenchmarkCityJson:
    evidence = tuple(
        BenchmarkEvidenceJson(
            benchmark_to_json(one.citation.stored.item, one.benchmark),
            citation_to_json(one.citation),
            rounded(one.similarity),
            one.value_year,
            one.outdated,
        )
        for one in city.evidence
    )
    return BenchmarkCityJson(city.city, rounded(city.score), city.reasons, evidence)


def _standing(row: Standing) -> StandingJson:
    indicator = indicator_to_json(row.citation.stored.item, row.indicator)
    return StandingJson(
        rank=row.rank,
        city=row.city,
        year=row.year,
        op=indicator.op,
        value=indicator.value,
        high=indicator.high,
        unit=indicator.unit,
        status=row.indicator.status,
        own=row.own,
        outdated=row.outdated,
        indicator=indicator,
        citation=citation_to_json(row.citation),
    )


def bases_to_json(response: BasisResponse) -> BasesJson:
    """Return the documents, best first."""
    return BasesJson(
        interpreted_to_json(response.interpreted),
        tuple(ranked_basis_to_json(basis) for basis in response.bases),
    )


def ranked_basis_to_json(basis: RankedBasis) -> RankedBasisJson:
    """Return a document with the items that rest on it."""
    evidence = tuple(
        BasisEvidenceJson(
            basis_to_json(one.citation.stored.item, one.basis),
            citation_to_json(one.citation),
            rounded(one.similarity),
        )
        for one in basis.evidence
    )
    return RankedBasisJson(
        title=shown(basis.title),
        doc_number=basis.doc_number,
        score=rounded(basis.score),
        variants=tuple(shown(variant) for variant in basis.variants),
        years=basis.years,
        successor=None if basis.successor is None else _successor(basis.successor),
        evidence=evidence,
    )


def _successor(successor: Successor) -> SuccessorJson:
    return SuccessorJson(
        shown(successor.title),
        successor.doc_number,
        successor.year,
        successor.held,
        None if successor.citation is None else citation_to_json(successor.citation),
    )


def _point(point: TrendPoint) -> TrendPointJson:
    indicator = indicator_to_json(point.citation.stored.item, point.indicator)
    return TrendPointJson(
        year=point.year,
        op=indicator.op,
        value=indicator.value,
        high=indicator.high,
        unit=indicator.unit,
        status=point.indicator.status,
        confidence=None if point.confidence is None else rounded(point.confidence),
        notes=tuple(shown(note) for note in point.notes),
        indicator=indicator,
        citation=citation_to_json(point.citation),
    )


def series_to_json(series: Series) -> SeriesJson:
    """Return one indicator over the years."""
    points = tuple(_point(point) for point in series.points)
    name = shown(series.indicator)
    return SeriesJson(name, series.unit, series.units, series.owner, series.city, points)


def trends_to_json(response: TrendResponse) -> TrendsJson:
    """Return the series, the one nearest to the topic first."""
    return TrendsJson(
        interpreted_to_json(response.interpreted), tuple(series_to_json(series) for series in response.series)
    )

"""What searches return, as it leaves this program."""

from __future__ import annotations

from api.conversions.documents import (
    basis_to_json,
    benchmark_to_json,
    document_to_json,
    indicator_to_json,
    item_fields,
    number_to_json,
    shown,
    span_to_json,
)
from api.schemas.documents import Number
from api.schemas.results import (
    AnswerJson,
    BasesJson,
    BasisEvidenceJson,
    BenchmarkCityJson,
    BenchmarkEvidenceJson,
    BenchmarksJson,
    CitationJson,
    HighlightJson,
    HitJson,
    InterpretedJson,
    RankedBasisJson,
    RankingJson,
    SearchJson,
    SeriesJson,
    TrendPointJson,
    TrendsJson,
    VersionJson,
)
from search.results import (
    Answer,
    BasisResponse,
    BenchmarkResponse,
    Citation,
    Highlight,
    Hit,
    Interpreted,
    SearchResponse,
    Series,
    TrendPoint,
    TrendResponse,
    Version,
)


def _measure(value: float) -> Number:
    """Return a score with six digits after the point: more would be noise."""
    return number_to_json(round(value, 6))


def interpreted_to_json(interpreted: Interpreted) -> InterpretedJson:
    """Return how the query was understood."""
    years, units = interpreted.years, interpreted.units
    categories, cities = interpreted.categories, interpreted.cities
    return InterpretedJson(
        query=interpreted.query,
        text=interpreted.text,
        years=years,
        units=units,
        categories=categories,
        cities=cities,
        phrases=interpreted.phrases,
        excluded=interpreted.excluded,
        year=years[0] if len(years) == 1 else None,
        unit=units[0] if len(units) == 1 else None,
        category=categories[0] if len(categories) == 1 else None,
        city=cities[0] if len(cities) == 1 else None,
        notes=interpreted.notes,
    )


def _highlights(hit: Hit) -> tuple[HighlightJson, ...]:
    """Return the marked stretches, without those that blacking out contacts has moved."""

    def converted(highlight: Highlight) -> HighlightJson | None:
        span = span_to_json(hit.stored.item, highlight.span)
        if span is None:
            return None
        return HighlightJson(highlight.kind, span.field, span.start, span.end, highlight.text)

    return tuple(one for one in map(converted, hit.highlights) if one is not None)


def hit_to_json(hit: Hit) -> HitJson:
    """Return one item that answers the query."""
    return HitJson(
        document=document_to_json(hit.stored.document),
        item_id=hit.stored.id,
        score=_measure(hit.score),
        similarity=_measure(hit.similarity),
        lexical=_measure(hit.lexical),
        matched_words=hit.matched_words,
        highlights=_highlights(hit),
        reasons=tuple(shown(reason) for reason in hit.reasons),
        versions=tuple(_version(one) for one in hit.versions),
        **item_fields(hit.stored.item),  # type: ignore[arg-type]
    )


def _version(version: Version) -> VersionJson:
    document, item = version.stored.document, version.stored.item
    return VersionJson(
        document=document_to_json(document),
        item_id=version.stored.id,
        year=document.year,
        unit=document.unit,
        city=document.city,
        category=item.category,
        number=item.number,
        name=None if item.name is None else shown(item.name),
        content=shown(item.content),
        similarity=_measure(version.similarity),
        figures=tuple(indicator_to_json(item, one) for one in version.figures),
    )


def search_to_json(response: SearchResponse) -> SearchJson:
    """Return the hits, best first."""
    ranking = response.ranking
    return SearchJson(
        interpreted_to_json(response.interpreted),
        RankingJson(ranking.grouped, ranking.prefer_recent, ranking.prefer_units, ranking.reranker),
        tuple(hit_to_json(hit) for hit in response.hits),
    )


def citation_to_json(citation: Citation) -> CitationJson:
    """Return where something stands."""
    document, item = citation.stored.document, citation.stored.item
    return CitationJson(
        source=document.source,
        document_id=document.id,
        item_id=citation.stored.id,
        title=None if document.title is None else shown(document.title),
        year=document.year,
        unit=document.unit,
        category=item.category,
        number=item.number,
        name=None if item.name is None else shown(item.name),
        quote=shown(citation.quote),
        span=span_to_json(item, citation.span),
    )


def answer_to_json(answer: Answer) -> AnswerJson:
    """Return the answer with what backs it."""
    return AnswerJson(
        answer=shown(answer.text),
        abstained=answer.abstained,
        citations=tuple(citation_to_json(citation) for citation in answer.citations),
        interpreted=interpreted_to_json(answer.interpreted),
        notes=answer.notes,
    )


def benchmarks_to_json(response: BenchmarkResponse) -> BenchmarksJson:
    """Return the cities, best first."""
    return BenchmarksJson(
        interpreted_to_json(response.interpreted),
        tuple(
            BenchmarkCityJson(
                city.city,
                _measure(city.score),
                tuple(
                    BenchmarkEvidenceJson(
                        benchmark_to_json(evidence.citation.stored.item, evidence.benchmark),
                        citation_to_json(evidence.citation),
                        _measure(evidence.similarity),
                    )
                    for evidence in city.evidence
                ),
            )
            for city in response.cities
        ),
    )


def bases_to_json(response: BasisResponse) -> BasesJson:
    """Return the documents, best first."""
    return BasesJson(
        interpreted_to_json(response.interpreted),
        tuple(
            RankedBasisJson(
                shown(basis.title),
                basis.doc_number,
                _measure(basis.score),
                tuple(
                    BasisEvidenceJson(
                        basis_to_json(evidence.citation.stored.item, evidence.basis),
                        citation_to_json(evidence.citation),
                        _measure(evidence.similarity),
                    )
                    for evidence in basis.evidence
                ),
            )
            for basis in response.bases
        ),
    )


def _point(point: TrendPoint) -> TrendPointJson:
    indicator = indicator_to_json(point.citation.stored.item, point.indicator)
    return TrendPointJson(
        year=point.year,
        op=indicator.op,
        value=indicator.value,
        high=indicator.high,
        unit=indicator.unit,
        indicator=indicator,
        citation=citation_to_json(point.citation),
    )


def _series(series: Series) -> SeriesJson:
    points = tuple(_point(point) for point in series.points)
    return SeriesJson(series.indicator, series.unit, series.owner, series.city, points)


def trends_to_json(response: TrendResponse) -> TrendsJson:
    """Return the series, the one nearest to the topic first."""
    return TrendsJson(
        interpreted_to_json(response.interpreted), tuple(_series(series) for series in response.series)
    )

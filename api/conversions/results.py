"""What searches return, as it leaves this program."""

from __future__ import annotations

from api.conversions.documents import (
    document_to_json,
    indicator_to_json,
    item_fields,
    number_to_json,
    shown,
    span_to_json,
)
from api.schemas.documents import Number
from api.schemas.facets import FacetJson, FacetsJson
from api.schemas.results import (
    AnswerJson,
    CitationJson,
    HighlightJson,
    HitJson,
    InterpretedJson,
    RankingJson,
    RemovedSentenceJson,
    RewritingJson,
    SearchJson,
    VersionJson,
)
from search.results import (
    Answer,
    Citation,
    Facet,
    Facets,
    Highlight,
    Hit,
    Interpreted,
    SearchResponse,
    Version,
)
from search.writing.checking import Checked, Failing
from search.writing.rewriting import Rewriting, reason_words


def rounded(value: float) -> Number:
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
        score=rounded(hit.score),
        similarity=rounded(hit.similarity),
        lexical=rounded(hit.lexical),
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
        similarity=rounded(version.similarity),
        figures=tuple(indicator_to_json(item, one) for one in version.figures),
    )


def search_to_json(response: SearchResponse) -> SearchJson:
    """Return the hits, best first."""
    ranking = response.ranking
    return SearchJson(
        interpreted_to_json(response.interpreted),
        RankingJson(ranking.grouped, ranking.prefer_recent, ranking.prefer_units, ranking.reranker),
        tuple(hit_to_json(hit) for hit in response.hits),
        None if response.facets is None else _facets(response.facets),
    )


def _facets(facets: Facets) -> FacetsJson:
    def converted(values: tuple[Facet, ...]) -> tuple[FacetJson, ...]:
        return tuple(FacetJson(one.value, one.count) for one in values)

    return FacetsJson(
        counted=facets.counted,
        years=converted(facets.years),
        units=converted(facets.units),
        cities=converted(facets.cities),
        categories=converted(facets.categories),
        kinds=converted(facets.kinds),
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


def answer_to_json(answer: Answer, rewriting: Rewriting | None = None) -> AnswerJson:
    """Return the answer with what backs it."""
    return AnswerJson(
        answer=shown(answer.text),
        abstained=answer.abstained,
        citations=tuple(citation_to_json(citation) for citation in answer.citations),
        interpreted=interpreted_to_json(answer.interpreted),
        notes=answer.notes,
        short=None if answer.short is None else shown(answer.short),
        llm=None if rewriting is None else rewriting_to_json(rewriting),
    )


def rewriting_to_json(rewriting: Rewriting) -> RewritingJson:
    """Return how a language model was used, and what of its words did not hold."""
    return RewritingJson(
        model=rewriting.model,
        use=rewriting.use,
        note=rewriting.note,
        fault=rewriting.fault,
        removed=tuple(removed_to_json(one) for one in rewriting.removed),
    )


def removed_to_json(checked: Checked) -> RemovedSentenceJson:
    """Return a sentence that did not hold; contacts in it are blacked out."""
    failing = checked.failing or Failing.UNBACKED
    return RemovedSentenceJson(shown(checked.text), failing, reason_words(failing), shown(checked.detail))

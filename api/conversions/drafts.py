"""What a draft proposes, as it leaves this program."""

from __future__ import annotations

from api.conversions.documents import indicator_to_json, item_fields, number_to_json, optional_number, shown
from api.conversions.results import citation_to_json
from api.drafting import Drafted
from api.schemas.drafts import (
    AlternativeJson,
    ChangeJson,
    FigurePointJson,
    MissingJson,
    ProposalJson,
    ProposedBasisJson,
    ProposedBenchmarkJson,
    ProposedFigureJson,
    ProposedItemJson,
    SentenceJson,
)
from corpus.model import TargetItem
from search.drafting.proposal import (
    Alternative,
    FigurePoint,
    ProposedBasis,
    ProposedBenchmark,
    ProposedFigure,
    ProposedItem,
    Sentence,
)


def proposal_to_json(draft: Drafted) -> ProposalJson:
    """Return a whole draft."""
    proposal = draft.proposal
    items = zip(proposal.items, draft.document.items, strict=True)
    return ProposalJson(
        title=proposal.title,
        unit=proposal.request.unit,
        year=proposal.request.year,
        city=proposal.city,
        items=tuple(_item(proposed, item) for proposed, item in items),
        missing=tuple(MissingJson(one.topic, one.sentence) for one in proposal.missing),
        notes=proposal.notes,
    )


def _item(proposed: ProposedItem, item: TargetItem) -> ProposedItemJson:
    cited = proposed.name_citation
    return ProposedItemJson(
        topic=proposed.topic,
        name_citation=None if cited is None else citation_to_json(cited),
        sentences=tuple(map(_sentence, proposed.sentences)),
        figures=tuple(map(_figure, proposed.figures)),
        benchmark_choices=tuple(
            _benchmark(one, chosen=one is proposed.benchmark) for one in proposed.benchmarks
        ),
        basis_choices=tuple(map(_basis, proposed.bases)),
        alternatives=tuple(map(_alternative, proposed.alternatives)),
        notes=tuple(map(shown, proposed.notes)),
        **item_fields(item),  # type: ignore[arg-type]
    )


def _sentence(sentence: Sentence) -> SentenceJson:
    return SentenceJson(
        shown(sentence.text),
        sentence.span.start,
        sentence.span.end,
        citation_to_json(sentence.citation),
        tuple(ChangeJson(shown(one.written), shown(one.now), one.reason) for one in sentence.changes),
    )


def _point(point: FigurePoint) -> FigurePointJson:
    indicator = point.indicator
    return FigurePointJson(
        year=point.year,
        unit_name=point.document.unit,
        city=point.document.city,
        op=point.op,
        value=number_to_json(point.value),
        high=optional_number(point.high),
        unit=point.unit,
        text=shown(point.text),
        indicator=None if indicator is None else indicator_to_json(point.citation.stored.item, indicator),
        citation=citation_to_json(point.citation),
    )


def _figure(figure: ProposedFigure) -> ProposedFigureJson:
    return ProposedFigureJson(
        name=shown(figure.name),
        op=figure.op,
        value=number_to_json(figure.value),
        high=optional_number(figure.high),
        unit=figure.unit,
        better=figure.better,
        reason=shown("；".join(figure.reasons) + "。"),
        lowest=number_to_json(figure.lowest),
        highest=number_to_json(figure.highest),
        needs_judgement=figure.needs_judgement,
        is_own=figure.is_own,
        last=_point(figure.last),
        history=tuple(map(_point, figure.history)),
        achieved=tuple(map(_point, figure.achieved)),
        elsewhere=tuple(map(_point, figure.elsewhere)),
    )


def _benchmark(one: ProposedBenchmark, *, chosen: bool) -> ProposedBenchmarkJson:
    value = None if one.value is None else shown(one.value)
    return ProposedBenchmarkJson(
        one.city, value, one.year, one.is_outdated, chosen, one.note, citation_to_json(one.citation)
    )


def _basis(one: ProposedBasis) -> ProposedBasisJson:
    citations = tuple(map(citation_to_json, one.citations))
    return ProposedBasisJson(
        shown(one.title), one.doc_number, shown(one.written), one.status, shown(one.note), citations
    )


def _alternative(one: Alternative) -> AlternativeJson:
    document = one.document
    name = None if one.name is None else shown(one.name)
    citations = tuple(map(citation_to_json, one.citations))
    return AlternativeJson(document.year, document.unit, document.city, name, shown(one.text), citations)

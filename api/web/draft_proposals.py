"""What the draft workspace shows of a proposed item, and what each choice of it writes."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.drafts import AlternativeJson, ProposalJson, ProposedBenchmarkJson, ProposedItemJson
from api.schemas.results import CitationJson
from api.web.draft_views import Offer, Source, Step, basis_words, source_of


@dataclass(frozen=True, slots=True)
class ProposedView:
    """A proposed item: all of it, and each of its parts, to be chosen."""

    item: ProposedItemJson
    whole: Offer
    alternatives: tuple[Offer, ...]
    benchmarks: tuple[Offer, ...]
    bases: tuple[Offer, ...]


def proposal_views(proposal: ProposalJson) -> tuple[ProposedView, ...]:
    """Return the items of a proposal, to be chosen from."""
    return tuple(_view(one) for one in proposal.items)


def _view(item: ProposedItemJson) -> ProposedView:
    return ProposedView(
        item,
        _whole(item),
        tuple(_alternative(one) for one in item.alternatives),
        tuple(_benchmark(one) for one in item.benchmark_choices),
        tuple(
            Offer(
                (Step("basis_text", "append", basis_words(one.title, one.doc_number)),),
                (_first(one.citations),),
            )
            for one in item.basis_choices
        ),
    )


def _first(citations: tuple[CitationJson, ...]) -> Source | None:
    return source_of(citations[0]) if citations else None


def _whole(item: ProposedItemJson) -> Offer:
    """Return what takes the whole proposal over; the name and category of the item are kept if it has one."""
    steps = [Step("name", "fill", item.name or ""), Step("category", "fill", item.category or "")]
    sources: list[Source | None] = [source_of(item.name_citation) if item.name_citation else None, None]
    steps.append(Step("content", "set", ""))
    sources.append(None)
    for sentence in item.sentences:
        steps.append(Step("content", "append", sentence.text))
        sources.append(source_of(sentence.citation))
    chosen = next((one for one in item.benchmark_choices if one.chosen), None)
    if chosen is not None:
        offer = _benchmark(chosen)
        steps += offer.steps
        sources += offer.sources
    if item.basis_text:
        steps.append(Step("basis_text", "set", item.basis_text))
        sources.append(None)
    for into, text in (("deadline", item.deadline), ("responsible", "、".join(item.responsible_units))):
        if text:
            steps.append(Step(into, "fill", text))
            sources.append(None)
    return Offer(tuple(steps), tuple(sources))


def _alternative(one: AlternativeJson) -> Offer:
    steps = [Step("name", "fill", one.name or ""), Step("content", "set", "")]
    sources: list[Source | None] = [None, None]
    for citation in one.citations:
        steps.append(Step("content", "append", citation.quote))
        sources.append(source_of(citation))
    return Offer(tuple(steps), tuple(sources))


def _benchmark(one: ProposedBenchmarkJson) -> Offer:
    source = source_of(one.citation)
    value = " ".join((one.value or "").split())
    steps = (Step("benchmark_city", "set", one.city), Step("benchmark_value", "set", value))
    return Offer(steps, (source, source if value else None))

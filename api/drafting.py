"""A draft on its way out: the request checked, the proposal read as the document that it would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.requests import require_year
from corpus.contacts import redact
from corpus.errors import WrongUse
from corpus.model import DocumentKind, Origin, TargetDocument, TargetItem

if TYPE_CHECKING:
    from search.drafting.proposal import DraftRequest, Proposal, ProposedItem

MOST_TOPICS = 50
LONGEST_TOPIC = 200
LONGEST_UNIT = 60


@dataclass(frozen=True, slots=True)
class Drafted:
    """A proposal, and the document that `duibiao parse` reads from its exported form.

    `document.items[i]` is `proposal.items[i]`.
    """

    proposal: Proposal
    document: TargetDocument


def draft_request(topics: Sequence[str], unit: str, year: int, city: str | None = None) -> DraftRequest:
    """Return the request for some topics; the same topic twice counts once. Raise WrongUse."""
    from search.drafting.proposal import DraftRequest

    cleaned = tuple(dict.fromkeys(_clean(topic) for topic in topics))
    if not cleaned or not all(cleaned):
        raise WrongUse("要拟写的主题是空的；请写出工作或指标，例如 公文办结率。")
    if len(cleaned) > MOST_TOPICS:
        raise WrongUse(f"一次要拟写 {len(cleaned)} 个主题，太多；请分几次，每次不超过 {MOST_TOPICS} 个。")
    for topic in cleaned:
        if len(topic) > LONGEST_TOPIC:
            raise WrongUse(
                f"主题“{topic[:20]}…”有 {len(topic)} 个字，太长；请缩短到 {LONGEST_TOPIC} 个字以内。"
            )
    whose = _clean(unit)
    if not whose:
        raise WrongUse("没有写明单位；请写出是哪个单位的目标，例如 市政府办公厅。")
    if len(whose) > LONGEST_UNIT:
        raise WrongUse(f"单位名称有 {len(whose)} 个字，太长；请缩短到 {LONGEST_UNIT} 个字以内。")
    require_year(year)
    return DraftRequest(cleaned, whose, year, _clean(city or "") or None)


def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.encode("utf-8", "replace").decode("utf-8").split())


def drafted(proposal: Proposal) -> Drafted:
    """Read a proposal: its items with the indicators, benchmarks and bases that their texts state."""
    request = proposal.request
    items = tuple(_read(one, request.year, proposal.city) for one in proposal.items)
    document = TargetDocument(
        source="",
        title=proposal.title,
        kind=DocumentKind.TARGETS,
        unit=request.unit,
        year=request.year,
        city=proposal.city,
        items=items,
        unit_origin=Origin.USER,
        year_origin=Origin.USER,
        city_origin=Origin.USER if proposal.city else None,
    )
    return Drafted(proposal, document)


def _read(proposed: ProposedItem, year: int, city: str | None) -> TargetItem:
    from ingest.bases import find_bases
    from ingest.benchmarks import find_benchmarks
    from ingest.indicators import find_indicators

    item = TargetItem(
        category=proposed.category,
        number=proposed.number,
        name=_shown(proposed.name),
        content=redact(proposed.content),
        responsible_units=proposed.responsible_units,
        deadline=_shown(proposed.deadline),
        basis_text=_shown(proposed.basis_text),
        benchmark_text=_shown(proposed.benchmark_text),
    )
    return replace(
        item,
        indicators=find_indicators(item, year),
        benchmarks=find_benchmarks(item, city),
        bases=find_bases(item),
    )


def _shown(text: str | None) -> str | None:
    return None if text is None else redact(text)

"""What it takes to accept the wording that a finding proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.schemas.checks import FindingJson
from api.schemas.written_drafts import WrittenItemJson
from api.web.draft_views import Source, Step, compact, source_of
from api.written_drafts import written_item
from corpus.model import Field, TargetItem
from corpus.stored import StoredItem
from search.texts import field_text

_INTO = {
    Field.NAME: "name",
    Field.CONTENT: "content",
    Field.BASIS: "basis_text",
    Field.BENCHMARK: "benchmark_value",
    Field.DEADLINE: "deadline",
}
_REPLACING = frozenset({"figure-worse", "benchmark-arithmetic", "basis-wrong-year", "basis-superseded"})
_ADDING = frozenset({"item-dropped", "report-uncovered"})
_LIKE, _MAY_ADD = "写法：", "可补上："
_DEADLINE, _BASES, _REPLACE_THEM = "完成时限：", "上次的依据：", "（请换成现行文件）。"


@dataclass(frozen=True, slots=True)
class Edit:
    """The change that accepts a proposal: steps on the draft's item, or an item to be added.

    `label` says on the button what it does.
    """

    label: str
    steps: tuple[Step, ...] = ()
    added: WrittenItemJson | None = None
    source: Source | None = None

    def written(self) -> str:
        """Return the change as the page's script reads it."""
        sources = tuple(self.source for _ in self.steps)
        values = {"steps": self.steps, "sources": sources, "added": self.added, "source": self.source}
        return compact(values)


def edit_of(finding: FindingJson, item: TargetItem | None, stored: Mapping[int, StoredItem]) -> Edit | None:
    """Return the change that accepts what `finding` proposes for `item`; `None` where a person must write.

    `stored` are the items of the catalog that findings cite, by id.
    """
    if finding.rule in _ADDING:
        return _adding(finding, stored)
    if item is None or finding.proposal is None:
        return None
    if finding.rule in _REPLACING or (finding.rule == "deadline-missing" and _is_part(finding, item)):
        return _replacing(finding, item, finding.proposal)
    return _other(finding, item, finding.proposal)


def cited_items(findings: tuple[FindingJson, ...]) -> list[int]:
    """Return the ids of the items that a finding proposes to go on with."""
    return [one.evidence[0].item_id for one in findings if one.rule in _ADDING and one.evidence]


def _adding(finding: FindingJson, stored: Mapping[int, StoredItem]) -> Edit | None:
    source = source_of(finding.evidence[0]) if finding.evidence else None
    found = stored.get(source.item_id) if source is not None else None
    if found is None:
        return None
    return Edit("补上这一条", added=written_item(found.item), source=source)


def _is_part(finding: FindingJson, item: TargetItem) -> bool:
    span = finding.span
    return span is not None and (span.start, span.end) != (0, len(item.content))


def _replacing(finding: FindingJson, item: TargetItem, proposal: str) -> Edit | None:
    span = finding.span
    if span is None or finding.quote is None or span.field not in _INTO:
        return None
    before = field_text(item, span.field)[: span.start]
    text = _without_overlap(before, finding.quote, proposal)
    step = Step(_INTO[span.field], "replace", text, span.start, span.end, finding.quote)
    return Edit("采用", (step,), source=_source(finding))


def _without_overlap(before: str, quote: str, proposal: str) -> str:
    """Return the proposal without the words that already stand before what it replaces.

    公文办结率 | 达到90%以上 with 公文办结率96%以上 gives 96%以上.
    """
    for length in range(min(len(before), len(proposal)), 1, -1):
        if before.endswith(proposal[:length]) and not quote.startswith(proposal[:length]):
            return proposal[length:]
    return proposal


def _source(finding: FindingJson) -> Source | None:
    return source_of(finding.evidence[0]) if finding.evidence else None


def _other(finding: FindingJson, item: TargetItem, proposal: str) -> Edit | None:
    source = _source(finding)
    if finding.rule == "deadline-missing" and proposal.startswith(_DEADLINE):
        return Edit("填入时限", (Step("deadline", "set", proposal.removeprefix(_DEADLINE)),))
    if finding.rule == "basis-missing" and proposal.startswith(_BASES):
        words = proposal.removeprefix(_BASES).removesuffix(_REPLACE_THEM)
        return Edit("填入上次的依据", (Step("basis_text", "append", words),), source=source)
    if finding.rule == "benchmark-missing" and finding.evidence:
        cities = proposal.removeprefix("上次对标").partition("，")[0]
        return Edit("填入上次的城市", (Step("benchmark_city", "set", cities),), source=source)
    if finding.rule == "indicator-dropped" and proposal.startswith(_MAY_ADD):
        quoted = finding.evidence[0].quote if finding.evidence else proposal.removeprefix(_MAY_ADD)
        return Edit("补进内容", (Step("content", "append", quoted),), source=source)
    if finding.rule == "no-figure" and _LIKE in proposal:
        return _like_past(finding, item, proposal.partition(_LIKE)[2].removesuffix("。"))
    return None


def _like_past(finding: FindingJson, item: TargetItem, words: str) -> Edit | None:
    first = words.partition("；")[0]
    if _is_part(finding, item):
        return _replacing(finding, item, first)
    ends = "" if item.content.rstrip().endswith(("。", "；")) or not item.content else "，"
    return Edit("补进内容", (Step("content", "append", f"{ends}{words}。"),), source=_source(finding))

"""The check report as the page shows it: the findings of each item together, counted by severity."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from itertools import groupby

from api.schemas.checks import CheckedJson, CheckJson, FindingJson
from api.schemas.documents import PlaceJson
from search.check.rules import RULES, Rule

SEVERITIES = (("error", "错误", "必须改"), ("warning", "警告", "建议改"), ("note", "提示", "请斟酌"))
LABELS = {code: label for code, label, _ in SEVERITIES}
_LARGEST_LINK = 1_500_000
_NO_ITEM = 10**9


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with its number in the report, by which it is linked."""

    number: int
    finding: FindingJson


@dataclass(frozen=True, slots=True)
class ItemFindings:
    """The findings about one item; about the draft as a whole where `item` is `None`."""

    item: int | None
    title: str
    place: str
    findings: tuple[NumberedFinding, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The review of one document."""

    document: CheckedJson
    items: tuple[ItemFindings, ...]
    by_severity: tuple[tuple[str, str, str, tuple[NumberedFinding, ...]], ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the page itself carries; `address` is `None` where it is too large for that."""

    name: str
    label: str
    address: str | None


def report_views(check: CheckJson) -> tuple[ReportView, ...]:
    """Return the reviews, their findings numbered throughout."""
    views = []
    first = 1
    for document in check.documents:
        views.append(_view(document, first))
        first += len(document.findings)
    return tuple(views)


def _view(document: CheckedJson, first: int) -> ReportView:
    numbered = [NumberedFinding(first + place, one) for place, one in enumerate(document.findings)]
    ordered = sorted(numbered, key=lambda one: one.finding.item or _NO_ITEM)
    items = tuple(_item(list(some)) for _, some in groupby(ordered, key=lambda one: one.finding.item))
    by_severity = tuple(
        (code, label, advice, tuple(one for one in ordered if one.finding.severity == code))
        for code, label, advice in SEVERITIES
    )
    return ReportView(document, items, by_severity)


def _item(findings: list[NumberedFinding]) -> ItemFindings:
    first = findings[0].finding
    if first.item is None:
        return ItemFindings(None, "全稿", "", tuple(findings))
    where = " ".join(part for part in (first.category, first.number) if part)
    title = " · ".join(part for part in (where, first.name) if part) or f"第 {first.item} 条"
    return ItemFindings(first.item, title, place_words(first.place), tuple(findings))


def place_words(place: PlaceJson | None) -> str:
    """Say where in the file something stands: 第2页 表1 第3行."""
    if place is None:
        return ""
    parts = (
        f"工作表“{place.sheet}”" if place.sheet else "",
        f"第 {place.page} 页" if place.page else "",
        f"表 {place.table}" if place.table else "",
        f"第 {place.row} 行" if place.row else "",
        f"第 {place.line} 行" if place.line and not place.row else "",
    )
    return " ".join(part for part in parts if part)


def downloads(check: CheckJson, version: str) -> tuple[Download, ...]:
    """Return the report as files, JSON and SARIF, that need no second request."""
    from api.conversions.sarif import MEDIA_TYPE, sarif_text

    whole = json.dumps(asdict(check), ensure_ascii=False, indent=2)
    return (
        Download("检查结果.json", "JSON", _link("application/json", whole)),
        Download("检查结果.sarif", "SARIF", _link(MEDIA_TYPE, sarif_text(check, version))),
    )


def _link(media_type: str, text: str) -> str | None:
    written = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return f"data:{media_type};base64,{written}" if len(written) <= _LARGEST_LINK else None


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule of the form, and whether it is ticked."""

    rule: Rule
    is_on: bool

    @property
    def level(self) -> str:
        """How much the rule's findings weigh, in Chinese."""
        return LABELS[self.rule.severity.value]


def rule_choices(chosen: tuple[str, ...] | None) -> tuple[RuleChoice, ...]:
    """Return all rules; `None` ticks those that are on by default."""
    return tuple(RuleChoice(rule, rule.is_on if chosen is None else rule.code in chosen) for rule in RULES)

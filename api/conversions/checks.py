"""Reviews and lookups, as they leave this program."""

from __future__ import annotations

from collections.abc import Sequence

from api.conversions.documents import place_to_json, shown, span_to_json
from api.conversions.relations import bases_to_json, benchmarks_to_json, trends_to_json
from api.conversions.results import citation_to_json, search_to_json
from api.schemas.checks import CheckedJson, CheckJson, ComparedJson, FindingJson, LookupJson
from search.check.findings import CheckReport, Finding, Severity
from search.check.rules import BY_CODE, RULES
from search.lookup import LookupResponse
from search.results import BasisResponse, BenchmarkResponse, Series, TrendResponse
from search.texts import field_text


def finding_to_json(finding: Finding) -> FindingJson:
    """Return one finding; contacts are blacked out in all that it quotes."""
    remark = finding.remark
    stored = remark.target
    item = stored.item if stored is not None else None
    span = span_to_json(item, remark.span) if item is not None and remark.span is not None else None
    quote = field_text(item, span.field)[span.start : span.end] if item is not None and span else None
    return FindingJson(
        rule=finding.rule,
        severity=finding.severity.value,
        title=BY_CODE[finding.rule].title,
        message=shown(remark.message),
        item=stored.ordinal + 1 if stored is not None else None,
        category=item.category if item is not None else None,
        number=item.number if item is not None else None,
        name=shown(item.name) if item is not None and item.name is not None else None,
        place=place_to_json(item.place) if item is not None else None,
        span=span,
        quote=quote,
        evidence=tuple(citation_to_json(citation) for citation in remark.evidence),
        proposal=None if remark.proposal is None else shown(remark.proposal),
    )


def _report(report: CheckReport) -> CheckedJson:
    document, compared = report.document, report.compared
    return CheckedJson(
        source=document.source,
        title=None if document.title is None else shown(document.title),
        unit=document.unit,
        year=document.year,
        city=document.city,
        items=document.items,
        compared_with=(
            None
            if compared is None
            else ComparedJson(compared.year, tuple(one.source for one in compared.documents))
        ),
        findings=tuple(finding_to_json(finding) for finding in report.findings),
        hints=tuple(shown(hint) for hint in report.hints),
        rules=report.rules,
    )


def reports_to_json(reports: Sequence[CheckReport]) -> CheckJson:
    """Return the reviews of the documents of one draft."""

    def count(severity: Severity) -> int:
        return sum(report.count(severity) for report in reports)

    return CheckJson(
        count(Severity.ERROR),
        count(Severity.WARNING),
        count(Severity.NOTE),
        tuple(_report(report) for report in reports),
    )


def lookup_to_json(response: LookupResponse) -> LookupJson:
    """Return what belongs beside a passage."""
    search = search_to_json(response.similar)
    interpreted = response.similar.interpreted
    series = Series("", None, response.figures)
    return LookupJson(
        interpreted=search.interpreted,
        ranking=search.ranking,
        hits=search.hits,
        cities=benchmarks_to_json(BenchmarkResponse(interpreted, response.cities)).cities,
        bases=bases_to_json(BasisResponse(interpreted, response.bases)).bases,
        figures=trends_to_json(TrendResponse(interpreted, (series,))).series[0].points,
        warnings=tuple(finding_to_json(finding) for finding in response.warnings),
        skipped=response.skipped,
    )


_LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


def rules_table() -> str:
    """Return the table of rules as Markdown, as it stands in the reference."""
    lines = ["| 规则 | 级别 | 名称 | 看什么 | 默认 | 选中提示 |", "|---|---|---|---|---|---|"]
    lines += [
        f"| `{rule.code}` | {_LEVELS[rule.severity]} | {rule.title} | {rule.looks_at} "
        f"| {'用' if rule.is_on else '不用'} | {'用' if rule.is_fast else '不用'} |"
        for rule in RULES
    ]
    return "\n".join(lines)

"""A review as a log of SARIF 2.1.0, the format that editors and checking services read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from api.schemas.checks import CheckedJson, CheckJson, FindingJson
from search.check.rules import RULES, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
MEDIA_TYPE = "application/sarif+json"
_PLACES = {rule.code: place for place, rule in enumerate(RULES)}


def check_to_sarif(check: CheckJson, version: str) -> dict[str, Any]:
    """Return the log: one run with the table of rules, a result for each finding.

    Where a finding has a line, it is the region; what SARIF has no word for (sheet, row, the item's span)
    stands in `properties`. Evidence is a related location, a proposed wording `properties.proposal`.
    """
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(check, version)},
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": {"uri": _uri(one.source)}} for one in check.documents],
                "results": [
                    _result(document, place, finding)
                    for place, document in enumerate(check.documents)
                    for finding in document.findings
                ],
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _hints(check)}],
            }
        ],
    }


def sarif_text(check: CheckJson, version: str) -> str:
    """Return the log as it is written."""
    return json.dumps(check_to_sarif(check, version), ensure_ascii=False, indent=2)


def _uri(source: str) -> str:
    return quote(source, safe="/")


def _driver(check: CheckJson, version: str) -> dict[str, Any]:
    applied = {code for document in check.documents for code in document.rules}
    return {
        "name": "duibiao",
        "version": version,
        "language": "zh-CN",
        "rules": [_rule(rule, enabled=rule.code in applied) for rule in RULES],
    }


def _rule(rule: Rule, *, enabled: bool) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.code.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.looks_at},
        "defaultConfiguration": {"level": rule.severity.value, "enabled": enabled},
    }


def _hints(check: CheckJson) -> list[dict[str, Any]]:
    return [
        {"level": "note", "message": {"text": hint}}
        for document in check.documents
        for hint in document.hints
    ]


def _result(document: CheckedJson, artifact: int, finding: FindingJson) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _PLACES[finding.rule],
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [_location(document, artifact, finding)],
        "properties": {
            "item": finding.item,
            "span": None
            if finding.span is None
            else [finding.span.field, finding.span.start, finding.span.end],
            "proposal": finding.proposal,
            "page": finding.place.page if finding.place else None,
            "sheet": finding.place.sheet if finding.place else None,
            "row": finding.place.row if finding.place else None,
        },
    }
    if finding.evidence:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": {"artifactLocation": {"uri": _uri(one.source)}},
                "message": {"text": one.quote},
                "properties": {"documentId": one.document_id, "itemId": one.item_id},
            }
            for number, one in enumerate(finding.evidence, start=1)
        ]
    return result


def _location(document: CheckedJson, artifact: int, finding: FindingJson) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(document.source), "index": artifact}}
    if finding.place is not None and finding.place.line is not None:
        region: dict[str, Any] = {"startLine": finding.place.line}
        if finding.quote:
            region["snippet"] = {"text": finding.quote}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.item is not None:
        name = "".join(part for part in (finding.category, finding.number) if part) or str(finding.item)
        location["logicalLocations"] = [
            {
                "name": name,
                "fullyQualifiedName": f"{name}/{finding.name or ''}".rstrip("/"),
                "kind": "element",
            }
        ]
    return location

"""Reviews as JSON, as SARIF, and the table of rules in the reference."""

from __future__ import annotations

from pathlib import Path

from api.conversions.checks import finding_to_json, reports_to_json, rules_table
from api.conversions.sarif import check_to_sarif
from search.check.findings import CheckReport, Compared, Finding, Remark, Severity
from search.check.rules import RULES
from tests.api.samples import CITATION, CUT, DOCUMENT, STORED

FOUND = Finding(
    "figure-worse",
    Severity.WARNING,
    Remark("不如上次；联系电话：85910000。", STORED, CUT.span, (CITATION,), "会议压减12%"),
)
WHOLE = Finding("item-dropped", Severity.NOTE, Remark("缺一条。"))
REPORT = CheckReport(
    DOCUMENT,
    Compared(2018, (DOCUMENT,)),
    (FOUND, WHOLE),
    ("没有写明年份。",),
    ("figure-worse", "item-dropped"),
)


def test_a_finding_says_where_it_stands_and_gives_no_telephone_number() -> None:
    finding = finding_to_json(FOUND)
    assert (finding.rule, finding.severity, finding.title) == ("figure-worse", "warning", "数值不如上次")
    assert (finding.item, finding.category, finding.number, finding.name) == (
        1,
        "重点目标",
        "3",
        "优化办件流程",
    )
    assert finding.quote == CUT.text
    assert finding.place is not None
    assert (finding.place.line, finding.place.row) == (12, 3)
    assert "85910000" not in finding.message
    assert [one.quote for one in finding.evidence] == [CITATION.quote]
    assert finding.proposal == "会议压减12%"


def test_a_finding_about_the_whole_has_no_item() -> None:
    finding = finding_to_json(WHOLE)
    assert (finding.item, finding.place, finding.span, finding.quote, finding.evidence) == (None,) * 4 + ((),)


def test_a_review_counts_its_findings() -> None:
    check = reports_to_json([REPORT])
    assert (check.errors, check.warnings, check.notes) == (0, 1, 1)
    (document,) = check.documents
    assert document.compared_with is not None
    assert (document.compared_with.year, document.compared_with.sources) == (2018, ("2019.txt",))
    assert (document.hints, document.rules) == (("没有写明年份。",), ("figure-worse", "item-dropped"))


def test_sarif_has_the_rules_and_a_result_for_each_finding() -> None:
    log = check_to_sarif(reports_to_json([REPORT]), "0.1.0")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert [rule["id"] for rule in rules if rule["defaultConfiguration"]["enabled"]] == [
        "figure-worse",
        "item-dropped",
    ]
    first, second = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "figure-worse"
    assert first["level"] == "warning"
    (location,) = first["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 12, "snippet": {"text": CUT.text}}
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "2019.txt", "index": 0}
    assert location["logicalLocations"][0]["name"] == "重点目标3"
    assert first["relatedLocations"][0]["message"]["text"] == CITATION.quote
    assert first["properties"]["proposal"] == "会议压减12%"
    assert second["level"] == "note"
    assert "region" not in second["locations"][0]["physicalLocation"]
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    assert [one["message"]["text"] for one in notifications] == ["没有写明年份。"]


def test_the_table_of_rules_in_the_reference_is_generated() -> None:
    reference = (Path(__file__).parents[3] / "docs" / "reference.md").read_text("utf-8")
    assert f"<!-- rules:begin -->\n{rules_table()}\n<!-- rules:end -->" in reference
    assert len(rules_table().splitlines()) == len(RULES) + 2

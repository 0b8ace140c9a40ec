"""Reviews as a person reads them on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from api.schemas.checks import CheckedJson, CheckJson, FindingJson
from api.schemas.evaluated_checks import CheckEvaluationJson
from api.wording import excerpt, year_text

_SEVERITIES = {"error": "错误", "warning": "警告", "note": "提示"}


def check_text(check: CheckJson) -> Iterator[str]:
    """Yield the findings of each document, item by item, and how many there are."""
    for document in check.documents:
        yield from _document(document)
    yield f"合计：错误 {check.errors} 项，警告 {check.warnings} 项，提示 {check.notes} 项。"


def _document(document: CheckedJson) -> Iterator[str]:
    compared = document.compared_with
    against = f"，与{compared.year}年的目标比较" if compared else ""
    unit = document.unit or "单位不明"
    yield f"{document.source}（{unit}，{year_text(document.year)}，{document.items} 条{against}）"
    if not document.findings:
        yield "  没有发现问题。"
    before: int | None = -1
    for finding in document.findings:
        if finding.item != before:
            yield f"  {_heading(finding)}"
            before = finding.item
        yield from _finding(finding)
    yield from (f"  说明：{hint}" for hint in document.hints)


def _heading(finding: FindingJson) -> str:
    if finding.item is None:
        return "整份草稿"
    numbered = "".join(part for part in (finding.category, finding.number) if part) or f"第{finding.item}条"
    line = finding.place.line if finding.place else None
    page = finding.place.page if finding.place else None
    where = f"（第{page}页）" if page else f"（第{line}行）" if line else ""
    return f"{numbered} {excerpt(finding.name or '', 40)}{where}".rstrip()


def _finding(finding: FindingJson) -> Iterator[str]:
    yield f"    [{_SEVERITIES[finding.severity]}] {finding.message}（{finding.rule}）"
    for one in finding.evidence:
        place = f"{year_text(one.year)} {one.unit or '单位不明'}，{one.source}"
        yield f"        依据：“{excerpt(one.quote, 100)}”（{place}）"
    if finding.proposal:
        yield f"        建议：{finding.proposal}"


def check_evaluation_text(evaluation: CheckEvaluationJson) -> Iterator[str]:
    """Yield how many seeded faults each rule found, and what went wrong."""
    yield f"{evaluation.drafts} 份草稿，其中 {evaluation.clean} 份没有问题（{evaluation.quiet} 份没有误报）"
    for row in evaluation.rules:
        rule = "合计" if row.rule == "*" else row.rule
        ratios = "，".join(
            f"{name} {value:.3f}"
            for name, value in (("准确率", row.precision), ("召回率", row.recall))
            if value is not None
        )
        yield f"{rule}：找到 {row.agreed}/{row.labelled}，报告 {row.found} {ratios}".rstrip()
    for mistake in evaluation.mistakes:
        yield from (f"{mistake.draft} 漏报 {one}" for one in mistake.missed)
        yield from (f"{mistake.draft} 误报 {one}" for one in mistake.spurious)

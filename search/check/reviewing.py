"""Apply the rules to a draft."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.catalog import CatalogReader
from corpus.model import DocumentKind, TargetDocument
from search.check.draft import Draft, draft_of
from search.check.figures import undecided
from search.check.findings import CheckReport, Finding
from search.check.known import Known, Similar, known_of
from search.check.rules import Selection
from search.unit_names import UnitNames

_NOWHERE = 1 << 30


def review(
    document: TargetDocument,
    selection: Selection,
    catalog: CatalogReader,
    similar: Similar,
    *,
    is_fragment: bool = False,
    names: UnitNames | None = None,
) -> CheckReport:
    """Return what the selected rules find in a draft. Raise WrongUse for a rule that does not exist."""
    rules = selection.rules()
    draft = draft_of(document, is_fragment=is_fragment)
    known = known_of(draft, catalog, similar, names)
    found = [finding for rule in rules for finding in rule.findings(draft, known)]
    codes = tuple(rule.code for rule in rules)
    hints = (*_hints(draft, known), *(undecided(known) if "figure-worse" in codes else ()))
    return CheckReport(draft.document, known.compared, in_order(found), hints, codes)


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings by item, those about the whole last; within an item as the rules stand."""
    return tuple(sorted(findings, key=_position))


def _position(finding: Finding) -> int:
    target = finding.remark.target
    return _NOWHERE if target is None else target.ordinal


def _hints(draft: Draft, known: Known) -> Iterator[str]:
    about = draft.document
    if about.unit is None:
        yield "没有写明单位，未与往年比较，也未核对分工；可以用 --unit（接口为 unit）指定。"
    elif known.compared is None:
        before = f"{about.year}年以前的" if about.year is not None else ""
        yield f"目标库里没有“{about.unit}”{before}目标，未与往年比较。"
    elif not known.is_recent:
        yield (f"最近的一份是{known.compared.year}年的，相隔太久，只比较数值，不判断条目和指标是否缺少。")
    if about.year is None:
        yield "没有写明年份，未核对依据和标杆值的年份；可以用 --year（接口为 year）指定。"
    if about.kind is DocumentKind.REPORT:
        yield "这份文字像政府工作报告，检查规则是按业务目标定的，结果仅供参考。"
    if not draft.is_fragment and draft.items and not _has_bases(draft):
        yield "整份草稿没有写制定依据，未逐条核对依据。"


def _has_bases(draft: Draft) -> bool:
    return draft.has_basis_column or any(one.item.bases for one in draft.items)

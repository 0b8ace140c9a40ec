from __future__ import annotations

import json
from dataclasses import replace

import pytest

from api.conversions.results import citation_to_json
from api.schemas.checks import FindingJson
from api.schemas.documents import SpanJson
from api.web.draft_edits import Edit, cited_items, edit_of
from corpus.model import Field, TargetItem
from tests.api.samples import CITATION, STORED

CONTENT = "全年办件按期办结率达到90%以上。提升办件水平。"
ITEM = TargetItem("重点目标", "1", "办件", CONTENT, basis_text="2019年海市政府工作报告")
EVIDENCE = (citation_to_json(CITATION),)


def finding(
    rule: str, proposal: str | None, quote: str | None = None, field: Field = Field.CONTENT
) -> FindingJson:
    text = CONTENT if field is Field.CONTENT else ITEM.basis_text or ""
    span = None if quote is None else SpanJson(field, text.index(quote), text.index(quote) + len(quote))
    return FindingJson(rule, "warning", "", "", 1, None, None, "办件", None, span, quote, EVIDENCE, proposal)


def accepted(edit: Edit | None, item: TargetItem = ITEM) -> str:
    """Return what the field of the one step says afterwards, as the page's script would write it."""
    assert edit is not None
    (step,) = edit.steps
    before = str(getattr(item, step.into, None) or "")
    if step.how == "replace":
        assert before[step.start : step.end] == step.quote
        return before[: step.start] + step.text + before[step.end :]
    return step.text if step.how == "set" else before + step.text


@pytest.mark.parametrize(
    ("rule", "proposal", "quote", "field", "wanted"),
    [
        (
            "figure-worse", "办件按期办结率97.5%以上", "办件按期办结率达到90%以上", Field.CONTENT,
            "全年办件按期办结率97.5%以上。提升办件水平。",
        ),
        (
            "figure-worse", "办件按期办结率97.5%以上", "达到90%以上", Field.CONTENT,
            "全年办件按期办结率97.5%以上。提升办件水平。",
        ),
        (
            "basis-wrong-year", "2022年海市政府工作报告", "2019年海市政府工作报告", Field.BASIS,
            "2022年海市政府工作报告",
        ),
        ("deadline-missing", "提升办件水平（×月底前）", "提升办件水平", Field.CONTENT,
            "全年办件按期办结率达到90%以上。提升办件水平（×月底前）。"),
        ("no-figure", "可参照2019年写法：办件水平97.5%以上；会议12次。", "办件水平", Field.CONTENT,
            "全年办件按期办结率达到90%以上。提升办件水平97.5%以上。"),
        ("no-figure", "可参照2019年写法：讲座20场。", CONTENT, Field.CONTENT, f"{CONTENT}讲座20场。"),
        ("indicator-dropped", "可补上：“…”", None, Field.CONTENT, CONTENT + CITATION.quote),
        ("deadline-missing", "完成时限：12月底前", CONTENT, Field.CONTENT, "12月底前"),
        ("basis-missing", "上次的依据：甲办法；乙规定（请换成现行文件）。", None, Field.CONTENT,
            "2019年海市政府工作报告甲办法；乙规定"),
        ("benchmark-missing", "上次对标南京市，可更新其最新数值。", None, Field.CONTENT, "南京市"),
    ],
)  # fmt: skip
def test_accepting_a_proposal(rule: str, proposal: str, quote: str | None, field: Field, wanted: str) -> None:
    assert accepted(edit_of(finding(rule, proposal, quote, field), ITEM, {})) == wanted


def test_a_dropped_item_is_added_with_its_source() -> None:
    found = replace(finding("item-dropped", "可补上一条：…"), item=None)
    assert cited_items((found,)) == [STORED.id]
    edit = edit_of(found, None, {STORED.id: STORED})
    assert edit is not None
    assert edit.added is not None
    assert (edit.added.name, edit.added.content) == ("优化办件流程", STORED.item.content)
    written = json.loads(edit.written())
    assert written["source"]["item_id"] == STORED.id
    assert written["added"]["category"] == "重点目标"
    assert edit_of(found, None, {}) is None


@pytest.mark.parametrize("rule", ["vague-words", "benchmark-stale", "near-duplicate"])
def test_what_a_person_must_write(rule: str) -> None:
    assert edit_of(finding(rule, None, "提升办件水平"), ITEM, {}) is None
    missing = replace(finding("benchmark-missing", "标杆城市：××市    标杆值：……"), evidence=())
    assert edit_of(missing, ITEM, {}) is None

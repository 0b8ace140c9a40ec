"""What `find_indicators` reads from whole items."""

from __future__ import annotations

from corpus.model import Bound, Comparator, Field, Indicator, Quantity, TargetItem
from ingest.indicators import find_indicators


def item(content: str, **cells: str) -> TargetItem:
    return TargetItem(category=None, number=None, name=cells.pop("name", None), content=content, **cells)  # type: ignore[arg-type]


def brief(content: str, year: int | None = 2021) -> list[tuple[str | None, str, float, str | None]]:
    return [(i.name, i.op.value, i.value, i.unit) for i in find_indicators(item(content), year)]


def one(content: str, year: int | None = 2021) -> Indicator:
    (indicator,) = find_indicators(item(content), year)
    return indicator


def test_rate_with_lower_bound() -> None:
    indicator = one("加快公文运转，全年请示报告类公文办结率达到96%以上。")
    assert (indicator.name, indicator.op, indicator.value, indicator.unit) == (
        "请示报告类公文办结率",
        Comparator.AT_LEAST,
        96.0,
        "%",
    )
    assert indicator.text == "请示报告类公文办结率达到96%以上"
    assert (indicator.span.field, indicator.span.start) == (Field.CONTENT, 9)


def test_relative_change_has_baseline_and_bound() -> None:
    indicator = one("严控发文数量，市政府文件数量较上年度（180件）压减10%。")
    assert (indicator.name, indicator.op, indicator.value) == ("市政府文件数量", Comparator.DECREASE, 10.0)
    assert indicator.baseline == Quantity(180.0, "件", 2020)
    assert indicator.bound == Bound(Comparator.AT_MOST, 162.0, "件")
    assert indicator.text == "市政府文件数量较上年度（180件）压减10%"


def test_kept_down() -> None:
    indicator = one("确保全市性工作会议数量较上年度（16次）只减不增；")
    assert (indicator.op, indicator.value, indicator.unit) == (Comparator.AT_MOST, 16.0, "次")
    assert indicator.baseline == Quantity(16.0, "次", 2020)


def test_lists_share_verb_and_head() -> None:
    assert brief("热线、信箱、短信按期答复率分别达到98%、97%和95%。") == [
        ("热线按期答复率", "=", 98.0, "%"),
        ("信箱按期答复率", "=", 97.0, "%"),
        ("短信按期答复率", "=", 95.0, "%"),
    ]

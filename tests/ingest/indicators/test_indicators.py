"""What `find_indicators` reads from whole items."""

from __future__ import annotations

import pytest

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


def test_change_from_one_level_to_another() -> None:
    indicator = one("审批时限由30个工作日压缩至7个工作日。")
    assert (indicator.name, indicator.op, indicator.value, indicator.unit) == (
        "审批时限",
        Comparator.AT_MOST,
        7.0,
        "个工作日",
    )
    assert indicator.baseline == Quantity(30.0, "个工作日")
    assert indicator.bound is None


def test_level_of_an_earlier_year_is_a_baseline() -> None:
    indicator = one("优良天数由2020年的237天增加到291天。")
    assert (indicator.op, indicator.value) == (Comparator.EQUAL, 291.0)
    assert indicator.baseline == Quantity(237.0, "天", 2020)


def test_growth_on_the_basis_of_a_figure() -> None:
    indicator = one("在2020年20件的基础上增长50%。")
    assert (indicator.baseline, indicator.bound) == (
        Quantity(20.0, "件", 2020),
        Bound(Comparator.AT_LEAST, 30.0, "件"),
    )


def test_percentage_points_on_a_rate() -> None:
    indicator = one("绿化率较上年（40%）提高2个百分点。")
    assert indicator.bound == Bound(Comparator.AT_LEAST, 42.0, "%")


def test_an_amount_and_its_reduction() -> None:
    indicator = one("会议较2020年（50次）减少5次。")
    assert (indicator.op, indicator.value, indicator.bound) == (
        Comparator.DECREASE,
        5.0,
        Bound(Comparator.AT_MOST, 45.0, "次"),
    )


def test_marks() -> None:
    assert brief("办文零差错，审计全覆盖，产值翻一番，产量翻两番，经费零增长。") == [
        ("办文差错", "=", 0.0, None),
        ("审计", "=", 100.0, "%"),
        ("产值", "increase", 100.0, "%"),
        ("产量", "increase", 300.0, "%"),
        ("经费", "increase", 0.0, "%"),
    ]
    assert brief("形成全覆盖的工作体系。") == []
    assert brief("会议数量只减不增。") == []


def test_at_least_before_the_verb() -> None:
    assert brief("每个区至少建成郊野公园1处，新建步道3公里。") == [
        ("郊野公园", ">=", 1.0, "处"),
        ("步道", "=", 3.0, "公里"),
    ]


def test_growth_before_a_level_that_is_a_rate() -> None:
    assert brief("固定资产投资保持稳定增长、力争达到3%。") == [("固定资产投资", "increase", 3.0, "%")]


def test_the_sum_of_counted_projects_is_named_after_them() -> None:
    assert brief("集中力量建设总投资38亿元的20个重点项目。") == [
        ("重点项目总投资", "=", 3_800_000_000.0, "元"),
        ("重点项目", "=", 20.0, "个"),
    ]


def test_ranks() -> None:
    assert brief("营商环境评价进入全国前10名，综合得分保持全省前三位，总量位居全国第6位。") == [
        ("营商环境评价全国排名", "<=", 10.0, "名"),
        ("综合得分全省排名", "<=", 3.0, "位"),
        ("总量全国排名", "=", 6.0, "位"),
    ]


def test_shares_at_the_end_of_a_list_hold_for_all() -> None:
    assert brief("热线、短信答复率分别达到98和95%以上。") == [
        ("热线答复率", ">=", 98.0, "%"),
        ("短信答复率", ">=", 95.0, "%"),
    ]
    assert [i.op for i in find_indicators(item("投资、销售增速分别高出全国16.2、9.7个百分点"), 2021)] == [
        Comparator.INCREASE,
        Comparator.INCREASE,
    ]


def test_growth_said_behind_the_figure() -> None:
    assert brief("交易额保持20%以上的高速增长。") == [("交易额", "increase", 20.0, "%")]


def test_ranges() -> None:
    indicator = one("办理人数10万至12万人。")
    assert (indicator.op, indicator.value, indicator.high, indicator.unit) == (
        Comparator.BETWEEN,
        100_000.0,
        120_000.0,
        "人",
    )


def test_a_target_value_cell_is_named_after_its_item() -> None:
    row = item("组织召开新闻发布会。", name="新闻发布会", target_value="不少于50场")
    (indicator,) = find_indicators(row, 2021)
    assert (indicator.name, indicator.op, indicator.value, indicator.unit) == (
        "新闻发布会",
        Comparator.AT_LEAST,
        50.0,
        "场",
    )
    assert (indicator.span.field, indicator.text) == (Field.TARGET_VALUE, "不少于50场")


def test_a_target_value_that_the_content_states_is_not_repeated() -> None:
    row = item("组织召开新闻发布会50场以上。", name="新闻发布会", target_value="≥50场以上")
    assert [i.span.field for i in find_indicators(row, 2021)] == [Field.CONTENT]


def test_bases_and_benchmarks_are_never_read() -> None:
    row = item("优化审批。", basis_text="2019年完成20项", benchmark_text="武汉市22个工作日")
    assert find_indicators(row, 2021) == ()


def test_traditional_and_full_width_text_keeps_its_spans() -> None:
    indicator = one("辦結率達到９６％以上")
    assert (indicator.name, indicator.op, indicator.value, indicator.text) == (
        "辦結率",
        Comparator.AT_LEAST,
        96.0,
        "辦結率達到９６％以上",
    )


@pytest.mark.parametrize(
    ("cell", "op", "value", "unit"),
    [
        ("≥96%", Comparator.AT_LEAST, 96.0, "%"),
        ("<=5 件", Comparator.AT_MOST, 5.0, "件"),
        ("120", Comparator.EQUAL, 120.0, None),
        ("≥85", Comparator.AT_LEAST, 85.0, None),
        ("95以上", Comparator.AT_LEAST, 95.0, None),
        ("3个工作日内", Comparator.AT_MOST, 3.0, "个工作日"),
    ],
)
def test_what_target_value_cells_hold(cell: str, op: Comparator, value: float, unit: str | None) -> None:
    (indicator,) = find_indicators(item("做好工作。", name="满意度", target_value=cell), 2021)
    assert (indicator.name, indicator.op, indicator.value, indicator.unit) == ("满意度", op, value, unit)


def test_a_date_in_the_target_value_cell_is_no_figure() -> None:
    assert find_indicators(item("做好工作。", name="验收", target_value="2021年12月底前完成"), 2021) == ()

from __future__ import annotations

import pytest

from ingest.items import item_of, units_of
from ingest.layouts.contract import Row
from ingest.vocabulary import Column


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("市教育局、市财政局", ("市教育局", "市财政局")),
        ("市教育局\n市财政局", ("市教育局", "市财政局")),
        ("牵头单位：市科技局；责任单位：市财政局，各区、市政府", ("市科技局", "市财政局", "各区、市政府")),
        ("市发展改革委（牵头）、市统计局等", ("市发展改革委", "市统计局")),
        ("市公安局 市司法局", ("市公安局", "市司法局")),
        ("市公安局、市公安局", ("市公安局",)),
        ("", ()),
    ],
)
def test_units_are_parted(text: str, units: tuple[str, ...]) -> None:
    assert units_of(text) == units


def test_benchmark_cells_are_joined_with_their_labels() -> None:
    cells = ((Column.CONTENT, "甲。"), (Column.BENCHMARK_CITY, "武汉市"), (Column.BENCHMARK_VALUE, "22天"))
    assert item_of(Row(cells)).benchmark_text == "标杆城市：武汉市\n标杆值：22天"


def test_a_target_value_takes_its_measure() -> None:
    cells = ((Column.NAME, "培训"), (Column.TARGET_VALUE, "500"), (Column.MEASURE, "人次"))
    item = item_of(Row(cells))
    assert (item.name, item.content, item.target_value) == ("培训", "培训", "500人次")
    cells = ((Column.NAME, "合格率"), (Column.TARGET_VALUE, "95%"), (Column.MEASURE, "%"))
    assert item_of(Row(cells)).target_value == "95%"


def test_a_matter_with_figures_is_content_and_no_name() -> None:
    item = item_of(Row(((Column.NAME, "组织培训4次"),)))
    assert (item.name, item.content) == (None, "组织培训4次")


def test_labelled_lines_lose_their_label_but_for_benchmarks() -> None:
    cells = (
        (Column.CONTENT, "甲。"),
        (Column.DEADLINE, "完成时限：6月底"),
        (Column.BENCHMARK, "标杆城市：苏州市"),
        (Column.PERSON, "责任人：某某"),
    )
    item = item_of(Row(cells))
    assert (item.deadline, item.benchmark_text) == ("6月底", "标杆城市：苏州市")
    assert "某某" not in repr(item)

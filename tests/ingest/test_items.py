"""Cells of a row as the fields of an item."""

from __future__ import annotations

import pytest

from ingest.items import item_of, units_of
from ingest.layouts.contract import Row
from ingest.vocabulary import Column


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("市环保局、市水利局", ("市环保局", "市水利局")),
        ("各区、市政府、市财政局", ("各区、市政府", "市财政局")),
        ("各区、市、县政府、市财政局", ("各区、市、县政府", "市财政局")),
        ("市水利局、各县（市、区）人民政府", ("市水利局", "各县（市、区）人民政府")),
        ("各旗（县、市、区）政府；市林业局", ("各旗（县、市、区）政府", "市林业局")),
        ("牵头单位：市科技局\n配合单位：市财政局、市科技局", ("市科技局", "市财政局")),
        ("市商务局等按职责分工负责", ("市商务局",)),
        ("", ()),
    ],
)
def test_units_of_a_cell(cell: str, units: tuple[str, ...]) -> None:
    assert units_of(cell) == units


@pytest.mark.parametrize(
    ("written", "number"),
    [("3", "3"), ("三、", "三"), ("（一）", "一"), ("1.", "1"), ("(2)", "2"), ("1.2", "1.2"), ("A-1", "A-1")],
)
def test_a_number_is_a_bare_numeral(written: str, number: str) -> None:
    row = Row(((Column.NUMBER, written), (Column.CONTENT, "完成甲事。")))
    assert item_of(row).number == number

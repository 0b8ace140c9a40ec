"""Units by name and by abbreviation."""

from __future__ import annotations

import pytest

from search.units import closeness, core, find_units, find_unknown_units, same_unit

KNOWN = ("市政府办公厅", "市发展和改革委员会", "市市场监督管理局", "市人力资源和社会保障局")


@pytest.mark.parametrize(
    ("text", "written", "units"),
    [
        ("市政府办公厅2012年目标", "市政府办公厅", ("市政府办公厅",)),
        ("青岛市人民政府办公厅的目标", "市人民政府办公厅", ("市政府办公厅",)),
        ("办公厅新闻发布会", "办公厅", ("市政府办公厅",)),
        ("市府办新闻发布会", "市府办", ("市政府办公厅",)),
        ("发改委培训目标", "发改委", ("市发展和改革委员会",)),
        ("查询市发展改革委", "市发展改革委", ("市发展和改革委员会",)),
        ("市监局抽检批次", "市监局", ("市市场监督管理局",)),
        ("市场监管局抽检", "市场监管局", ("市市场监督管理局",)),
        ("人社局就业目标", "人社局", ("市人力资源和社会保障局",)),
    ],
)
def test_finds_the_unit(text: str, written: str, units: tuple[str, ...]) -> None:
    (mention,) = find_units(text, KNOWN)
    assert (mention.written, mention.units) == (written, units)
    assert text[mention.start : mention.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "市政府办理建议提案",
        "市政府办实事",
        "局长接话活动",
        "委托第三方评价",
        "建议提案办复率",
        "交办事项",
        "减少文山会海",
    ],
)
def test_finds_no_unit_in_ordinary_words(text: str) -> None:
    assert find_units(text, KNOWN) == ()


def test_a_name_that_fits_two_units_names_both() -> None:
    (mention,) = find_units("办公厅目标", ("市政府办公厅", "省人民政府办公厅"))
    assert mention.units == ("市政府办公厅", "省人民政府办公厅")


def test_says_which_named_unit_is_not_there() -> None:
    assert find_unknown_units("市教育局2021年培训目标", KNOWN) == ("市教育局",)
    assert find_unknown_units("市政府办公厅2021年培训目标", KNOWN) == ()


def test_region_and_wording_do_not_matter() -> None:
    assert core("青岛市人民政府办公厅") == core("市政府办公厅") == "政府办公厅"
    assert core("市市场监督管理局") == "市场监督管理局"
    assert same_unit("青岛市教育局", "市教育局")
    assert same_unit(None, "市教育局")
    assert not same_unit("市教育局", "市体育局")
    assert closeness("体育局", "市教育局") == 0

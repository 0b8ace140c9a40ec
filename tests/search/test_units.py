"""Units by name, by abbreviation and by the names they had before."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import WrongUse
from search.unit_names import default_unit_names, load_unit_names
from search.units import UnitMention, core, read_units, same_unit, units_named

REFORMED = ("市环境保护局", "市生态环境局", "市水务局", "市工业和信息化局", "市自然资源和规划局")
KNOWN = ("市政府办公厅", "市发展和改革委员会", "市市场监督管理局", "市人力资源和社会保障局")


def mentions(text: str, known: tuple[str, ...] = KNOWN) -> tuple[UnitMention, ...]:
    return read_units(text, known).mentions


def unknown(text: str, known: tuple[str, ...] = KNOWN) -> tuple[str, ...]:
    return read_units(text, known).unknown


@pytest.mark.parametrize(
    ("text", "written", "units"),
    [
        ("市政府办公厅2012年目标", "市政府办公厅", ("市政府办公厅",)),
        ("青岛市人民政府办公厅的目标", "市人民政府办公厅", ("市政府办公厅",)),
        ("办公厅新闻发布会", "办公厅", ("市政府办公厅",)),
        ("市府办新闻发布会", "市府办", ("市政府办公厅",)),
        ("政府办新闻发布会", "政府办", ("市政府办公厅",)),
        ("市府办公厅新闻发布会", "市府办公厅", ("市政府办公厅",)),
        ("发改委培训目标", "发改委", ("市发展和改革委员会",)),
        ("查询市发展改革委", "市发展改革委", ("市发展和改革委员会",)),
        ("市监局抽检批次", "市监局", ("市市场监督管理局",)),
        ("市场监管局抽检", "市场监管局", ("市市场监督管理局",)),
        ("人社局就业目标", "人社局", ("市人力资源和社会保障局",)),
    ],
)
def test_finds_the_unit(text: str, written: str, units: tuple[str, ...]) -> None:
    (mention,) = mentions(text)
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
    assert mentions(text) == ()
    assert unknown(text) == ()


def test_a_name_that_fits_two_units_names_both() -> None:
    (mention,) = mentions("办公厅目标", ("市政府办公厅", "省人民政府办公厅"))
    assert mention.units == ("市政府办公厅", "省人民政府办公厅")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("省政府办公厅目标", ("省人民政府办公厅",)),
        ("市政府办公厅目标", ("市政府办公厅",)),
        ("济南市教育局目标", ("济南市教育局",)),
        ("教育局目标", ("济南市教育局", "青岛市教育局")),
    ],
)
def test_level_and_region_tell_units_apart(text: str, units: tuple[str, ...]) -> None:
    (mention,) = mentions(text, ("市政府办公厅", "省人民政府办公厅", "济南市教育局", "青岛市教育局"))
    assert mention.units == units


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("市教育局2021年培训目标", "市教育局"),
        ("市委办公厅的会议", "市委办公厅"),
        ("省政府办公厅的会议", "省政府办公厅"),
        ("市图书馆管理局的开放时间", "市图书馆管理局"),
    ],
)
def test_says_which_named_unit_is_not_there(text: str, written: str) -> None:
    assert mentions(text) == ()
    assert unknown(text) == (written,)


@pytest.mark.parametrize("text", ["市政府办公厅2021年培训目标", "国务院办公厅通知", "国家发展改革委文件"])
def test_says_so_of_no_other(text: str) -> None:
    assert unknown(text) == ()


@pytest.mark.parametrize(
    ("text", "units", "by_history"),
    [
        ("环保局的减排目标", ("市环境保护局", "市生态环境局"), ("市生态环境局",)),
        ("生态环境局的减排目标", ("市生态环境局", "市环境保护局"), ("市环境保护局",)),
        ("水利局", ("市水务局",), ("市水务局",)),
        ("市经信委", ("市工业和信息化局",), ("市工业和信息化局",)),
        ("经贸委", ("市工业和信息化局",), ("市工业和信息化局",)),
        ("国土局", ("市自然资源和规划局",), ("市自然资源和规划局",)),
        ("规划局", ("市自然资源和规划局",), ()),
    ],
)
def test_a_unit_is_found_under_its_former_and_later_names(
    text: str, units: tuple[str, ...], by_history: tuple[str, ...]
) -> None:
    (mention,) = mentions(text, REFORMED)
    assert (mention.units, mention.by_history) == (units, by_history)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("工商局", "市场监督管理局"),
        ("质监局", "市场监督管理局"),
        ("食药监局", "市场监督管理局"),
        ("卫计委", "卫生健康委员会"),
        ("卫生局", "卫生健康委员会"),
        ("旅游局", "文化和旅游局"),
        ("文化局", "文化和旅游局"),
        ("农委", "农业农村局"),
        ("安监局", "应急管理局"),
        ("法制办", "司法局"),
        ("金融办", "地方金融监督管理局"),
        ("大数据局", "数据局"),
        ("政务服务办", "行政审批服务局"),
        ("房管局", "住房和城乡建设局"),
        ("建委", "住房和城乡建设局"),
        ("林业局", "园林和林业局"),
        ("人事局", "人力资源和社会保障局"),
        ("交委", "交通运输局"),
        ("商务局", "商务局"),
        ("城管局", "城市管理局"),
        ("信访局", "信访局"),
        ("民政局", "民政局"),
    ],
)
def test_usual_short_forms_lead_to_the_unit_of_today(short: str, name: str) -> None:
    (mention,) = mentions(f"{short}目标", (f"市{name}",))
    assert mention.units == (f"市{name}",)


def test_units_that_one_took_over_are_not_each_other() -> None:
    related = default_unit_names().related("工商行政管理局")
    assert related == ("市场监督管理局",)
    assert unknown("质监局", ("市工商行政管理局",)) == ("质监局",)


def test_an_explicit_unit_may_be_short_or_a_former_name() -> None:
    assert units_named("市府办", KNOWN) == ("市政府办公厅",)
    assert units_named("环保局", ("市生态环境局",)) == ("市生态环境局",)
    assert units_named("环保局", REFORMED) == ("市环境保护局",)
    assert units_named("市图书馆", KNOWN) == ()


def test_a_user_may_add_names(tmp_path: Path) -> None:
    file = tmp_path / "vocabulary.toml"
    file.write_text(
        '[units.before]\n"湾区办" = ["蓝谷管理局"]\n[units.called]\n"蓝谷管理局" = ["蓝谷局"]\n', "utf-8"
    )
    names = load_unit_names(file)
    (mention,) = read_units("蓝谷局的目标", ("湾区办",), names).mentions
    assert mention.units == ("湾区办",)
    assert names.related("环境保护局") == ("生态环境局",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[units", "不是有效的 TOML 文件"),
        ("[units.later]\n", r"只能有 \[units.before\] 和 \[units.called\]"),
        ('[units.before]\n"甲局" = "乙局"\n', "units.before 的每一行应是一组单位名称"),
    ],
)
def test_a_wrong_table_is_explained(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "vocabulary.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(WrongUse, match=said):
        load_unit_names(file)


def test_region_and_wording_do_not_matter() -> None:
    assert core("青岛市人民政府办公厅") == core("市政府办公厅") == "政府办公厅"
    assert core("市市场监督管理局") == "市场监督管理局"
    assert same_unit("青岛市教育局", "市教育局")
    assert same_unit(None, "市教育局")
    assert not same_unit("市教育局", "市体育局")

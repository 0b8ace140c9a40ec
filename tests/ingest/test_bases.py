"""Bases of an item: enumerated cells, cells that compare, and prose where there is no cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Field, TargetItem
from ingest.bases import find_bases


def item(content: str = "", basis_text: str | None = None) -> TargetItem:
    return TargetItem(None, None, None, content, basis_text=basis_text)


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        (
            "1.甲规则; 2.市政府办公厅2012年工作要点; 3.关于乙事的通知(青政办发 〔2012〕15号)。",
            ["甲规则", "市政府办公厅2012年工作要点", "关于乙事的通知"],
        ),
        (
            "1.2012年市政府工作报告; 2.《甲方案》的通知(青政办字〔2012〕65号)",
            ["2012年市政府工作报告", "《甲方案》的通知"],
        ),
        ("一、甲通知；二、乙通知", ["甲通知", "乙通知"]),
        ("(一)甲通知;(二)乙通知", ["甲通知", "乙通知"]),
        ("①甲通知②乙通知", ["甲通知", "乙通知"]),
        ("1.甲规划2.乙方案3.丙要点", ["甲规划", "乙方案", "丙要点"]),
        ("1、关于甲事的\n意见\n2、乙办法", ["关于甲事的意见", "乙办法"]),
        ("《甲法》\n《乙条例》", ["甲法", "乙条例"]),
        ("《甲法》、市政府《乙办法》和《丙方案》", ["甲法", "乙办法", "丙方案"]),
        ("2021年政府工作报告、办公厅工作要点", ["2021年政府工作报告", "办公厅工作要点"]),
        ("2012年某省、某市综合治理工作要点。", ["2012年某省、某市综合治理工作要点"]),
        ("制定依据：市委常委会会议纪要；市政府第4次会议精神", ["市委常委会会议纪要", "市政府第4次会议精神"]),
        ("根据《甲条例》（国务院令第711号）要求", ["甲条例"]),
        ("按照市委关于甲事的部署要求", ["市委关于甲事的部署要求"]),
        ("无", []),
        ("——", []),
    ],
)
def test_cells(cell: str, titles: list[str]) -> None:
    bases = find_bases(item(basis_text=cell))
    assert [basis.title for basis in bases] == titles
    assert all(cell[b.span.start : b.span.end] == b.text and b.span.field is Field.BASIS for b in bases)


def test_numbers_and_years_of_a_cell() -> None:
    bases = find_bases(item(basis_text="1.2012年市政府工作报告; 2.关于乙事的通知(青政办发 〔2013〕15号)。"))
    assert [(b.doc_number, b.year, b.issuer) for b in bases] == [
        (None, 2012, "市政府"),
        ("青政办发〔2013〕15号", 2013, None),
    ]
    assert bases[1].text == "关于乙事的通知(青政办发 〔2013〕15号)"


def test_comparisons_are_no_bases() -> None:
    cell = (
        "一、创标情况:流程再造,由300个工作日降至150个工作日。 1.2009年10月,启动审图。 2.2010年,全面启动。 "
        "二、对标情况: 1.中介机构入驻大厅。对标城市为甲市。甲市部分入驻。"
    )
    assert find_bases(item(basis_text=cell)) == ()


def test_what_a_comparison_cites_is_a_basis() -> None:
    cell = (
        "一、创标情况 根据市政府第4次会议精神,成立小组。 "
        "二、对标情况 对标城市为天津市。依据《甲意见》（津政发〔2012〕3号）设立。"
    )
    assert [(b.title, b.doc_number) for b in find_bases(item(basis_text=cell))] == [
        ("市政府第4次会议精神", None),
        ("甲意见", "津政发〔2012〕3号"),
    ]


def test_prose_counts_only_without_a_cell() -> None:
    content = "贯彻落实《甲纲要》，修订《乙规则》。"
    assert [b.title for b in find_bases(item(content))] == ["甲纲要"]
    assert [b.title for b in find_bases(item(content, "  "))] == ["甲纲要"]
    assert [b.title for b in find_bases(item(content, "丙要点"))] == ["丙要点"]


pieces = st.sampled_from(
    [
        "1.",
        "2、",
        "；",
        "。",
        "\n",
        "《",
        "》",
        "（",
        "）",
        "根据",
        "市政府",
        "关于甲的通知",
        "国发〔2012〕1号",
        "和",
        "、",
        "，",
        "对标情况：",
        "依据：",
        " ",
    ]
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=30).map("".join) | st.text(max_size=120))
def test_any_text_gives_exact_spans(text: str) -> None:
    for bases, written in ((find_bases(item(text)), text), (find_bases(item(basis_text=text)), text)):
        for basis in bases:
            assert written[basis.span.start : basis.span.end] == basis.text
            assert basis.title


@pytest.mark.parametrize("unit", ["根据《", "《", "1.", "、", "甲办法、", "甲\n", "根据"])
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(b.span.end <= len(text) for b in find_bases(item(text)) + find_bases(item(basis_text=text)))

from __future__ import annotations

from corpus.model import Place
from ingest.blocks import Block, Cell, Paragraph, Table, table_of
from ingest.layouts.contract import LayoutName, Recognition, Row
from ingest.layouts.form import recognise
from ingest.vocabulary import Column, default_vocabulary
from tests.ingest.layouts.making import brief, rows_of

FIRST = (("任务名称", "甲工作"), ("目标内容", "完成甲事3件。"), ("责任单位", "甲处"))
SECOND = (("任务名称", "乙工作"), ("目标内容", "完成乙事4件。"), ("责任单位", "乙处"))


def recognised(*blocks: Block) -> Recognition:
    recognition = recognise(blocks, default_vocabulary())
    assert recognition is not None
    assert recognition.layout is LayoutName.FORM
    return recognition


def rows(*blocks: Block) -> tuple[Row, ...]:
    return rows_of(recognised(*blocks))


def is_form(*blocks: Block) -> bool:
    return recognise(blocks, default_vocabulary()) is not None


def test_a_table_an_item_takes_the_heading_above_it_until_the_next() -> None:
    first, second, third = rows(
        Paragraph("市某局2015年业务目标"),
        Paragraph("一、重点目标"),
        table_of(FIRST, Place(table=1)),
        table_of(SECOND, Place(table=2)),
        Paragraph("二、创优目标"),
        table_of([("目标名称", "丙工作"), ("目标内容", "完成丙事。")], Place(table=3)),
    )
    assert brief(first) == ("一、重点目标", None, "甲工作", "完成甲事3件。")
    assert brief(second) == ("一、重点目标", None, "乙工作", "完成乙事4件。")
    assert brief(third) == ("二、创优目标", None, "丙工作", "完成丙事。")
    assert first.get(Column.RESPONSIBLE) == "甲处"
    assert second.place == Place(table=2, row=1)


def test_several_items_in_one_table_part_where_a_label_comes_again() -> None:
    section_a, section_b = recognised(table_of([*FIRST, *SECOND])).sections
    assert [brief(row)[2] for row in (*section_a.rows, *section_b.rows)] == ["甲工作", "乙工作"]
    assert section_b.rows[0].place == Place(row=4)


def test_four_columns_with_merged_cells() -> None:
    table = Table(
        (
            Cell("序号", 0, 0),
            Cell("3", 0, 1),
            Cell("类别", 0, 2),
            Cell("重点工作", 0, 3),  # a value that is a header word elsewhere
            Cell("任务名称", 1, 0),
            Cell("甲工作", 1, 1),
            Cell("完成时限", 1, 2),
            Cell("", 1, 3),
            Cell("目标内容", 2, 0, row_span=2),
            Cell("1.甲事3件。", 2, 1, column_span=3),
            Cell("2.乙事4件。", 3, 1, column_span=3),
            Cell("对标情况", 4, 0, row_span=2),
            Cell("标杆城市", 4, 1),
            Cell("某市", 4, 2, column_span=2),
            Cell("标杆值", 5, 1),
            Cell("甲事5件", 5, 2, column_span=2),
        )
    )
    (row,) = rows(table)
    assert brief(row) == ("重点工作", "3", "甲工作", "1.甲事3件。\n2.乙事4件。")
    assert row.get(Column.DEADLINE) is None
    assert (row.get(Column.BENCHMARK_CITY), row.get(Column.BENCHMARK_VALUE)) == ("某市", "甲事5件")


def test_a_label_over_the_whole_width_has_its_value_below() -> None:
    table = Table(
        (
            Cell("2016年度目标登记表", 0, 0, column_span=2),
            Cell("任务名称", 1, 0),
            Cell("甲工作", 1, 1),
            Cell("目标内容", 2, 0, column_span=2),
            Cell("完成甲事3件。", 3, 0, column_span=2),
            Cell("责任单位", 4, 0),
            Cell("甲处", 4, 1),
        )
    )
    (section,) = recognised(table).sections
    assert [p.text for p in section.preamble] == ["2016年度目标登记表"]
    assert brief(section.rows[0]) == (None, None, "甲工作", "完成甲事3件。")


def test_a_category_beside_all_rows_of_an_item() -> None:
    table = Table(
        (
            Cell("创优目标", 0, 0, row_span=3),
            *(
                Cell(text, row, column + 1)
                for row, texts in enumerate(FIRST)
                for column, text in enumerate(texts)
            ),
        )
    )
    assert brief(rows(table)[0]) == ("创优目标", None, "甲工作", "完成甲事3件。")


def test_a_table_turned_on_its_side_has_an_item_a_column() -> None:
    table = Table(
        (
            *(Cell(text, 0, n) for n, text in enumerate(("序号", "1", "2"))),
            *(Cell(text, 1, n) for n, text in enumerate(("目标名称", "甲工作", "乙工作"))),
            *(Cell(text, 2, n) for n, text in enumerate(("目标内容", "完成甲事。", "完成乙事。"))),
            Cell("责任单位", 3, 0),
            Cell("甲处", 3, 1),
            Cell("乙处", 3, 2),
        )
    )
    first, second = rows(table)
    assert brief(first) == (None, "1", "甲工作", "完成甲事。")
    assert brief(second) == (None, "2", "乙工作", "完成乙事。")
    assert second.get(Column.RESPONSIBLE) == "乙处"


def test_what_a_form_says_of_its_unit_and_year_stands_above_its_rows_and_people_nowhere() -> None:
    head = table_of([("填报单位", "市某局", "年度", "2016"), ("联系人", "张某某", "联系电话", "80001111")])
    recognition = recognised(head, table_of([*FIRST, ("联系人", "李某某")]))
    (section,) = recognition.sections
    assert [p.text for p in section.preamble] == ["填报单位：市某局", "年度：2016"]
    assert "李某某" not in str(recognition)
    assert "80001111" not in str(recognition)


def test_an_unknown_label_is_named_and_its_value_left_out() -> None:
    recognition = recognised(table_of([*FIRST, ("资金渠道", "市财政")]))
    (remark,) = recognition.remarks
    assert remark.sentence == "表单中的“资金渠道”不是已知的项目名，其内容未读取；需要时请在词汇表中补充。"
    assert remark.place == Place(row=4)
    assert "市财政" not in str(recognition.sections)


def test_words_that_a_user_adds_are_labels() -> None:
    vocabulary = default_vocabulary().extended({Column.NAME: ["攻坚题目"], Column.CONTENT: ["攻坚举措"]})
    table = table_of([("攻坚题目", "甲工作"), ("攻坚举措", "完成甲事3件。")])
    assert not is_form(table)
    recognition = recognise([table], vocabulary)
    assert recognition is not None
    assert brief(recognition.sections[0].rows[0])[2:] == ("甲工作", "完成甲事3件。")


def test_an_ordinary_table_between_forms_keeps_its_rows() -> None:
    ordinary = table_of([("序号", "任务名称", "目标内容"), ("1", "丙工作", "完成丙事。")])
    found = rows(table_of(FIRST), Paragraph("其他任务"), ordinary, table_of(SECOND))
    assert [brief(row)[2] for row in found] == ["甲工作", "丙工作", "乙工作"]


def test_ordinary_tables_and_tables_of_other_things_are_no_forms() -> None:
    ordinary = table_of([("任务名称", "目标内容"), ("甲工作", "完成甲事。"), ("乙工作", "完成乙事。")])
    of_categories = table_of(
        [("类别", "目标内容"), ("重点工作", "完成甲事。"), ("主要任务", "完成乙事。"), ("其他", "完成丙事。")]
    )
    people = table_of([("单位名称", "市某局"), ("联系人", "张某某")])
    prices = table_of([("品名", "单价"), ("甲", "3元")])
    assert not is_form(ordinary)
    assert not is_form(of_categories)
    assert not is_form(people)
    assert not is_form(prices)
    assert not is_form(Paragraph("任务名称"), Table(()))


def test_labelled_lines_are_cards() -> None:
    lines = [
        "市某局2015年工作目标",
        "1.任务名称：甲工作",
        "目标内容：（1）甲事3件。",
        "（2）乙事4件。",
        "责任单位：甲处",
        "2.【任务名称】丙工作",
        "目标内容：完成丙事。",
        "责任单位：丙处",
        "2015年3月1日",
    ]
    recognition = recognised(*(Paragraph(text, Place(line=n)) for n, text in enumerate(lines, start=1)))
    first, second = recognition.sections
    assert brief(first.rows[0]) == (None, "1", "甲工作", "（1）甲事3件。\n（2）乙事4件。")
    assert brief(second.rows[0]) == (None, "2", "丙工作", "完成丙事。")
    assert second.rows[0].place == Place(line=6)
    assert [p.text for p in second.closing] == ["2015年3月1日"]


def test_lines_parted_by_tabs_or_bars_are_cards() -> None:
    tabbed = [
        "任务名称\t甲工作\t责任单位\t甲处",
        "目标内容\t完成甲事。",
        "任务名称\t乙工作",
        "目标内容\t完成乙事。",
    ]
    barred = [f"| {line} |".replace("\t", " | ") for line in tabbed]
    for lines in (tabbed, barred):
        first, second = rows(*(Paragraph(text) for text in lines))
        assert brief(first) == (None, None, "甲工作", "完成甲事。")
        assert first.get(Column.RESPONSIBLE) == "甲处"
        assert brief(second) == (None, None, "乙工作", "完成乙事。")


def test_labelled_lines_below_numbered_headings_are_left_to_the_plan() -> None:
    lines = ["（一）推进甲事。", "责任单位：甲处", "（二）推进乙事。", "责任单位：乙处", "完成时限：6月底"]
    assert not is_form(*(Paragraph(text) for text in lines))

from __future__ import annotations

from corpus.model import Place
from ingest.blocks import Block, Cell, Paragraph, Table, table_of
from ingest.layouts.contract import Recognition, Row
from ingest.layouts.grid import recognise
from ingest.vocabulary import Column, default_vocabulary
from tests.ingest.layouts.making import brief, rows_of

HEAD = ("类别", "序号", "目标名称", "目标内容", "分值")


def recognised(*blocks: Block) -> Recognition:
    recognition = recognise(blocks, default_vocabulary())
    assert recognition is not None
    return recognition


def rows(*blocks: Block) -> tuple[Row, ...]:
    return rows_of(recognised(*blocks))


def test_a_plain_table_is_read_row_by_row_with_places() -> None:
    table = table_of(
        [HEAD, ("重点目标", "1", "甲工作", "完成甲事3件。", "5"), ("", "2", "乙工作", "完成乙事。", "6")],
        Place(sheet="2019"),
    )
    first, second = rows(table)
    assert brief(first) == ("重点目标", "1", "甲工作", "完成甲事3件。")
    assert brief(second) == ("重点目标", "2", "乙工作", "完成乙事。")
    assert second.get(Column.WEIGHT) == "6"
    assert second.place == Place(sheet="2019", row=3)


def test_merged_categories_and_title_rows() -> None:
    table = Table(
        (
            Cell("2016年市某局业务目标", 0, 0, column_span=3),
            Cell("单位名称：市某局", 1, 0, column_span=3),
            Cell("目标类别", 2, 0),
            Cell("编号", 2, 1),
            Cell("工作任务和目标", 2, 2),
            Cell("重点\n目标", 3, 0, row_span=2),
            Cell("1", 3, 1),
            Cell("甲事完成3件。", 3, 2),
            Cell("2", 4, 1),
            Cell("乙事完成4件。", 4, 2),
            Cell("创优目标", 5, 0),
            Cell("1", 5, 1),
            Cell("丙事完成5件。", 5, 2),
        )
    )
    recognition = recognised(table)
    (section,) = recognition.sections
    assert [p.text for p in section.preamble] == ["2016年市某局业务目标", "单位名称：市某局"]
    assert [(r.category, r.get(Column.NUMBER), r.get(Column.CONTENT)) for r in section.rows] == [
        ("重点目标", "1", "甲事完成3件。"),
        ("重点目标", "2", "乙事完成4件。"),
        ("创优目标", "1", "丙事完成5件。"),
    ]


def test_a_row_broken_by_a_page_is_joined_and_the_repeated_header_left_out() -> None:
    first = table_of([HEAD, ("重点目标", "1", "甲工作", "前半句，", "5")], Place(page=1))
    second = table_of([HEAD, ("", "", "", "后半句。", ""), ("", "2", "乙工作", "乙事。", "6")], Place(page=2))
    found = rows(first, Paragraph("- 1 -"), second)
    assert [brief(row) for row in found] == [
        ("重点目标", "1", "甲工作", "前半句，后半句。"),
        ("重点目标", "2", "乙工作", "乙事。"),
    ]


def test_a_table_without_a_header_continues_the_one_before() -> None:
    first = table_of([HEAD, ("重点目标", "1", "甲工作", "甲事。", "5")], Place(page=1))
    second = table_of([("", "2", "乙工作", "乙事。", "6")], Place(page=2))
    assert [brief(row)[1:3] for row in rows(first, second)] == [("1", "甲工作"), ("2", "乙工作")]


def test_a_merged_number_makes_one_item_of_several_rows() -> None:
    table = Table(
        (
            *(Cell(text, 0, column) for column, text in enumerate(("序号", "指标名称", "考核内容", "分值"))),
            Cell("1", 1, 0, row_span=2),
            Cell("督查", 1, 1, row_span=2),
            Cell("办结率100%。", 1, 2),
            Cell("3", 1, 3),
            Cell("通报4次。", 2, 2),
            Cell("2", 2, 3),
            Cell("2", 3, 0),
            Cell("信息", 3, 1),
            Cell("编报80篇。", 3, 2),
            Cell("5", 3, 3),
        )
    )
    assert [(brief(r)[1:], r.get(Column.WEIGHT)) for r in rows(table)] == [
        (("1", "督查", "办结率100%。\n通报4次。"), "3\n2"),
        (("2", "信息", "编报80篇。"), "5"),
    ]


def test_without_numbers_a_merged_name_names_each_of_its_rows() -> None:
    table = Table(
        (
            *(Cell(text, 0, column) for column, text in enumerate(("考核项目", "考核内容", "分值"))),
            Cell("督查", 1, 0, row_span=2),
            Cell("办结率100%。", 1, 1),
            Cell("3", 1, 2),
            Cell("通报4次。", 2, 1),
            Cell("2", 2, 2),
        )
    )
    assert [brief(r)[2:] for r in rows(table)] == [("督查", "办结率100%。"), ("督查", "通报4次。")]


def test_a_header_of_two_rows_is_read_by_its_lower_cells() -> None:
    table = Table(
        (
            Cell("序号", 0, 0, row_span=2),
            Cell("目标名称", 0, 1, row_span=2),
            Cell("目标内容", 0, 2, row_span=2),
            Cell("标杆", 0, 3, column_span=2),
            Cell("城市", 1, 3),
            Cell("值", 1, 4),
            *(
                Cell(text, 2, column)
                for column, text in enumerate(("1", "审批", "时限20天。", "武汉市", "22天"))
            ),
        )
    )
    (row,) = rows(table)
    assert row.get(Column.BENCHMARK_CITY) == "武汉市"
    assert row.get(Column.BENCHMARK_VALUE) == "22天"


def test_heading_rows_head_and_sums_are_no_items() -> None:
    table = table_of(
        [
            ("序号", "考核项目", "各项分值", "考核指标"),
            ("", "总分", "100", ""),
            ("一、", "巩固成果，提升实效", "30", ""),
            ("1", "健全机制", "5", "每季度通报1次。"),
            ("二、", "对标先进", "70", ""),
            ("2", "督查督办", "4", "按期办结率100%。"),
        ]
    )
    assert [brief(r) for r in rows(table)] == [
        ("巩固成果，提升实效", "1", "健全机制", "每季度通报1次。"),
        ("对标先进", "2", "督查督办", "按期办结率100%。"),
    ]


def test_a_heading_row_that_states_something_is_an_item_as_well() -> None:
    table = table_of(
        [
            ("序号", "考核项目", "各项分值", "考核指标"),
            ("一、", "巩固成果", "30", ""),
            ("1", "健全机制", "5", "每季度通报1次。"),
            ("二、", "信息报送", "7", "每月报送信息2篇。"),
        ]
    )
    assert [brief(r) for r in rows(table)] == [
        ("巩固成果", "1", "健全机制", "每季度通报1次。"),
        (None, "二、", "信息报送", "每月报送信息2篇。"),
    ]


def test_a_category_in_a_row_of_its_own_across_the_table() -> None:
    table = Table(
        (
            *(Cell(text, 0, column) for column, text in enumerate(("序号", "目标名称", "目标内容"))),
            Cell("一、重点目标", 1, 0, column_span=3),
            *(Cell(text, 2, column) for column, text in enumerate(("1", "甲", "甲事3件。"))),
            Cell("标杆城市：厦门市  标杆值：4件", 3, 0, column_span=3),
            Cell("二、创优目标", 4, 0, column_span=3),
            *(Cell(text, 5, column) for column, text in enumerate(("1", "乙", "乙事5件。"))),
            Cell("备注：本表一式两份。", 6, 0, column_span=3),
        )
    )
    recognition = recognised(table)
    (section,) = recognition.sections
    assert [brief(r) for r in section.rows] == [
        ("一、重点目标", "1", "甲", "甲事3件。"),
        ("二、创优目标", "1", "乙", "乙事5件。"),
    ]
    assert section.rows[0].get(Column.BENCHMARK) == "标杆城市：厦门市  标杆值：4件"
    assert [p.text for p in section.closing] == ["备注：本表一式两份。"]


def test_a_column_of_units_of_measure_is_told_from_one_of_departments() -> None:
    measures = table_of([("指标名称", "单位", "目标值"), ("培训", "人次", "500"), ("检查", "次", "4")])
    assert [r.get(Column.MEASURE) for r in rows(measures)] == ["人次", "次"]
    departments = table_of([("单位", "目标名称", "目标内容"), ("市教育局", "学前教育", "新建幼儿园5所。")])
    assert [r.get(Column.UNIT) for r in rows(departments)] == ["市教育局"]


def test_sheets_and_titles_between_tables_begin_new_sections() -> None:
    body = [HEAD, ("重点目标", "1", "甲工作", "甲事。", "5")]
    recognition = recognised(table_of(body, Place(sheet="2018年")), table_of(body, Place(sheet="2019年")))
    assert [s.sheet for s in recognition.sections] == ["2018年", "2019年"]
    recognition = recognised(
        table_of(body), Paragraph("2019年市某局业务目标"), Paragraph("单位名称：市某局"), table_of(body)
    )
    assert [len(s.rows) for s in recognition.sections] == [1, 1]
    assert [p.text for p in recognition.sections[1].preamble] == ["2019年市某局业务目标", "单位名称：市某局"]


def test_an_ordinary_table_is_not_taken_for_targets() -> None:
    prices = table_of([("品名", "数量", "单价"), ("纸", "3", "20元")])
    assert recognise([prices], default_vocabulary()) is None
    contacts = table_of([("姓名", "职务", "备注"), ("某人", "科长", "")])
    assert recognise([contacts], default_vocabulary()) is None


def test_a_foreign_table_below_is_reported() -> None:
    body = [HEAD, ("重点目标", "1", "甲工作", "甲事。", "5")]
    recognition = recognised(table_of(body), table_of([("品名", "数量"), ("纸", "3")]))
    assert len(recognition.sections[0].rows) == 1
    assert "没有可识别的表头" in recognition.remarks[0].sentence


def test_lines_between_tables_head_the_rows_below_them() -> None:
    head = ("序号", "目标名称", "目标内容")
    recognition = recognised(
        Paragraph("2019年市某局业务目标"),
        Paragraph("一、工作目标"),
        table_of([head, ("1", "甲", "甲事3件。")]),
        Paragraph("（二）社会事业"),
        table_of([head, ("1", "乙", "乙事5件。")]),
    )
    (section,) = recognition.sections
    assert [brief(r) for r in section.rows] == [
        ("一、工作目标", "1", "甲", "甲事3件。"),
        ("（二）社会事业", "1", "乙", "乙事5件。"),
    ]
    assert recognition.unused == ()


def test_a_title_above_the_line_that_heads_the_next_table_is_its_title() -> None:
    body = [("序号", "目标名称", "目标内容"), ("1", "甲", "甲事3件。")]
    recognition = recognised(
        Paragraph("2018年市某局业务目标"),
        table_of(body),
        Paragraph("2019年市某局业务目标"),
        Paragraph("重点目标"),
        table_of(body),
    )
    assert [[p.text for p in s.preamble] for s in recognition.sections] == [
        ["2018年市某局业务目标"],
        ["2019年市某局业务目标", "重点目标"],
    ]
    assert [[r.category for r in s.rows] for s in recognition.sections] == [[None], ["重点目标"]]

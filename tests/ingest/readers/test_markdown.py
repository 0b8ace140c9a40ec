from __future__ import annotations

from corpus.model import Place
from ingest.blocks import Paragraph, Table
from ingest.readers import markdown
from tests.ingest.readers.making import grid, read, sentences, tables, texts

HEAD = "| 类别 | 序号 | 目标内容 |\n|:---|:--:|---|\n"


def only_table(text: str) -> Table:
    (table,) = tables(read("a.md", text.encode()))
    return table


def test_lines_headings_and_tables_in_reading_order() -> None:
    above = "---\ntitle: 目标\n---\n# 2019年目标 ##\n单位名称：市某局\n"
    text = f"{above}{HEAD}| 重点目标 | 1 | 甲 |\n落款\n#不是标题\n"
    found = read("a.md", text.encode())
    assert found.title == "目标"
    assert [(b.text, b.level, b.place.line) for b in found.blocks if isinstance(b, Paragraph)] == [
        ("2019年目标", 1, 4),
        ("单位名称：市某局", None, 5),
        ("落款", None, 9),
        ("#不是标题", None, 10),
    ]
    assert isinstance(found.blocks[2], Table)
    assert [(c.text, c.place, c.is_header) for c in found.blocks[2].cells if c.column == 0] == [
        ("类别", Place(line=6), True),
        ("重点目标", Place(line=8), False),
    ]
    assert found.text == text


def test_marks_breaks_and_escaped_bars_in_cells() -> None:
    row = "| **重点<br>目标** | `1` | "
    row += "甲\\|乙 [通知](http://x.example/a) &lt;3%&nbsp;<u>丙</u>**完。**接 2*3 |\n"
    assert grid(only_table(HEAD + row))[1] == ["重点\n目标", "1", "甲|乙 通知 <3% 丙完。接 2*3"]


def test_rows_without_outer_bars_and_rows_too_short() -> None:
    assert grid(only_table("序号 | 内容\n--- | ---\n1 | 甲\n2\n")) == [["序号", "内容"], ["1", "甲"]]
    assert grid(only_table(HEAD + "| 重点目标 |\n"))[1] == ["重点目标", "", ""]


def test_a_row_with_more_cells_than_the_header_is_reported() -> None:
    found = read("a.md", (HEAD + "| 重点目标 | 1 | 甲 | 多 |\n| | 2 | 乙\\|丙 |\n").encode())
    assert grid(tables(found)[0])[1:] == [["重点目标", "1", "甲"], ["", "2", "乙|丙"]]
    assert [(p.place.line, p.sentence) for p in found.problems] == [
        (3, "这一行的单元格比表头多，多出的部分未读取；请检查竖线。")
    ]


def test_two_tables_and_a_rule_that_is_none() -> None:
    found = read("a.md", f"{HEAD}|a|b|c|\n\n{HEAD}|d|e|f|\n\n正文\n---\n- | -\n".encode())
    assert [t.place.line for t in tables(found)] == [1, 5]
    assert texts(found) == ["正文", "---", "- | -"]


def test_html_tables_with_spans() -> None:
    rows = "<tr><td rowspan=2>重点</td><td>甲</td></tr>\n\n<tr><td>乙</td></tr>\n"
    text = f"前\n<table>\n{rows}</table>\n后\n<table>\n"
    found = read("a.md", text.encode())
    assert grid(tables(found)[0]) == [["重点", "甲"], ["重点", "乙"]]
    assert tables(found)[0].place == Place(line=2)
    assert texts(found) == ["前", "后", "<table>"]


def test_tables_beyond_any_size_stay_lines() -> None:
    assert tables(read("a.md", ("|" + "x|" * 3000 + "\n|" + "-|" * 3000).encode())) == []
    rows = "|a|b|c|\n" * (markdown._MOST_ROWS + 5)
    found = read("a.md", (HEAD + rows).encode())
    assert (tables(found)[0].rows, len(texts(found))) == (markdown._MOST_ROWS - 1, 7)
    assert sentences(found) == []

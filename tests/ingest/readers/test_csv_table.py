from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from ingest.readers import csv_table
from tests.ingest.readers.making import grid, read, sentences, tables


def cells(content: bytes) -> list[list[str | None]]:
    (table,) = tables(read("目标.csv", content))
    return grid(table)


HEAD = "类别,序号,目标内容"


def test_quotes_line_breaks_and_commas_in_cells() -> None:
    text = f'{HEAD}\r\n重点目标,1,"办结率""96%""以上,\n培训4次"\r\n,2,乙\r\n'
    assert cells(text.encode()) == [
        ["类别", "序号", "目标内容"],
        ["重点目标", "1", '办结率"96%"以上,\n培训4次'],
        ["", "2", "乙"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    lines = [
        ("类别", "序号", "目标内容"),
        ("重点目标", "1", "完成甲事，完成乙事，完成丙事"),
        ("", "2", "丁，戊，己"),
    ]
    text = "\n".join(delimiter.join(line) for line in lines)
    assert cells(text.encode(encoding)) == [list(line) for line in lines]


def test_chinese_commas_part_cells_only_where_nothing_else_does() -> None:
    assert cells("类别，序号\n重点目标，1".encode()) == [["类别", "序号"], ["重点目标", "1"]]
    assert cells("目标内容\n甲，乙，丙，丁;1\n甲，乙，丙，丁;2".encode()) == [
        ["目标内容", None],
        ["甲，乙，丙，丁", "1"],
        ["甲，乙，丙，丁", "2"],
    ]


def test_the_delimiter_that_a_file_states() -> None:
    assert cells(b"sep=;\r\na,b;c\r\n") == [["a,b", "c"]]


def test_a_title_row_and_rows_of_other_widths() -> None:
    assert cells(f"2019年目标,,\n{HEAD}\n重点目标,1,甲,多\n".encode())[2] == ["重点目标", "1", "甲", "多"]


def test_quotes_that_do_not_close_are_a_problem_with_their_record() -> None:
    found = read("目标.csv", f'{HEAD}\n重点目标,1,甲\n重点目标,2,"乙\n重点目标,3,丙\n'.encode())
    (problem,) = found.problems
    assert problem.place.row == 3
    assert "引号不配对" in problem.sentence


def test_records_are_placed_and_damaged_bytes_reported() -> None:
    found = read("目标.csv", (f"{HEAD}\n" + "重点目标,1,完成甲事\n" * 3).encode()[:-2] + b"\n")
    assert [c.place.row for c in tables(found)[0].cells if c.column == 0] == [1, 2, 3, 4]
    assert sentences(found) == ["有 1 处字节不是有效的 UTF-8 文字，已替换；请核对原文件。"]


def test_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match="单元格过长"):
        read("a.csv", b"a," + b"b" * 200_000)
    monkeypatch.setattr(csv_table, "_MOST_CELLS", 5)
    with pytest.raises(UnreadableFile, match="超过 5 个单元格"):
        read("a.csv", b"a,b\n" * 3)
    monkeypatch.setattr(csv_table, "_LONGEST", 5)
    with pytest.raises(UnreadableFile, match="请拆分后再读取"):
        read("a.csv", b"a,b\n" * 2)

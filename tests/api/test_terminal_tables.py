from __future__ import annotations

import pytest
from rich.cells import cell_len

from api.terminal_tables import table_lines

ROWS = [("1", "市政府办公厅", "公文按期办结率达到96%以上"), ("12", "[bold]市审计局[/bold]", "")]


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")


def test_columns_stand_below_each_other_whatever_the_script() -> None:
    lines = list(table_lines(("编号", "单位", "内容"), ROWS, right=("编号",)))
    assert lines[0].split() == ["编号", "单位", "内容"]
    assert set(lines[1]) == {"─"}
    starts = {cell_len(lines[0][: lines[0].index("单位")])}
    starts |= {
        cell_len(line[: line.index(word)]) for line in lines for word in ("市政", "[bold]") if word in line
    }
    assert len(starts) == 1
    assert max(map(cell_len, lines)) <= 40


def test_long_cells_are_wrapped_and_nothing_is_lost() -> None:
    written = "".join("".join(line.split()) for line in table_lines(("内容",), [("公文按期办结率" * 12,)]))
    assert written.count("公文按期办结率") == 12


def test_numbers_stay_whole_though_the_table_be_too_wide() -> None:
    heads = ("", *(f"measure {number}" for number in range(8)))
    lines = list(table_lines(heads, [("fused", *["0.123"] * 8)], right=heads[1:]))
    assert len(lines) == 3
    assert lines[2].split() == ["fused", *["0.123"] * 8]
    assert lines[0].count("measure") == 8


def test_cells_are_text() -> None:
    assert any("[bold]" in line for line in table_lines(("单位",), [("[bold]市审计局[/bold]",)]))


def test_without_rows_there_is_no_table() -> None:
    assert list(table_lines(("编号",), [])) == []

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import run
from tests.api.commands.conftest import Json

Asked = Callable[..., Json]
Refused = Callable[..., str]
COMMAND = ("draft", "--unit", "市政府办公厅", "--year", "2022")


def test_a_draft_is_written_and_read_back(ask: Asked, seeds: Json, tmp_path: Path) -> None:
    for kind in ("docx", "xlsx", "txt"):
        path = tmp_path / f"草稿.{kind}"
        answer = ask(*COMMAND, "公文办结率", "新闻发布会", "审批提速", "--out", str(path), "--json")
        assert [item["topic"] for item in answer["items"]] == ["公文办结率", "新闻发布会", "审批提速"]
        parsed = ask("parse", str(path))
        assert parsed["warnings"] == []
        (document,) = parsed["documents"]
        assert (document["unit"], document["year"]) == ("市政府办公厅", 2022)
        for key in ("category", "number", "name", "content", "indicators", "benchmarks"):
            assert [one[key] for one in document["items"]] == [one[key] for one in answer["items"]]
        titles = [[basis["title"] for basis in one["bases"]] for one in document["items"]]
        assert titles == [[basis["title"] for basis in one["bases"]] for one in answer["items"]]


def test_the_json_says_where_everything_stands(ask: Asked, seeds: Json) -> None:
    answer = ask(*COMMAND, "新闻发布会")
    assert (answer["title"], answer["unit"], answer["year"]) == ("2022年度业务目标", "市政府办公厅", 2022)
    (item,) = answer["items"]
    (sentence,) = item["sentences"]
    assert item["content"][sentence["start"] : sentence["end"]] == sentence["text"]
    assert sentence["citation"]["span"]["field"] == "content"
    assert sentence["citation"]["source"] == "000_5a4ffe0494ebd202.txt"
    (figure,) = item["figures"]
    assert (figure["op"], figure["value"], figure["unit"]) == (">=", 50, "场")
    assert figure["last"]["year"] == 2021
    assert "不低于2021年的承诺" in figure["reason"]
    assert item["responsible_units"] == ["市政府办公厅"]


def test_the_text_is_readable(seeds: Json, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run([*COMMAND, "新闻发布会", "审批提速", "--text"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2022年度业务目标（草稿）  单位名称：市政府办公厅"
    assert "重点目标 1  深化政务公开（主题：新闻发布会）" in lines
    assert "   数值：新闻发布会  上次 ≥ 50场（2021年），建议 ≥ 50场" in lines
    assert any(line.startswith("   标杆城市：武汉市  ") for line in lines)
    assert any("另一种写法：" in line and "30次" in line for line in lines)


def test_wrong_use_is_one_sentence(refuse: Refused, seeds: Json, tmp_path: Path) -> None:
    assert refuse(*COMMAND) == "缺少参数 主题…；请运行 duibiao draft --help 查看用法。"
    assert refuse("draft", "--year", "2022", "讲座").startswith("缺少选项 --unit")
    assert refuse("draft", "--unit", "甲局", "讲座").startswith("缺少选项 --year")
    assert refuse(*COMMAND, " ").startswith("要拟写的主题是空的")
    assert refuse("draft", "--unit", "甲局", "--year", "1800", "讲座").startswith("--year 的值不对")
    assert refuse(*COMMAND, "讲座", "--out", str(tmp_path / "草稿.pdf")).startswith("不能写成“.pdf”格式")
    assert "不存在" in refuse(*COMMAND, "讲座", "--out", str(tmp_path / "没有" / "草稿.docx"))


def test_nothing_drafted_writes_no_file(refuse: Refused, seeds: Json, tmp_path: Path) -> None:
    path = tmp_path / "草稿.docx"
    said = refuse("draft", "--unit", "市政府办公厅", "--year", "1990", "公文", "--out", str(path))
    assert said.startswith("没有一个主题拟出了条目")
    assert not path.exists()


def test_without_a_catalog_it_says_so(refuse: Refused) -> None:
    assert "目标库" in refuse(*COMMAND, "公文")


def test_help_says_in_chinese_what_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", "--help"]) == 0
    said = capsys.readouterr().out
    assert "拟写哪个单位的目标。（必填）" in said
    assert "required" not in said

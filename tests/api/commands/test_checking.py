from __future__ import annotations

from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from api.cli import run
from tests.api.commands.conftest import SEEDS, Json

Asked = Callable[..., Json]
Refused = Callable[..., str]
TEXT = "全年公文按期办结率达到94%以上。\n大力推进政务公开。"
WHOSE = ("--unit", "市政府办公厅", "--year", "2022")


def typed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text.encode()), encoding="utf-8"))


def rules_of(answer: Json) -> list[tuple[str, int | None]]:
    return [(one["rule"], one["item"]) for one in answer["documents"][0]["findings"]]


def test_a_text_on_standard_input(ask: Asked, seeds: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(TEXT, monkeypatch)
    answer = ask("check", "-", *WHOSE)
    assert rules_of(answer) == [("figure-worse", 1), ("no-figure", 2), ("vague-words", 2)]
    assert (answer["errors"], answer["warnings"], answer["notes"]) == (0, 2, 1)
    (document,) = answer["documents"]
    assert document["compared_with"]["year"] == 2021
    worse = document["findings"][0]
    assert worse["place"]["line"] == 1
    assert worse["quote"] == "公文按期办结率达到94%以上"
    assert worse["evidence"][0]["quote"].endswith("全年请示报告类公文办结率达到96%以上。")
    assert worse["proposal"] == "公文按期办结率96%以上"


def test_rules_off_and_only(ask: Asked, seeds: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(TEXT, monkeypatch)
    assert rules_of(ask("check", "-", *WHOSE, "--off", "no-figure,vague-words")) == [("figure-worse", 1)]
    typed(TEXT, monkeypatch)
    assert rules_of(ask("check", "-", *WHOSE, "--only", "vague-words")) == [("vague-words", 2)]


def test_a_whole_document_and_its_sarif(ask: Asked, seeds: Json) -> None:
    file = str(next(SEEDS.glob("000*.txt")))
    answer = ask("check", file)
    assert answer["documents"][0]["unit"] == "市政府办公厅"
    log = ask("check", file, "--sarif")
    assert log["version"] == "2.1.0"
    assert len(log["runs"][0]["results"]) == len(answer["documents"][0]["findings"])


def test_text_for_people(
    seeds: Json, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(TEXT, monkeypatch)
    assert run(["check", "-", *WHOSE, "--text"]) == 0
    shown = capsys.readouterr().out
    assert "草稿.txt（市政府办公厅，2022年，2 条，与2021年的目标比较）" in shown
    assert "[警告] “公文按期办结率94%以上”比2021年承诺的" in shown
    assert shown.endswith("合计：错误 0 项，警告 2 项，提示 1 项。\n")


def test_strict_says_so_by_its_status(seeds: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(TEXT, monkeypatch)
    assert run(["check", "-", *WHOSE, "--strict"]) == 3
    typed(TEXT, monkeypatch)
    assert run(["check", "-", *WHOSE, "--strict", "--only", "vague-words"]) == 0


def test_the_table_of_rules_needs_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--rules"]) == 0
    assert capsys.readouterr().out.startswith("| 规则 | 级别 |")


def test_what_cannot_be_checked(
    refuse: Refused, seeds: Json, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "没有名为“nothing”的检查规则" in refuse("check", "草稿.txt", "--off", "nothing")
    assert "找不到" in refuse("check", str(tmp_path / "没有.docx"))
    typed("  ", monkeypatch)
    assert "草稿是空的" in refuse("check", "-")

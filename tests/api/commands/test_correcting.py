from __future__ import annotations

from collections.abc import Callable

import pytest

from api.cli import run
from tests.api.commands.conftest import Json

Asked = Callable[..., Json]
Refused = Callable[..., str]


def test_correcting_and_taking_back(ask: Asked, seeds: Json, capsys: pytest.CaptureFixture[str]) -> None:
    number = str(ask("documents")["documents"][0]["id"])
    item = str(ask("search", "公文", "--year", "2021")["hits"][0]["item_id"])
    said = ask("correct", number, "--year", "2020", "--unknown", "city", "--item", item, "--category", "其他")
    assert (said["document"]["year"], said["document"]["year_origin"]) == (2020, "correction")
    assert said["document"]["city"] is None
    assert {(one["field"], one["value"]) for one in said["corrections"]} == {
        ("year", 2020),
        ("city", None),
        ("category", "其他"),
    }
    assert ask("search", "公文", "--category", "其他")["hits"][0]["item_id"] == int(item)
    assert run(["correct", number, "--take-back", "year", "--take-back", "city", "--text"]) == 0
    assert "类别（条目" in capsys.readouterr().out
    said = ask("correct", number, "--item", item, "--take-back", "category")
    assert (said["document"]["year"], said["corrections"]) == (2021, [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["1"], "没有写明要修正什么"),
        (["1", "--category", "其他"], "--item 要与"),
        (["1", "--item", "3"], "--item 要与"),
        (["1", "--item", "99999", "--category", "其他"], "编号为 99999 的条目不在这份文档里"),
        (["99", "--year", "2020"], "没有编号为 99 的文档"),
    ],
)
def test_what_cannot_be_corrected(refuse: Refused, seeds: Json, arguments: list[str], sentence: str) -> None:
    assert sentence in refuse("correct", *arguments)


def test_removing_and_restoring(ask: Asked, seeds: Json, capsys: pytest.CaptureFixture[str]) -> None:
    first = ask("documents")["documents"][0]
    assert run(["remove", str(first["id"]), "--text"]) == 0
    assert f"撤销：duibiao restore {first['id']}（" in capsys.readouterr().out
    assert [one["document"] for one in ask("restore")["removed"]] == [first]
    assert ask("restore", first["source"])["restored"] == [first]
    assert run(["restore", "--text"]) == 0
    assert "没有可以恢复的文档" in capsys.readouterr().out


def test_restoring_what_is_not_there(refuse: Refused, seeds: Json) -> None:
    assert "能恢复的文档里没有“无.txt”" in refuse("restore", "无.txt")


def test_the_status_tells_no_secret(
    ask: Asked, seeds: Json, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUIBIAO_LLM_URL", "http://127.0.0.1:9/v1?token=geheim1")
    monkeypatch.setenv("DUIBIAO_LLM_MODEL", "模型")
    monkeypatch.setenv("DUIBIAO_LLM_KEY", "geheim2")
    found = ask("status", "--model", "别的模型")
    assert (found["counts"]["documents"], found["counts"]["items"]) == (2, 23)
    assert found["language_model"] is True
    settings = {one["name"]: (one["value"], one["source"]) for one in found["settings"]}
    assert settings["DUIBIAO_LLM_URL"] == ("http://127.0.0.1:9/v1", "environment")
    assert settings["DUIBIAO_LLM_KEY"] == ("已设置，不显示", "environment")
    assert settings["DUIBIAO_MODEL"] == ("别的模型", "option")
    assert settings["DUIBIAO_PORT"] == ("8000", "default")
    assert settings["DUIBIAO_DATA"][1] == "environment"
    assert run(["status", "--text"]) == 0
    written = capsys.readouterr().out
    assert "文档 2，条目 23" in written
    assert "geheim" not in written + str(found)


def test_the_status_before_the_first_document(ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("status")["counts"] is None
    assert run(["status", "--text"]) == 0
    assert "还没有建立" in capsys.readouterr().out

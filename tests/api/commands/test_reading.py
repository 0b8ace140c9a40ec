from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from api.cli import run
from api.commands.reading import _Progress
from api.ingesting import Step
from tests.api.commands.conftest import SEEDS, Json
from tests.api.fake_embedder import FakeEmbedder

Asked = Callable[..., Json]
Refused = Callable[..., str]
SEED_2021 = SEEDS / "000_5a4ffe0494ebd202.txt"
SEED_2012 = SEEDS / "002_7bb5ada4633d9ee4.txt"


def test_parse_writes_the_contract(ask: Asked) -> None:
    answer = ask("parse", str(SEED_2021))
    (document,) = answer["documents"]
    assert (document["year"], document["unit"], len(document["items"])) == (2021, "市政府办公厅", 12)
    item = document["items"][0]
    assert (item["category"], item["number"], item["name"]) == ("重点目标", "1", "提升公文处理质效")
    extracted = {"bases", "benchmarks", "indicators", "responsible_units", "deadline", "weight"}
    assert extracted <= set(item)
    indicator = item["indicators"][0]
    assert (indicator["op"], indicator["value"], indicator["unit"]) == (">=", 96, "%")
    assert indicator["text"] in item["content"]
    assert answer["warnings"] == []


def test_what_the_user_states_overrules_the_file(ask: Asked) -> None:
    answer = ask("parse", str(SEED_2012), "--unit", "海市办公室", "--year", "2013", "--city", "海市")
    (document,) = answer["documents"]
    assert (document["unit"], document["year"], document["city"]) == ("海市办公室", 2013, "海市")
    assert {document[f"{name}_origin"] for name in ("unit", "year", "city")} == {"user"}


def test_explain_shows_the_stages_without_contacts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", str(SEED_2021), "--explain"]) == 0
    shown = capsys.readouterr().out
    assert "提升公文处理质效" in shown
    assert "85913017" not in shown


def test_parse_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", str(SEED_2021), "--text"]) == 0
    shown = capsys.readouterr().out
    assert "2021年 市政府办公厅，12 条" in shown
    assert "  重点目标 1  提升公文处理质效" in shown
    assert "     指标：请示报告类公文办结率 ≥ 96%" in shown


def test_files_that_are_none_are_refused(refuse: Refused, tmp_path: Path) -> None:
    assert refuse("parse", str(tmp_path / "无.txt")).startswith("找不到“")
    assert "是一个文件夹" in refuse("parse", str(tmp_path))
    (tmp_path / "空.txt").touch()
    assert "空.txt" in refuse("parse", str(tmp_path / "空.txt"))
    (tmp_path / "乱.txt").write_bytes(bytes(range(256)) * 40)
    assert "乱.txt" in refuse("parse", str(tmp_path / "乱.txt"))


def test_ingest_adds_then_knows_then_replaces(ask: Asked, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "in")
    first = ask("ingest", str(tmp_path / "in"))
    assert (first["added"], first["replaced"], first["unchanged"], first["failed"]) == (2, 0, 0, [])
    assert [file["documents"][0]["item_count"] for file in first["files"]] == [12, 11]
    again = ask("ingest", str(tmp_path / "in"))
    assert (again["added"], again["replaced"], again["unchanged"]) == (0, 0, 2)
    assert [file["documents"][0]["year"] for file in again["files"]] == [2021, 2012]
    file = tmp_path / "in" / SEED_2021.name
    file.write_text(file.read_text("utf-8").replace("达到96%以上", "达到97%以上"), "utf-8")
    changed = ask("ingest", str(tmp_path / "in"))
    assert (changed["added"], changed["replaced"], changed["unchanged"]) == (0, 1, 1)
    assert len(ask("documents")["documents"]) == 2


def test_only_what_is_new_in_a_file_is_embedded_and_nothing_of_a_copy(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: list[str] = []
    embed = FakeEmbedder.embed_passages

    def noted(self: FakeEmbedder, texts: Sequence[str], progress: None = None) -> NDArray[np.float32]:
        embedded.extend(texts)
        return embed(self, texts, progress)

    shutil.copytree(SEEDS, tmp_path / "in")
    ask("ingest", str(tmp_path / "in"))
    monkeypatch.setattr(FakeEmbedder, "embed_passages", noted)
    shutil.copytree(SEEDS, tmp_path / "copy")
    assert ask("ingest", str(tmp_path / "copy"))["unchanged"] == 2
    assert embedded == []
    file = tmp_path / "in" / SEED_2021.name
    file.write_text(file.read_text("utf-8").replace("达到96%以上", "达到97%以上", 1), "utf-8")
    assert ask("ingest", str(file))["replaced"] == 1
    assert len(embedded) == 1
    assert "达到97%以上" in embedded[0]


def test_stating_another_year_reads_the_file_again(ask: Asked, seeds: Json) -> None:
    answer = ask("ingest", str(SEED_2012), "--year", "2013")
    assert answer["files"][0]["outcome"] == "replaced"
    assert sorted(one["year"] for one in ask("documents")["documents"]) == [2013, 2021]


def test_one_bad_file_does_not_stop_the_others(ask: Asked, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "in")
    (tmp_path / "in" / "001_空.txt").touch()
    (tmp_path / "in" / "归档.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(64))
    (tmp_path / "in" / ".hidden.txt").write_text("x")
    answer = ask("ingest", str(tmp_path / "in"))
    assert answer["added"] == 2
    assert [(one["source"], one["code"]) for one in answer["failed"]] == [("001_空.txt", "empty-file")]
    assert "001_空.txt" in answer["failed"][0]["reason"]
    assert [one["source"] for one in answer["skipped"]] == ["归档.7z"]


def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", str(SEEDS), "--text"]) == 0
    captured = capsys.readouterr()
    assert captured.err == f"[1/2] {SEED_2021}：新增\n[2/2] {SEED_2012}：新增\n"
    assert captured.out == "新增 2 个，更新 0 个，没有变化 0 个，失败 0 个，跳过 0 个文件。\n"


def test_nothing_readable_is_status_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "空.txt").touch()
    assert run(["ingest", str(tmp_path)]) == 2
    assert capsys.readouterr().err.endswith("没有一个文件能够读取；请检查上面列出的原因。\n")


def test_a_folder_without_files_is_one_sentence(refuse: Refused, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert "里没有可以读取的文件" in refuse("ingest", str(tmp_path / "none"))
    assert refuse("ingest", str(tmp_path / "nowhere")).startswith("找不到“")


def test_a_catalog_of_another_model_is_refused_with_the_way_out(
    refuse: Refused, ask: Asked, seeds: Json
) -> None:
    assert "duibiao reembed" in refuse("ingest", str(SEEDS), "--model", "other")
    assert "duibiao reembed" in refuse("search", "公文", "--model", "other")
    assert run(["reembed", "--model", "other"]) == 0
    assert ask("search", "公文处理", "--model", "other")["hits"]


def test_an_interrupted_ingest_keeps_what_is_done_and_goes_on(
    ask: Asked, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    shutil.copy(SEED_2012, folder / "a.txt")
    shutil.copy(SEED_2021, folder / "b.txt")

    def interrupted(self: _Progress, step: Step) -> None:
        self.done = step.number
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(_Progress, "__call__", interrupted)
        assert run(["ingest", str(folder)]) == 130
    assert "处理完的 1 个文件已经存入" in capsys.readouterr().err
    summary = ask("ingest", str(folder))
    assert [(file["source"], file["outcome"]) for file in summary["files"]] == [
        ("a.txt", "unchanged"),
        ("b.txt", "added"),
    ]


def test_progress_on_a_terminal_is_one_line_and_the_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").touch()
    shutil.copy(SEED_2012, tmp_path / "b.txt")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert run(["ingest", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "a.txt”是空的" in said
    assert "░ 1/2 约剩" in said
    assert "新增" not in said


def test_header_words_of_the_user_are_read(
    ask: Asked, refuse: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "目标.csv"
    table.write_text("甲栏,乙栏,丙栏\n1,热线工作,办结率达到96%以上\n2,督查工作,开展督查4次\n", "utf-8")
    assert "词汇表" in refuse("parse", str(table))
    words = tmp_path / "词.toml"
    words.write_text('[columns]\nnumber = ["甲栏"]\nname = ["乙栏"]\ncontent = ["丙栏"]\n', "utf-8")
    monkeypatch.setenv("DUIBIAO_VOCABULARY", str(words))
    (document,) = ask("parse", str(table))["documents"]
    assert [item["name"] for item in document["items"]] == ["热线工作", "督查工作"]
    words.write_text("[columns", "utf-8")
    assert "不是有效的 TOML" in refuse("parse", str(table))

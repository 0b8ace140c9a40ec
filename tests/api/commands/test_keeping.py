from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import run
from tests.api.commands.conftest import SEEDS, Json

Asked = Callable[..., Json]
Refused = Callable[..., str]


def test_documents_are_listed(ask: Asked, seeds: Json, capsys: pytest.CaptureFixture[str]) -> None:
    listed = ask("documents")["documents"]
    assert [(one["year"], one["unit"], one["item_count"]) for one in listed] == [
        (2021, "市政府办公厅", 12),
        (2012, "市政府办公厅", 11),
    ]
    assert run(["documents", "--text"]) == 0
    row = capsys.readouterr().out.splitlines()[2].split()
    assert row[1:] == ["2021", "市政府办公厅", "青岛市", "业务目标", "12", "000_5a4ffe0494ebd202.txt"]


def test_an_empty_catalog_says_how_to_fill_it(
    folder: Path, seeds: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    for document in seeds["files"]:
        assert run(["remove", document["source"]]) == 0
    capsys.readouterr()
    assert run(["documents", "--text"]) == 0
    assert "请运行 duibiao ingest" in capsys.readouterr().out


def test_removing_by_number_and_by_name(ask: Asked, seeds: Json) -> None:
    first, second = ask("documents")["documents"]
    assert ask("remove", str(first["id"]))["removed"][0]["year"] == 2021
    assert {hit["document"]["year"] for hit in ask("search", "公文")["hits"]} == {2012}
    assert ask("remove", second["source"])["removed"][0]["year"] == 2012
    assert ask("search", "公文")["hits"] == []


@pytest.mark.parametrize("name", ["无此文件.txt", "99999", "٣"])
def test_removing_what_is_not_there(name: str, refuse: Refused, seeds: Json) -> None:
    assert name in refuse("remove", name)


def test_reindexing_brings_the_same_hits_back(ask: Asked, seeds: Json, folder: Path) -> None:
    before = ask("search", "公文办结率")
    shutil.rmtree(folder / "catalog" / "index")
    assert run(["reindex"]) == 0
    assert (folder / "catalog" / "index").is_dir()
    assert ask("search", "公文办结率") == before


def test_doctor_finds_an_installation_well(ask: Asked, seeds: Json) -> None:
    report = ask("doctor")
    assert report["ok"] is True
    assert [check["name"] for check in report["checks"]] == [
        "Python", "程序包", "文件夹", "模型", "重排模型", "目标库", "模型与目标库", "索引",
    ]  # fmt: skip
    assert all(check["ok"] for check in report["checks"])


def test_doctor_finds_nothing_wrong_before_the_first_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is True
    told = {check["name"]: check["sentence"] for check in report["checks"]}
    assert all("duibiao ingest" in told[name] for name in ("目标库", "模型与目标库", "索引"))


def test_doctor_tells_of_a_damaged_catalog(
    folder: Path, seeds: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / "catalog")
    (folder / "catalog").mkdir()
    (folder / "catalog" / "catalog.sqlite3").write_bytes(b"no database" * 1000)
    assert run(["doctor", "--json"]) == 1
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert not checks["目标库"]["ok"]
    assert run(["search", "公文"]) == 2
    assert "不是完好的目标库" in capsys.readouterr().err


def test_an_internal_error_is_one_sentence_and_recorded(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("联系电话：13800000000")

    monkeypatch.setattr("api.ingesting.prepare_all", fail)
    assert run(["ingest", str(SEEDS)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    log = folder / "logs" / "errors.log"
    assert captured.err == f"程序内部出错，出错位置已记入 {log}；请重试，仍然出错时请把该文件交给维护人员。\n"
    assert "RuntimeError" in log.read_text("utf-8")
    assert "13800000000" not in log.read_text("utf-8")

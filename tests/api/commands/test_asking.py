from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import run
from tests.api.commands.conftest import Json

Asked = Callable[..., Json]
Refused = Callable[..., str]
ASKING = ["search", "ask", "benchmarks", "bases", "trend"]


def test_search_writes_the_contract(ask: Asked, seeds: Json) -> None:
    answer = ask("search", "公文按期办结率", "-k", "3")
    assert 1 <= len(answer["hits"]) <= 3
    hit = answer["hits"][0]
    assert hit["name"] in {"公文会议工作", "提升公文处理质效"}
    assert {"source", "title", "year", "unit"} <= set(hit["document"])
    assert {"category", "number", "score", "similarity", "highlights"} <= set(hit)
    for mark in hit["highlights"]:
        assert hit[mark["field"]][mark["start"] : mark["end"]] == mark["text"]


def test_filters_hold(ask: Asked, seeds: Json) -> None:
    answer = ask(
        "search",
        "公文",
        "--year",
        "2012",
        "--category",
        "奋斗目标",
        "--unit",
        "市政府办公厅",
        "--city",
        "青岛市",
    )
    assert {(hit["document"]["year"], hit["category"]) for hit in answer["hits"]} == {(2012, "奋斗目标")}


def test_a_year_in_the_words_is_a_filter_unless_taken_literally(ask: Asked, seeds: Json) -> None:
    understood = ask("search", "2012年会议")
    assert understood["interpreted"]["years"] == [2012]
    assert understood["interpreted"]["year"] == 2012
    assert {hit["document"]["year"] for hit in understood["hits"]} == {2012}
    literal = ask("search", "2012年会议", "--literal")
    assert literal["interpreted"]["years"] == []
    assert {hit["document"]["year"] for hit in literal["hits"]} == {2012, 2021}


def test_the_order_can_be_influenced(ask: Asked, seeds: Json) -> None:
    plain = ask("search", "公文办结率", "--no-group")
    assert plain["ranking"] == {
        "grouped": False, "prefer_recent": False, "prefer_units": [], "reranker": None,
    }  # fmt: skip
    asked = ask("search", "公文办结率", "--prefer-recent", "--prefer-unit", "市府办")
    assert asked["ranking"]["prefer_recent"] is True
    assert asked["ranking"]["prefer_units"] == ["市政府办公厅"]
    newest = next(hit for hit in asked["hits"] if hit["document"]["year"] == 2021)
    assert newest["reasons"][-2:] == ["较新：2021年（+0.30）", "优先单位：市政府办公厅（+0.50）"]


def test_the_environment_sets_what_is_preferred(
    ask: Asked, seeds: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIBIAO_PREFER_RECENT", "1")
    assert ask("search", "公文")["ranking"]["prefer_recent"] is True
    assert ask("search", "公文", "--no-prefer-recent")["ranking"]["prefer_recent"] is False


def test_a_reranker_that_is_missing_is_one_sentence(
    ask: Asked,
    refuse: Refused,
    seeds: Json,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    none = tmp_path / "none"
    monkeypatch.setenv("DUIBIAO_RERANKER", str(none))
    sentence = f"没有 {none} 这个重排模型文件夹；请检查 DUIBIAO_RERANKER，或清空它以关闭重排。"
    assert refuse("search", "公文") == sentence
    assert ask("trend", "公文办结率")["series"]
    assert run(["doctor", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [check["sentence"] for check in report["checks"] if not check["ok"]] == [sentence]


def test_benchmarks_bases_trend_and_ask(ask: Asked, seeds: Json) -> None:
    assert "上海市" in [city["city"] for city in ask("benchmarks", "优化营商环境")["cities"]]
    assert "市政府工作规则" in [basis["title"] for basis in ask("bases", "公文会议工作")["bases"]]
    points = {
        (point["year"], point["value"])
        for series in ask("trend", "公文办结率")["series"]
        for point in series["points"]
    }
    assert {(2012, 95), (2021, 96)} <= points
    answer = ask("ask", "2021年公文办结率目标是多少")
    assert set(answer) == {"answer", "short", "abstained", "citations", "interpreted", "notes", "llm"}


@pytest.mark.parametrize("command", ASKING)
def test_text_for_people(command: str, seeds: Json, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "公文办结率", "--text"]) == 0
    shown = capsys.readouterr().out
    assert not shown.startswith("{")
    assert "85913017" not in shown


@pytest.mark.parametrize("command", ASKING)
def test_no_catalog_is_one_sentence(command: str, refuse: Refused, tmp_path: Path) -> None:
    sentence = refuse(command, "公文", "--db", str(tmp_path / "none"))
    assert str(tmp_path / "none") in sentence
    assert "duibiao ingest" in sentence
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("query", ["", "   ", "\x00\n"])
def test_an_empty_query_is_one_sentence(query: str, refuse: Refused, seeds: Json) -> None:
    assert refuse("search", query) == "检索的内容是空的；请写出要查的工作、指标或问题。"


def test_a_query_too_long_is_one_sentence(refuse: Refused, seeds: Json) -> None:
    assert "太长；请缩短到 4000 个字以内" in refuse("search", "公" * 4001)


@pytest.mark.parametrize(
    "query", ["%_*?'\"()[]{}", "AND OR NOT", "\ud800公文", "🙂", "a" * 4000, "公文" * 1500]
)
def test_odd_queries_are_answered(query: str, ask: Asked, seeds: Json) -> None:
    assert "hits" in ask("search", query)

"""duibiao eval retrieval and duibiao eval answers, from the files to the figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from api.cli import run
from tests.api.commands.conftest import SEEDS, Json

DOCUMENTS = (
    {"id": "fish", "text": "全市远洋渔业捕捞量达到三万吨，新建渔港两座。渔船更新改造补贴按船长发放。"},
    {"id": "road", "text": "新建农村公路一百公里，改造危桥十二座。公路养护里程考核实行月报。"},
    {"id": "road-again", "text": "新建农村公路一百公里，改造危桥十二座。公路养护里程考核实行月报。"},
    {"id": "book", "text": "建成社区书房三十家，组织全民阅读活动五百场。"},
)
QUESTIONS = (
    {"id": "q1", "question": "渔船更新改造补贴怎么发放", "document": "fish", "answer": "按船长发放"},
    {"id": "q2", "question": "改造危桥多少座", "documents": ["road", "road-again"], "answer": ["十二座"]},
    {"id": "q3", "question": "社区书房建成多少家", "document": "book", "answer": "三十家"},
    {"id": "q4", "question": "火星探测器何时发射", "answerable": False},
)


def lines(path: Path, entries: object) -> Path:
    assert isinstance(entries, tuple | list)
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in entries), encoding="utf-8")
    return path


@pytest.fixture
def foreign(tmp_path: Path) -> list[str]:
    documents, questions = (
        lines(tmp_path / "set.jsonl", DOCUMENTS),
        lines(tmp_path / "questions.jsonl", QUESTIONS),
    )
    return ["--documents", str(documents), "--questions", str(questions)]


def test_every_leg_and_the_whole(ask: Callable[..., Json], foreign: list[str], folder: Path) -> None:
    told = ask("eval", "retrieval", *foreign, "--per-query")
    assert told["task"] == "retrieval"
    expected = {"name": "set", "documents": 4, "passages": 4, "queries": 4, "judged": 3, "missing": 0}
    assert told["set"] == expected | {"model": "pairs"}
    assert [system["name"] for system in told["systems"]] == [
        "dense", "words", "characters", "lexical", "fused",
    ]  # fmt: skip
    whole = told["systems"][-1]["measures"]
    assert (whole["nDCG@10"], whole["Success@1"]) == (1.0, 1.0)
    assert whole["R@1"] == pytest.approx((1 + 0.5 + 1) / 3, abs=1e-6)
    assert sum(row["queries"] for row in told["systems"][-1]["kinds"][:2]) == 4
    second = told["queries"][1]["systems"][-1]
    assert {one["key"]: one["grade"] for one in second["results"][:2]} == {"road": 1, "road-again": 1}
    assert told["queries"][3]["systems"][-1]["measures"] == {}
    assert len(list((folder / "evaluation").glob("*.npz"))) == 1


def test_queries_only_where_asked_for_and_always_in_the_file(
    ask: Callable[..., Json], foreign: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    told = ask("eval", "retrieval", *foreign, "--json", str(out))
    assert told["queries"] == []
    kept = json.loads(out.read_text("utf-8"))
    assert len(kept["queries"]) == 4
    assert kept["systems"] == told["systems"]
    same = ask("eval", "retrieval", *foreign, "--compare", str(out), "--json")["comparison"]
    assert {one["difference"] for one in same} == {0}
    assert {one["p"] for one in same} == {1}
    assert [one["measure"] for one in same if one["system"] == "dense"] == ["nDCG@10"]

    kept["queries"][0]["systems"][-1]["measures"]["nDCG@10"] = 0.25
    out.write_text(json.dumps(kept), encoding="utf-8")
    changed = ask("eval", "retrieval", *foreign, "--compare", str(out))["comparison"]
    (row,) = (one for one in changed if (one["system"], one["measure"]) == ("fused", "nDCG@10"))
    assert (row["before"], row["after"], row["better"], row["worse"]) == (0.75, 1.0, 1, 0)
    assert row["changes"] == [{"id": "q1", "before": 0.25, "after": 1.0}]


def test_the_table_and_the_ablation(
    ask: Callable[..., Json], refuse: Callable[..., str], foreign: list[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- retrieval:set:begin -->\n<!-- retrieval:set:end -->\n"
        "<!-- ablation:set:begin -->\n<!-- ablation:set:end -->\n"
    )
    ask("eval", "retrieval", *foreign, "--table", str(page))
    assert "4 queries (3 of them have something relevant), 4 documents, 4 passages." in page.read_text()
    assert "\n| fused | 1.000 | 1.000 | 0.833 |" in page.read_text()
    told = ask("eval", "retrieval", *foreign, "--ablation", "--table", str(page))
    assert told["systems"][-1]["name"] == "fused"
    assert "\n| full text without words | " in page.read_text()
    assert "\n| fused | 1.000 | 1.000 |" in page.read_text()
    assert "没有“<!-- answers:set:begin -->”" in refuse("eval", "answers", *foreign, "--table", str(page))


def test_answers_of_a_foreign_set(ask: Callable[..., Json], foreign: list[str]) -> None:
    told = ask("eval", "answers", *foreign, "--per-query")
    assert told["task"] == "answers"
    (system,) = told["systems"]
    measures = system["measures"]
    assert (measures["Abstention R"], measures["Contained"]) == (1.0, 1.0)
    assert measures["Cited"] == 1.0
    given = told["queries"][2]["systems"][0]["answer"]
    assert given["expected"] == ["三十家"]
    assert "三十家" in given["text"]
    assert told["queries"][3]["systems"][0]["answer"]["abstained"] is True


def test_as_text(foreign: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "retrieval", *foreign, "--text"]) == 0
    told = capsys.readouterr().out
    first, heads, _, dense, *_ = told.splitlines()
    assert first == "set：4 条查询（3 条有相关内容），4 篇文档，4 段文字"
    assert heads.split()[:3] == ["条数", "nDCG@10", "Success@1"]
    assert dense.split()[0] == "dense"


def judgment(file: Path, passage: str) -> dict[str, object]:
    return {
        "file": f"documents/{file.name}",
        "start": file.read_text(encoding="utf-8").index(passage),
        "length": len(passage),
        "sha256": sha256(passage.encode()).hexdigest(),
        "grade": 3,
    }


def own_set(path: Path, query: Mapping[str, object], passage: str) -> Path:
    files = [file for file in sorted(SEEDS.glob("*.txt")) if passage in file.read_text(encoding="utf-8")]
    assert files
    return lines(path, [{"id": "r1", "judgments": [judgment(file, passage) for file in files], **query}])


def test_an_own_set_over_the_catalog(ask: Callable[..., Json], seeds: Json, tmp_path: Path) -> None:
    path = own_set(tmp_path / "mine.jsonl", {"query": "2021年新闻发布会", "years": [2021]}, "新闻发布会")
    told = ask("eval", "retrieval", "--queries", str(path), "--texts", str(SEEDS.parent), "--per-query")
    assert (told["set"]["name"], told["set"]["missing"], told["set"]["judged"]) == ("mine", 0, 1)
    (query,) = told["queries"]
    assert query["systems"][-1]["measures"]["WrongYear@10"] == 0.0
    assert query["systems"][-1]["results"][0]["grade"] == 3
    assert query["systems"][-1]["results"][0]["year"] == 2021


def test_what_the_catalog_lacks_is_missed(
    ask: Callable[..., Json], foreign: list[str], folder: Path, tmp_path: Path
) -> None:
    (only,) = sorted(SEEDS.glob("002*.txt"))
    ask("ingest", str(only))
    path = own_set(tmp_path / "mine.jsonl", {"query": "文件会议"}, "提升公文处理质效")
    told = ask("eval", "retrieval", "--queries", str(path), "--texts", str(SEEDS.parent))
    assert told["set"]["missing"] == 1
    assert told["systems"][-1]["measures"]["R@10"] == 0.0


def test_own_questions_and_their_citations(ask: Callable[..., Json], seeds: Json, tmp_path: Path) -> None:
    question = {"query": None, "question": "2021年公文办结率目标是多少", "answers": ["96%以上", "96%"]}
    path = own_set(tmp_path / "mine.jsonl", question, "96%")
    told = ask("eval", "answers", "--queries", str(path), "--texts", str(SEEDS.parent), "--per-query")
    given = told["queries"][0]["systems"][0]
    assert given["measures"]["Contained"] == 1.0
    assert given["answer"]["citations"] == [True]


def test_what_does_not_belong_together_and_files_that_are_not_there(
    refuse: Callable[..., str], foreign: list[str], tmp_path: Path
) -> None:
    assert "要与 --documents 一起给出" in refuse("eval", "retrieval", *foreign[2:])
    assert "不能同时给出" in refuse("eval", "retrieval", *foreign, "--queries", "a.jsonl")
    assert "里没有问题；请用 --questions" in refuse("eval", "retrieval", *foreign[:2])
    assert "找不到文件" in refuse("eval", "retrieval", "--documents", str(tmp_path / "none.jsonl"))


def test_an_earlier_result_that_is_none(
    foreign: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.json"

    def refused(content: str | None) -> str:
        if content is not None:
            earlier.write_text(content, encoding="utf-8")
        assert run(["eval", "retrieval", *foreign, "--compare", str(earlier)]) == 2
        return capsys.readouterr().err.splitlines()[-1]

    assert refused(None).startswith("无法打开")
    assert "不是评测结果" in refused("{}")
    assert "不是评测结果" in refused("[")
    assert "里没有逐条结果；请给出用 --json 文件 保存的结果" in refused('{"queries": []}')
    other = {"queries": [{"id": "other", "systems": [{"system": "fused", "measures": {"nDCG@10": 1}}]}]}
    assert "里没有相同的查询和系统" in refused(json.dumps(other))

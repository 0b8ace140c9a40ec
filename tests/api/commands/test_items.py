"""duibiao history, compare, citing, over the two sample documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.cli import run
from tests.api.commands.conftest import Json

Ask = Callable[..., Json]

pytestmark = pytest.mark.usefixtures("seeds")


def _papers(ask: Ask) -> dict[int, int]:
    """Return the items on 公文 by year."""
    hits = ask("search", "公文办结率", "--no-group", "--json")["hits"]
    return {hit["document"]["year"]: hit["item_id"] for hit in reversed(hits) if "公文" in hit["name"]}


def test_the_history_of_an_item(ask: Ask) -> None:
    papers = _papers(ask)
    found = ask("history", str(papers[2021]), "--json")
    assert [one["year"] for one in found["appearances"]] == [2012, 2021]
    assert found["appearances"][0]["citation"]["item_id"] == papers[2012]
    assert found["appearances"][1]["confidence"] is None
    assert found["absent"] == []
    rates = [series for series in found["series"] if series["unit"] == "%"]
    assert [(point["year"], point["value"]) for point in rates[0]["points"]] == [(2012, 95), (2021, 96)]


def test_items_side_by_side(ask: Ask) -> None:
    papers = _papers(ask)
    found = ask("compare", str(papers[2012]), str(papers[2021]), "--json")
    assert [one["document"]["year"] for one in found["items"]] == [2012, 2021]
    text = "".join(part["text"] for part in found["items"][1]["wording"])
    assert text == found["items"][1]["item"]["content"]
    both = [row for row in found["figures"] if None not in row["cells"]]
    first, second = both[0]["cells"]
    assert (first["value"], second["value"], both[0]["differs"]) == (95, 96, True)


def test_what_rests_on_a_document(ask: Ask) -> None:
    (by_number,) = ask("citing", "青政办发[2012]15号", "--json")["bases"]
    assert [one["citation"]["name"] for one in by_number["evidence"]] == ["决策服务工作"]
    (by_title,) = ask("citing", "2012年市政府工作报告", "--json")["bases"]
    assert by_title == ask("citing", "《2012年市政府工作报告》", "--json")["bases"][0]
    assert len(by_title["evidence"]) == 3
    assert ask("citing", "从未写过的规定", "--json") == {"basis": "从未写过的规定", "bases": []}


def test_facets_on_the_command_line(ask: Ask) -> None:
    found = ask("search", "公文", "--facets", "--kind", "targets", "-k", "1", "--json")
    assert len(found["hits"]) == 1
    assert found["facets"]["kinds"] == [{"value": "targets", "count": found["facets"]["counted"]}]


def test_as_text(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    papers = _papers(ask)
    for command in (
        ["history", str(papers[2021])],
        ["compare", str(papers[2012]), str(papers[2021])],
        ["citing", "青政办发〔2012〕15号"],
        ["citing", "从未写过的规定"],
        ["search", "公文", "--facets"],
    ):
        assert run([*command, "--text"]) == 0
    written = capsys.readouterr().out
    assert "所查的条目" in written
    assert "与第一条相同的文字占" in written
    assert "决策服务工作" in written
    assert "没有条目以“从未写过的规定”为依据；请核对标题或文号。" in written
    assert "种类：业务目标 " in written


def test_refusals(refuse: Callable[..., str]) -> None:
    assert refuse("history", "999").startswith("没有编号为 999 的条目")
    assert refuse("compare", "1") == "要对照的条目有 1 条；请选 2 到 6 条不同的。"
    assert refuse("citing", " ") == "没有写明是哪份依据；请写出文件的标题或文号。"

"""duibiao eval, over a label file of our own."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import run

TEXT = "全年热线办结率达到96%以上。"


@pytest.fixture
def labelled(tmp_path: Path) -> list[str]:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    at = TEXT.index("96")
    label = {"figure": [at, at + 5], "op": ">=", "value": 96, "unit": "%", "name": [[2, 7]]}
    line = {
        "file": "a.txt",
        "start": 0,
        "length": len(TEXT),
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "indicators": [label | {"status": "promised"}],
    }
    (tmp_path / "labels.jsonl").write_text(json.dumps(line), encoding="utf-8")
    return ["eval", "extraction", "--labels", str(tmp_path / "labels.jsonl"), "--texts", str(tmp_path)]


def test_scores_as_json(labelled: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*labelled, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["parts"][0]["part"], told["parts"][0]["sentences"]) == ("all", 1)
    assert [row["f1"] for row in told["parts"][0]["levels"]] == [1.0, 1.0, 1.0]
    assert told["mistakes"] == []


def test_the_table_is_written_between_its_marks(labelled: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- extraction:begin -->\nold\n<!-- extraction:end -->\nb\n", encoding="utf-8")
    assert run([*labelled, "--table", str(page)]) == 0
    text = page.read_text("utf-8")
    assert text.startswith("a\n<!-- extraction:begin -->\n| sentences |")
    assert "| all (1) | value+unit | 1 | 1 | 1 | 1.000 | 1.000 | 1.000 |" in text
    assert "\nold\n" not in text
    assert text.endswith("<!-- extraction:end -->\nb\n")


def test_a_page_without_marks_and_labels_that_are_not_there(
    labelled: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing", encoding="utf-8")
    assert run([*labelled, "--table", str(page)]) == 2
    assert "标记" in capsys.readouterr().err
    assert run(["eval", "extraction", "--labels", str(tmp_path / "none.jsonl")]) == 2
    assert "无法读取" in capsys.readouterr().err


def test_scores_as_text(labelled: list[str]) -> None:
    from api.cli import cli

    told = CliRunner().invoke(cli, [*labelled, "--text"]).stdout
    assert told.startswith("全部句子（1 句）")
    assert told.splitlines()[3].split()[:4] == ["value+unit", "1.000", "1.000", "1.000"]

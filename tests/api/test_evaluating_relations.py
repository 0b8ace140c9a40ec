"""The sets of trends, benchmarks and bases, and how they are judged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from api.evaluating import SETS
from api.evaluating_relations import evaluate_trends, relations_table
from corpus.errors import UnreadableFile

TEXT = (
    "2021年度市直单位业务目标\n\n单位名称：市甲局\n\n\t类别\n\t序号\n\t目标名称\n\t目标内容\n\n"
    "\t重点目标\n\t1\n\t政务热线\n\t全年热线办结率达到97%以上。\n\n"
    "\t\n\t2\n\t会议\n\t全市性会议不超过9次。\n"
)


def place(file: str, text: str, part: str) -> list[dict[str, object]]:
    digest = hashlib.sha256(part.encode()).hexdigest()
    return [{"file": file, "start": text.index(part), "length": len(part), "sha256": digest}]


@pytest.mark.parametrize("name", ["trends", "benchmarks", "bases"])
def test_each_set_has_forty_entries_and_no_id_twice(name: str) -> None:
    rows = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) >= 40
    assert len({row["id"] for row in rows}) == len(rows)


def test_pairs_are_judged(tmp_path: Path) -> None:
    newer = TEXT.replace("2021", "2022").replace("97%", "98%")
    (tmp_path / "2021.txt").write_text(TEXT, "utf-8")
    (tmp_path / "2022.txt").write_text(newer, "utf-8")
    rows = [
        {
            "id": "t1",
            "same": True,
            "one": place("2021.txt", TEXT, "热线办结率达到97%以上"),
            "other": place("2022.txt", newer, "热线办结率达到98%以上"),
        },
        {
            "id": "t2",
            "same": False,
            "one": place("2021.txt", TEXT, "热线办结率达到97%以上"),
            "other": place("2022.txt", newer, "全市性会议不超过9次"),
        },
    ]
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    evaluation = evaluate_trends(labels, (tmp_path,))
    assert evaluation.parts[0].measures == {"precision": 1.0, "recall": 1.0}
    assert evaluation.mistakes == ()
    assert "| all | 2 | 1.000 | 1.000 |" in relations_table(evaluation)


def test_a_changed_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "2021.txt").write_text(TEXT, "utf-8")
    wrong = place("2021.txt", TEXT, "热线办结率达到97%以上")
    wrong[0]["start"] = 0
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps({"id": "t1", "same": True, "one": wrong, "other": wrong}), "utf-8")
    with pytest.raises(UnreadableFile, match="文字不一致"):
        evaluate_trends(labels, (tmp_path,))

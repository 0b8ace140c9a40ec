"""The set of drafts with seeded faults, and how findings are held to it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from api.evaluating_checks import DRAFTS, checks_table, evaluate_checks, read_drafts
from corpus.errors import WrongUse
from search.check.rules import BY_CODE, RULES
from tests.api.fake_embedder import FakeEmbedder


def test_the_set_has_faults_of_every_rule_and_drafts_without_any() -> None:
    entries = read_drafts(DRAFTS)
    drafts = [one for one in entries if one.faults is not None]
    faults = Counter(fault.rule for one in drafts for fault in one.faults or ())
    assert set(faults) == {rule.code for rule in RULES}
    assert faults.total() >= 60
    assert sum(not one.faults for one in drafts) >= 10
    assert len({one.name for one in entries}) == len(entries)


def test_faults_are_found_missed_or_spurious(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in DRAFTS.read_text("utf-8").splitlines()]
    context = [one for one in lines if one["kind"] == "context"]
    clean, worse = (next(one for one in lines if one["id"] == name) for name in ("d01", "d11"))
    wrong = {**worse, "faults": [*worse["faults"][1:], {"rule": "vague-words", "at": "校园安全"}]}
    path = tmp_path / "drafts.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (*context, clean, wrong)), encoding="utf-8")
    evaluation = evaluate_checks(path, FakeEmbedder())
    assert (evaluation.drafts, evaluation.clean, evaluation.quiet) == (2, 1, 1)
    rows = {row.rule: row for row in evaluation.rules}
    assert set(rows) == {*BY_CODE, "*"}
    figures, vague = rows["figure-worse"], rows["vague-words"]
    assert (figures.agreed, figures.found, figures.labelled) == (2, 3, 2)
    assert (figures.precision, figures.recall) == (0.6667, 1.0)
    assert (vague.agreed, vague.labelled, vague.precision, vague.recall) == (0, 1, None, 0.0)
    (mistake,) = evaluation.mistakes
    assert mistake.draft == "d11"
    assert mistake.missed == ("vague-words: 校园安全",)
    assert mistake.spurious[0].startswith("figure-worse: “")
    table = checks_table(evaluation)
    assert "| figure-worse | 2 | 3 | 2 | 0.667 | 1.000 |" in table
    assert "| vague-words | 0 | 0 | 1 | – | 0.000 |" in table


def test_a_set_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="无法读取"):
        read_drafts(tmp_path / "nothing.jsonl")

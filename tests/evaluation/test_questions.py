"""The questions for answers hold together, and what they point to stands where they say."""

import json
import re
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest

ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared" / "data" / "reports"
REQUIRED = {"id", "question", "kinds", "over", "answerable", "answers", "judgments"}
OPTIONAL = {"answers_all", "today", "absent", "missing"}
KINDS = {
    *("figure", "comparison", "list", "city", "basis", "responsible", "when", "how", "trend"),
    *("promised", "achieved", "computed", "document-year"),
    *("unanswerable", "wrong-year", "near-miss", "absent-year", "absent-unit", "absent-city"),
    *("absent-topic", "invented", "private"),
}


class Judgment(TypedDict):
    file: str
    start: int
    length: int
    sha256: str
    grade: int


class Absence(TypedDict):
    file: str
    pattern: str


class Question(TypedDict):
    id: str
    question: str
    kinds: list[str]
    over: str
    answerable: bool
    answers: list[str]
    judgments: list[Judgment]
    answers_all: NotRequired[list[str]]
    today: NotRequired[str]
    absent: NotRequired[list[Absence]]
    missing: NotRequired[list[str]]


@cache
def questions() -> tuple[Question, ...]:
    lines = (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def path_of(file: str) -> Path:
    folder, _, name = file.partition("/")
    return REPORTS / name if folder == "reports" else ROOT / "corpus" / file


@cache
def text_of(file: str) -> str:
    with path_of(file).open(encoding="utf-8", newline="") as stream:
        return stream.read()


def test_the_questions_are_told_apart() -> None:
    assert len(questions()) >= 150
    assert len({question["id"] for question in questions()}) == len(questions())
    assert len({question["question"] for question in questions()}) == len(questions())


def test_the_lines_hold_places_and_hashes_but_no_texts() -> None:
    for question in questions():
        assert set(question) >= REQUIRED
        assert set(question) <= REQUIRED | OPTIONAL
        assert set(question["kinds"]) <= KINDS
        assert question["over"] in {"seeds", "reports"}
        assert len(question["question"]) <= 60
        assert all(len(answer) <= 90 for answer in question["answers"])
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", question.get("today", "2026-03-01"))
        for judgment in question["judgments"]:
            assert set(judgment) == {"file", "start", "length", "sha256", "grade"}
            assert judgment["file"].split("/")[0] in {"documents", "reports"}
            assert judgment["grade"] in {1, 2, 3}


def test_what_can_be_answered_has_answers_and_evidence_and_what_cannot_has_neither() -> None:
    for question in questions():
        assert bool(question["answers"]) == question["answerable"]
        assert any(judgment["grade"] == 3 for judgment in question["judgments"]) == question["answerable"]
        assert ("unanswerable" in question["kinds"]) != question["answerable"]
        assert question["answerable"] or not (question["judgments"] or question.get("answers_all"))


def test_every_kind_is_asked_over_both_collections() -> None:
    asked = Counter((question["over"], question["answerable"]) for question in questions())
    assert asked["seeds", True] >= 40
    assert asked["seeds", False] >= 15
    assert asked["reports", True] >= 65
    assert asked["reports", False] >= 30
    kinds = Counter(kind for question in questions() for kind in question["kinds"])
    assert min(kinds["promised"], kinds["achieved"]) >= 30
    assert min(kinds["comparison"], kinds["city"], kinds["list"], kinds["near-miss"], kinds["when"]) >= 9
    assert min(kinds["basis"], kinds["responsible"], kinds["how"], kinds["wrong-year"]) >= 6
    assert min(kinds["trend"], kinds["private"]) >= 3
    files = {j["file"] for question in questions() for j in question["judgments"]}
    assert len({file.split("/")[1] for file in files if file.startswith("reports/")}) >= 30


@pytest.mark.parametrize("over", ["documents/", "reports/"])
def test_the_passages_stand_where_the_judgments_say(over: str) -> None:
    if over == "reports/" and not REPORTS.is_dir():
        pytest.skip("未找到政府工作报告目录，跳过对报告段落位置的核对")
    judged = [j for question in questions() for j in question["judgments"] if j["file"].startswith(over)]
    assert len(judged) >= 50
    for judgment in judged:
        passage = text_of(judgment["file"])[judgment["start"] : judgment["start"] + judgment["length"]]
        assert len(passage) == judgment["length"] <= 400
        assert sha256(passage.encode()).hexdigest() == judgment["sha256"]


def test_what_is_said_to_be_absent_is_absent() -> None:
    if not REPORTS.is_dir():
        pytest.skip("未找到政府工作报告目录，跳过对“无答案”问题的核对")
    for question in questions():
        for absence in question.get("absent", []):
            assert not re.search(absence["pattern"], text_of(absence["file"])), question["question"]
        for file in question.get("missing", []):
            assert not path_of(file).exists(), question["question"]

"""The evaluation sets that come with the project hold together."""

import json
import re
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

SETS = Path(__file__).parent
ROOT = SETS.parent.parent


def test_the_extraction_set_holds_places_and_hashes_but_no_texts() -> None:
    lines = [json.loads(line) for line in (SETS / "extraction.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) >= 400
    assert len({(line["file"], line["start"]) for line in lines}) == len(lines)
    for line in lines:
        assert set(line) == {"file", "start", "length", "sha256", "indicators"}
        for indicator in line["indicators"]:
            assert set(indicator) <= {"figure", "op", "value", "unit", "name", "status", "high"}
            assert 0 <= indicator["figure"][0] < indicator["figure"][1] <= line["length"]
    statuses = Counter(indicator["status"] for line in lines for indicator in line["indicators"])
    assert min(statuses["promised"], statuses["achieved"]) >= 200


_KINDS = """
paraphrase abbreviation colloquial figures filter keyword question sentence trap exact unanswerable
"""
QUERY_KINDS = frozenset(_KINDS.split())
QUERY_FIELDS = {"id", "query", "kinds", "judgments", "today", "year", "unit", "city", "years"}


def _queries() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS / "retrieval.jsonl").read_text("utf-8").splitlines()]


def test_every_query_can_be_asked_and_has_something_to_find() -> None:
    queries = _queries()
    assert len(queries) >= 120
    assert len({query["id"] for query in queries}) == len(queries)
    assert len({query["query"] for query in queries}) == len(queries)
    for query in queries:
        assert set(query) <= QUERY_FIELDS
        assert query["query"].strip()
        assert query["kinds"]
        assert set(query["kinds"]) <= QUERY_KINDS
        if "today" in query:
            date.fromisoformat(query["today"])
        best = max(judgment["grade"] for judgment in query["judgments"])
        assert best >= 2 or "unanswerable" in query["kinds"], query["id"]


def test_the_kinds_of_queries_are_all_there() -> None:
    kinds = Counter(kind for query in _queries() for kind in query["kinds"])
    assert all(kinds[kind] >= 5 for kind in QUERY_KINDS - {"unanswerable"}), kinds


def test_judgments_hold_places_and_hashes_but_no_texts() -> None:
    for query in _queries():
        places = [(judgment["file"], judgment["start"]) for judgment in query["judgments"]]
        assert len(set(places)) == len(places), query["id"]
        for judgment in query["judgments"]:
            assert set(judgment) == {"file", "start", "length", "sha256", "grade"}
            assert judgment["file"].split("/")[0] in {"reports", "documents"}
            assert judgment["grade"] in {0, 1, 2, 3}
            assert judgment["start"] >= 0
            assert judgment["length"] > 0
            assert re.fullmatch(r"[0-9a-f]{64}", judgment["sha256"])


@pytest.mark.parametrize(
    ("prefix", "folder"),
    [("documents/", ROOT / "corpus/documents"), ("reports/", ROOT.parent / "shared" / "data" / "reports")],
)
def test_judged_passages_stand_where_the_judgments_say(prefix: str, folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"the texts of {prefix} are not here: {folder}")
    wanted = [
        judgment
        for query in _queries()
        for judgment in query["judgments"]
        if judgment["file"].startswith(prefix)
    ]
    texts: dict[str, str] = {}
    for judgment in wanted:
        file, start = judgment["file"], judgment["start"]
        if file not in texts:
            with (folder / file.removeprefix(prefix)).open(encoding="utf-8", newline="") as opened:
                texts[file] = opened.read()
        passage = texts[file][start : start + judgment["length"]]
        assert sha256(passage.encode()).hexdigest() == judgment["sha256"], (file, start)
    assert len(wanted) >= 20

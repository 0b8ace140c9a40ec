"""The evaluation sets that come with the project hold together."""

import json
from collections import Counter
from pathlib import Path

SETS = Path(__file__).parent


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

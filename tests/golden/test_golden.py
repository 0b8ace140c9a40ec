"""The sample documents against labels that were written by reading them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import cli

GOLDEN = Path(__file__).parent
DOCUMENTS = GOLDEN.parent.parent / "corpus" / "documents"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.json"))


def test_every_sample_document_has_a_golden_file() -> None:
    assert sorted(path.stem for path in DOCUMENTS.glob("*.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_parse_gives_what_a_reader_finds(name: str) -> None:
    outcome = CliRunner().invoke(cli, ["parse", str(DOCUMENTS / f"{name}.txt"), "--json"])
    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout) == json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_labels_agree_with_themselves(name: str) -> None:
    """Every span of the labels must hold the text beside it."""
    documents = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))["documents"]
    spans = 0
    for item in (item for document in documents for item in document["items"]):
        for found in (*item["indicators"], *item["benchmarks"], *item["bases"]):
            span = found["span"]
            assert item[span["field"]][span["start"] : span["end"]] == found["text"]
            spans += 1
    assert spans == {"000_5a4ffe0494ebd202": 14, "002_7bb5ada4633d9ee4": 50}[name]


def test_without_the_manifest_the_year_is_inferred_and_says_so(tmp_path: Path) -> None:
    name = "002_7bb5ada4633d9ee4.txt"
    alone = tmp_path / name
    alone.write_bytes((DOCUMENTS / name).read_bytes())
    outcome = CliRunner().invoke(cli, ["parse", str(alone), "--json"])
    (document,) = json.loads(outcome.stdout)["documents"]
    assert (document["year"], document["year_origin"]) == (2012, "content")
    assert "year" in document["inferred"]
    golden = json.loads((GOLDEN / "002_7bb5ada4633d9ee4.json").read_text(encoding="utf-8"))
    assert document["items"] == golden["documents"][0]["items"]

"""Real documents against labels written by reading them.

The texts are not ours, so a label holds where a piece stands, how long it is and its hash, never the
piece itself: `{"length": 12, "sha256": "…"}`. The place of an item is its line (Markdown), its paragraph
(Word, blank ones counted) or its row (tables). `headings` is absent where a reader would not
say which heading a closing paragraph stands under, `indicators` where nobody has labelled them.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import cli
from corpus.errors import NoTargets
from ingest.blocks import text_of
from ingest.readers.contract import Source
from ingest.readers.registry import extract
from ingest.reading import read_file

REAL = Path(__file__).parent / "real"
TEXTS = Path(__file__).parents[3] / "shared" / "data"
NAMES = sorted(path.stem for path in REAL.glob("*.json") if path.stem != "regulations")
REGULATIONS: list[dict[str, Any]] = json.loads((REAL / "regulations.json").read_text(encoding="utf-8"))

CONVERTED_QUICKLY = "2017_淮南市"  # each conversion by LibreOffice takes seconds: one is enough every time


def regulation(label: dict[str, Any]) -> Any:
    file = Path(label["file"])
    is_slow = file.suffix == ".doc" and not file.name.startswith(CONVERTED_QUICKLY)
    return pytest.param(label, id=file.name, marks=[pytest.mark.slow] if is_slow else [])


pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the real documents are not beside the checkout")


def hashed(text: str | None) -> dict[str, object] | None:
    if text is None:
        return None
    return {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def labelled(name: str) -> Any:
    return json.loads((REAL / f"{name}.json").read_text(encoding="utf-8"))


def parsed(file: str) -> Any:
    outcome = CliRunner().invoke(cli, ["parse", str(TEXTS / file), "--json"])
    assert outcome.exit_code == 0, outcome.output
    (document,) = json.loads(outcome.stdout)["documents"]
    return document


@pytest.fixture(scope="module", params=NAMES)
def both(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    """The labels of a file and what parse gives."""
    label = labelled(request.param)
    return label, parsed(label["file"])


def test_whose_document_it_is(both: tuple[Any, Any]) -> None:
    label, found = both
    expected = label["document"]
    assert {**{key: found[key] for key in expected}, "title": hashed(found["title"])} == expected


def test_the_items_and_where_they_stand(both: tuple[Any, Any]) -> None:
    label, found = both
    kept = "row" if "row" in label["items"][0] else "line"
    assert [(i["place"][kept], hashed(i["content"])) for i in found["items"]] == [
        place_and_content(row) for row in label["items"]
    ]


def place_and_content(row: dict[str, Any]) -> tuple[int, dict[str, object]]:
    if "row" in row:
        return row["row"], row["content"]
    return row.get("line") or row["paragraph"], {"length": row["length"], "sha256": row["sha256"]}


def test_the_headings_above_the_items(both: tuple[Any, Any]) -> None:
    label, found = both
    for row, item in zip(label["items"], found["items"], strict=True):
        if "headings" in row:
            assert [hashed(heading) for heading in item["heading_path"]] == row["headings"], item["place"]


def test_the_cells_of_the_table() -> None:
    label = labelled("table-2018")
    found = parsed(label["file"])
    for row, item in zip(label["items"], found["items"], strict=True):
        assert (item["number"], item["weight"], item["responsible_units"]) == (
            row["number"],
            row["weight"],
            row["responsible_units"],
        )
        assert (hashed(item["name"]), hashed(item["category"])) == (row["name"], row["category"])


def test_the_labelled_indicators(both: tuple[Any, Any]) -> None:
    label, found = both
    for row, item in zip(label["items"], found["items"], strict=True):
        if "indicators" in row:
            agree(row["indicators"], item)


def agree(labels: list[dict[str, Any]], item: dict[str, Any]) -> None:
    """Each indicator found has to be the label in its place, with value, unit, comparator and name."""
    keys = ("op", "value", "high", "unit", "status")
    expected = [(*(label.get(key) for key in keys[:-1]), label.get("status", "promised")) for label in labels]
    assert [tuple(indicator[key] for key in keys) for indicator in item["indicators"]] == expected
    for label, indicator in zip(labels, item["indicators"], strict=True):
        start, length = label["figure"]
        span = indicator["span"]
        assert span["start"] < start + length
        assert start < span["end"]
        if "name" in label:
            assert hashed(indicator["name"]) == label["name"], indicator["text"]


@pytest.mark.parametrize("label", [regulation(label) for label in REGULATIONS])
def test_a_regulation_is_read_but_states_no_targets(
    label: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = TEXTS / label["file"]
    content = path.read_bytes()
    if not content.startswith(b"PK") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    found = extract(Source(path.name, content))
    lines = ["".join(line.split()) for line in text_of(found.blocks).splitlines() if line.strip()]
    assert (hashed(lines[0]), hashed(lines[-1])) == (label["first"], label["last"])
    articles = [line for line in lines if re.match(r"第[一二三四五六七八九十]+条", line)]
    assert len(articles) == label["articles"]
    monkeypatch.setattr("ingest.reading.extract", lambda source: found)
    with pytest.raises(NoTargets, match="里有文字，但没有找到目标表"):
        read_file(path)

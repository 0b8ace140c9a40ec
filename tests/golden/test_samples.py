"""Samples written for each layout and format against labels that were written by reading them."""

from __future__ import annotations

import json
import shutil
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli import cli

SAMPLES = Path(__file__).parent / "samples"
SUFFIX = ".golden.json"
NAMES = sorted(path.name.removesuffix(SUFFIX) for path in SAMPLES.glob(f"*{SUFFIX}"))
THROUGH_LIBREOFFICE = (".doc", ".wps")
RECOGNISED = ("scanned_table.pdf", "crooked_photo.jpg", "text_and_scan.ofd")
SLOW = ("crooked_photo.jpg",)


def parsed(path: Path) -> Any:
    outcome = CliRunner().invoke(cli, ["parse", str(path), "--json"])
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


def golden(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}{SUFFIX}").read_text(encoding="utf-8"))


def test_every_sample_has_a_golden_file() -> None:
    assert sorted(p.name for p in SAMPLES.iterdir() if not p.name.endswith(SUFFIX)) == NAMES


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in NAMES]
)
def test_parse_gives_what_a_reader_finds(name: str) -> None:
    if name.endswith(THROUGH_LIBREOFFICE) and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    if name in RECOGNISED and find_spec("rapidocr_onnxruntime") is None:
        pytest.skip("the OCR package has no build for this Python")
    assert parsed(SAMPLES / name) == golden(name)


@pytest.mark.parametrize("name", NAMES)
def test_labels_agree_with_themselves(name: str) -> None:
    """Every span of the labels must hold the text beside it, and every baseline its bound."""
    for item in (item for document in golden(name)["documents"] for item in document["items"]):
        for found in (*item["indicators"], *item["benchmarks"], *item["bases"]):
            span = found["span"]
            assert item[span["field"]][span["start"] : span["end"]] == found["text"]
        for indicator in item["indicators"]:
            assert (indicator["bound"] is not None) == (
                indicator["baseline"] is not None and indicator["op"] in {"increase", "decrease"}
            )


def test_an_archive_gives_the_documents_of_its_members(tmp_path: Path) -> None:
    names = ["word_tabs.txt", "merged_cells.docx", "table.csv"]
    with zipfile.ZipFile(tmp_path / "各单位目标.zip", "w") as archive:
        for name in names:
            archive.write(SAMPLES / name, f"2022/{name}")
    found = parsed(tmp_path / "各单位目标.zip")
    expected = [document for name in names for document in golden(name)["documents"]]
    assert [d["source"] for d in found["documents"]] == [f"各单位目标.zip/2022/{name}" for name in names]
    assert [d["items"] for d in found["documents"]] == [d["items"] for d in expected]
    assert [(d["unit"], d["year"], d["year_origin"]) for d in found["documents"]] == [
        (d["unit"], d["year"], d["year_origin"]) for d in expected
    ]
    assert found["warnings"] == []


def test_a_user_overrules_what_a_sample_says() -> None:
    options = ["--year", "2020", "--unit", "市水利局", "--city", "烟台市"]
    outcome = CliRunner().invoke(cli, ["parse", str(SAMPLES / "word_tabs.txt"), "--json", *options])
    (document,) = json.loads(outcome.stdout)["documents"]
    assert (document["unit"], document["year"], document["city"]) == ("市水利局", 2020, "烟台市")
    assert {document["unit_origin"], document["year_origin"], document["city_origin"]} == {"user"}
    reduced = document["items"][1]["indicators"][1]
    assert reduced["baseline"] == {"value": 40, "unit": "起", "year": 2019}

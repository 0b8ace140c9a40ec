"""Pairing, levels and kinds of the evaluation, on texts of our own."""

import hashlib
import json
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from corpus.model import Comparator
from ingest.evaluation.extraction import (
    Kind,
    Level,
    Score,
    _without_stars,
    compare,
    kind_of,
    names_agree,
    report,
)
from ingest.evaluation.labels import read_labels

TEXT = "全年热线办结率达到96%以上，组织培训4次。"


def label_file(folder: Path, indicators: list[dict[str, object]], text: str = TEXT) -> Path:
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "a.txt").write_text(text, encoding="utf-8")
    line = {
        "file": "a.txt",
        "start": 0,
        "length": len(text),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "indicators": indicators,
    }
    path = folder / "labels.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    return path


def figure(written: str, op: str, value: float, unit: str, name: str) -> dict[str, object]:
    at, of = TEXT.index(written), TEXT.index(name)
    return {
        "figure": [at, at + len(written)],
        "op": op,
        "value": value,
        "unit": unit,
        "name": [[of, of + len(name)]],
        "status": "promised",
    }


def test_what_agrees_and_what_does_not(tmp_path: Path) -> None:
    labels = [
        figure("96%以上", ">=", 96, "%", "热线办结率"),
        figure("4次", ">=", 4, "次", "培训"),  # the text says exactly four
        figure("96", "=", 5, "件", "全年"),  # nothing of the kind is there
    ]
    path = label_file(tmp_path, labels)
    (compared,) = compare(read_labels(path, [tmp_path / "texts"]))
    summary = report([compared])
    assert summary.levels[Level.VALUE] == Score(agreed=2, found=2, labelled=3)
    assert summary.levels[Level.COMPARATOR] == Score(agreed=1, found=2, labelled=3)
    assert summary.levels[Level.NAME] == Score(agreed=1, found=2, labelled=3)
    assert summary.levels[Level.VALUE].f1 == pytest.approx(0.8)
    assert summary.status == 1.0
    assert [missed.value for missed in compared.missed] == [5]
    assert summary.kinds[Kind.BOUND] == Score(2, 2, 2)


def test_a_text_that_changed_is_refused(tmp_path: Path) -> None:
    path = label_file(tmp_path, [])
    (tmp_path / "texts" / "a.txt").write_text(TEXT.replace("96", "97"), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="文字不一致"):
        list(read_labels(path, [tmp_path / "texts"]))


def test_texts_are_looked_up_within_their_folders_only(tmp_path: Path) -> None:
    path = label_file(tmp_path, [])
    with pytest.raises(UnreadableFile, match="找不到"):
        list(read_labels(path, [tmp_path / "elsewhere"]))
    path.write_text(path.read_text("utf-8").replace("a.txt", "../labels.jsonl"), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="之外"):
        list(read_labels(path, [tmp_path / "texts"]))


@pytest.mark.parametrize("line", ["{}", "[]", "no json", '{"file": "a.txt", "start": "x"}'])
def test_a_line_that_is_no_label_is_named(tmp_path: Path, line: str) -> None:
    path = label_file(tmp_path, [])
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="第 1 行"):
        list(read_labels(path, [tmp_path / "texts"]))


@pytest.mark.parametrize(
    ("op", "high", "written", "kind"),
    [
        (Comparator.INCREASE, None, "增长8%", Kind.RELATIVE),
        (Comparator.BETWEEN, 5.0, "3至5家", Kind.RANGE),
        (Comparator.ABOUT, None, "8%左右", Kind.APPROXIMATE),
        (Comparator.EQUAL, None, "两个", Kind.NUMERAL),
        (Comparator.EQUAL, None, "全覆盖", Kind.SPECIAL),
        (Comparator.AT_LEAST, None, "９６%以上", Kind.BOUND),
        (Comparator.EQUAL, None, "4次", Kind.PLAIN),
    ],
)
def test_kinds(op: Comparator, high: float | None, written: str, kind: Kind) -> None:
    assert kind_of(op, high, written) is kind


@pytest.mark.parametrize(
    ("labelled", "found", "agree"),
    [
        ("办结率", "公文办结率", True),
        ("公文办结率", "公文的办结率", True),
        ("新闻发布会", "培训班", False),
        (None, None, True),
        (None, "培训", False),
    ],
)
def test_names(labelled: str | None, found: str | None, agree: bool) -> None:
    assert names_agree(labelled, found) is agree


def test_bold_marks_that_a_layout_drops_do_not_hide_a_sentence() -> None:
    assert _without_stars("**一** 二*三") == ("一 二三", [2, 5, 6, 8, 9])

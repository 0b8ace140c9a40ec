"""The machinery of the comparison, without any peer: what is said of one that fails, and what is pinned."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from tests.benchmarks.peers.adapters.cutting import pairs
from tests.benchmarks.peers.bench_peers import Result, Times
from tests.benchmarks.peers.contract import PEERS, Told
from tests.benchmarks.peers.install import REQUIREMENTS
from tests.benchmarks.peers.running import asker, fill, reason
from tests.benchmarks.peers.tables import table

ABSENT = Told("Absent", "", "no_such_adapter", "nothing")


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (
            1,
            "Traceback\n  x\nValueError: a query needs words\n\n",
            "ended with 1: ValueError: a query needs words",
        ),
        (-9, "", "ended with -9"),
        (124, "halfway\n", "not done in 400 s"),
        (1, "a | b", "ended with 1: a / b"),
    ],
)
def test_reason_is_the_last_line_of_what_a_peer_said(code: int, words: str, said: str) -> None:
    assert reason(code, words, 400) == said


def test_a_peer_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"ended with 1: .*No such file.*passages\.jsonl"):
        fill(ABSENT, tmp_path, tmp_path / "store")
    with (
        pytest.raises(RuntimeError, match=r"ended with 1: .*No such file.*query_vectors\.npy"),
        asker(ABSENT, tmp_path, tmp_path / "store"),
    ):
        pass


def test_pairs_overlap_and_leave_out_punctuation() -> None:
    assert pairs("办结率，A4纸") == ["办结", "结率", "a4"]
    assert pairs(" ？") == []


def test_every_peer_has_an_adapter_and_exact_pins() -> None:
    modules = {path.stem for path in (Path(__file__).parent / "adapters").glob("*.py")}
    assert {peer.module for peer in PEERS} <= modules
    for peer in PEERS[2:]:
        pins = (REQUIREMENTS / f"{peer.environment}.txt").read_text(encoding="utf-8").split()
        assert pins
        assert all(len(pin.split("==")) == 2 for pin in pins)


def test_the_table_gives_ratios_and_why_a_peer_has_none() -> None:
    ours = Result("ours", "1", "all", "before", plain=Times(10, 20, 15, 25), filtered=Times(5, 8, 9, 12))
    slow = Result("slow", "2", "all", "before", plain=Times(20, 60, 25, 65), remark="slow: 30 of 140")
    slow.fail("filtered: ended with 1")
    slow.fail("policy-qa: ended with 1")
    lines = table({"passages": 1000, "load": [0, 0], "peers": [asdict(ours), asdict(slow)]}).splitlines()
    assert "| slow | 20.0 / 60.0 | 2.00 / 3.00 | – | – | – | 25.0 / 65.0 | – | – | – |" in lines
    assert lines[-1] == (
        "| slow | 2 | all | before | filtered: ended with 1; policy-qa: ended with 1; slow: 30 of 140 |"
    )

from __future__ import annotations

from pathlib import Path

import pytest

from api.addins.libreoffice import extension
from api.cli import run


def test_the_files_are_written_for_the_server_that_is_named(tmp_path: Path) -> None:
    for kind, server in (
        ("libreoffice", "http://a.example:8000"),
        ("wps", "http://a.example:8000"),
        ("word", "https://a.example"),
    ):
        assert run(["addin", kind, "--output", str(tmp_path / kind), "--server", server]) == 0
    assert (tmp_path / "libreoffice").read_bytes() == extension("http://a.example:8000")
    assert 'url="http://a.example:8000/addin/wps/"' in (tmp_path / "wps").read_text("utf-8")
    assert "https://a.example/addin/?host=word" in (tmp_path / "word").read_text("utf-8")


def test_the_configured_address_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_PUBLIC_URL", "https://b.example")
    assert run(["addin", "wps", "--output", str(tmp_path / "list")]) == 0
    assert "https://b.example/" in (tmp_path / "list").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["wps"], "请用 --server 给出"),
        (["wps", "--server", "a.example"], "不是服务的地址"),
        (["word", "--server", "http://a.example"], "只接受 https"),
    ],
)
def test_wrong_use(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DUIBIAO_PUBLIC_URL", raising=False)
    assert run(["addin", *arguments, "--output", str(tmp_path / "file")]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "file").exists()

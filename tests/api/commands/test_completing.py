from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_DUIBIAO_COMPLETE={shell}_complete" in script


def test_an_unknown_shell_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "tcsh"]) == 2
    assert "tcsh" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_bash_takes_the_script_and_completes_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    ours = tmp_path / "duibiao"
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m api.cli "$@"\n', encoding="utf-8")
    ours.chmod(0o755)
    asked = f"""{script}
COMP_WORDS=(duibiao sear); COMP_CWORD=1
_duibiao_completion "{ours}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    ran = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False, timeout=60)
    assert ran.stdout.split() == ["search"], ran.stderr

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from index.private_folders import PrivateFolder

KILLED = """
import os, signal
from index.private_folders import PrivateFolder
folder = PrivateFolder()
(folder.path / "large").write_text("x")
print(folder.path, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def age(folder: Path) -> None:
    past = time.time() - 7200
    os.utime(folder, (past, past))


def test_it_is_private_and_goes_when_closed(tmp_path: Path) -> None:
    folder = PrivateFolder()
    (folder.path / "file").write_text("x")
    assert folder.path.parent == tmp_path
    assert folder.path.stat().st_mode & 0o077 == 0
    folder.close()
    folder.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_later_and_what_lives_stays(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", KILLED],
        check=False,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    left, living = Path(run.stdout.strip()), PrivateFolder()
    (tmp_path / "duibiao-file").write_text("not a folder")
    (tmp_path / "of-another-program").mkdir()
    assert left.is_dir()
    PrivateFolder().close()
    assert left.is_dir()
    for path in tmp_path.iterdir():
        age(path)
    PrivateFolder().close()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["duibiao-file", "of-another-program", living.path.name]
    )
    living.close()

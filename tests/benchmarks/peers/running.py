"""The processes of the peers, seen from the bench: started, asked, and heard when they fail."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from tests.benchmarks.catalogs import ROOT
from tests.benchmarks.peers.contract import Told
from tests.benchmarks.peers.install import python_of

LONGEST_ADD, LONGEST_ASK = 400, 3600
_TIMED_OUT = 124
_WORDS = 160  # characters of a failure that the table has room for


class Asker:
    """The running process of one peer; `words` is where its standard error goes."""

    def __init__(self, running: subprocess.Popen[str], words: IO[bytes]) -> None:
        self._running, self._words = running, words
        self.opened: dict[str, float] = self._answer()

    def ask(self, first: int, last: int, k: int, *, filtered: bool) -> dict[str, Any]:
        """Return what it `found`, the `clock` of each query in milliseconds, and its `megabytes`.

        Raise RuntimeError with the peer's last words when it ends instead.
        """
        if self._running.stdin is None:
            raise RuntimeError("a peer has no input")
        line = json.dumps({"first": first, "last": last, "k": k, "filtered": filtered})
        with suppress(BrokenPipeError):  # it has ended: the answer says why
            self._running.stdin.write(line + "\n")
            self._running.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        if self._running.stdout is None:
            raise RuntimeError("a peer has no output")
        line = self._running.stdout.readline()
        if not line:
            code = self._running.wait(30)
            self._words.seek(0)
            raise RuntimeError(reason(code, self._words.read().decode(errors="replace"), LONGEST_ASK))
        answer: dict[str, Any] = json.loads(line)
        return answer


def reason(code: int, words: str, limit: int) -> str:
    """Return why a peer ended, in one line that fits a table: the last line of what it said."""
    if code == _TIMED_OUT:
        return f"not done in {limit} s"
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    last = last.replace("|", "/").replace(f"{ROOT}/", "")
    return f"ended with {code}: {last[:_WORDS]}" if last else f"ended with {code}"


def fill(peer: Told, material: Path, folder: Path, longest: int = LONGEST_ADD) -> float:
    """Fill a folder; return the seconds. Raise RuntimeError with the peer's last words."""
    command = _command(peer, "add", material, folder, longest)
    done = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(reason(done.returncode, done.stderr, longest))
    return float(json.loads(done.stdout.splitlines()[-1])["seconds"])


@contextmanager
def asker(peer: Told, material: Path, folder: Path) -> Iterator[Asker]:
    """Run a peer over a filled folder until the block ends."""
    command = _command(peer, "ask", material, folder, LONGEST_ASK)
    with TemporaryFile() as words:
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
        )
        try:
            yield Asker(running, words)
        finally:
            with suppress(BrokenPipeError):
                running.communicate(timeout=60)


def _command(peer: Told, task: str, material: Path, folder: Path, longest: int) -> list[str]:
    runner = ("-m", "tests.benchmarks.peers.runner", task, peer.module)
    return ["timeout", str(longest), str(python_of(peer.environment)), *runner, str(material), str(folder)]


def _environment() -> dict[str, str]:
    """Return the settings of every process: one thread of OpenMP, as ours has; several spin and wait.

    No peer asks a hub for a model or tells its makers that it is used.
    """
    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "HF_HUB_OFFLINE": "1",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_NUM_THREADS": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
    }

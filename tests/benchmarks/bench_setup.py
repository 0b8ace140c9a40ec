"""How long a newcomer waits and what it costs on disk: `python -m tests.benchmarks.bench_setup`.

Clones the last commit into an empty folder without any cache, runs `make run` until the page is served, then
`make test`, and writes the table between the markers of both READMEs. Needs the package registry.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from api.evaluating import write_section

ROOT = Path(__file__).parents[2]
PAGE = "http://127.0.0.1:8000/readyz"
LONGEST = 1800


@dataclass(frozen=True)
class Result:
    """Seconds and megabytes."""

    served: float
    tested: float
    packages: int
    model: int
    summary: str


def _megabytes(folder: Path) -> int:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return round(sum(path.stat().st_size for path in files) / 1e6)


def _until_served(clone: Path, environment: dict[str, str]) -> float:
    began = time.monotonic()
    running = subprocess.Popen(["make", "run"], cwd=clone, env=environment, start_new_session=True)
    try:
        while time.monotonic() - began < LONGEST and running.poll() is None:
            try:
                with urlopen(PAGE, timeout=5) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began
            except (URLError, OSError):
                time.sleep(0.5)
        message = "make run did not come to serve the page"
        raise RuntimeError(message)
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=30)


def measure() -> Result:
    """Do what a newcomer does, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "duibiao"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DUIBIAO_")}
        environment = kept | {"PIP_NO_CACHE_DIR": "1", "XDG_CACHE_HOME": str(Path(folder) / "cache")}
        served = _until_served(clone, environment)
        began = time.monotonic()
        tests = subprocess.run(
            ["make", "test"], cwd=clone, env=environment, capture_output=True, text=True, check=True
        )
        return Result(
            served=round(served),
            tested=round(time.monotonic() - began),
            packages=_megabytes(clone / ".venv"),
            model=_megabytes(clone / "data" / "models"),
            summary=tests.stdout.strip().splitlines()[-1].strip("= "),
        )


def main() -> None:
    """Measure and write."""
    result = measure()
    english = (
        "Measured in a fresh clone without caches on two cores: `make run` reaches the served page after "
        f"{result.served} s; packages take {result.packages} MB and the model {result.model} MB; `make test` "
        f"then takes {result.tested} s ({result.summary})."
    )
    chinese = (
        f"在两核机器上全新克隆、没有任何缓存时实测：`make run` 在 {result.served} 秒后网页可用；软件包占 "
        f"{result.packages} MB，模型占 {result.model} MB；随后 `make test` 用时 {result.tested} 秒。"
    )
    write_section(ROOT / "README.md", "setup", english)
    write_section(ROOT / "README.zh-CN.md", "setup", chinese)
    print(english)


if __name__ == "__main__":
    main()

"""Make the peers' environments, one each: their requirements contradict each other and never touch ours.

python -m tests.benchmarks.peers.install [NAME …]      # the names of requirements/*.txt; all without one
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements")
ENVIRONMENTS = Path(__file__).parents[3] / "data" / "benchmarks" / "peers"


def python_of(name: str) -> Path:
    """Return the interpreter of an environment; our own for the empty name."""
    return ENVIRONMENTS / name / "bin" / "python" if name else Path(sys.executable)


def install(name: str) -> None:
    """Make one environment, or bring it to its pins."""
    if not python_of(name).exists():
        venv.create(ENVIRONMENTS / name, with_pip=True)
    pip = [str(python_of(name)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(REQUIREMENTS / f"{name}.txt")], check=True)


def main() -> None:
    """Install those that are named."""
    known = sorted(path.stem for path in REQUIREMENTS.glob("*.txt"))
    names = sys.argv[1:] or known
    if unknown := set(names) - set(known):
        sys.exit(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for name in names:
        print(name, flush=True)
        install(name)


if __name__ == "__main__":
    main()

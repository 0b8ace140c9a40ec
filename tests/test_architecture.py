"""What the documentation names must exist, and the packages must be ours."""

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "ingest", "index", "search", "api")
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
SYMBOLS = sorted(set(re.findall(rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)`", TEXT)))
PATHS = sorted(set(re.findall(rf"(?<![\w/])((?:{'|'.join(PACKAGES)}|docs)/[\w/.]*)", TEXT)))


@pytest.mark.parametrize("package", PACKAGES)
def test_package_names_mean_our_packages(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin == str(ROOT / package / "__init__.py")


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_symbols_of_the_architecture_exist(symbol: str) -> None:
    parts = symbol.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return
    pytest.fail(f"{symbol} does not exist")


@pytest.mark.parametrize("path", PATHS)
def test_paths_of_the_architecture_exist(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_architecture_names_enough_to_be_worth_testing() -> None:
    assert len(SYMBOLS) >= 20
    assert {f"{package}/" for package in PACKAGES} <= set(PATHS)

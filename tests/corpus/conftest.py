from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalog import Catalog


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(tmp_path / "库", create=True) as opened:
        yield opened

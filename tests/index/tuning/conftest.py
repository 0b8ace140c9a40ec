from pathlib import Path

import pytest

from index.models.source import Source
from tests.index.tuning.tiny import tiny_source, write_plain


@pytest.fixture(scope="session")
def source() -> Source:
    return tiny_source()


@pytest.fixture(scope="session")
def plain(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small model, without graphs."""
    folder = tmp_path_factory.mktemp("tiny") / "plain"
    write_plain(folder, source)
    return folder

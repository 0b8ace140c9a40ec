"""What many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedders import Embedder, open_embedder
from index.models.prepare import prepare_default

_MODELS = Path(__file__).parent.parent / "data" / "models"


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder with the real default model, prepared once and kept between runs."""
    prepare_default(_MODELS)
    return _MODELS


@pytest.fixture(scope="session")
def embedder(models: Path) -> Embedder:
    """The real default model."""
    return open_embedder(None, models)

"""The command line with a stand-in for the model, for tests that need it in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import index.embedders
from api.cli import main
from tests.api.fake_embedder import FakeEmbedder, open_fake


def _noisy(model: str | None, models: Path) -> FakeEmbedder:
    print("a library that writes where it should not")
    sys.stdout.flush()
    return open_fake(model, models)


if __name__ == "__main__":
    index.embedders.open_embedder = _noisy  # type: ignore[assignment]
    main()

"""A service on a socket over the two sample documents, embedded without a model."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from api.app import create_app
from api.library import Library
from api.settings import Settings
from ingest.reading import Hints
from tests.api.fake_embedder import open_fake

SEEDS = Path(__file__).parents[2] / "corpus" / "documents"
SEED_2021 = SEEDS / "000_5a4ffe0494ebd202.txt"
SEED_2012 = SEEDS / "002_7bb5ada4633d9ee4.txt"


@contextmanager
def serving(settings: Settings, *files: Path) -> Iterator[str]:
    """Serve the files, 2021 before 2012 unless others are named, and give the address."""
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        patch.setattr("index.embedders.open_embedder", open_fake)
        library.ingest(files or (SEED_2021, SEED_2012), Hints(), lambda _: None)
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(settings, library), log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            listening.close()

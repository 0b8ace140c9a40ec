from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from api.app import create_app
from api.library import Library
from api.settings import Settings
from ingest.reading import Hints
from tests.api.fake_embedder import open_fake

SEEDS = Path(__file__).parents[3] / "corpus" / "documents"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library over the two sample documents, embedded without a model."""
    settings = Settings.of_folder(tmp_path_factory.mktemp("served"))
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        patch.setattr("index.embedders.open_embedder", open_fake)
        library.ingest([SEEDS], Hints(), lambda _: None)
        yield library


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    """The address of a service over that library."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(create_app(library.settings, library), log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        serving.join()

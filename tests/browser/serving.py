"""The service over the two sample documents, and a browser to look at it."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from api.app import create_app
from api.library import Library
from api.settings import Settings
from index.embedders import Embedder
from ingest.reading import Hints

SEEDS = Path(__file__).parents[2] / "corpus" / "documents"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = ViewportSize(width=1366, height=768)
WIDE = ViewportSize(width=1920, height=1080)
PHONE = ViewportSize(width=390, height=844)
SIZES = (DESK, WIDE, PHONE)


@contextmanager
def served(settings: Settings, embedder: Callable[..., Embedder] | None = None) -> Iterator[str]:
    """Serve the samples on a free port and give the address; with `embedder` in the default model's place."""
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        if embedder is not None:
            patch.setattr("index.embedders.open_embedder", embedder)
        library.ingest([SEEDS], Hints(), lambda _: None)
        library.warm()
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(settings, library), log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            serving.join()
            listening.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open Debian's Chromium, or another that is installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Dialog, Page, ViewportSize, sync_playwright

from api.app import create_app
from api.library import Library
from api.settings import Settings
from ingest.reading import Hints
from tests.api.fake_embedder import open_fake

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
PHONE = ViewportSize(width=390, height=844)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the two sample documents, embedded without a model."""
    settings = Settings.of_folder(tmp_path_factory.mktemp("served"))
    with pytest.MonkeyPatch.context() as patch, Library(settings, create=True) as library:
        patch.setattr("index.embedders.open_embedder", open_fake)
        library.ingest([SEEDS], Hints(), lambda _: None)
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(settings, library), log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        serving.join()
        listening.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages are not tried in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page and everything that must not happen on it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def watch(self) -> None:
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("request", lambda request: self._check(request.url))

    def _dismiss(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _check(self, url: str) -> None:
        if not url.startswith(self.address):
            self.faults.append(f"request: {url}")


def _visit(browser: Browser, address: str, *, scripts: bool) -> Iterator[Visit]:
    context = browser.new_context(viewport=DESK, java_script_enabled=scripts)
    context.set_default_timeout(20_000)
    visit = Visit(context.new_page(), address)
    visit.watch()
    yield visit
    context.close()
    assert visit.faults == []


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit with an empty profile that must end without a fault."""
    yield from _visit(browser, address, scripts=True)


@pytest.fixture(params=["script", "no script"])
def any_visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The same with JavaScript and without."""
    yield from _visit(browser, address, scripts=request.param == "script")

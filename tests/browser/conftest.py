from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from api.settings import Settings
from tests.api.fake_embedder import open_fake
from tests.browser.desk import Desk
from tests.browser.serving import CHROMIUM, DESK, PHONE, SEEDS, chromium, served

__all__ = ["DESK", "PHONE", "SEEDS", "Visit"]

PATIENCE = 20_000  # milliseconds; what is awaited comes at once unless the machine is busy


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the two sample documents, embedded without a model."""
    with served(Settings.of_folder(tmp_path_factory.mktemp("served")), open_fake) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages are not tried in a browser")
    expect.set_options(timeout=PATIENCE)
    with chromium() as browser:
        yield browser


@dataclass
class Visit:
    """A page and everything that must not happen on it."""

    page: Page
    address: str
    scripts: bool = True
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
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page(), address, scripts)
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


@pytest.fixture
def desk(visit: Visit) -> Desk:
    visit.open("/draft")
    return Desk(visit.page)


@pytest.fixture
def rough(browser: Browser, address: str) -> Iterator[Desk]:
    """A workspace whose requests may fail: the browser writes those to its console."""
    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/draft")
    yield Desk(page)
    context.close()

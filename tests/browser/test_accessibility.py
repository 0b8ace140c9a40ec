"""axe finds nothing on any page, at three sizes and in both colour schemes."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit
from tests.browser.serving import DESK, PHONE, SIZES

PATHS = [
    "/",
    "/?q=2021年公文办结率",
    "/?q=“从未写过的词”",
    "/?q=公文&year=1",
    "/ask?q=2021年公文办结率目标是多少",
    "/ask?q=明年房价会涨多少",
    "/benchmarks?q=营商环境",
    "/benchmarks?q=公文办结率&sort=value",
    "/bases?q=公文处理",
    "/bases/items?basis=2012年市政府工作报告",
    "/trends?q=公文办结率",
    "/carryover",
    "/carryover?unit=市政府办公厅&year=2021",
    "/compare?items=1&items=14",
    "/items/1/history",
    "/help",
    "/nowhere",
    "/documents",
    "/documents/1",
    "/documents/1/correct",
    "/settings",
    "/settings/checks",
    "/addin/",
    "/addin/install",
    "/api",
    "/draft",
    "/check",
]


def _violations(visit: Visit) -> list[str]:
    found = Axe().run(visit.page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(visit: Visit, path: str) -> None:
    for size in SIZES:
        visit.page.set_viewport_size(size)
        visit.open(path)
        visit.faults.clear()  # a page that tells of an error is one that the console speaks of
        assert _violations(visit) == []
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"]


@pytest.mark.parametrize(
    "path", ["/?q=2021年公文办结率", "/compare?items=1&items=14", "/carryover?unit=市政府办公厅&year=2021"]
)
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_contrast_in_both_schemes(visit: Visit, path: str, scheme: Literal["dark", "light"]) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    for size in (DESK, PHONE):
        visit.page.set_viewport_size(size)
        visit.open(path)
        assert _violations(visit) == []


def test_axe_finds_nothing_in_the_help(visit: Visit) -> None:
    visit.open("/?q=公文")
    visit.page.wait_for_load_state("load")
    visit.page.keyboard.press("?")
    assert _violations(visit) == []

"""The draft workspace as the tests of its page handle it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

RATE = "请示报告类公文办结率达到96%以上"


class Desk:
    """The workspace, by the names of its parts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found = page.locator("#found")
        self.said = page.locator("#said")
        self.entries = page.locator(".entry")

    def whose(self, unit: str = "市政府办公厅", year: str = "2022") -> None:
        self.page.locator("[data-whose=unit]").fill(unit)
        self.page.locator("[data-whose=year]").fill(year)

    def field(self, name: str, item: int = 0) -> Locator:
        return self.entries.nth(item).locator(f"[data-field={name}]")

    def do(self, name: str) -> Locator:
        return self.page.locator(f"button[data-do={name}]").first

    def type(self, words: str, name: str = "content", item: int = 0) -> None:
        self.field(name, item).focus()
        self.page.keyboard.type(words)

    def stored(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(self.page.evaluate("localStorage.getItem('duibiao.draft')"))
        return kept

    def taken(self, item: int = 0) -> list[dict[str, Any]]:
        """Return what is kept of the insertions of an item."""
        inserted: list[dict[str, Any]] = self.stored()["items"][item]["inserted"]
        return inserted

    def note(self) -> None:
        """Wait until the figures of 公文办结率 stand in the panel."""
        expect(self.found).to_contain_text("2021年 请示报告类公文办结率 ≥ 96%")

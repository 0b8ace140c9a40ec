"""Pictures of every page over the two sample documents, at three sizes, for docs/screenshots.

Run `python -m tests.browser.screenshots`; with names of pages, only theirs. It needs the default model.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from api.settings import Settings, quiet_threads, settings_from_environment
from tests.browser.serving import SIZES, chromium, served

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
COLOURS = 96
PAGES = {
    "search": "/?q=公文办结率",
    "start": "/",
    "nothing": "/?q=“从未写过的词”",
    "ask": "/ask?q=2021年公文办结率目标是多少？",
    "abstained": "/ask?q=明年房价会涨多少？",
    "benchmarks": "/benchmarks?q=营商环境",
    "bases": "/bases?q=公文处理",
    "resting": "/bases/items?basis=2012年市政府工作报告",
    "trends": "/trends?q=公文办结率",
    "carryover": "/carryover?unit=市政府办公厅&year=2021",
    "history": "/items/{item}/history",
    "compare": "/compare?items={item}&items={other}",
    "draft": "/draft",
    "check": "/check",
    "documents": "/documents",
    "document": "/documents/1",
    "settings": "/settings",
    "addin": "/addin/",
    "help": "/help",
    "problem": "/nowhere",
}
MAY_BE_MISSING = {"problem"}


def _two_items(browser: Browser, address: str) -> dict[str, int]:
    """Return the item on 公文 of 2021 and that of 2012."""
    page = browser.new_page()
    found = page.request.get(f"{address}/v1/search", params={"q": "公文办结率", "group": "false", "k": "20"})
    hits = [hit for hit in found.json()["hits"] if "公文" in hit["name"]]
    years = {hit["document"]["year"]: hit["item_id"] for hit in reversed(hits)}
    page.close()
    return {"item": years[2021], "other": years[2012]}


def small(picture: bytes) -> bytes:
    """Return a PNG with few colours, which is all that a page has."""
    from PIL import Image

    out = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def take(address: str, names: list[str], folder: Path) -> None:
    """Take the pages `names` of the service at `address`, each at three sizes, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        items = _two_items(browser, address)
        for name in names:
            for size in SIZES:
                page = browser.new_page(viewport=size)
                answer = page.goto(address + PAGES[name].format(**items), wait_until="networkidle")
                if answer is None or (not answer.ok and name not in MAY_BE_MISSING):
                    print(f"{name}: no such page")
                    page.close()
                    break
                path = folder / f"{name}-{size['width']}x{size['height']}.png"
                path.write_bytes(small(page.screenshot()))
                page.close()


def main(names: list[str]) -> None:
    """Serve the samples with the default model and take pictures."""
    quiet_threads()
    models = settings_from_environment().models
    with TemporaryDirectory() as kept:
        folder = Path(kept) / "duibiao"
        folder.mkdir()
        (folder / "models").symlink_to(models.resolve())
        with served(Settings.of_folder(folder)) as address:
            take(address, names or list(PAGES), FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])

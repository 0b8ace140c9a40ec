"""How soon a page shows something: first contentful paint over the two sample documents, in Chromium.

Run `python -m tests.benchmarks.bench_paint [RUNS]`. Every visit has an empty profile and an empty cache; the
service and its model are warm. It needs the default model and writes the table in docs/benchmarks.md.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from api.evaluating import write_section
from api.settings import Settings, quiet_threads, settings_from_environment
from tests.browser.serving import DESK, chromium, served

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PATHS = (
    "/",
    "/?q=公文办结率",
    "/ask?q=2021年公文办结率目标是多少",
    "/benchmarks?q=营商环境",
    "/bases?q=公文处理",
    "/trends?q=公文办结率",
    "/carryover?unit=市政府办公厅&year=2021",
    "/items/1/history",
    "/draft",
    "/documents/1",
)
_PAINT = """() => new Promise((resolve) => {
  const seen = performance.getEntriesByName("first-contentful-paint")[0];
  if (seen) { resolve(seen.startTime); return; }
  new PerformanceObserver((list) => {
    const one = list.getEntriesByName("first-contentful-paint")[0];
    if (one) resolve(one.startTime);
  }).observe({ type: "paint", buffered: true });
})"""


def first_paint(browser: Browser, address: str) -> float:
    """Return the milliseconds from the click until something is to be seen."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(address)
    painted: float = page.evaluate(_PAINT)
    context.close()
    return painted


def main(runs: int) -> None:
    """Write the median and the worst of `runs` visits of each page."""
    quiet_threads()
    models = settings_from_environment().models
    lines = [
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} from other work, {runs} visits a page.",
        "",
    ]
    lines += ["| page | first contentful paint, median | worst |", "|---|---|---|"]
    with TemporaryDirectory() as folder:
        settings = replace(Settings.of_folder(Path(folder)), models=models)
        with served(settings) as address, chromium() as browser:
            first_paint(browser, address + "/")
            for path in PATHS:
                times = [first_paint(browser, address + path) for _ in range(runs)]
                lines.append(f"| `{path}` | {median(times):.0f} ms | {max(times):.0f} ms |")
    write_section(PAGE, "paint", "\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)

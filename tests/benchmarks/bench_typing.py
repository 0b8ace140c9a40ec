"""How long a drafter waits beside the text: `python -m tests.benchmarks.bench_typing`.

Thirty phrases are typed into the draft workspace over the catalog `reports` of `tests.benchmarks.catalogs`;
what is measured is the time from the last key until the lookup for it is painted. The service runs in its own
process. Writes docs/benchmarks/typing.json and the table in docs/benchmarks.md.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from itertools import chain

import numpy as np
from playwright.sync_api import Page

from api.evaluating import write_section
from tests.benchmarks.catalogs import ROOT, catalog_of
from tests.benchmarks.service import served
from tests.browser.serving import DESK, chromium

PAGE = ROOT / "docs" / "benchmarks.md"
RESULT = ROOT / "docs" / "benchmarks" / "typing.json"
BETWEEN_KEYS = 140  # milliseconds
PHRASES = (
    "请示报告类公文办结率达到97%以上 12345热线按期办复率 举办新闻发布会不少于50场 会议数量较上年度压减10% "
    "一网通办率达到95%以上 保障性租赁住房筹集2万套 空气质量优良率 外贸进出口总额增长5% "
    "新增高新技术企业1000家 "
    "城镇新增就业35万人 建议提案办复率达到100% 优化口岸营商环境，海关通关时间压缩 老旧小区改造500个 "
    "新建改扩建中小学30所 生活垃圾回收利用率35% 每千人口医疗卫生机构床位数 森林覆盖率 单位GDP能耗下降3% "
    "规上工业增加值增长6% 实际使用外资20亿美元 轨道交通运营里程300公里 农村居民人均可支配收入 "
    "危化品企业安全检查全覆盖 食品抽检合格率98%以上 新增养老床位5000张 数字经济核心产业增加值占比 "
    "重点项目开工率 政务信息采用篇数 跨省通办事项200项 污水集中处理率"
).split()
_WATCH = """
window.shown = [];
addEventListener('input', () => { window.lastKey = performance.now(); }, true);
document.addEventListener('DOMContentLoaded', () => {
  new MutationObserver(() => {
    const key = window.lastKey;
    requestAnimationFrame(() => setTimeout(() => window.shown.push([key, performance.now() - key])));
  }).observe(document.getElementById('found'), { childList: true });
});
"""
_FINAL = "window.shown.filter(([key]) => key === window.lastKey).map(([, took]) => took).at(-1) ?? null"


@dataclass(frozen=True, slots=True)
class Result:
    """Milliseconds from the last key to the painted lookup."""

    phrases: int
    load_before: float
    p50: float
    p95: float
    worst: float


def waited(page: Page, phrase: str) -> float:
    """Type a phrase and return how long its lookup took. Raise RuntimeError where none was shown."""
    area = page.locator("[data-field=content]").first
    area.fill("")
    page.wait_for_timeout(400)
    page.evaluate("window.shown.length = 0")
    area.focus()
    for sign in phrase:
        page.keyboard.insert_text(sign)
        page.wait_for_timeout(BETWEEN_KEYS)
    page.wait_for_timeout(900)
    found: float | None = page.evaluate(_FINAL)
    if found is None:
        raise RuntimeError(f"nothing was shown for {phrase}")
    return found


def measure() -> Result:
    """Type all phrases, two of them first for warmth."""
    load = os.getloadavg()[0]
    with served(catalog_of("reports")) as port, chromium() as browser:
        context = browser.new_context(viewport=DESK)
        context.add_init_script(_WATCH)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/draft")
        page.locator("[data-whose=unit]").fill("市政府办公厅")
        page.locator("[data-whose=year]").fill("2022")
        found = [waited(page, phrase) for phrase in chain(PHRASES[:2], PHRASES)][2:]
        context.close()
    p50, p95 = (round(float(one)) for one in np.percentile(found, [50, 95]))
    return Result(len(found), round(load, 2), p50, p95, round(max(found)))


def table(result: Result) -> str:
    """Return what the page says."""
    return (
        "| phrases | from the last key to the shown lookup, p50 / p95 / worst ms | load from other work |\n"
        "|---|---|---|\n"
        f"| {result.phrases} | {result.p50} / {result.p95} / {result.worst} | {result.load_before} |"
    )


def main() -> None:
    """Measure and write."""
    result = measure()
    RESULT.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    write_section(PAGE, "typing", table(result))
    print(table(result))


if __name__ == "__main__":
    main()

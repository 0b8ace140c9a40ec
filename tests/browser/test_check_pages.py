from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, Visit

SEED = next((Path(__file__).parents[2] / "corpus" / "documents").glob("000*.txt"))
WORSE = "全年请示报告类公文办结率达到94%以上。"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A page whose requests may fail: the browser writes those to its console."""
    context = browser.new_context(viewport=DESK)
    yield context.new_page()
    context.close()


def check(page: Page) -> None:
    page.get_by_role("button", name="检查", exact=True).click()


def test_a_file_is_reviewed_item_by_item(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/check")
    page.get_by_label("草稿文件").set_input_files(SEED)
    page.locator("[name=year]").fill("2022")
    check(page)
    expect(page.locator(".facts").first).to_contain_text("市政府办公厅")
    groups = page.locator(".group")
    expect(groups.first.get_by_role("heading")).to_contain_text("重点目标 2 · 优化会务服务")
    expect(groups.first.get_by_role("heading")).to_contain_text("第 16 行")
    worse = page.locator(".finding").filter(has_text="数值不如上次")
    expect(worse).to_contain_text("不少于60条次")
    expect(worse.locator(".wording")).to_have_text("各级领导批示不少于130条次")
    total = page.locator(".finding").count()
    listed = page.locator(".overview li").count()
    assert total == listed > 5
    page.locator(".overview").get_by_role("link", name="数值不如上次").click()
    expect(page.locator(".finding:target")).to_contain_text("数值不如上次")
    worse.locator(".evidence a").click()
    expect(page.locator("article:target")).to_contain_text("市政府领导批示不少于130条次")


def test_rules_and_severities_are_switched_off(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/check")
    page.get_by_label("草稿文件").set_input_files(SEED)
    page.locator("[name=year]").fill("2022")
    page.get_by_label("表述空泛").uncheck()
    check(page)
    expect(page.locator(".finding").first).to_be_visible()
    expect(page.locator(".finding").filter(has_text="表述空泛")).to_have_count(0)
    page.locator(".asking summary").click()
    expect(page.get_by_label("表述空泛")).not_to_be_checked()
    notes = page.locator(".finding.note")
    expect(notes.first).to_be_visible()
    page.locator(".severities .show-note").uncheck()
    expect(notes.first).to_be_hidden()
    expect(page.locator(".finding.warning").first).to_be_visible()


def test_a_pasted_text_and_the_files_of_its_report(any_visit: Visit, tmp_path: Path) -> None:
    page = any_visit.page
    any_visit.open("/check?unit=市政府办公厅&year=2022")
    page.get_by_label("或者贴上文字").fill(WORSE)
    check(page)
    expect(page.locator(".finding")).to_have_count(1)
    files = {}
    for name in ("JSON", "SARIF"):
        with page.expect_download() as started:
            page.get_by_role("link", name=name).click()
        started.value.save_as(tmp_path / name)
        files[started.value.suggested_filename] = json.loads((tmp_path / name).read_text("utf-8"))
    assert files["检查结果.json"]["documents"][0]["findings"][0]["rule"] == "figure-worse"
    assert [one["ruleId"] for one in files["检查结果.sarif"]["runs"][0]["results"]] == ["figure-worse"]


def test_nothing_found_is_said(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/check?unit=市政府办公厅&year=2022")
    page.get_by_label("或者贴上文字").fill("全年请示报告类公文办结率达到99%以上。")
    check(page)
    expect(page.locator(".report")).to_contain_text("没有发现问题：选用的 14 条规则都通过了。")


def test_what_is_missing_is_said_before_anything_is_sent(visit: Visit) -> None:
    page = visit.page
    visit.open("/check")
    check(page)
    expect(page.get_by_role("status")).to_have_text("请选择草稿文件，或把文字贴在文本框里。")
    page.get_by_label("或者贴上文字").fill(WORSE)
    page.get_by_role("button", name="全不选").click()
    check(page)
    expect(page.get_by_role("status")).to_have_text("请至少勾选一条规则。")
    page.get_by_role("button", name="全选").click()
    expect(page.get_by_label("缺标杆城市")).to_be_checked()


def test_a_wording_is_copied(visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/check?unit=市政府办公厅&year=2022")
    page.get_by_label("或者贴上文字").fill(WORSE)
    check(page)
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "请示报告类公文办结率96%以上"


def test_texts_of_a_draft_are_never_markup(any_visit: Visit, tmp_path: Path) -> None:
    page = any_visit.page
    rows = ["2018年度业务目标", f"单位名称：{HOSTILE}", "\t类别\n\t序号\n\t目标名称\n\t目标内容"]
    rows += [f"\t{HOSTILE}\n\t1\n\t{HOSTILE}\n\t{HOSTILE}，进一步加强工作。"]
    (tmp_path / "<b>草稿.txt").write_text("\n\n".join(rows), "utf-8")
    any_visit.open("/check")
    page.get_by_label("草稿文件").set_input_files(tmp_path / "<b>草稿.txt")
    check(page)
    expect(page.locator(".group").first).to_contain_text("<script>alert(2)</script>")
    assert page.locator("main").locator("img, script, b").count() == 0


def test_an_unreadable_file_and_a_wrong_year(browser_page: Page, address: str, tmp_path: Path) -> None:
    page = browser_page
    page.goto(f"{address}/check")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    page.get_by_label("草稿文件").set_input_files(tmp_path / "坏.docx")
    page.locator("[name=unit]").fill("市政府办公厅")
    check(page)
    expect(page.get_by_role("alert")).to_contain_text("坏.docx")
    expect(page.locator("[name=unit]")).to_have_value("市政府办公厅")
    page.get_by_label("或者贴上文字").fill(WORSE)
    page.locator("[name=year]").fill("1800")
    check(page)
    expect(page.get_by_role("alert")).to_contain_text("年份 1800 不在范围内")
    expect(page.get_by_label("或者贴上文字")).to_have_value(WORSE)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_page_fits_and_prints(visit: Visit, size: dict[str, int]) -> None:
    page = visit.page
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    visit.open("/check?unit=市政府办公厅&year=2022")
    page.get_by_label("或者贴上文字").fill(WORSE)
    check(page)
    expect(page.locator(".finding")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.get_by_role("heading", level=1).count() == 1
    page.emulate_media(media="print")
    expect(page.locator(".check-form")).to_be_hidden()
    expect(page.locator(".finding")).to_be_visible()

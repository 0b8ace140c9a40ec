from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, Visit

PATHS = [
    "/",
    "/?q=2021年公文办结率",
    "/?q=公文&unit=市政府办公厅&k=30",
    "/ask?q=2021年公文办结率目标是多少",
    "/benchmarks?q=营商环境",
    "/bases?q=公文处理",
    "/trends?q=公文办结率",
    "/documents",
    "/documents/1",
    "/documents/2",
]


def test_searching_with_the_keyboard_alone(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("公文办结率")
    page.keyboard.press("Enter")
    hits = page.get_by_role("article")
    expect(hits.first).to_contain_text("公文")
    expect(hits.first.locator("mark").first).to_be_visible()
    link = hits.first.get_by_role("link").first
    name = link.inner_text()
    past = page.get_by_role("link", name="直接看结果")
    for _ in range(30):
        page.keyboard.press("Tab")
        if past.evaluate("link => link === document.activeElement"):
            page.keyboard.press("Enter")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("article:target")).to_contain_text(name)
    expect(page.locator("article:target")).to_be_in_viewport()


def test_a_year_in_the_words_becomes_a_chip_that_can_be_taken_off(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/?q=2021年公文办结率")
    chip = page.get_by_role("link", name="去掉限定：2021年")
    expect(chip).to_be_visible()
    expect(page.locator(".where").filter(has_text="2012年")).to_have_count(0)
    chip.click()
    expect(chip).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_have_value("公文办结率")
    expect(page.locator(".where").filter(has_text="2012年").first).to_be_visible()


def test_a_filter_narrows_the_hits(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/?q=公文")
    page.get_by_label("年份").select_option("2012")
    page.get_by_role("button", name="检索").click()
    expect(page.get_by_role("link", name="去掉限定：2012年")).to_be_visible()
    expect(page.locator(".where").filter(has_text="2021年")).to_have_count(0)
    expect(page.get_by_label("年份")).to_have_value("2012")


def test_the_question_goes_along_to_the_other_tabs(visit: Visit) -> None:
    page = visit.page
    visit.open("/?q=营商环境")
    page.get_by_role("link", name="标杆城市", exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value("营商环境")
    expect(page.get_by_role("heading", name="上海市")).to_be_visible()
    page.locator(".where a").first.click()
    expect(page.locator("article:target")).to_contain_text("上海市")


def test_a_series_is_a_table_by_year(visit: Visit) -> None:
    page = visit.page
    visit.open("/trends?q=公文办结率")
    rows = page.get_by_role("table").first.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("2012")
    expect(rows.nth(1)).to_contain_text("≥ 95%")
    expect(rows.nth(2)).to_contain_text("≥ 96%")


def test_an_uploaded_file_is_text_and_never_markup(any_visit: Visit, tmp_path: Path) -> None:
    page = any_visit.page
    name = "<b>目标.txt"
    content = "<img src=x onerror=alert(1)><script>alert(2)</script>修订《档案办法》，办结率达到91%以上。"
    rows = ["2018年度业务目标", "单位名称：<b>海市档案室</b>     联系人：钱某某      联系电话：85910000"]
    rows += ["\t类别\n\t序号\n\t目标名称\n\t目标内容", f"\t重点目标\n\t1\n\t<i>整理档案</i>\n\t{content}"]
    (tmp_path / name).write_text("\n\n".join(rows), "utf-8")
    any_visit.open("/documents")
    page.get_by_text("上传文件").click()
    page.get_by_label("文件").set_input_files(tmp_path / name)
    page.get_by_role("button", name="上传并导入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2018年度业务目标")
    item = page.get_by_role("article")
    expect(item).to_contain_text("<script>alert(2)</script>")
    expect(item).to_contain_text("<i>整理档案</i>")
    assert item.locator("img, script, i").count() == 0
    page.get_by_text("原文全文").click()
    expect(page.locator("pre")).to_contain_text("海市档案室")
    expect(page.locator("pre")).not_to_contain_text("85910000")
    page.get_by_text("移除这份文档").click()
    page.get_by_role("button", name="确认移除").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("文档")
    expect(page.get_by_role("status").first).to_contain_text("已移除“2018年度业务目标”")
    expect(page.get_by_role("table")).not_to_contain_text("2018年度业务目标")


@pytest.mark.parametrize("path", PATHS)
def test_pages_fit_a_desk_and_a_phone(visit: Visit, path: str) -> None:
    for size in (visit.page.viewport_size, PHONE):
        assert size is not None
        visit.page.set_viewport_size(size)
        visit.open(path)
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"]
        assert visit.page.get_by_role("main").count() == 1
        assert visit.page.get_by_role("heading", level=1).count() == 1


def test_every_field_has_a_name(visit: Visit) -> None:
    for path in ("/?q=公文", "/documents"):
        visit.open(path)
        nameless = visit.page.evaluate(
            "[...document.querySelectorAll('input, select, button, a')].filter("
            "e => !(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label')))"
            ".map(e => e.outerHTML)"
        )
        assert nameless == []


def test_changing_a_filter_asks_again_at_once_where_scripts_run(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/?q=公文")
    page.get_by_label("年份").select_option("2012")
    expect(page.get_by_role("link", name="去掉限定：2012年")).to_be_visible()
    page.wait_for_load_state("load")  # the shortcut is there once the page has run its script
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    context.close()

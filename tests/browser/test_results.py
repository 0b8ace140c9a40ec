"""What one does with results: narrow, compare, follow, cite, sort, and all of it with the keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit


def _focus_hit(page: Page, number: int) -> None:
    page.wait_for_load_state("load")
    page.get_by_role("heading", level=1).first.evaluate("() => document.activeElement.blur()")
    for _ in range(number):
        page.keyboard.press("j")
    expect(page.get_by_role("article").nth(number - 1)).to_be_focused()


def test_a_facet_narrows_and_says_what_it_counts(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/?q=公文")
    facets = page.get_by_role("complementary", name="缩小范围")
    expect(facets).to_contain_text("不只是列出的 10 条，也不是全库")
    facets.get_by_role("link", name="2012年").click()
    expect(page.get_by_role("link", name="去掉限定：2012年")).to_be_visible()
    expect(page.locator(".where").filter(has_text="2021年")).to_have_count(0)


def test_chosen_items_stand_side_by_side(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/?q=公文办结率&group=0")
    for year in ("2012年", "2021年"):
        hit = page.get_by_role("article").filter(has_text=year).filter(has_text="公文").first
        hit.get_by_role("checkbox").check()
    page.get_by_role("button", name="并排对照").click()
    assert page.url.count("items=") == 2
    row = page.get_by_role("row").filter(has_text="办结率").first
    expect(row).to_contain_text("≥ 95%")
    expect(row).to_contain_text("≥ 96%")
    expect(row).to_contain_text("不同")
    expect(page.get_by_role("article")).to_have_count(2)


def test_an_item_is_followed_over_the_years(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/?q=公文办结率&year=2021")
    page.get_by_role("article").filter(has_text="公文办结率").first.get_by_role("link", name="历年").click()
    years = page.locator(".timeline .year")
    expect(years).to_have_text(["2012年", "2021年"])
    expect(page.get_by_role("img", name="办结率").first).to_be_visible()
    page.get_by_role("link", name="与所查的对照").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("并排对照")


def test_a_citation_opens_the_source_at_its_words(visit: Visit) -> None:
    page = visit.page
    visit.open("/ask?q=2021年公文办结率目标是多少")
    quote = page.locator("#citation-1 blockquote").inner_text()
    page.locator("#citation-1 a").click()
    marked = page.locator("article:target mark.cited")
    expect(marked.first).to_be_in_viewport()
    assert "".join(marked.all_inner_texts()) == quote


def test_a_citation_is_copied_with_one_click(visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/?q=公文办结率&year=2021")
    page.get_by_role("button", name="复制引文").first.click()
    expect(page.get_by_role("status")).to_have_text("引文已复制，可以粘贴到文稿里。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“")
    assert "市政府办公厅2021年，" in copied


def test_what_needs_a_script_is_not_offered_without(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/?q=公文办结率")
    expect(page.get_by_role("button", name="并排对照")).to_be_visible()
    page.wait_for_load_state("load")
    shown = page.locator("button.copy").first.is_visible()
    assert shown is any_visit.scripts


def test_the_table_of_cities_is_sorted_in_place_and_by_its_address(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/benchmarks?q=公文办结率")
    table = page.locator("table.sortable")
    for wanted in ("ascending", "descending"):
        table.get_by_role("link", name="年份").click()
        expect(table.get_by_role("columnheader", name="年份")).to_have_attribute("aria-sort", wanted)
    years = table.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert years == sorted(years, reverse=True)
    assert "sort=year" in page.url
    assert "order=desc" in page.url
    page.reload()
    assert table.locator("tbody tr td:nth-child(3)").all_inner_texts() == years


def test_what_rests_on_a_basis(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/bases?q=《2012年市政府工作报告》")
    page.get_by_role("link", name="2012年市政府工作报告", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("row").nth(1).get_by_role("link").click()
    expect(page.locator("article:target")).to_be_in_viewport()


def test_what_became_of_a_units_targets(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/carryover")
    page.get_by_label("单位").fill("市政府办公厅")
    page.get_by_label("年份").fill("2021")
    page.get_by_role("button", name="比较").click()
    expect(page.get_by_role("main")).to_contain_text("市政府办公厅 2021年，与 2012年相比")
    page.get_by_role("link", name="不再出现").click()
    expect(page.get_by_role("link", name="不再出现")).to_have_attribute("aria-current", "true")
    expect(page.locator(".carried > .dropped").first).to_be_visible()
    expect(page.locator(".carried > .reworded")).to_have_count(0)


def test_the_keys_of_the_list(visit: Visit) -> None:
    page = visit.page
    visit.open("/?q=公文办结率")
    _focus_hit(page, 2)
    page.keyboard.press("k")
    expect(page.get_by_role("article").first).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("article").first.get_by_role("checkbox")).to_be_checked()
    name = page.get_by_role("article").first.get_by_role("link").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("article:target")).to_contain_text(name)


def test_the_help_opens_with_a_key_and_can_turn_keys_off(visit: Visit) -> None:
    page = visit.page
    visit.open("/?q=公文办结率")
    page.wait_for_load_state("load")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="快捷键")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    assert page.locator("article:focus").count() == 0
    page.keyboard.press("?")
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="关闭").click()
    page.keyboard.press("g")
    page.keyboard.press("5")
    expect(page).to_have_title("公文办结率 · 趋势 · 对标")


def test_the_help_is_a_page_where_no_script_runs(any_visit: Visit) -> None:
    any_visit.open("/help")
    expect(any_visit.page.get_by_role("heading", name="怎样使用对标")).to_be_visible()


def test_a_printed_page_holds_the_results_and_no_controls(visit: Visit) -> None:
    page = visit.page
    visit.open("/?q=公文办结率")
    page.emulate_media(media="print")
    expect(page.get_by_role("article").first).to_be_visible()
    for hidden in ("header", "aside.facets", ".pick", ".filters", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()

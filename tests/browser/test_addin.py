"""The pane: in a browser, in a stand-in for WPS, in a stand-in for Word, and when things go wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.hosts import WORD, WPS

WORDS = "全年公文按期办结率达到94%以上。"
NAME = "提升公文处理质效"
LABEL = "〔对标：市政府办公厅2021年业务目标，重点目标第1项〕"
MARK = re.compile(r"db1[a-z2-7]{32}")
COPIED = (
    "window.copied = [];"
    "document.addEventListener('copy', () => copied.push(String(document.activeElement.value)));"
)


def opened(visit: Visit, script: str, path: str = "/addin/") -> Page:
    visit.page.add_init_script(script)
    visit.open(path)
    return visit.page


def card(page: Page) -> Locator:
    return page.get_by_role("article").filter(has_text=NAME).first


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def calls(page: Page, name: str) -> list[Any]:
    return [call for call in host(page, "calls") if call[0] == name]


def host(page: Page, what: str) -> Any:
    return page.evaluate(f"() => window.host.{what}")


@pytest.fixture
def browser_pane(visit: Visit) -> Page:
    visit.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false });")
    return opened(visit, COPIED)


@pytest.fixture
def wps(visit: Visit) -> Page:
    page = opened(visit, WPS, "/addin/?host=wps")
    expect(card(page)).to_be_visible()
    return page


@pytest.fixture
def word(visit: Visit) -> Page:
    page = opened(visit, WORD, "/addin/?host=word")
    expect(card(page)).to_be_visible()
    return page


def test_typing_looks_up_and_copying_needs_no_editor(browser_pane: Page) -> None:
    page = browser_pane
    expect(status(page)).to_contain_text("粘贴到上面的框里")
    page.get_by_label("要查的文字").press_sequentially("公文按期办结率")
    expect(card(page)).to_be_visible()
    card(page).get_by_role("button", name="复制引文").click()
    expect(status(page)).to_have_text(f"已复制“{NAME}”的引文。")
    card(page).get_by_role("button", name="复制文字").click()
    expect(status(page)).to_have_text(f"已复制“{NAME}”的文字。")
    card(page).get_by_role("button", name="复制表格行").click()
    expect(status(page)).to_have_text(f"已复制“{NAME}”的表格行。")
    citation, text, row = page.evaluate("() => window.copied")
    assert citation.startswith("“加快公文运转")
    assert MARK.search(citation)
    assert text in citation
    assert row == f"重点目标\t{NAME}\t{text}"


def test_a_pasted_text_has_its_citations_checked(browser_pane: Page) -> None:
    page = browser_pane
    page.get_by_label("要查的文字").fill(WORDS)
    card(page).get_by_role("button", name="复制引文").click()
    expect(status(page)).to_contain_text("已复制")
    (citation,) = page.evaluate("() => window.copied")
    page.get_by_label("要查的文字").fill(f"草稿。{citation}另见db1{'a' * 32}。")
    page.get_by_role("button", name="核对引文").click()
    found = page.get_by_label("引文核对结果").get_by_role("listitem")
    expect(found).to_have_count(2)
    expect(found.first).to_contain_text("原文未变：市政府办公厅2021年业务目标，重点目标第1项。")
    expect(found.nth(1)).to_contain_text("这不是完整的对标引文标记")
    page.get_by_label("要查的文字").fill("没有引文的话")
    page.get_by_role("button", name="核对引文").click()
    expect(status(page)).to_contain_text("没有对标引文")


def test_only_the_newest_question_is_answered(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on(
        "request", lambda request: asked.append(request.url) if "/v1/lookup" in request.url else None
    )
    visit.open("/addin/")
    box = visit.page.get_by_label("要查的文字")
    box.press_sequentially("公文按期办结率", delay=20)
    expect(card(visit.page)).to_be_visible()
    assert len(asked) <= 2


def test_the_unit_of_the_draft_brings_warnings_and_is_remembered(visit: Visit) -> None:
    page = visit.page
    visit.open("/addin/")
    page.get_by_text("这份文稿").click()
    page.get_by_label("单位").fill("市政府办公厅")
    page.get_by_label("年份").fill("2022")
    page.get_by_label("要查的文字").fill(WORDS)
    expect(page.get_by_text("数值不如上次")).to_be_visible()
    page.reload()
    assert page.locator("#unit").input_value() == "市政府办公厅"


def test_wps_the_selection_is_looked_up_and_followed(wps: Page) -> None:
    assert wps.get_by_label("要查的文字").input_value() == WORDS
    assert ["event", "WindowSelectionChange"] in host(wps, "calls")
    wps.evaluate("() => { host.start = host.end = 2; host.told(); }")
    expect(wps.get_by_label("要查的文字")).to_have_value("前面的话。")
    wps.get_by_label("跟随选区").uncheck()
    wps.evaluate("() => { host.start = 6; host.end = 24; host.told(); }")
    wps.get_by_role("button", name="取选中的文字").click()
    expect(wps.get_by_label("要查的文字")).to_have_value(WORDS)


def test_wps_text_goes_behind_the_selection(wps: Page) -> None:
    card(wps).get_by_role("button", name="插入文字").click()
    expect(status(wps)).to_have_text(f"已插入“{NAME}”的文字。")
    assert host(wps, "text").startswith(f"前面的话。\r{WORDS}加快公文运转")
    assert host(wps, "text").endswith("压减10%。\r")
    wps.evaluate("() => window.host.told()")
    wps.wait_for_timeout(600)
    assert wps.get_by_label("要查的文字").input_value() == WORDS  # our own words are not looked up
    assert host(wps, "start") == host(wps, "end") == len(host(wps, "text")) - 1


def test_wps_a_citation_gets_a_bookmark_and_a_second_one_another(wps: Page) -> None:
    button = card(wps).get_by_role("button", name="插入引文")
    button.click()
    wps.wait_for_function("() => host.bookmarks.length === 1")
    button.click()
    wps.wait_for_function("() => host.bookmarks.length === 2")
    first, second = host(wps, "bookmarks")
    assert MARK.fullmatch(first["name"])
    assert second["name"] == f"{first['name']}_2"
    assert first["words"].startswith("“加快公文运转")
    assert first["words"].endswith(LABEL)
    wps.get_by_role("button", name="核对引文").click()
    expect(wps.get_by_label("引文核对结果")).to_contain_text("原文未变 1 处")


def test_wps_a_row_follows_the_table_at_the_cursor(wps: Page) -> None:
    wps.evaluate(
        "() => host.openTable([['序号', '目标名称', '目标内容'], ['1', '旧', '旧'], ['2', '尾', '尾']], 2)"
    )
    card(wps).get_by_role("button", name="插入表格行").click()
    expect(status(wps)).to_contain_text("表格行")
    rows = host(wps, "inTable.table.rows")
    assert [row[0] for row in rows] == ["序号", "1", "", "2"]
    assert rows[2][1] == NAME
    assert rows[2][2].startswith("加快公文运转")
    wps.evaluate("() => { host.merged = true; }")
    card(wps).get_by_role("button", name="插入表格行").click()
    expect(wps.get_by_role("alert")).to_contain_text("合并的单元格")


def test_wps_without_a_table_one_is_made(wps: Page) -> None:
    card(wps).get_by_role("button", name="插入表格行").click()
    expect(status(wps)).to_contain_text("表格行")
    headers, cells = host(wps, "tables[0].rows")
    assert headers == ["类别", "目标名称", "目标内容"]
    assert cells[:2] == ["重点目标", NAME]
    end = len(f"前面的话。\r{WORDS}")
    assert ["Tables.Add", end, end] in host(wps, "calls")


def test_wps_without_a_document(visit: Visit) -> None:
    page = opened(visit, WPS + "window.host.open = false;")
    page.get_by_role("button", name="取选中的文字").click()
    expect(page.get_by_role("alert")).to_contain_text("没有打开的文档")


def test_wps_with_nothing_selected_on_an_empty_line(visit: Visit) -> None:
    page = opened(visit, WPS + "window.host.text = '\\r'; window.host.start = window.host.end = 0;")
    page.get_by_role("button", name="取选中的文字").click()
    expect(page.get_by_role("alert")).to_contain_text("没有选中文字")


def test_wps_older_versions_have_another_entry(visit: Visit) -> None:
    older = (
        "const kept = Application; delete window.Application; window.wps = { WpsApplication: () => kept };"
    )
    page = opened(visit, WPS + older)
    expect(card(page)).to_be_visible()


def test_word_the_selection_is_looked_up_or_else_its_paragraph(word: Page) -> None:
    assert word.get_by_label("要查的文字").input_value() == WORDS
    assert ["event", "documentSelectionChanged"] in host(word, "calls")
    word.evaluate("() => { host.selected = ''; host.told(); }")
    expect(word.get_by_label("要查的文字")).to_have_value("光标所在的一段。")


def test_word_a_citation_is_a_content_control(word: Page) -> None:
    card(word).get_by_role("button", name="插入引文").click()
    expect(status(word)).to_have_text(f"已插入“{NAME}”的引文。")
    (control,) = host(word, "controls.map((one) => [one.tag, one.title])")
    assert MARK.fullmatch(control[0])
    assert len(control[0]) <= 64
    assert control[1] == "对标引文"
    written = next(call for call in host(word, "calls") if call[0] == "insertText")
    assert written[1].endswith(LABEL)
    assert written[2] == "End"
    word.get_by_role("button", name="核对引文").click()
    expect(word.get_by_label("引文核对结果")).to_contain_text("原文未变 1 处")


def test_word_text_and_rows(word: Page) -> None:
    card(word).get_by_role("button", name="插入文字").click()
    expect(status(word)).to_contain_text("的文字")
    card(word).get_by_role("button", name="插入表格行").click()
    expect(status(word)).to_contain_text("的表格行")
    (made,) = calls(word, "insertTable")
    assert made[:4] == ["insertTable", 2, 3, "After"]
    assert made[4][0] == ["类别", "目标名称", "目标内容"]
    word.evaluate("() => { host.table = [['目标内容', '备注'], ['旧', '']]; }")
    card(word).get_by_role("button", name="插入表格行").click()
    word.wait_for_function("() => host.calls.some((one) => one[0] === 'insertRows')")
    (added,) = calls(word, "insertRows")
    assert added[1:3] == ["After", 1]
    assert added[3][0][0].startswith("加快公文运转")
    assert added[3][0][1] == ""


def test_word_says_what_it_refuses(word: Page) -> None:
    word.evaluate("() => { host.broken = true; }")
    card(word).get_by_role("button", name="插入文字").click()
    expect(word.get_by_role("alert")).to_contain_text("Word 没有完成这一步：GeneralException")
    word.evaluate("() => { host.broken = false; }")
    word.get_by_role("button", name="再试一次").click()
    expect(status(word)).to_contain_text("已插入")
    expect(word.get_by_role("alert")).to_be_hidden()


def test_word_of_old_versions_writes_through_the_common_interface(visit: Visit) -> None:
    page = opened(visit, WORD + "delete window.Word;", "/addin/?host=word")
    card(page).get_by_role("button", name="插入引文").click()
    expect(status(page)).to_contain_text("已插入")
    (written,) = calls(page, "setSelectedDataAsync")
    assert written[1].startswith(WORDS)
    assert MARK.search(written[1])


def test_word_without_office_js_goes_on_by_pasting(visit: Visit) -> None:
    visit.open("/addin/?host=word")
    expect(visit.page.locator("#host-note")).to_contain_text("管理员没有设置 Office.js 的地址")
    visit.page.get_by_label("要查的文字").fill(WORDS)
    expect(card(visit.page).get_by_role("button", name="复制引文")).to_be_visible()


def test_a_service_that_is_down_is_said_and_tried_again(visit: Visit) -> None:
    page = visit.page
    visit.open("/addin/")

    def down(route: Route) -> None:
        route.abort("connectionrefused")

    page.route("**/v1/lookup", down)
    page.get_by_label("要查的文字").fill(WORDS)
    expect(page.get_by_role("alert")).to_contain_text("连不上对标服务")
    page.unroute("**/v1/lookup")
    page.get_by_role("button", name="再试一次").click()
    expect(card(page)).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()
    visit.faults[:] = [fault for fault in visit.faults if "ERR_CONNECTION_REFUSED" not in fault]


def test_what_the_service_refuses_is_said_in_its_words(visit: Visit) -> None:
    page = visit.page
    visit.open("/addin/")
    page.route(
        "**/v1/insertions",
        lambda route: route.fulfill(
            status=404, json={"detail": "目标库里没有编号为 1 的条目，可能已被移除；请重新查找。"}
        ),
    )
    page.get_by_label("要查的文字").fill(WORDS)
    card(page).get_by_role("button", name="复制文字").click()
    expect(page.get_by_role("alert")).to_contain_text("可能已被移除")
    visit.faults[:] = [fault for fault in visit.faults if "404" not in fault]


def test_markup_in_documents_is_text(visit: Visit) -> None:
    page = visit.page
    visit.open("/addin/")

    def hostile(route: Route) -> None:
        answer = route.fetch()
        said = answer.json()
        for hit in said["hits"]:
            hit.update(
                name="<img src=x onerror=alert(1)>", content="<script>alert(1)</script>", highlights=[]
            )
        route.fulfill(json=said)

    page.route("**/v1/lookup", hostile)
    page.get_by_label("要查的文字").fill(WORDS)
    expect(page.get_by_role("article").first).to_contain_text("<script>alert(1)</script>")
    assert page.locator("article img, article script").count() == 0


@pytest.mark.parametrize("width", [320, 380, 600])
def test_nothing_sticks_out(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.open("/addin/")
    visit.page.get_by_label("要查的文字").fill(WORDS)
    expect(card(visit.page)).to_be_visible()
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    visit.open("/addin/")
    page.get_by_label("要查的文字").fill(WORDS)
    expect(card(page)).to_be_visible()
    target = card(page).get_by_role("button", name="复制文字")
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text(f"已复制“{NAME}”的文字。")


def test_how_to_install_and_without_scripts(any_visit: Visit) -> None:
    any_visit.open("/addin/install")
    expect(any_visit.page.get_by_role("heading", name="WPS 文字")).to_be_visible()
    any_visit.open("/addin/")
    expect(any_visit.page.get_by_label("要查的文字")).to_be_visible()

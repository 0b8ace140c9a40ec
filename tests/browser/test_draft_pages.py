from __future__ import annotations

import json

from playwright.sync_api import Browser, Locator, Request, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import RATE, Desk


def test_writing_brings_the_past_and_a_digit_inserts_it(desk: Desk) -> None:
    desk.whose()
    desk.type("公文办结率")
    desk.note()
    expect(desk.page.locator("#looked")).to_contain_text("个往年数值")
    expect(desk.field("content")).to_be_focused()
    desk.page.keyboard.type("：")
    desk.page.keyboard.press("Alt+1")
    expect(desk.field("content")).to_have_value(f"公文办结率：{RATE}")
    expect(desk.field("content")).to_be_focused()
    desk.page.keyboard.type("。")
    expect(desk.field("content")).to_have_value(f"公文办结率：{RATE}。")
    (taken,) = desk.taken()
    assert (taken["text"], taken["into"], taken["field"]) == (RATE, "content", "content")
    assert taken["end"] > taken["start"]


def test_an_insertion_keeps_a_source_that_can_be_followed(desk: Desk) -> None:
    desk.whose()
    desk.type("公文办结率")
    desk.note()
    desk.page.keyboard.press("Alt+1")
    desk.entries.first.get_by_text("取自往年的内容（1）").click()
    link = desk.entries.first.locator(".taken a")
    expect(link).to_have_text("2021年 市政府办公厅 · 重点目标 1")
    with desk.page.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator("article:target")).to_contain_text(RATE)
    opened.value.close()
    desk.field("content").fill("换了一句话。")
    expect(desk.entries.first.locator(".taken")).to_contain_text("已改动，请核对")
    desk.page.get_by_role("button", name="不再记这处出处").click()
    expect(desk.entries.first.locator(".taken")).to_be_hidden()
    assert desk.taken() == []


def test_a_click_inserts_at_the_caret_and_keys_undo_it(desk: Desk) -> None:
    desk.whose()
    desk.type("全年公文办结率。")
    desk.note()
    desk.page.keyboard.press("ArrowLeft")
    desk.found.locator("[data-key='1']").click()
    expect(desk.field("content")).to_have_value(f"全年公文办结率{RATE}。")
    expect(desk.field("content")).to_be_focused()
    desk.page.keyboard.press("Control+z")
    expect(desk.field("content")).to_have_value("全年公文办结率。")
    assert desk.stored()["items"][0]["content"] == "全年公文办结率。"


def test_city_and_basis_go_into_their_fields(desk: Desk) -> None:
    desk.type("优化口岸营商环境，对标上海市")
    city = desk.found.get_by_role("button", name="写入标杆").first
    expect(city).to_be_visible()
    city.click()
    expect(desk.field("benchmark_city")).to_have_value("上海市")
    expect(desk.field("benchmark_value")).not_to_have_value("")
    desk.field("content").fill("")
    desk.type("公文处理通报制度，公文按期办结率")
    basis = desk.found.get_by_role("button", name="写入依据")
    expect(basis.first).to_be_visible()
    desk.field("basis_text").fill("已有的文件。")
    desk.field("content").focus()
    basis.first.click()
    written = desk.field("basis_text").input_value()
    assert written.startswith("已有的文件；")
    assert len(written) > len("已有的文件；") + 3
    kinds = {one["into"] for one in desk.taken()}
    assert kinds == {"benchmark_city", "benchmark_value", "basis_text"}


def test_only_what_is_selected_is_looked_up(desk: Desk) -> None:
    asked: list[str] = []

    def hear(request: Request) -> None:
        if request.url.endswith("/draft/lookup"):
            asked.append((request.post_data_json or {})["text"])

    desk.page.on("request", hear)
    desk.whose()
    desk.field("name").fill("甲工作")
    desk.field("content").fill("全年公文办结率95%。组织新闻发布会30次，督促区市回应。")
    desk.field("content").focus()
    desk.page.evaluate(
        "const area = document.querySelector('[data-field=content]');"
        "area.setSelectionRange(area.value.indexOf('新闻'), area.value.indexOf('30次'))"
    )
    expect(desk.found).to_contain_text("新闻发布会50场以上")
    desk.page.wait_for_timeout(300)
    assert asked[-1] == "新闻发布会"
    with desk.page.expect_response("**/draft/lookup"):
        desk.page.keyboard.press("Control+Home")
    assert asked[-1] == "甲工作 全年公文办结率95%"


def test_stale_answers_never_show(desk: Desk) -> None:
    seen: list[str] = []
    desk.page.expose_function("seen", lambda text: seen.append(text))
    desk.page.evaluate(
        "new MutationObserver(() => seen(document.querySelector('#found').textContent))"
        ".observe(document.querySelector('#found'), {childList: true})"
    )
    desk.field("content").press_sequentially("公文办结率", delay=140)
    desk.note()
    desk.page.keyboard.press("Control+Enter")
    desk.page.wait_for_timeout(400)
    assert seen
    assert all("办结率" in one for one in seen[-2:])


def test_a_draft_survives_a_reload_and_clearing_can_be_undone(desk: Desk) -> None:
    desk.whose()
    desk.type("整理档案", "name")
    desk.page.keyboard.press("Alt+n")
    expect(desk.field("name", 1)).to_be_focused()
    desk.page.keyboard.type("举办讲座")
    desk.page.reload()
    expect(desk.field("name")).to_have_value("整理档案")
    expect(desk.field("name", 1)).to_have_value("举办讲座")
    expect(desk.page.locator("[data-whose=year]")).to_have_value("2022")
    desk.do("clear").click()
    expect(desk.entries).to_have_count(1)
    expect(desk.field("name")).to_have_value("")
    expect(desk.said).to_contain_text("已清空 2 条")
    desk.page.reload()
    expect(desk.page.locator("#undo")).to_contain_text("已清空 2 条。")
    desk.page.keyboard.press("Alt+z")
    expect(desk.field("name", 1)).to_have_value("举办讲座")
    expect(desk.page.locator("#undo")).to_be_hidden()
    desk.page.keyboard.press("Alt+z")
    expect(desk.said).to_have_text("没有可以撤销的操作。")


def test_items_are_moved_and_removed(desk: Desk) -> None:
    for name in ("甲", "乙", "丙"):
        desk.type(name, "name", desk.entries.count() - 1)
        desk.page.keyboard.press("Alt+n")
    desk.entries.nth(2).get_by_role("button", name="上移").click()
    names = [desk.field("name", place).input_value() for place in range(4)]
    assert names == ["甲", "丙", "乙", ""]
    expect(desk.entries.nth(1).locator(".ordinal")).to_have_text("2")
    desk.entries.nth(0).get_by_role("button", name="删除").click()
    expect(desk.entries).to_have_count(3)
    expect(desk.field("name", 0)).to_be_focused()
    desk.page.locator("#undo").get_by_role("button").click()
    expect(desk.field("name", 0)).to_have_value("甲")
    desk.field("content", 0).focus()
    desk.page.keyboard.press("Alt+ArrowDown")
    expect(desk.field("content", 1)).to_be_focused()


def test_a_proposal_is_chosen_from(desk: Desk) -> None:
    desk.type("公文办结率", "name")
    desk.page.keyboard.press("Alt+g")
    expect(desk.said).to_contain_text("请先在上方填写单位")
    expect(desk.page.locator("[data-whose=unit]")).to_be_focused()
    desk.whose()
    desk.field("content").fill("原来的内容。")
    desk.entries.first.get_by_role("button", name="生成建议稿").click()
    proposal = desk.page.locator("#proposal")
    expect(proposal).to_contain_text("数值怎么定")
    proposal.get_by_role("button", name="采用这份建议稿").click()
    expect(desk.field("content")).to_have_value(proposal_text(proposal))
    expect(desk.field("name")).to_have_value("公文办结率")
    assert desk.field("category").input_value() != ""
    assert desk.taken()
    desk.page.keyboard.press("Alt+z")
    expect(desk.field("content")).to_have_value("原来的内容。")
    proposal.get_by_role("button", name="收起").click()
    expect(proposal).to_be_hidden()
    expect(desk.field("content")).to_be_focused()


def proposal_text(proposal: Locator) -> str:
    return "".join(proposal.locator(".cited").all_inner_texts())


def test_another_wording_can_be_chosen(desk: Desk) -> None:
    desk.whose()
    desk.page.locator("#topic").fill("新闻发布会")
    desk.page.keyboard.press("Enter")
    choice = desk.page.locator("#proposal").get_by_role("button", name="用这种写法").first
    expect(choice).to_be_visible()
    wording = choice.locator("xpath=ancestor::li").locator(".content").inner_text()
    choice.click()
    expect(desk.field("content")).to_have_value(wording)
    assert {one["text"] for one in desk.taken()}


def test_a_review_stands_beside_the_items_and_its_wording_is_accepted(desk: Desk) -> None:
    desk.whose()
    desk.type("提升公文处理质效", "name")
    desk.field("content").fill("全年请示报告类公文办结率达到94%以上。")
    desk.page.keyboard.press("Alt+c")
    finding = desk.entries.first.locator(".finding").filter(has_text="数值不如上次")
    expect(finding).to_contain_text("低了2个百分点")
    expect(desk.said).to_contain_text("检查完")
    finding.get_by_role("button", name="采用").click()
    expect(desk.field("content")).to_have_value("全年请示报告类公文办结率96%以上。")
    expect(finding.get_by_role("button")).to_have_text("已采用")
    desk.page.locator("#whole summary").click()
    desk.page.locator("#whole").get_by_role("button", name="补上这一条").first.click()
    expect(desk.entries).to_have_count(2)
    expect(desk.field("name", 1)).to_have_value("优化会务服务")
    assert desk.taken(1)[0]["into"] == "content"
    desk.page.keyboard.press("Alt+z")
    expect(desk.entries).to_have_count(1)


def test_what_changed_after_the_review_is_not_replaced(desk: Desk) -> None:
    desk.whose()
    desk.type("提升公文处理质效", "name")
    desk.field("content").fill("全年请示报告类公文办结率达到94%以上。")
    desk.do("check").click()
    finding = desk.entries.first.locator(".finding").filter(has_text="数值不如上次")
    expect(finding).to_be_visible()
    desk.field("content").fill("全部重写过了。")
    expect(desk.entries.first.locator(".findings")).to_have_attribute("data-stale", "")
    finding.get_by_role("button", name="采用").click()
    expect(desk.said).to_contain_text("检查之后改过了，没有替换")
    expect(desk.field("content")).to_have_value("全部重写过了。")


def test_a_draft_that_somebody_tampered_with_opens(desk: Desk) -> None:
    kept = {"items": [{"name": 5}, None, {"name": "甲", "inserted": [None, {"text": 1}]}], "unit": []}
    desk.page.evaluate("kept => localStorage.setItem('duibiao.draft', kept)", json.dumps(kept))
    desk.page.reload()
    expect(desk.field("name", 1)).to_have_value("甲")
    desk.page.evaluate("localStorage.setItem('duibiao.draft', 'x')")
    desk.page.reload()
    expect(desk.entries).to_have_count(1)


def test_the_printed_page_is_a_table(desk: Desk) -> None:
    desk.whose()
    desk.type("整理档案", "name")
    desk.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    desk.page.emulate_media(media="print")
    expect(desk.page.locator("#printed")).to_contain_text("2022年度业务目标（市政府办公厅）")
    expect(desk.page.locator("#printed td").nth(2)).to_have_text("整理档案")
    expect(desk.page.locator("#workspace")).to_be_hidden()


def test_the_keys_are_written_on_the_page(desk: Desk) -> None:
    desk.page.get_by_text("键盘操作").click()
    expect(desk.page.locator(".shortcuts")).to_contain_text("立即查光标所在的句子")
    desk.type("公文办结率", "name")
    with desk.page.expect_response("**/draft/lookup"):
        desk.page.keyboard.press("Control+Enter")


def test_without_scripts_a_text_is_looked_up_proposed_and_checked(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/draft?q=公文办结率")
    expect(page.locator("#workspace")).to_be_hidden()
    page.locator(".plain").get_by_label("单位").fill("市政府办公厅")
    page.get_by_role("button", name="查往年").click()
    expect(page.locator(".found")).to_contain_text("2021年 请示报告类公文办结率 ≥ 96%")
    assert page.locator(".found button").count() == 0
    page.get_by_role("button", name="生成建议稿").click()
    expect(page.get_by_role("alert")).to_contain_text("没有写明年份")
    expect(page.locator(".plain").get_by_label("目标内容或主题")).to_have_value("公文办结率")
    page.locator(".plain").get_by_label("年份").fill("2022")
    page.get_by_role("button", name="生成建议稿").click()
    expect(page.locator(".proposal")).to_contain_text("数值怎么定")
    page.locator(".plain").get_by_label("目标内容或主题").fill("全年请示报告类公文办结率达到94%以上。")
    page.get_by_role("button", name="检查这段文字").click()
    expect(page.locator(".finding")).to_contain_text("数值不如上次")
    context.close()


def test_the_workspace_fits_and_its_fields_have_names(desk: Desk) -> None:
    desk.whose()
    desk.type("公文办结率")
    desk.note()
    for size in (DESK, PHONE):
        desk.page.set_viewport_size(size)
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    nameless = desk.page.evaluate(
        "[...document.querySelectorAll('input, select, textarea, button, a')].filter("
        "e => !([...(e.labels ?? [])].some(l => l.textContent.trim()) || e.textContent.trim()"
        " || e.getAttribute('aria-label'))).map(e => e.outerHTML)"
    )
    assert nameless == []
    assert desk.page.get_by_role("heading", level=1).count() == 1

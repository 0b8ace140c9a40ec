from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import DESK, PHONE, Visit

PHONE_NUMBER = "85910000"


def text_of(year: int, name: str = "整理档案", unit: str = "海市档案室") -> str:
    head = f"{year}年度业务目标\n\n单位名称：{unit}     联系人：钱某某      联系电话：{PHONE_NUMBER}\n\n"
    rows = f"\t重点目标\n\t1\n\t{name}\n\t差错较上年度（200件）压减10%，对标城市为南京市。"
    return f"{head}\t类别\n\t序号\n\t目标名称\n\t目标内容\n\n{rows}\n"


def payload(name: str, content: bytes | str) -> FilePayload:
    content = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def open_upload(page: Page) -> None:
    page.locator("details", has_text="上传文件").locator("summary").first.click()


def remove(page: Page) -> None:
    page.get_by_text("移除这份文档").click()
    page.get_by_role("button", name="确认移除").click()


def upload_one(visit: Visit, name: str, content: str) -> str:
    """Upload a file and return the address of its document, which is shown then."""
    page = visit.page
    visit.open("/documents")
    open_upload(page)
    page.locator("input[type=file]").set_input_files(payload(name, content))
    page.get_by_role("button", name="上传并导入").click()
    page.wait_for_url("**/documents/*")
    return page.url.removeprefix(visit.address)


def test_several_files_are_followed_to_their_ends(visit: Visit) -> None:
    page = visit.page
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("甲.txt", text_of(2001))
        archive.writestr("乙.txt", text_of(2002))
    visit.open("/documents")
    open_upload(page)
    files = [payload("丙.txt", text_of(2003)), payload("空.txt", b""), payload("包.zip", packed.getvalue())]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator(".tally")).to_have_text("已选择 3 个文件，点击“上传并导入”开始。")
    page.get_by_role("button", name="上传并导入").click()
    expect(page.locator(".tally")).to_have_text("完成：2 个已导入，1 个没有导入。")
    rows = page.locator(".uploads li")
    expect(rows.nth(0)).to_contain_text("已导入。 查看读到的内容：2003年度业务目标（1 条）")
    expect(rows.nth(1)).to_contain_text("空.txt")
    expect(rows.nth(1).locator(".said")).to_contain_text("；")
    expect(rows.nth(2).get_by_role("link")).to_have_count(2)
    rows.nth(2).get_by_role("link", name="2002").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2002年度业务目标")


def test_files_can_be_dropped(visit: Visit) -> None:
    page = visit.page
    visit.open("/documents")
    page.evaluate(
        """([name, text]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], name));
            for (const kind of ["dragenter", "dragover", "drop"]) {
                const options = { bubbles: true, cancelable: true, dataTransfer: carried };
                document.querySelector("main").dispatchEvent(new DragEvent(kind, options));
            }
        }""",
        ["丁.txt", text_of(2004)],
    )
    page.get_by_role("button", name="上传并导入").click()
    page.wait_for_url("**/documents/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("2004年度业务目标")


def test_a_file_over_the_limit_is_told_before_it_is_sent(visit: Visit) -> None:
    page = visit.page
    visit.open("/documents")
    open_upload(page)
    page.locator("input[type=file]").set_input_files(payload("大.txt", b"x" * (33 * 1024 * 1024)))
    expect(page.locator(".uploads li")).to_contain_text("文件有 33.0 MB，超过 32 MB 的上限")
    expect(page.locator(".tally")).to_have_text("完成：1 个没有导入。")


def test_several_files_without_scripts(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/documents")
    open_upload(page)
    page.locator("input[type=file]").set_input_files(
        [payload("戊.txt", text_of(2005)), payload("己.txt", b"")]
    )
    page.get_by_role("button", name="上传并导入").click()
    told = page.locator(".outcomes, .uploads").filter(has_text="戊.txt")
    expect(told).to_contain_text("2005年度业务目标")
    expect(told.locator("li.failed")).to_contain_text("己.txt")


def test_how_a_document_was_read_is_shown_stage_by_stage(any_visit: Visit) -> None:
    page = any_visit.page
    upload_one(any_visit, "庚.txt", text_of(2006))
    stages = page.locator(".stages li")
    expect(stages).to_have_count(6)
    expect(stages.nth(1)).to_contain_text("每行一个单元格、以制表符开头")
    expect(stages.nth(2)).to_contain_text("2006 海市档案室")
    expect(stages.nth(4)).to_contain_text("指标 1，标杆 1，依据 0")
    expect(page.locator("mark.figure").last).to_contain_text("压减10%")
    expect(page.locator(".facts")).to_contain_text("取自标题")
    page.get_by_role("link", name="查看原文").click()
    expect(page.locator("#text")).to_be_visible()
    expect(page.locator("#text")).not_to_contain_text(PHONE_NUMBER)


def test_correcting_and_taking_back(any_visit: Visit) -> None:
    page = any_visit.page
    address = upload_one(any_visit, "辛.txt", text_of(2007, "辛的档案"))
    page.get_by_role("link", name="手工修正").click()
    page.get_by_label("年份").fill("2009")
    page.get_by_label("单位").fill("海市档案局")
    page.get_by_label("1 辛的档案").fill("创优目标")
    page.get_by_role("button", name="保存修正").click()
    expect(page.get_by_role("status").first).to_contain_text("修正已保存")
    expect(page.locator(".facts")).to_contain_text("2009 手工修正（读到的是：2007，取自标题）")
    expect(page.get_by_role("article")).to_contain_text("类别手工修正，读到的是：重点目标")
    any_visit.open(f"{address}/correct")
    page.get_by_role("button", name="撤回这份文档的全部修正").click()
    expect(page.locator(".facts")).to_contain_text("2007 取自标题")
    expect(page.get_by_role("article")).not_to_contain_text("类别手工修正")
    remove(page)


def test_a_correction_that_cannot_be_is_told_and_what_was_written_stays(visit: Visit) -> None:
    page = visit.page
    visit.open("/documents/1/correct")
    page.get_by_label("单位").fill("办公厅 13812345678")
    page.get_by_role("button", name="保存修正").click()
    expect(page.get_by_role("alert")).to_contain_text("单位里有联系人或电话")
    expect(page.get_by_label("单位")).to_have_value("办公厅 13812345678")
    visit.faults[:] = [fault for fault in visit.faults if "422" not in fault]  # which the browser notes


def test_removing_can_be_undone(any_visit: Visit) -> None:
    page = any_visit.page
    address = upload_one(any_visit, "壬.txt", text_of(2010, "壬的档案"))
    item = page.get_by_role("article").get_attribute("id")
    remove(page)
    expect(page.get_by_role("table")).not_to_contain_text("壬.txt")
    any_visit.open("/?q=壬的档案&year=2010&literal=1")
    expect(page.get_by_role("link", name="壬的档案")).to_have_count(0)
    page.go_back()
    page.get_by_role("button", name="撤销移除").click()
    assert page.url.removeprefix(any_visit.address) == address
    assert page.get_by_role("article").get_attribute("id") == item
    remove(page)
    any_visit.open("/documents")
    page.get_by_text("最近移除的文档").click()
    expect(page.locator(".bin li").first).to_contain_text("壬.txt")


def test_the_settings_tell_values_sources_and_health(any_visit: Visit) -> None:
    page = any_visit.page
    any_visit.open("/settings")
    row = page.get_by_role("row").filter(has_text="DUIBIAO_MAX_UPLOAD_MB")
    expect(row).to_contain_text("32")
    expect(row).to_contain_text("默认")
    page.get_by_role("button", name="运行检查").click()
    expect(page.locator(".checks li")).to_have_count(8)
    expect(page.locator(".checks")).to_contain_text("份文档。")


PATHS = ["/documents", "/documents/1", "/documents/2/correct", "/settings", "/settings/checks"]


@pytest.mark.parametrize("path", PATHS)
def test_pages_fit_and_every_field_has_a_name(visit: Visit, path: str) -> None:
    for size in (DESK, PHONE):
        visit.page.set_viewport_size(size)
        visit.open(path)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        nameless = visit.page.evaluate(
            "[...document.querySelectorAll('input, select, button, a')].filter("
            "e => !(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label')))"
            ".map(e => e.outerHTML)"
        )
        assert nameless == []

"""Drafts as files, and what happens when something fails."""

from __future__ import annotations

import json
from pathlib import Path

import docx
from playwright.sync_api import expect

from ingest.readers.contract import Source
from ingest.reading import read_source
from tests.browser.desk import RATE, Desk

SEED = next((Path(__file__).parents[2] / "corpus" / "documents").glob("000*.txt"))
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_out_to_a_file_and_in_again(desk: Desk, tmp_path: Path) -> None:
    desk.whose()
    desk.type("提升公文处理质效", "name")
    desk.type("重点目标", "category")
    desk.type("公文办结率：")
    desk.note()
    desk.page.keyboard.press("Alt+1")
    for kind in ("docx", "xlsx", "txt"):
        with desk.page.expect_download() as started:
            desk.do(kind).click()
        assert started.value.suggested_filename == f"市政府办公厅2022年度业务目标.{kind}"
        started.value.save_as(tmp_path / f"草稿.{kind}")
        (document,) = read_source(Source(f"草稿.{kind}", (tmp_path / f"草稿.{kind}").read_bytes())).documents
        assert [(one.name, one.content) for one in document.items] == [
            ("提升公文处理质效", f"公文办结率：{RATE}")
        ]
    comments = list(docx.Document(str(tmp_path / "草稿.docx")).comments)
    assert ["市政府办公厅2021年，重点目标 1" in one.text for one in comments] == [True]
    desk.do("clear").click()
    desk.page.locator("input[type=file]").set_input_files(tmp_path / "草稿.docx")
    expect(desk.said).to_have_text("已从“草稿.docx”读入 1 条。")
    expect(desk.field("content")).to_have_value(f"公文办结率：{RATE}")


def test_a_whole_document_is_imported_and_checked(desk: Desk) -> None:
    desk.page.locator("input[type=file]").set_input_files(SEED)
    expect(desk.entries).to_have_count(12)
    expect(desk.page.locator("[data-whose=unit]")).to_have_value("市政府办公厅")
    expect(desk.page.locator("[data-whose=year]")).to_have_value("2021")
    expect(desk.field("benchmark_city", 10)).to_have_value("苏州市")
    assert "85913017" not in json.dumps(desk.stored())
    desk.page.locator("[data-whose=year]").fill("2023")
    desk.do("check").click()
    expect(desk.entries.nth(10).locator(".finding").filter(has_text="标杆值过时")).to_be_visible()
    desk.page.locator("#undo").get_by_role("button").click()
    expect(desk.entries).to_have_count(1)


def test_texts_of_files_are_never_markup(desk: Desk, tmp_path: Path) -> None:
    rows = ["2018年度业务目标", f"单位名称：{HOSTILE}", "\t类别\n\t序号\n\t目标名称\n\t目标内容"]
    rows += [f"\t重点目标\n\t1\n\t{HOSTILE}\n\t{HOSTILE}，进一步加强工作。"]
    (tmp_path / "<b>草稿.txt").write_text("\n\n".join(rows), "utf-8")
    desk.page.locator("input[type=file]").set_input_files(tmp_path / "<b>草稿.txt")
    expect(desk.said).to_contain_text("已从“<b>草稿.txt”读入 1 条。")
    expect(desk.field("name")).to_have_value(HOSTILE)
    desk.do("check").click()
    expect(desk.entries.first.locator(".finding").first).to_be_visible()
    assert desk.page.locator("main").locator("img, script, b").count() == 0


def test_a_service_that_is_down_loses_nothing(rough: Desk) -> None:
    rough.whose()
    rough.page.route("**/draft/**", lambda route: route.abort())
    rough.type("公文办结率")
    alert = rough.found.get_by_role("alert")
    expect(alert).to_contain_text("连不上对标服务")
    expect(alert).to_contain_text("不会丢")
    expect(rough.field("content")).to_be_focused()
    for name in ("check", "docx", "propose"):
        rough.do(name).click()
        expect(rough.said).to_contain_text("连不上对标服务")
    rough.page.unroute("**/draft/**")
    rough.page.reload()
    expect(rough.field("content")).to_have_value("公文办结率")
    rough.page.route("**/draft/lookup", lambda route: route.abort())
    rough.field("content").focus()
    expect(alert).to_be_visible()
    rough.page.unroute("**/draft/lookup")
    alert.get_by_role("button", name="再试一次").click()
    rough.note()


def test_refusals_are_shown_in_words(rough: Desk, tmp_path: Path) -> None:
    rough.do("check").click()
    expect(rough.said).to_contain_text("草稿里还没有内容")
    rough.page.keyboard.press("Alt+9")
    expect(rough.said).to_have_text("右边没有标着 9 的内容。")
    rough.type("公文办结率", "name")
    rough.do("docx").click()
    expect(rough.said).to_contain_text("请在上方填写单位和年份")
    (tmp_path / "空.docx").write_bytes(b"")
    rough.page.locator("input[type=file]").set_input_files(tmp_path / "空.docx")
    expect(rough.said).to_contain_text("空.docx")
    expect(rough.said).to_have_class("status fault")
    rough.page.locator("[data-whose=year]").fill("1800")
    rough.do("check").click()
    expect(rough.said).to_contain_text("年份 1800 不在范围内")

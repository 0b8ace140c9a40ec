from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import LanguageModelSettings, Settings
from api.web.shortcuts import SHORTCUTS
from corpus.model import DocumentKind
from search.engine import SearchRequest
from search.results import Comparing
from tests.api.stub import HOSTILE, StubLibrary

OTHERS = ["/help", "/carryover", "/compare", "/items/41/history", "/bases/items?basis=办件"]
ASKING = ["/", "/ask", "/benchmarks", "/bases", "/trends"]


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


@pytest.mark.parametrize("address", ASKING)
def test_an_empty_form_asks_nothing(client: TestClient, stub: StubLibrary, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert stub.asked == []
    assert f'action="{address}"' in answer.text
    assert '<option value="2021">2021</option>' in answer.text


@pytest.mark.parametrize("address", ASKING)
def test_what_was_asked_stays_in_the_form(client: TestClient, stub: StubLibrary, address: str) -> None:
    answer = client.get(
        address, params={"q": "办件", "year": "2019", "unit": "海市办公室", "city": "", "category": ""}
    )
    assert answer.status_code == 200
    assert stub.asked == [SearchRequest("办件", year=2019, unit="海市办公室", facets=address == "/")]
    assert 'value="办件"' in answer.text
    assert '<option value="2019" selected>' in answer.text
    assert "去掉限定：2019年" in answer.text


def test_preferences_are_asked_for_and_stay_in_the_form(client: TestClient, stub: StubLibrary) -> None:
    params = {"q": "办件", "prefer_recent": "1", "prefer_unit": "海市办公室", "group": "0"}
    page = client.get("/", params=params).text
    asked = SearchRequest("办件", group=False, prefer_recent=True, prefer_unit="海市办公室", facets=True)
    assert stub.asked == [asked]
    assert '<option value="1" selected>较新的优先</option>' in page
    assert '<option value="0" selected>分别列出</option>' in page
    assert page.count('<option value="海市办公室" selected>') == 1
    link = re.search(r'href="(/[?][^"]*)" title="去掉这个限定"', page)
    assert link is not None
    assert {"prefer_recent=1", "group=0"} <= set(unescape(link[1]).split("?")[1].split("&"))


def test_only_the_search_has_an_order_to_choose(client: TestClient) -> None:
    assert "较新的优先" in client.get("/").text
    for address in ASKING[1:]:
        assert "较新的优先" not in client.get(address).text


def test_the_settings_show_in_an_empty_form(settings: Settings) -> None:
    habits = replace(settings, prefer_recent=True, prefer_unit="海市办公室")
    with TestClient(create_app(habits, StubLibrary(habits)), base_url="http://127.0.0.1:8000") as client:
        page = client.get("/").text
        assert '<option value="1" selected>较新的优先</option>' in page
        assert '<option value="海市办公室" selected>' in page
        assert '<option value="海市办公室" selected>' not in client.get("/", params={"prefer_unit": ""}).text


def test_versions_are_shown_with_what_differs(client: TestClient) -> None:
    page = client.get("/", params={"q": "版本"}).text
    shown = _text(page)
    assert "相同的承诺还有 2 条：2018年、2017年" in shown
    assert "2018年（推断） 海市办公室 · 海市 · 重点目标 3 · 优化办件流程：办件按期办结率 ≥ 97.5%" in shown
    assert '<a href="/documents/9#item-43">' in page
    assert "相同的承诺" not in client.get("/", params={"q": "办件"}).text


@pytest.mark.parametrize("address", ASKING)
def test_nothing_found_is_said(client: TestClient, address: str) -> None:
    assert "没有找到" in client.get(address, params={"q": "没有"}).text


@pytest.mark.parametrize("address", ASKING)
def test_an_error_is_told_above_the_form_that_stays(client: TestClient, address: str) -> None:
    answer = client.get(address, params={"q": "模型"})
    assert answer.status_code == 503
    assert 'role="alert">模型还没有准备好；请运行 duibiao prepare。' in answer.text
    assert 'value="模型"' in answer.text


def test_a_year_that_is_none_is_told(client: TestClient) -> None:
    answer = client.get("/", params={"q": "办件", "year": "去年"})
    assert answer.status_code == 422
    assert "年份“去年”不对" in answer.text


def test_a_hit_shows_what_was_extracted_and_where_it_stands(client: TestClient) -> None:
    page = client.get("/", params={"q": "办件"}).text
    assert '<a href="/documents/7#item-41">优化办件流程</a>' in page
    assert '全年<mark class="word">办件</mark>按期办结率' in page
    shown = _text(page)
    assert "2019年（推断） 海市办公室 · 海市 · 重点目标 3" in shown
    assert "办件按期办结率 ≥ 97.5%" in shown
    assert "会议较上年度（200件）压减10%，即 ≤ 180件" in shown
    assert "南京市 平均用时3天" in shown
    assert "关于优化办件流程的通知（海政发〔2019〕8号）" in shown
    assert "匹配的词：办件 · 语义相似度 0.88" in shown


def test_the_other_pages_link_to_their_sources(client: TestClient) -> None:
    address = r'<a href="/documents/7[?]at=[a-z_]+[.]\d+-\d+#item-41">'
    source = f"{address}2019年 海市办公室 · 重点目标 3 · 优化办件流程</a>"
    for address in ASKING[1:]:
        assert re.search(source, client.get(address, params={"q": "办件"}).text)
    assert "≥ 97.5%" in client.get("/trends", params={"q": "办件"}).text.replace("&gt;", ">")
    answer = client.get("/ask", params={"q": "办件"}).text
    assert '2019年：97.5%以上<a class="mark" href="#citation-1">[1]</a>' in answer
    assert '<li id="citation-1">' in answer


def test_words_of_documents_and_visitors_are_never_markup(client: TestClient) -> None:
    page = client.get("/", params={"q": "脚本", "unit": f'"{HOSTILE}'}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for address in ASKING:
        shown = client.get(address, params={"q": f'"><b>{HOSTILE}', "city": "'><i>"}).text
        assert "<script>alert" not in shown
        assert "<b>" not in shown
        assert "<i>" not in shown
    assert "<script>alert" not in client.get("/documents", params={"q": HOSTILE}).text


def test_pages_load_nothing_from_elsewhere_and_hold_no_inline_code(client: TestClient) -> None:
    for address in (*ASKING, *OTHERS, "/documents", "/documents/7", "/nowhere"):
        page = client.get(address, params={"q": "办件"}).text
        assert not re.search(r'(?:src|href|action)="(?!/|#)', page)
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page)


def test_the_list_of_documents_can_be_narrowed(client: TestClient) -> None:
    assert "共 1 份文档" in client.get("/documents").text
    assert "共 1 份文档" in client.get("/documents", params={"q": "海市 2019"}).text
    assert "没有标题、单位、年份或城市含有“2020”的文档" in client.get("/documents", params={"q": "2020"}).text


def test_a_document_has_an_anchor_for_each_item(client: TestClient) -> None:
    page = client.get("/documents/7").text
    assert 'id="item-41"' in page
    shown = _text(page)
    assert "年份2019 根据正文推断" in shown
    assert "单位海市办公室 取自表头" in shown
    assert "正文一行。" in shown


def test_a_document_that_is_not_there_is_a_page(client: TestClient) -> None:
    answer = client.get("/documents/8")
    assert answer.status_code == 404
    assert "没有编号为 8 的文档" in answer.text


def test_uploading_leads_to_the_document(client: TestClient, stub: StubLibrary) -> None:
    answer = client.post(
        "/documents", data={"unit": "", "year": "", "city": ""}, files={"file": ("a.txt", b"x")}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents/7")
    assert stub.uploads[0][0] == "a.txt"


def test_an_upload_that_cannot_be_read_is_told_on_the_page(client: TestClient) -> None:
    answer = client.post("/documents", files={"file": ("空.txt", b"")})
    assert answer.status_code == 422
    assert 'role="alert">空.txt 是空的；请换一个文件。' in answer.text


def test_removing_leads_back_to_the_list(client: TestClient, stub: StubLibrary) -> None:
    answer = client.post("/documents/7/remove")
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents?removed=7")
    assert stub.removed == [7]


@pytest.mark.parametrize("address", [*ASKING, "/documents", "/documents/7"])
def test_head_is_answered(client: TestClient, address: str) -> None:
    answer = client.head(address)
    assert answer.status_code == 200
    assert answer.text == ""


def test_a_kind_is_asked_for_and_has_a_chip(client: TestClient, stub: StubLibrary) -> None:
    page = client.get("/", params={"q": "办件", "kind": "report"}).text
    assert stub.asked == [SearchRequest("办件", kind=DocumentKind.REPORT, facets=True)]
    assert 'aria-label="去掉限定：政府工作报告"' in page
    client.get("/", params={"q": "办件", "kind": "novel"})
    assert stub.asked[1].kind is None


def test_our_city_and_the_years_of_the_comparison_are_asked_for(
    client: TestClient, stub: StubLibrary
) -> None:
    page = _text(client.get("/benchmarks", params={"q": "办件", "own_city": "海市", "recent": "5"}).text)
    assert stub.comparing == Comparing("海市", 5)
    assert "海市（本市）排第 1：2019年承诺 ≥ 97.5%" in page
    refused = client.get("/benchmarks", params={"q": "办件", "recent": "多"})
    assert refused.status_code == 422
    assert "年数“多”不对" in refused.text


def test_headings_sort_and_turn_round(client: TestClient) -> None:
    page = client.get("/benchmarks", params={"q": "办件", "sort": "value"}).text
    assert 'aria-sort="ascending"' in page
    (link,) = re.findall(r'<a href="([^"]*)">数值</a>', page)
    assert {"sort=value", "order=desc"} <= set(unescape(link).split("?")[1].split("#")[0].split("&"))
    assert 'aria-sort="descending"' in client.get(unescape(link)).text


def test_the_switch_for_a_language_model_is_there_only_with_one(settings: Settings) -> None:
    named = replace(settings, language_model=LanguageModelSettings("http://127.0.0.1:9", "小模型", None, 5))
    for used, shown in ((settings, False), (named, True)):
        with TestClient(create_app(used, StubLibrary(used)), base_url="http://127.0.0.1:8000") as client:
            page = client.get("/ask", params={"q": "办件", "llm": "1"}).text
            assert ('name="llm"' in page) is shown
            assert ('id="rewriting" aria-label="语言模型的改写" data-question="办件"' in page) is shown
            assert ("llm=wait" in page) is shown


def test_items_that_cannot_be_compared_are_told(client: TestClient) -> None:
    for items, sentence in (
        ("", "要对照的条目有 0 条"),
        ("5", "要对照的条目有 1 条"),
        ("甲,2", "应当是整数"),
    ):
        answer = client.get("/compare", params={"items": items})
        assert answer.status_code == 422
        assert sentence in answer.text


def test_carryover_needs_both_unit_and_year(client: TestClient) -> None:
    answer = client.get("/carryover", params={"unit": "海市办公室"})
    assert answer.status_code == 422
    assert "单位和年份都要写" in answer.text
    assert "年份“近年”不对" in client.get("/carryover", params={"unit": "x", "year": "近年"}).text


def test_the_help_lists_every_key(client: TestClient) -> None:
    page = client.get("/help").text
    for group in SHORTCUTS:
        for shortcut in group.shortcuts:
            assert all(f"<kbd>{key}</kbd>" in page for key in shortcut.keys)
            assert shortcut.does in page

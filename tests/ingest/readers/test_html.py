from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from ingest.blocks import Paragraph, Table
from ingest.readers import html
from tests.ingest.readers.making import grid, read, sentences, shape, tables, texts


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def only_table(body: str) -> Table:
    (table,) = tables(read("a.html", page(body)))
    return table


def test_spans_down_and_across() -> None:
    table = only_table(
        "<table><tr><th rowspan=2>类别</th><th colspan=2>目标</th></tr><tr><td>序号</td><td>内容</td></tr>"
        "<tr><td rowspan='9'>重点目标</td><td>1</td><td>甲</td></tr><tr><td>2</td><td>乙</td></tr></table>"
    )
    assert [shape(c) for c in table.cells] == [
        ("类别", 0, 0, 2, 1),
        ("目标", 0, 1, 1, 2),
        ("序号", 1, 1, 1, 1),
        ("内容", 1, 2, 1, 1),
        ("重点目标", 2, 0, 2, 1),
        ("1", 2, 1, 1, 1),
        ("甲", 2, 2, 1, 1),
        ("2", 3, 1, 1, 1),
        ("乙", 3, 2, 1, 1),
    ]
    assert [c.is_header for c in table.cells[:3]] == [True, True, False]


def test_the_head_comes_first_and_the_foot_last_wherever_they_are_written() -> None:
    table = only_table(
        "<table><tfoot><tr><td>尾</td><td>z</td></tr></tfoot><tbody><tr><td>身</td><td>b</td></tr></tbody>"
        "<thead><tr><td>头</td><td>a</td></tr></thead></table>"
    )
    assert grid(table) == [["头", "a"], ["身", "b"], ["尾", "z"]]


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_bytes_are_believed_and_not_the_declared_charset(declared: str, encoding: str) -> None:
    head = f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'><title>目标公开</title>"
    content = page("<p>市某局业务目标：办结率达到96%以上。</p>", head).decode().encode(encoding)
    found = read("a.htm", content)
    assert (found.title, texts(found)) == ("目标公开", ["市某局业务目标：办结率达到96%以上。"])


def test_lists_paragraphs_and_a_table_inside_a_cell_are_its_lines() -> None:
    table = only_table(
        "<table><tr><td>序号</td><td>内容</td></tr><tr><td>甲</td>"
        "<td>总说<ul><li>一是</li><li>二是 <b>96%</b></li></ul><p>三是<br>四是</p>"
        "<table><tr><td>五</td><td>六</td></tr><tr><td>七</td><td>八</td></tr></table></td></tr>"
        "<tr><td>乙</td><td>丙</td></tr></table>"
    )
    assert grid(table)[1:] == [["甲", "总说\n一是\n二是 96%\n三是\n四是\n五\t六\n七\t八"], ["乙", "丙"]]


def test_a_table_that_only_arranges_the_page_gives_what_it_holds() -> None:
    found = read(
        "a.html",
        page(
            "<table><tr><td>站点名称</td><td><table><tr><td>类别</td><td>序号</td></tr>"
            "<tr><td>重点目标</td><td>1</td></tr></table></td></tr></table>"
            "<table><tr><td><p>第一段</p><p>第二段</p></td></tr></table>"
        ),
    )
    assert grid(tables(found)[0]) == [["类别", "序号"], ["重点目标", "1"]]
    assert texts(found) == ["站点名称", "第一段", "第二段"]


def test_menus_scripts_and_hidden_parts_are_left_out() -> None:
    found = read(
        "a.html",
        page(
            "<nav><a>首页</a></nav><script>document.write('坏')</script><style>p{}</style><noscript>无</noscript>"
            "<!-- 注 --><div style='display: none'>藏一</div><div hidden>藏二</div><aside>侧栏</aside>"
            "<p>正文</p><footer>版权</footer><iframe src='http://example.invalid/'>框</iframe>"
        ),
    )
    assert texts(found) == ["正文"]


def test_headings_captions_titles_and_dates() -> None:
    found = read(
        "a.html",
        page(
            "<h2>一、重点目标</h2><div>前<p>中</p>后</div><table><caption>目标表</caption>"
            "<tr><td>a</td><td>b</td></tr></table>",
            "<meta name='ArticleTitle' content='2019年目标'><meta name='PubDate' content='2019-03-01'>"
            "<title>站</title>",
        ),
    )
    assert (found.title, found.published) == ("2019年目标", "2019-03-01")
    assert [(b.text, b.level) for b in found.blocks if isinstance(b, Paragraph)] == [
        ("一、重点目标", 2),
        ("前", None),
        ("中", None),
        ("后", None),
        ("目标表", None),
    ]


def test_spaces_and_entities() -> None:
    found = read("a.html", page("<p>&nbsp;办结率 \n  96&#37;&lt;以上&nbsp;</p>"))
    assert texts(found) == ["办结率 96%<以上"]


def test_embedded_pictures_do_not_count() -> None:
    picture = "data:image/png;base64," + "QUJD" * 3_000_000
    assert texts(read("a.html", page(f"<img src='{picture}'><p>正文</p>"))) == ["正文"]


def test_damaged_bytes_are_reported() -> None:
    found = read(
        "a.html", page("<p>" + "业务目标内容。" * 40 + "</p>").replace("标".encode(), b"\xe6\xa0", 1)
    )
    assert sentences(found) == ["有 1 处字节不是有效的 UTF-8 文字，已替换；请核对原网页。"]


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>a<td>", "<ul><li>", "<b>"])
def test_deep_nesting_is_refused_and_never_cut_silently(tag: str) -> None:
    with pytest.raises(UnreadableFile, match="嵌套过深"):
        read("a.html", page(tag * 10_000 + "字"))


def test_a_cell_as_wide_as_the_sky_is_bounded() -> None:
    table = only_table("<table><tr>" + "<td colspan=99999>甲</td>" * 50 + "</tr><tr><td>乙</td></tr></table>")
    assert (table.rows, table.columns) == (2, 200)


def test_what_is_too_large_or_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read("a.html", b"<html><!-- x").blocks == ()
    monkeypatch.setattr(html, "_MOST_TAGS", 10)
    with pytest.raises(UnreadableFile, match="请只保存正文后再读取"):
        read("a.html", page("<p>x" * 20))


def test_entities_of_a_page_are_not_opened() -> None:
    content = (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>a &x; b</p></body></html>'
    )
    assert "localhost" not in "".join(texts(read("a.html", content)))
    assert any("&x;" in text for text in texts(read("a.html", content)))

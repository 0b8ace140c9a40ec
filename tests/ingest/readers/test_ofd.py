from __future__ import annotations

from collections.abc import Mapping

import pytest

from corpus.errors import EmptyFile, UnreadableFile
from corpus.model import Place
from ingest.readers import ofd
from ingest.readers.contract import Extract, Source
from ingest.readers.isolated import Recognising, Title
from ingest.readers.pages import Page
from tests.ingest.readers.making import sentences, tables, texts
from tests.ingest.readers.ofd_writing import (
    as_ofd,
    content_xml,
    document_parts,
    package,
    picture_xml,
    resources_xml,
    root_xml,
)
from tests.ingest.readers.sheets import (
    CATEGORIES,
    PROGRESS,
    REPORT,
    Sheet,
    items_of,
    read_bytes,
    read_text,
    stated_of,
)
from tests.ingest.readers.typesetting import A4, Leaf, set_prose, set_sheet

SHEETS = pytest.mark.parametrize("sheet", [CATEGORIES, PROGRESS], ids=["categories", "progress"])


def read(parts: Mapping[str, str | bytes]) -> Extract:
    return ofd.read(Source("目标.ofd", package(parts)))


def line(text: str, top: float = 100) -> Leaf:
    leaf = Leaf(*A4)
    leaf.write(text, 60, top, 12)
    return leaf


def parts(*leaves: Leaf, **more: str) -> dict[str, str | bytes]:
    pages = [content_xml(leaf) for leaf in leaves]
    return {"OFD.xml": root_xml("Doc_0"), **document_parts("Doc_0", pages), **more}


@SHEETS
@pytest.mark.parametrize("height", [842.0, 306.0])
def test_a_table_gives_the_items_of_the_plain_text(sheet: Sheet, height: float) -> None:
    found = read_bytes("目标.ofd", as_ofd(set_sheet(sheet, height=height, running="内部资料")))
    expected = read_text(sheet.text())
    assert items_of(found) == items_of(expected)
    assert stated_of(found) == stated_of(expected)
    assert found.problems == ()


def test_prose_is_joined_over_lines_and_pages() -> None:
    found = read_bytes("报告.ofd", as_ofd(set_prose(REPORT, height=420)))
    assert items_of(found) == items_of(read_text("\n".join(REPORT)))


def test_title_and_places() -> None:
    found = ofd.read(Source("目标.ofd", as_ofd(set_sheet(PROGRESS), title="业务目标")))
    assert found.title == "业务目标"
    (table,) = tables(found)
    assert (table.place, table.cells[-1].place) == (
        Place(page=1, table=1),
        Place(page=1, table=1, row=table.rows),
    )


def test_several_documents_of_a_file_are_read_in_turn() -> None:
    found = read(
        {
            "OFD.xml": root_xml("Doc_0", "Doc_1"),
            **document_parts("Doc_0", [content_xml(line("一、甲事。"))]),
            **document_parts("Doc_1", [content_xml(line("二、乙事。"))]),
        }
    )
    assert [(b.place.page) for b in found.blocks] == [1, 2]
    assert texts(found) == ["一、甲事。", "二、乙事。"]


def test_what_a_template_holds_stands_on_the_page() -> None:
    pages = [content_xml(line("二、乙事。", 140), template="77")]
    found = read(
        {
            "OFD.xml": root_xml("Doc_0"),
            **document_parts("Doc_0", pages, template=content_xml(line("一、甲事。"))),
        }
    )
    assert texts(found) == ["一、甲事。", "二、乙事。"]


def test_paths_take_either_slash_and_any_case_and_stay_inside() -> None:
    given = parts(line("一、甲事。"))
    moved = {
        name.replace("Doc_0/Document.xml", "DOC_0/document.xml").replace("/", "\\"): content
        for name, content in given.items()
    }
    assert texts(read(moved)) == ["一、甲事。"]
    outside = {**given, "OFD.xml": root_xml("../../../Doc_0")}
    assert texts(read(outside)) == ["一、甲事。"]


def test_a_damaged_page_is_a_problem_and_the_others_are_read() -> None:
    damaged = parts(line("一、甲事。"), line("二、乙事。"), line("三、丙事。"))
    damaged["Doc_0/Pages/Page_1/Content.xml"] = "<ofd:Page"
    found = read(damaged)
    assert texts(found) == ["一、甲事。", "三、丙事。"]
    assert sentences(found) == [
        "第 2 页未读取：文件“目标.ofd”的内部结构不是有效的 XML，可能已损坏；请从原软件另存一份。"
    ]
    assert found.problems[0].place == Place(page=2)


def test_entities_are_refused() -> None:
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><OFD>&x;</OFD>'
    with pytest.raises(UnreadableFile, match="不允许的实体声明"):
        read({**parts(line("一、甲事。")), "OFD.xml": entity})


def test_passwords_missing_parts_and_empty_files_are_said() -> None:
    with pytest.raises(UnreadableFile, match=r"OFD“目标.ofd”设有密码，无法读取；请解除密码后重试。"):
        read({**parts(line("一、甲事。")), "Encryptions.xml": "<x/>"})
    with pytest.raises(UnreadableFile, match=r"缺少部件“OFD.xml”"):
        read({"Doc_0/Document.xml": "<x/>"})
    with pytest.raises(EmptyFile, match=r"OFD“目标.ofd”没有任何页面；请换一个有内容的文件。"):
        read({"OFD.xml": root_xml("Doc_0"), **document_parts("Doc_0", [])})


def test_a_page_that_is_a_picture_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is seen is tested with OCR itself; here, which picture is asked for, and when."""
    asked: list[tuple[str, str, int]] = []

    def recognised(self: object, resource: str, number: int) -> Page:
        asked.append((type(self).__name__, resource, number))
        return Page(number, 10, 10, (), is_recognised=True)

    monkeypatch.setattr(ofd._Document, "recognised", recognised)
    pages = [content_xml(line("一、甲事。")), picture_xml(Leaf(*A4), "5")]
    given = {
        "OFD.xml": root_xml("Doc_0", title="目标"),
        **document_parts("Doc_0", pages, resources=resources_xml({"5": "page.png"})),
    }
    found = list(ofd.pages(Source("目标.ofd", package(given))))
    assert [type(part) for part in found] == [Title, Page, Recognising, Page]
    assert asked == [("_Document", "5", 2)]


def test_a_picture_that_is_missing_is_a_problem_of_its_page() -> None:
    pages = [content_xml(line("一、甲事。")), picture_xml(Leaf(*A4), "5")]
    given = {"OFD.xml": root_xml("Doc_0"), **document_parts("Doc_0", pages)}
    found = read(given)
    assert texts(found) == ["一、甲事。"]
    (sentence,) = sentences(found)
    assert sentence.startswith("第 2 页未读取：")
    given = {**given, **document_parts("Doc_0", pages, resources=resources_xml({"5": "page.png"}))}
    (sentence,) = sentences(read({**given, "Doc_0/Res/page.png": b"no picture"}))
    assert sentence == ("第 2 页未读取：图片“page.png”已损坏或不完整，无法打开；请重新扫描、拍照或另存一份。")

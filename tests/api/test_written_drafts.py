from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from api.exporting.writing import FORMATS, form_bytes
from api.schemas.written_drafts import InsertedJson, WrittenDraftJson, WrittenItemJson
from api.written_drafts import (
    MOST_ITEMS,
    checked_draft,
    document_of,
    form_of_items,
    written_item,
    written_of,
)
from corpus.errors import WrongUse
from corpus.model import DocumentKind, Field, TargetDocument, TargetItem
from ingest.readers.contract import Source
from ingest.reading import read_source
from tests.api.samples import CONTENT, DOCUMENT, ITEM, STORED

FIRST = WrittenItemJson(
    name="优化办件流程",
    content="全年办件按期办结率达到98%以上。",
    category="重点目标",
    basis_text="关于优化办件流程的通知（海政发〔2019〕8号）",
    responsible="办件处、信息处",
    deadline="12月底前",
)
SECOND = WrittenItemJson(
    name="举办讲座",
    content="组织讲座20场。",
    category="创优目标",
    benchmark_city="南京市",
    benchmark_value="全年组织讲座30场。",
)
DRAFT = WrittenDraftJson((FIRST, SECOND, replace(FIRST, name="精简会议")), "海市办公室", 2022, "海市")


def test_items_become_a_document_with_all_that_they_state() -> None:
    document = document_of(DRAFT)
    assert (document.unit, document.year, document.city) == ("海市办公室", 2022, "海市")
    first, second, _ = document.items
    assert [(one.name, one.op, one.value) for one in first.indicators] == [("办件按期办结率", ">=", 98.0)]
    assert [one.doc_number for one in first.bases] == ["海政发〔2019〕8号"]
    assert (first.responsible_units, first.deadline) == (("办件处", "信息处"), "12月底前")
    assert second.benchmark_text == "标杆城市：南京市    标杆值：全年组织讲座30场。"
    assert [one.city for one in second.benchmarks] == ["南京市"]


def test_an_item_read_from_a_file_is_taken_apart_and_put_together_again() -> None:
    line = "标杆城市：苏州市    标杆值：按期办结率达到99%。"
    one = written_item(TargetItem("创优目标", "1", "办件", "办件。", benchmark_text=line))
    assert (one.benchmark_city, one.benchmark_value) == ("苏州市", "按期办结率达到99%。")
    assert document_of(WrittenDraftJson((one,))).items[0].benchmark_text == line


@pytest.mark.parametrize("line", ["对标城市为南京市。", "标杆城市：甲市 标杆值：1\n标杆城市：乙市 标杆值：2"])
def test_a_benchmark_in_other_words_stays_whole(line: str) -> None:
    one = written_item(TargetItem(None, None, "办件", "办件。", benchmark_text=line))
    assert (one.benchmark_city, one.benchmark_value) == (None, line)
    assert document_of(WrittenDraftJson((one,))).items[0].benchmark_text == line


def test_contacts_do_not_come_back() -> None:
    one = written_item(TargetItem(None, None, "办件", "办件。联系人：钱某某  联系电话：85910000"))
    assert "钱某某" not in one.content
    assert "85910000" not in one.content


@pytest.mark.parametrize("kind", FORMATS)
def test_the_exported_form_is_read_back_as_the_same_items(kind: str) -> None:
    content = form_bytes(form_of_items(checked_draft(DRAFT), {}), FORMATS[kind])
    (document,) = read_source(Source(f"草稿.{kind}", content)).documents
    assert (document.unit, document.year) == ("海市办公室", 2022)
    assert [(one.category, one.number, one.name) for one in document.items] == [
        ("重点目标", "1", "优化办件流程"),
        ("创优目标", "1", "举办讲座"),
        ("重点目标", "2", "精简会议"),
    ]
    assert [one.content for one in document.items] == [FIRST.content, SECOND.content, FIRST.content]
    assert document.items[1].benchmark_text == "标杆城市：南京市    标杆值：全年组织讲座30场。"
    assert document.items[0].deadline == "12月底前"
    read = written_of([document]).draft.items
    assert read[1].benchmark_value == "全年组织讲座30场。"
    assert read[0].responsible == "办件处、信息处"


def test_what_was_inserted_is_remarked_where_it_still_stands() -> None:
    words = "办件按期办结率达到97.5%以上"
    start = CONTENT.index(words)
    kept = InsertedJson(words, "content", DOCUMENT.id, STORED.id, Field.CONTENT, start, start + len(words))
    changed = replace(kept, text="已经改掉的字")
    one = replace(FIRST, content=f"今年{words}。", inserted=(kept, changed))
    form = form_of_items(replace(DRAFT, items=(one,)), {STORED.id: STORED})
    pieces = form.rows[0].cells[2]
    assert [piece.text for piece in pieces] == ["今年", words, "。"]
    assert pieces[1].remark == f"出处：海市办公室2019年，重点目标 3（2019.txt）：“{words}”"
    assert [piece.remark for piece in (pieces[0], pieces[2])] == [None, None]
    with zipfile.ZipFile(BytesIO(form_bytes(form, FORMATS["docx"]))) as file:
        assert words in file.read("word/comments.xml").decode()
    (gone, *_) = [p for p in form_of_items(replace(DRAFT, items=(one,)), {}).rows[0].cells[2] if p.remark]
    assert gone.remark == "出处：这一条已不在目标库里。"


def test_items_that_say_nothing_are_left_out() -> None:
    blank = WrittenItemJson(name=" ", content="\n")
    assert checked_draft(replace(DRAFT, items=(blank, SECOND))).items == (SECOND,)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (WrittenDraftJson(()), "还没有内容"),
        (replace(DRAFT, year=1800), "年份 1800 不在范围内"),
        (replace(DRAFT, items=(SECOND,) * (MOST_ITEMS + 1)), f"草稿有 {MOST_ITEMS + 1} 条，太多"),
        (replace(DRAFT, items=(replace(SECOND, content="字" * 20_001),)), "第 1 条里有一栏长达 20001 个字"),
    ],
)
def test_what_cannot_be_worked_on(draft: WrittenDraftJson, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        checked_draft(draft)


@pytest.mark.parametrize("draft", [replace(DRAFT, unit=" "), replace(DRAFT, year=None)])
def test_a_form_needs_unit_and_year(draft: WrittenDraftJson) -> None:
    with pytest.raises(WrongUse, match="请在上方填写单位和年份"):
        form_of_items(draft, {})


def test_several_documents_and_none() -> None:
    document = TargetDocument("甲.txt", None, DocumentKind.TARGETS, "海市办公室", 2022, None, (ITEM,))
    read = written_of([document, document])
    assert len(read.draft.items) == 1
    assert read.notes == ("文件里有 2 份文档，只读入了第一份；其余的请另存后再导入。",)
    with pytest.raises(WrongUse, match="没有读出一条目标"):
        written_of([])

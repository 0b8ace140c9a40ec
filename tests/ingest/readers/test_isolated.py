from __future__ import annotations

import time

import pytest

from corpus.errors import EmptyFile, UnreadableFile
from corpus.model import Place
from ingest.readers import isolated
from ingest.readers.contract import Extract, Source
from ingest.readers.isolated import read_pages
from tests.ingest.readers.making import sentences, texts

STOPPED = "过于复杂或已损坏，读取超过了时间或内存上限，已停止；请重新导出或拆分后再读取。"


def read(*lines: str) -> Extract:
    return read_pages(Source("目标.pdf", "\n".join(lines).encode()), "tests.ingest.readers.paged")


def test_title_pages_and_problems_come_in_order() -> None:
    found = read("title 业务目标", "一、甲事。", "print", "problem 第二页已损坏。", "recognise", "二、乙事。")
    assert found.title == "业务目标"
    assert texts(found) == ["一、甲事。", "二、乙事。"]
    assert sentences(found) == ["第二页已损坏。"]


def test_an_error_of_the_reader_is_raised_here() -> None:
    with pytest.raises(EmptyFile, match="没有页面"):
        read("一、甲事。", "refuse")


@pytest.mark.parametrize("what", ["swell", "die"])
def test_a_child_at_its_limits_is_stopped(what: str) -> None:
    with pytest.raises(UnreadableFile, match=f"文件“目标.pdf”{STOPPED}"):
        read(what)


@pytest.mark.parametrize("what", ["spin", "swell"])
def test_what_was_read_before_a_limit_is_kept(what: str) -> None:
    found = read("一、甲事。", "二、乙事。", what, "三、丙事。")
    assert texts(found) == ["一、甲事。", "二、乙事。"]
    (problem,) = found.problems
    assert problem.sentence == "从第 3 页起超过了时间或内存上限，未读取；请拆分文件后再读取其余部分。"
    assert (problem.source, problem.place) == ("目标.pdf", Place(page=3))


def test_one_that_waits_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_PATIENCE", 0.2)
    begun = time.monotonic()
    with pytest.raises(UnreadableFile, match=STOPPED):
        read("sleep")
    assert time.monotonic() - begun < 60


def test_more_text_than_any_document_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "MOST_CHARACTERS", 2)
    assert len(texts(read("一、甲事。", "二、乙事。"))) == 2
    with pytest.raises(UnreadableFile, match=r"文件“目标.pdf”的文字超过 2 个字的上限；请拆分后再读取。"):
        read("一、甲事。", "二、乙事。", "三、丙事。")

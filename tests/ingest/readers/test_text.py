from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DuibiaoError, EmptyFile, UnreadableFile
from corpus.model import Place
from ingest.blocks import Paragraph
from ingest.readers.contract import Extract, Source
from ingest.readers.registry import extract

TEXT = "2015年度业务目标\n\n\t类别\n\t\n一、重点目标：办结率达到96%以上。\n"


def read(content: bytes, name: str = "目标.txt") -> Extract:
    return extract(Source(name, content))


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_encoding_gives_the_same_paragraphs(encoding: str) -> None:
    extracted = read(TEXT.encode(encoding))
    assert extracted.blocks == (
        Paragraph("2015年度业务目标", Place(line=1)),
        Paragraph("\t类别", Place(line=3)),
        Paragraph("\t", Place(line=4)),
        Paragraph("一、重点目标：办结率达到96%以上。", Place(line=5)),
    )
    assert extracted.problems == ()
    assert extracted.text == TEXT


def test_big_endian_utf16_with_its_mark() -> None:
    assert read(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")).text == TEXT


def test_traditional_text_in_big5() -> None:
    text = "業務目標：辦理率達到百分之九十六以上，全年不少於八十篇。" * 3
    assert read(text.encode("big5hkscs")).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_numbers(end: str) -> None:
    blocks = read(end.join(["甲", "", "乙", "丙"]).encode()).blocks
    assert [(b.text, b.place.line) for b in blocks if isinstance(b, Paragraph)] == [
        ("甲", 1),
        ("乙", 3),
        ("丙", 4),
    ]


def test_a_cut_character_is_replaced_and_reported() -> None:
    extracted = read((TEXT * 3 + "末").encode()[:-1])
    (problem,) = extracted.problems
    assert problem.place == Place(line=16)
    assert "不是有效的 UTF-8" in problem.sentence


def test_front_matter_gives_the_title_and_is_no_block() -> None:
    extracted = read(b'---\nsource: x\ntitle: "T 2012"\n---\n\nbody\n', "a.md")
    assert extracted.title == "T 2012"
    assert extracted.blocks == (Paragraph("body", Place(line=6)),)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    extracted = read("---\n没有冒号的一行\n---\n正文".encode())
    assert extracted.title is None
    assert len(extracted.blocks) == 4


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", codecs.BOM_UTF8, b"\x00" * 40])
def test_nothing_in_the_file(content: bytes) -> None:
    with pytest.raises(EmptyFile, match="”是空的"):
        read(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"abc\x00def and more", "空字节"),
        ("目标\x07内容".encode(), "第 1 行含有控制字符"),
        (bytes(range(128, 256)) * 4, "不是 UTF-8、GB18030 或 UTF-16"),
        (codecs.BOM_UTF16_LE + b"\x01\xd8" * 9, "开头标明是 UTF-16"),
    ],
)
def test_what_is_no_text_gets_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(content)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        extracted = read(content, "x.txt")
    except DuibiaoError as error:
        outcome: object = error
        is_documented = isinstance(error, UnreadableFile) and "\n" not in error.sentence
    else:
        outcome = extracted
        is_documented = bool(extracted.blocks or extracted.text is not None or extracted.members)
    assert is_documented, outcome

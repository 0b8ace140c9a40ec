from __future__ import annotations

import pytest

from ingest.readers.docx_numbering import chinese
from tests.ingest.readers.making import W, docx_bytes, grid, read, tables, texts, with_parts

NUMBERING = "word/numbering.xml"


def level(depth: int, pattern: str, numerals: str = "decimal", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{numerals}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def paragraph(text: str, number: int = 1, depth: int = 0) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(levels: str, body: str, more: str = "") -> bytes:
    """A document with list 1 of the given levels, and what else `more` defines."""
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}</w:numbering>'
    )
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return with_parts(
        docx_bytes(lambda _: None), {NUMBERING: numbering.encode(), "word/document.xml": document.encode()}
    )


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (1010, "一千零一十"),
        (0, "0"),
        (10000, "10000"),
    ],
)
def test_chinese_counting(number: int, expected: str) -> None:
    assert chinese(number) == expected


def test_levels_count_and_restart_below_the_next_of_their_parent() -> None:
    levels = (
        level(0, "%1、", "chineseCountingThousand") + level(1, "（%2）", "chineseCounting") + level(2, "%3.")
    )
    body = "".join(
        paragraph(text, depth=depth)
        for text, depth in [
            ("甲", 0),
            ("乙", 1),
            ("丙", 2),
            ("丁", 2),
            ("戊", 1),
            ("己", 2),
            ("庚", 0),
            ("辛", 1),
        ]
    )
    assert texts(read("a.docx", numbered(levels, body))) == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "2.丁",
        "（二）戊",
        "1.己",
        "二、庚",
        "（一）辛",
    ]


def test_a_serial_column_of_nothing_but_automatic_numbers() -> None:
    rows = "".join(
        f"<w:tr><w:tc>{paragraph('')}</w:tc><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
        for text in "甲乙丙"
    )
    (table,) = tables(read("a.docx", numbered(level(0, "%1"), f"<w:tbl>{rows}</w:tbl>")))
    assert grid(table) == [["1", "甲"], ["2", "乙"], ["3", "丙"]]


@pytest.mark.parametrize(
    ("numerals", "expected"),
    [
        ("upperLetter", "C"),
        ("lowerRoman", "iii"),
        ("decimalEnclosedCircle", "③"),
        ("decimalFullWidth", "３"),
        ("decimalZero", "03"),
        ("unheardOf", "3"),
        ("none", ""),
    ],
)
def test_numerals(numerals: str, expected: str) -> None:
    content = numbered(level(0, "%1", numerals, start=3), paragraph("甲"))
    assert texts(read("a.docx", content)) == [f"{expected}甲"]


def test_bullets_and_paragraphs_taken_off_their_list_have_no_number() -> None:
    content = numbered(level(0, "", "bullet"), paragraph("甲") + paragraph("乙", number=0))
    assert texts(read("a.docx", content)) == ["甲", "乙"]


def test_another_list_of_the_same_kind_begins_anew_where_it_says_so() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    more = f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    body = paragraph("甲") + paragraph("乙") + paragraph("丙", number=2) + paragraph("丁", number=2)
    assert texts(read("a.docx", numbered(level(0, "%1."), body, more))) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_numbers_by_style_and_by_the_style_it_is_based_on() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="C"/></w:style></w:styles>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{style}</w:t></w:r></w:p>'
        for style in "ABC"
    )
    content = with_parts(numbered(level(0, "%1."), body), {"word/styles.xml": styles.encode()})
    assert texts(read("a.docx", content)) == ["1.A", "2.B", "C"]

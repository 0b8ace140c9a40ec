"""Files made to take more than they are worth: bombs, entities, deep nesting, long lines, crowds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.errors import EmptyFile, NoTargets
from tests.ingest.harming import DOCX, NAMES, PAGE, TEXT, XLSX, names, read, refusal
from tests.ingest.measuring import cost_of
from tests.ingest.readers.making import docx_of, with_parts, xlsx_of, zip_bytes
from tests.ingest.readers.ofd_writing import as_ofd
from tests.ingest.readers.sheets import CATEGORIES
from tests.ingest.readers.typesetting import set_sheet

MEBIBYTE = 1024 * 1024
LONGEST, MOST_MEMORY = 20.0, 1024
OFD = as_ofd(set_sheet(CATEGORIES))


def nested(depth: int, name: str, content: bytes) -> bytes:
    for level in range(depth):
        content, name = zip_bytes([(name, content)]), f"{level}.zip"
    return content


# Bombs

TOO_MUCH = "解压后有 100 MB、{} 个部件，超出安全上限，未读取；请确认文件来源，或拆分后再读取。"


@pytest.mark.parametrize(
    ("name", "make", "parts"),
    [
        ("目标.zip", lambda zeros: zip_bytes([("a.txt", zeros)]), 1),
        ("目标.docx", lambda zeros: with_parts(DOCX, {"word/document.xml": zeros}), 17),
        ("图.docx", lambda zeros: with_parts(DOCX, {"word/media/a.png": zeros}), 18),
        ("目标.xlsx", lambda zeros: with_parts(XLSX, {"xl/worksheets/sheet1.xml": zeros}), 9),
        ("目标.ofd", lambda zeros: zip_bytes([("OFD.xml", zeros)]), 1),
    ],
)
def test_bombs_are_not_unpacked(name: str, make: Callable[[bytes], bytes], parts: int) -> None:
    sentence = refusal(name, make(bytes(100 * MEBIBYTE)))
    assert sentence.startswith(f"文件“{name}”解压后有 ")
    if name != "目标.ofd":  # whose size is stated with the one part that was not written
        assert sentence == f"文件“{name}”{TOO_MUCH.format(parts)}"


def test_bombs_in_an_archive_spoil_nothing_but_themselves() -> None:
    bomb = zip_bytes([("a.txt", bytes(90 * MEBIBYTE))])
    reading = read("目标.zip", zip_bytes([("弹.zip", bomb), ("好.txt", TEXT)]))
    assert names(reading) == NAMES
    assert [(p.source, p.sentence) for p in reading.problems] == [
        (
            "目标.zip/弹.zip",
            "文件“弹.zip”解压后有 90 MB、1 个部件，超出安全上限，未读取；请确认文件来源，或拆分后再读取。",
        )
    ]


def test_archives_in_archives_end_at_the_second() -> None:
    assert names(read("目标.zip", nested(2, "好.txt", TEXT))) == NAMES
    assert refusal("目标.zip", nested(6, "好.txt", TEXT), EmptyFile) == (
        "压缩包“目标.zip”里没有可以读取的文件：压缩包嵌套过深，未读取；请先解压，再读取其中的文件。"
    )


# Entities

OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY x0 "ha">'
    + b"".join(b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 10))
    + b'<!ENTITY x "&x9;">]>'
)
ENTITIES = pytest.mark.parametrize("declared", [OUTSIDE, LAUGHS], ids=["outside", "laughs"])


@ENTITIES
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("name", "package", "part"),
    [
        ("目标.docx", DOCX, "word/document.xml"),
        ("目标.docx", DOCX, "word/styles.xml"),
        ("目标.xlsx", XLSX, "xl/sharedStrings.xml"),
        ("目标.xlsx", XLSX, "xl/worksheets/sheet1.xml"),
        ("目标.ofd", OFD, "OFD.xml"),
        ("目标.ofd", OFD, "Doc_0/Document.xml"),
    ],
)
def test_entities_are_refused(declared: bytes, encoding: str, name: str, package: bytes, part: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declared.decode()}<a>&x;</a>'.encode(encoding)
    assert refusal(name, with_parts(package, {part: xml})) == (
        f"文件“{name}”内含不允许的实体声明（DTD），未读取；请确认文件来源。"
    )


@ENTITIES
def test_entities_of_a_page_stay_as_written(declared: bytes) -> None:
    content = b'<?xml version="1.0"?>' + declared + PAGE.replace(NAMES[0].encode("gb18030"), b"&x;")
    assert names(read("目标.html", content)) == ["&x;", *NAMES[1:]]


# Nesting

DEEP_XML = "文件“{}”的内部结构嵌套过深，不像正常文件，未读取；请从原软件另存一份。"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("目标.docx", docx_of("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)),
        ("目标.xlsx", xlsx_of("<sheetData>" * 3000 + "</sheetData>" * 3000)),
        ("目标.ofd", with_parts(OFD, {"OFD.xml": b"<a>" * 3000 + b"</a>" * 3000})),
    ],
)
def test_deep_xml_is_refused(name: str, content: bytes) -> None:
    assert refusal(name, content) == DEEP_XML.format(name)


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>a<td>"])
def test_deep_pages_are_refused(tag: str) -> None:
    assert refusal("目标.html", (tag * 10_000 + "字").encode()) == (
        "网页“目标.html”的标签嵌套过深，未读取；请用浏览器打开后另存正文。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{' ' * min(n, 100)}- 第{n}层\n" for n in range(3000)),
        ">" * 100_000 + "字",
        "<table><tr><td>a<td>" * 2000 + "字" + "</table>" * 2000,
        "[" * 100_000 + "字",
    ],
    ids=["lists", "quotes", "tables", "links"],
)
def test_deep_markdown_stays_lines_and_does_no_harm(text: str) -> None:
    assert names(read("目标.md", TEXT + b"\n\n" + text.encode()))[:4] == NAMES[:4]
    assert refusal("目标.md", text.encode(), NoTargets).startswith("文件“目标.md”里有文字，但没有找到")


def test_deep_objects_of_a_pdf_are_refused() -> None:
    kids = b"".join(
        b"%d 0 obj<</Type/Pages/Count 1/Kids[%d 0 R]>>endobj\n" % (n, n + 1) for n in range(2, 4000)
    )
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/X " + b"[" * 50_000 + b">>endobj\n" + kids
    assert refusal("目标.pdf", content + b"trailer<</Root 1 0 R>>", EmptyFile).startswith(
        "文件“目标.pdf”里没有"
    )


# Long lines

LONG = "办结率达到96%以上。"


@pytest.mark.parametrize(
    ("name", "unit", "sentence"),
    [
        ("目标.txt", LONG, "文本文件“目标.txt”超过 8 MB，不像是目标文件；请拆分后再读取。"),
        ("目标.md", f"| {LONG} ", "文本文件“目标.md”超过 8 MB，不像是目标文件；请拆分后再读取。"),
        ("目标.csv", f"{LONG},", "表格文件“目标.csv”超过 8 MB；请拆分后再读取。"),
        ("目标.html", f"<p>{LONG}", "网页“目标.html”超过 30 MB；请只保存正文后再读取。"),
    ],
)
def test_a_line_of_50_mb(name: str, unit: str, sentence: str) -> None:
    assert refusal(name, (unit * (50 * MEBIBYTE // len(unit.encode()) + 1)).encode()) == sentence


# What they may cost

WORST: dict[str, tuple[str, Callable[[], bytes]]] = {
    "archive": (
        "目标.zip",
        lambda: zip_bytes([(f"{n}.zip", zip_bytes([("a", b"0" * 19 * MEBIBYTE)])) for n in range(20)]),
    ),
    "paragraphs": ("目标.docx", lambda: docx_of("<w:p/>" * (19 * MEBIBYTE // 6))),
    "styles": (
        "目标.docx",
        lambda: with_parts(DOCX, {"word/styles.xml": b"<a>" + b"<style/>" * (19 * MEBIBYTE // 8) + b"</a>"}),
    ),
    "cells": (
        "目标.xlsx",
        lambda: xlsx_of(f"<sheetData><row>{'<c><v>1</v></c>' * 149_000}</row></sheetData>"),
    ),
    "rows": ("目标.html", lambda: ("<table>" + "<tr><td>a<td>b" * 150_000).encode()),
    "attributes": ("目标.html", lambda: f"<p {' '.join(f'a{n}' for n in range(900_000))}>".encode()),
    "quotes": ("目标.csv", lambda: b'"a""' * (2 * MEBIBYTE - 1)),
    "figures": (
        "目标.txt",
        lambda: TEXT + "，较上年度（180件）压减10%，由30个工作日压缩至".encode() * 20_000,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", WORST)
def test_what_the_worst_files_take(kind: str) -> None:
    name, make = WORST[kind]
    cost = cost_of(name, make())
    assert cost.seconds < LONGEST, cost
    assert cost.mebibytes < MOST_MEMORY, cost

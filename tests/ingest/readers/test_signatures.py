from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from ingest.readers.contract import Source
from ingest.readers.signatures import Format, recognise_format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(*members: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for member in members:
            packed.writestr(member, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "目标".encode(), Format.TEXT),
        ("a.md", b"# T", Format.MARKDOWN),
        ("a.csv", b"a,b", Format.CSV),
        ("a.html", b"<html><body>x", Format.HTML),
        ("旧表.xls", b"\n<table><tr><td>x", Format.HTML),
        ("a.txt", "<html>目标".encode("utf-16"), Format.HTML),
        ("a.txt", b"%PDF-1.7 ...", Format.PDF),
        ("a.doc", b"{\\rtf1 x}", Format.RTF),
        ("a.jpg", b"\xff\xd8\xff\xe0", Format.IMAGE),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), Format.DOCX),
        ("a.doc", archive("word/document.xml"), Format.DOCX),
        ("a.xlsx", archive("xl/workbook.xml"), Format.XLSX),
        ("a.ofd", archive("OFD.xml"), Format.OFD),
        ("a.zip", archive("甲.docx"), Format.ZIP),
        ("a.docx", b"PK\x03\x04 cut off", Format.DOCX),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), Format.DOC),
        ("a.et", OLE + "Workbook".encode("utf-16-le"), Format.XLS),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Format.LOCKED),
    ],
)
def test_the_bytes_decide(name: str, content: bytes, expected: Format) -> None:
    assert recognise_format(Source(name, content)) is expected

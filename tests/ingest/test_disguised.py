"""Files that are not what they seem, are locked, or would run something or reach out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from corpus.errors import EmptyFile, UnreadableFile
from tests.ingest.grids import comma_separated
from tests.ingest.harming import DOCX, NAMES, PAGE, TEXT, XLS, XLSX, names, read, refusal
from tests.ingest.readers.making import with_parts, zip_bytes
from tests.ingest.readers.printing import as_pdf
from tests.ingest.readers.sheets import CATEGORIES
from tests.ingest.readers.typesetting import set_sheet
from tests.ingest.test_round_trip_formats import WITH_NOTES

CALC = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

# What is not what it is named, or not text


@pytest.mark.parametrize(
    "name", ["目标.txt", "目标.docx", "目标.xlsx", "目标.doc", "目标.pdf", "目标.png", "目标"]
)
@pytest.mark.parametrize("content", [TEXT, DOCX, XLSX, XLS, PAGE], ids=["txt", "docx", "xlsx", "xls", "html"])
def test_a_wrong_suffix_does_not_matter(name: str, content: bytes) -> None:
    assert names(read(name, content)) == NAMES


NEITHER = (
    "文件“目标.docx”的内容既不是 .docx 格式，也不是文本，可能已损坏或改错了后缀；"
    "请用原来的软件打开后另存一份。"
)


def test_csv_named_like_a_workbook_and_pdf_named_like_a_document() -> None:
    assert names(read("目标.xls", comma_separated(WITH_NOTES))) == NAMES
    assert names(read("目标.docx", as_pdf(set_sheet(CATEGORIES)))) == [row[2] for row in CATEGORIES.rows]


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"", EmptyFile, "文件“目标.docx”是空的，没有任何文字；请换一个有内容的文件。"),
        (bytes(5000), EmptyFile, "文件“目标.docx”是空的，没有任何文字；请换一个有内容的文件。"),
        (
            b"MZ" + bytes(range(256)) * 20,
            UnreadableFile,
            NEITHER,
        ),
        (
            b"PK\x03\x04" + bytes(range(256)) * 20,
            UnreadableFile,
            "文件“目标.docx”不完整或已损坏，无法打开；请重新下载或从原软件另存一份。",
        ),
    ],
    ids=["empty", "zeros", "program", "cut off"],
)
def test_what_is_no_document_at_all(content: bytes, kind: type[UnreadableFile], sentence: str) -> None:
    assert refusal("目标.docx", content, kind) == sentence


@pytest.mark.parametrize("name", ["目标.txt", "目标.md", "目标.csv", "目标.html"])
def test_nul_bytes(name: str) -> None:
    content = PAGE if name.endswith("html") else TEXT
    assert refusal(name, content[:300] + b"\x00" + content[300:]) == (
        f"文件“{name}”含有空字节（NUL），不是文本文件；请确认文件没有损坏，或另存为 UTF-8 文本。"
    )


def test_mixed_encodings_and_lone_surrogates() -> None:
    both = (TEXT.decode() * 3).encode() + (TEXT.decode() * 3).encode("gb18030")
    lone = TEXT.replace("规".encode(), "\ud800".encode("utf-8", "surrogatepass"))
    for content in (both, lone):
        assert refusal("目标.txt", content) == (
            "文件“目标.txt”不是 UTF-8、GB18030 或 UTF-16 编码的文本；请检查文件，或另存为 UTF-8 文本。"
        )
    half = read("目标.txt", TEXT.decode().replace("规", "\ud800").encode("utf-16", "surrogatepass"))
    assert names(half) == ["\ufffd范公文办理", *NAMES[1:]]
    assert [(p.place.line, p.sentence) for p in half.problems] == [
        (10, "有 1 处字节不是有效的 UTF-8 文字，已用“\ufffd”代替；请核对原文件。")
    ]


# Passwords


def locked_xls() -> bytes:
    """The workbook with a record that says that what follows is encrypted."""
    made = bytearray(XLS)
    at = made.index(b"\x09\x08\x10\x00") + 4 + 16
    made[at : at + 2] = b"\x2f\x00"
    return bytes(made)


def locked_zip() -> bytes:
    made = bytearray(zip_bytes([("目标.txt", TEXT)]))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


OFFICE = "是加密的 Office 文档，暂不支持读取；请先在 Word 或 WPS 中取消密码后重新保存后再试。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("目标.docx", OLE, f"文件“目标.docx”{OFFICE}"),
        ("目标.xlsx", OLE, f"文件“目标.xlsx”{OFFICE}"),
        ("目标.xls", locked_xls(), "工作簿“目标.xls”设有密码，无法读取；请解除密码后重试。"),
        ("目标.zip", locked_zip(), "文件“目标.zip”设有密码，无法读取；请解除密码后重试。"),
        (
            "目标.pdf",
            as_pdf(set_sheet(CATEGORIES), password="secret"),
            "PDF“目标.pdf”设有密码，无法读取；请解除密码后重试。",
        ),
    ],
)
def test_passwords(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(name, content)
    assert caught.value.sentence == sentence


# What would run, or reach out


def test_formulas_of_a_csv_stay_text() -> None:
    content = '类别,序号,目标名称,目标内容\n重点目标,1,=cmd|\' /C calc\'!A0,"=HYPERLINK(""http://x"",""办结率96%"")"\n'
    (document,) = read("目标.csv", content.encode()).documents
    assert [(item.name, item.content) for item in document.items] == [
        ("=cmd|' /C calc'!A0", '=HYPERLINK("http://x","办结率96%")')
    ]


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what has been asked of it."""
    asked: list[bytes] = []

    class Listener(StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline())

    with ThreadingTCPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def related(*targets: tuple[str, str]) -> bytes:
    entries = "".join(
        f'<Relationship Id="x{n}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f"<Relationships {PACKAGE}>{entries}</Relationships>".encode()


def test_links_outside_are_not_followed_and_macros_not_run(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    with listening() as (address, asked):
        kinds = ("image", "oleObject", "attachedTemplate", "hyperlink", "subDocument")
        targets = [(kind, at) for kind in kinds for at in (f"{address}/{kind}", secret.as_uri())]
        macro = b'Attribute VB_Name = "M"\r\nSub AutoOpen()\r\nShell "touch ran"\r\nEnd Sub\r\n'
        parts = {"word/_rels/settings.xml.rels": related(*targets), "word/vbaProject.bin": macro}
        linked = f"<externalLink {CALC}><externalBook/></externalLink>".encode()
        books = {
            "xl/externalLinks/externalLink1.xml": linked,
            "xl/externalLinks/_rels/externalLink1.xml.rels": related(
                ("externalLinkPath", f"{address}/a.xlsx")
            ),
            "xl/vbaProject.bin": macro,
        }
        outside = "".join(
            f'<{tag} {word}="{at}"></{tag.split()[0]}>'
            for tag, word in (
                ("img", "src"),
                ("iframe", "src"),
                ("link rel=stylesheet", "href"),
                ("base", "href"),
            )
            for at in (f"{address}/{tag}", secret.as_uri())
        )
        for name, content in {
            "目标.docm": with_parts(DOCX, parts),
            "目标.xlsm": with_parts(XLSX, books),
            "目标.html": PAGE.replace(b"<body>", f"<body>{outside}".encode("gb18030")),
            "目标.md": TEXT + f"\n\n![图]({address}/a.png)\n<img src='{secret.as_uri()}'>\n".encode(),
        }.items():
            reading = read(name, content)
            assert names(reading) == NAMES
            assert "机密内容" not in "".join(document.text for document in reading.documents)
    assert asked == []
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]


# Names in archives


def test_names_that_lead_out_or_are_reserved_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = [
        "../../evil.txt",
        "/abs/a.txt",
        "C:\\windows\\b.txt",
        "CON.txt",
        "aux/nul.txt",
        "a\x1b[31m\n.txt",
    ]
    reading = read("目标.zip", zip_bytes([(name, TEXT) for name in written]))
    assert names(reading) == NAMES * len(written)
    assert [(p.source, p.sentence) for p in reading.problems] == [
        (f"目标.zip/{path}", f"路径“{name}”指向压缩包之外，已当作“{path}”读取；请确认文件来源。")
        for name, path in [
            ("../../evil.txt", "evil.txt"),
            ("/abs/a.txt", "abs/a.txt"),
            ("C:/windows/b.txt", "windows/b.txt"),
        ]
    ]
    assert list(tmp_path.iterdir()) == []


def test_thousands_of_entries() -> None:
    many = zip_bytes([(f"{n}.txt", b"x") for n in range(21_000)])
    assert refusal("目标.zip", many) == (
        "文件“目标.zip”解压后有 0 MB、21000 个部件，超出安全上限，未读取；请确认文件来源，或拆分后再读取。"
    )

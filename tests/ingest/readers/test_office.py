from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from corpus.errors import ToolMissing, UnreadableFile
from ingest.readers import office
from ingest.readers.contract import Source
from ingest.readers.signatures import Format, recognise_format
from tests.ingest.readers.making import grid, read, tables, texts, xls_bytes, zip_bytes

SAMPLE = (Path(__file__).parent / "samples" / "old.doc").read_bytes()
REGULATIONS = Path(__file__).parents[4] / "shared" / "data" / "regulations"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")

TABLE = [
    ["类别", "序号", "目标名称", "目标内容"],
    ["重点目标", "1", "规范公文办理", "公文办结率达到96%以上，\n差错率控制在1%以内。"],
    ["重点目标", "2", "加强业务培训", "全年组织培训4次，培训不少于300人次。"],
    ["创优目标", "1", "优化审批流程", "审批时限由30个工作日压缩至7个工作日。"],
]
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("script", "script"),
        ("svg", "svg-compatible"),
    ]
)


def odf(kind: str, body: str, scripts: str = "", more: tuple[tuple[str, str], ...] = ()) -> bytes:
    """An OpenDocument file of a kind (text, spreadsheet) with the given body."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    listed = [("/", media), ("content.xml", "text/xml"), *((name, "text/xml") for name, _ in more)]
    manifest = "".join(entry.format(*one) for one in listed)
    content = (
        f'<office:document-content {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"{scripts}<office:body>{body}</office:body></office:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    members = [
        ("mimetype", media),
        ("content.xml", content),
        ("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}">{manifest}</m:manifest>'),
        *more,
    ]
    return zip_bytes([(name, text.encode()) for name, text in members])


@needs_office
@pytest.mark.parametrize("name", ["目标.doc", "目标.wps"])
def test_a_word_document_of_the_old_kind(name: str) -> None:
    found = read(name, SAMPLE)
    assert found.title == "2013年度市某局业务目标"
    assert texts(found) == ["2013年度市某局业务目标", "单位名称：市某局", "1.首要之事", "2.其次之事"]
    (table,) = tables(found)
    assert grid(table) == TABLE


@needs_office
def test_rich_text() -> None:
    written = "".join(f"\\u{ord(c)}?" for c in "办结率达到")
    assert texts(read("a.rtf", rf"{{\rtf1\ansi {written}96%\par}}".encode())) == ["办结率达到96%"]


@needs_office
def test_an_opendocument_sheet_is_read_as_a_workbook() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in "甲乙"
    )
    body = (
        '<office:spreadsheet><table:table table:name="2013年"><table:table-row>'
        f"{cells}</table:table-row></table:table></office:spreadsheet>"
    )
    (table,) = tables(read("a.ods", odf("spreadsheet", body)))
    assert (table.place.sheet, grid(table)) == ("2013年", [["甲", "乙"]])


class Listener(StreamRequestHandler):
    """Notes the first line of whatever is asked of it."""

    asked: list[bytes]

    def handle(self) -> None:
        self.asked.append(self.rfile.readline())


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">
Sub Main
Open "{}" For Output As #1
Close #1
End Sub</script:module>"""
LIBRARY = (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="M"/>'
    "</library:library>"
)
LIBRARIES = (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>'
)
ON_LOAD = (
    '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
    'script:event-name="office:load-finished" xlink:type="simple" '
    'xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>'
    "</office:event-listeners></office:scripts>"
)


@needs_office
def test_no_link_is_followed_and_no_macro_runs(tmp_path: Path) -> None:
    asked: list[bytes] = []
    server = ThreadingTCPServer(("127.0.0.1", 0), type("Asked", (Listener,), {"asked": asked}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    sections = "".join(
        f'<text:section text:name="s{n}"><text:section-source xlink:href="{link}"/>'
        "<text:p>旧文</text:p></text:section>"
        for n, link in enumerate([f"{address}/text", (tmp_path / "secret.txt").as_uri()])
    )
    body = (
        f"<office:text><text:p>正文</text:p>{sections}"
        f'<text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{address}/a.png"/>'
        "</draw:frame></text:p></office:text>"
    )
    more = (
        ("Basic/script-lc.xml", LIBRARIES),
        ("Basic/Standard/script-lb.xml", LIBRARY),
        ("Basic/Standard/M.xml", MACRO.format(tmp_path / "ran")),
    )
    found = read("a.odt", odf("text", body, ON_LOAD, more))
    server.shutdown()
    server.server_close()
    assert texts(found) == ["正文", "旧文", "旧文"]
    assert asked == []
    assert not (tmp_path / "ran").exists()


@needs_office
def test_several_at_once() -> None:
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda n: read(f"{n}.doc", SAMPLE), range(3)))
    assert [grid(tables(one)[0]) for one in found] == [TABLE] * 3


def test_without_libreoffice_the_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ToolMissing, match=r"“a\.doc”.*LibreOffice.*apt install libreoffice-writer"):
        read("a.doc", SAMPLE)


@pytest.mark.parametrize("locked", [True, False])
def test_damaged_and_locked_documents_never_reach_libreoffice(
    locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_converted", None)
    content = bytearray(SAMPLE)
    head = content.index(b"\xec\xa5")
    if locked:
        content[head + 11] |= 0x01
    with pytest.raises(UnreadableFile, match="设有密码" if locked else "已损坏"):
        read("a.doc", bytes(content) if locked else SAMPLE[:1200])


def test_an_ole_file_without_a_document() -> None:
    others = SAMPLE.replace("WordDocument".encode("utf-16-le"), "OtherContent".encode("utf-16-le"))
    assert recognise_format(Source("a.doc", others)) is Format.DOC
    with pytest.raises(UnreadableFile, match="里没有 Word 文档的正文"):
        read("a.doc", others)


def test_a_workbook_that_holds_a_document_stays_a_workbook() -> None:
    content = xls_bytes(lambda workbook: workbook.add_sheet("WordDocument").write(0, 0, "甲"))
    assert recognise_format(Source("a.doc", content + "WordDocument".encode("utf-16-le"))) is Format.XLS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (odf("presentation", ""), "不是 OpenDocument 文字文档或表格"),
        (odf("text", "", more=(("x", ""),)).replace(b"mimetype", b"mimetyqe"), "不是 OpenDocument"),
        (zip_bytes([("META-INF/manifest.xml", b"<m:encryption-data/>")]), "设有密码"),
    ],
)
def test_opendocument_files_that_cannot_be_read(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read("a.odt", content)


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_soffice", lambda _: str(program))


@needs_shell
def test_a_conversion_that_never_ends_is_killed_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait", monkeypatch)
    monkeypatch.setattr(office, "_LONGEST_SECONDS", 0.5)
    with pytest.raises(UnreadableFile, match="转换超过 0 秒，已停止"):
        read("a.doc", SAMPLE)
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not _runs(child):
            break
        time.sleep(0.02)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and ") Z" in status.read_text())


@needs_shell
@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -9 $$"])
def test_a_conversion_that_fails_says_that_the_file_is_damaged(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, script, monkeypatch)
    with pytest.raises(UnreadableFile, match="LibreOffice 无法打开"):
        read("a.doc", SAMPLE)


@needs_office
def test_a_workbook_that_the_reader_of_xls_does_not_understand() -> None:
    content = xls_bytes(lambda workbook: workbook.add_sheet("表").write(0, 0, "甲"))
    (table,) = tables(office.read_workbook(Source("a.et", content)))
    assert (table.place.sheet, grid(table)) == ("表", [["甲"]])


@needs_office
@pytest.mark.skipif(
    not REGULATIONS.is_dir(), reason="the collection of regulations is not beside this checkout"
)
def test_regulations_as_they_come() -> None:
    names = sorted(REGULATIONS.glob("*.doc"))
    assert len(names) == 6
    for path in names:
        found = read(path.name, path.read_bytes())
        articles = [text for text in texts(found) if text.startswith("第") and "条" in text[:8]]
        assert len(articles) >= 30, path.name
        assert sum(map(len, texts(found))) > 3000, path.name

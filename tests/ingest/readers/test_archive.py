from __future__ import annotations

import zipfile

import pytest

from corpus.errors import EmptyFile, UnreadableFile
from ingest.readers import archive
from ingest.readers.contract import Source
from ingest.reading import Hints, read_source
from tests.ingest.readers.making import zip_bytes

SMALL = "序号\n目标名称\n目标内容\n1\n甲工作\n完成甲事3件。\n".encode()
HINTS = Hints(unit="市某局", year=2019)


def unpacked(*members: tuple[str | zipfile.ZipInfo, bytes], name: str = "目标.zip") -> tuple[Source, ...]:
    return archive.read(Source(name, zip_bytes(members), ("上级",))).members


def problems(*members: tuple[str | zipfile.ZipInfo, bytes]) -> list[tuple[str, str]]:
    found = archive.read(Source("目标.zip", zip_bytes(members)))
    return [(problem.source, problem.sentence) for problem in found.problems]


def stored_name(name: str, encoding: str, *, marked: bool = False) -> bytes:
    """An archive whose only member is named in the bytes of an encoding."""
    raw = name.encode(encoding)
    content = bytearray(zip_bytes([("x" * len(raw), SMALL)]).replace(b"x" * len(raw), raw))
    if marked:
        content[7] |= 0x08
        content[content.index(b"PK\x01\x02") + 9] |= 0x08
    return bytes(content)


def test_members_know_their_names_and_folders() -> None:
    first, second = unpacked(("甲.txt", b"1"), ("2019/市某局/乙.txt", b"2"))
    assert (first.name, first.content, first.folders, first.label) == (
        "甲.txt",
        b"1",
        ("目标", "上级"),
        "目标.zip/甲.txt",
    )
    assert (second.name, second.folders) == ("乙.txt", ("市某局", "2019", "目标", "上级"))
    assert second.label == "目标.zip/2019/市某局/乙.txt"


@pytest.mark.parametrize(
    ("encoding", "marked"), [("gb18030", False), ("utf-8", False), ("utf-8", True), ("ascii", False)]
)
def test_names_in_the_encodings_of_chinese_tools(encoding: str, marked: bool) -> None:
    name = "plan.txt" if encoding == "ascii" else "二〇一九年/市某局业务目标.txt"
    (member,) = archive.read(Source("a.zip", stored_name(name, encoding, marked=marked))).members
    assert member.label == f"a.zip/{name}"


def test_what_systems_and_office_suites_leave_is_skipped() -> None:
    junk = (
        "__MACOSX/._甲.txt",
        "甲/.DS_Store",
        "~$甲.docx",
        ".~lock.甲.odt#",
        "Thumbs.db",
        "甲/desktop.ini",
        "空/",
    )
    assert [m.name for m in unpacked(*((name, b"x") for name in junk), ("甲.txt", b"1"))] == ["甲.txt"]
    assert problems(*((name, b"x") for name in junk), ("甲.txt", b"1")) == []


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("../../etc/甲.txt", "etc/甲.txt"),
        ("/root/甲.txt", "root/甲.txt"),
        ("C:\\windows\\甲.txt", "windows/甲.txt"),
        ("a/../甲.txt", "a/甲.txt"),
    ],
)
def test_names_that_point_outside_are_made_safe_and_reported(written: str, path: str) -> None:
    (member,) = unpacked((written, SMALL))
    assert member.label == f"目标.zip/{path}"
    ((source, sentence),) = problems((written, SMALL))
    assert source == f"目标.zip/{path}"
    assert (
        sentence
        == f"路径“{written.replace(chr(92), '/')}”指向压缩包之外，已当作“{path}”读取；请确认文件来源。"
    )


def test_links_are_not_followed() -> None:
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = 0o120777 << 16
    assert [m.name for m in unpacked((link, b"/etc/passwd"), ("甲.txt", b"1"))] == ["甲.txt"]
    assert problems((link, b"/etc/passwd"), ("甲.txt", b"1")) == [
        ("目标.zip/链接.txt", "是符号链接，未读取；请将它指向的文件放入压缩包。")
    ]


def test_an_archive_inside_is_opened_and_one_deeper_reported() -> None:
    inner = zip_bytes([("内/乙.txt", SMALL), ("再内.zip", zip_bytes([("丙.txt", SMALL)]))])
    assert [m.label for m in unpacked(("甲.txt", SMALL), ("子.zip", inner))] == [
        "目标.zip/甲.txt",
        "目标.zip/子.zip/内/乙.txt",
    ]
    assert problems(("子.zip", inner)) == [
        ("目标.zip/子.zip/再内.zip", "压缩包嵌套过深，未读取；请先解压，再读取其中的文件。")
    ]


def test_the_bounds_hold_over_all_archives_together(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [(f"{n}.txt", b"x" * 40) for n in range(3)]
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    assert [m.name for m in unpacked(*members)] == ["0.txt", "1.txt"]
    assert problems(*members) == [("目标.zip/2.txt", "文件超过 2 个，其余未读取；请分成几个压缩包。")]
    monkeypatch.setattr(archive, "MOST_FILES", 2000)
    monkeypatch.setattr(archive, "LARGEST_FILE", 39)
    with pytest.raises(EmptyFile, match="解压后超过 0 MB"):
        unpacked(*members)


def test_a_nested_bomb_is_a_problem_of_its_own() -> None:
    bomb = zip_bytes([("a.txt", bytes(100 * 1024 * 1024))])
    ((source, sentence),) = problems(("甲.txt", SMALL), ("弹.zip", bomb))
    assert (source, "超出安全上限" in sentence) == ("目标.zip/弹.zip", True)


def test_an_archive_of_nothing() -> None:
    with pytest.raises(EmptyFile, match="没有可以读取的文件；请检查压缩包"):
        unpacked(("空/", b""))


def test_members_are_read_in_turn_and_bad_ones_reported() -> None:
    content = zip_bytes(
        [("2019/甲.txt", SMALL), ("坏.docx", b"PK\x03\x04"), ("乙.txt", SMALL), ("程序.exe", b"MZ\x00\x01")]
    )
    reading = read_source(Source("目标.zip", content), HINTS)
    assert [d.source for d in reading.documents] == ["目标.zip/2019/甲.txt", "目标.zip/乙.txt"]
    assert [p.source for p in reading.problems] == ["目标.zip/坏.docx", "目标.zip/程序.exe"]
    assert "不完整或已损坏" in reading.problems[0].sentence
    assert len(reading.rows) == len(reading.members) == 2


def test_the_folders_inside_tell_year_and_city() -> None:
    content = zip_bytes([("青岛市/2011/目标.txt", SMALL)])
    (document,) = read_source(Source("汇总.zip", content)).documents
    assert (document.year, document.city) == (2011, "青岛市")


def test_only_bad_members_are_an_error() -> None:
    with pytest.raises(UnreadableFile, match="中没有可以读取的目标文件：文件“坏"):
        read_source(Source("目标.zip", zip_bytes([("坏.docx", b"PK\x03\x04")])))

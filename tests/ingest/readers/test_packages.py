from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from corpus.errors import UnreadableFile
from ingest.readers import packages
from ingest.readers.contract import Source
from ingest.readers.packages import check_parts, open_package, parse_xml, read_member, with_part
from tests.ingest.readers.making import zip_bytes


def source(content: bytes) -> Source:
    return Source("目标.docx", content)


def test_parts_are_read_and_absent_ones_named() -> None:
    given = source(zip_bytes([("a.xml", b"<a/>")]))
    with open_package(given) as package:
        assert read_member(package, "a.xml", given) == b"<a/>"
        with pytest.raises(UnreadableFile, match="缺少部件“b"):
            read_member(package, "b.xml", given)
        with pytest.raises(UnreadableFile, match="超过 0 MB"):
            read_member(package, "a.xml", given, largest=2)


def test_a_package_that_is_cut_off_or_locked() -> None:
    content = zip_bytes([("a.xml", b"<a/>" * 50)])
    with pytest.raises(UnreadableFile, match="不完整或已损坏"):
        open_package(source(content[:-30]))
    locked = bytearray(content)
    locked[6] |= 1
    locked[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="设有密码"):
        open_package(source(bytes(locked)))


def test_a_part_whose_bytes_are_damaged() -> None:
    content = bytearray(zip_bytes([("a.xml", bytes(range(256)) * 8)]))
    content[60] ^= 0xFF
    given = source(bytes(content))
    with open_package(given) as package, pytest.raises(UnreadableFile, match="已损坏；请重新下载"):
        read_member(package, "a.xml", given)


def test_bombs_are_refused_by_what_they_state() -> None:
    with pytest.raises(UnreadableFile, match=r"解压后有 100 MB、1 个部件，\s*超出安全上限"):
        open_package(source(zip_bytes([("a.xml", bytes(100 * 1024 * 1024))])))


def test_a_stated_size_that_lies_binds() -> None:
    content = zip_bytes([("a.xml", bytes(5_000_000))])
    directory = content.index(b"PK\x01\x02")
    lying = bytearray(content)
    lying[directory + 24 : directory + 28] = struct.pack("<I", 100)
    given = source(bytes(lying))
    with open_package(given) as package, pytest.raises(UnreadableFile, match="已损坏"):
        read_member(package, "a.xml", given)


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_MEMBERS", 3)
    with pytest.raises(UnreadableFile, match="4 个部件"):
        open_package(source(zip_bytes([(f"{n}.xml", b"x") for n in range(4)])))


def test_entities_are_refused_in_any_part() -> None:
    given = source(zip_bytes([("a.xml", b"<a/>"), ("b.rels", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')]))
    with open_package(given) as package, pytest.raises(UnreadableFile, match="实体声明"):
        check_parts(package, given)
    with pytest.raises(UnreadableFile, match="实体声明"):
        parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', given)
    with pytest.raises(UnreadableFile, match="不是有效的 XML"):
        parse_xml(b"<a>", given)
    assert parse_xml(b"<a>x</a>", given).text == "x"


def test_parts_too_large_to_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    given = source(zip_bytes([("a.xml", b"x" * 60), ("b.xml", b"x" * 60), ("c.png", b"x" * 500)]))
    for limit, value in (("LARGEST_XML", 50), ("LARGEST_XML_TOTAL", 100)):
        with monkeypatch.context() as patched:
            patched.setattr(packages, limit, value)
            with open_package(given) as package, pytest.raises(UnreadableFile, match="解压后过大"):
                check_parts(package, given)
    with open_package(given) as package:
        check_parts(package, given)


def test_one_part_is_replaced() -> None:
    with zipfile.ZipFile(BytesIO(zip_bytes([("a/", b""), ("a/b", b"1"), ("c", b"2")]))) as package:
        made = with_part(package, "c", b"3")
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert {name: package.read(name) for name in package.namelist()} == {"a/b": b"1", "c": b"3"}

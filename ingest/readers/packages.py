"""Opening a file that is a ZIP of parts (.docx, .xlsx, .ofd, .zip) without trusting what it claims."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from corpus.errors import UnreadableFile
from ingest.readers.contract import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_MEMBERS: Final = 20_000
LARGEST_TOTAL: Final = 400 * 1024 * 1024
LARGEST_XML: Final = 30 * 1024 * 1024
LARGEST_XML_TOTAL: Final = 80 * 1024 * 1024
_STRANGE_RATIO: Final = 300
_RATIO_COUNTS_FROM: Final = 20 * 1024 * 1024
_ENCRYPTED: Final = 0x1
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
STRICT: Final = b"http://purl.oclc.org/ooxml/"  # the namespace of a strict package, which no library reads
DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)


def open_package(source: Source) -> zipfile.ZipFile:
    """Open `source` as a ZIP whose directory states sane sizes; raise `UnreadableFile` otherwise.

    The stated sizes bind: `zipfile` stops reading a member at them.
    """
    try:
        package = zipfile.ZipFile(BytesIO(source.content))
    except DAMAGED:
        raise UnreadableFile(
            f"文件“{source.name}”不完整或已损坏，无法打开；请重新下载或从原软件另存一份。"
        ) from None
    members = package.infolist()
    if any(m.flag_bits & _ENCRYPTED for m in members):
        raise UnreadableFile(f"文件“{source.name}”设有密码，无法读取；请解除密码后重试。")
    total = sum(m.file_size for m in members)
    packed = max(1, sum(m.compress_size for m in members))
    is_bomb = total > _RATIO_COUNTS_FROM and total / packed > _STRANGE_RATIO
    if len(members) > MOST_MEMBERS or total > LARGEST_TOTAL or is_bomb:
        raise UnreadableFile(
            f"文件“{source.name}”解压后有 {total // (1024 * 1024)} MB、{len(members)} 个部件，"
            "超出安全上限，未读取；请确认文件来源，或拆分后再读取。"
        )
    return package


def read_member(
    package: zipfile.ZipFile, part: str | zipfile.ZipInfo, source: Source, largest: int = LARGEST_XML
) -> bytes:
    """Return one part of a package; raise `UnreadableFile` where it is absent, too large or damaged."""
    name = _CONTROL.sub("\ufffd", part if isinstance(part, str) else part.filename)
    try:
        entry = package.getinfo(part) if isinstance(part, str) else part
        if entry.file_size > largest:
            raise UnreadableFile(
                f"文件“{source.name}”的部件“{name}”超过 {largest // (1024 * 1024)} MB；请拆分后再读取。"
            )
        return package.read(entry)
    except KeyError:
        raise UnreadableFile(
            f"文件“{source.name}”缺少部件“{name}”，可能已损坏；请从原软件另存一份。"
        ) from None
    except DAMAGED:
        raise UnreadableFile(
            f"文件“{source.name}”的部件“{name}”已损坏；请重新下载或从原软件另存一份。"
        ) from None


def with_part(package: zipfile.ZipFile, name: str, content: bytes) -> bytes:
    """Return the package with one part replaced."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
        for member in package.infolist():
            if not member.is_dir():
                copy.writestr(member.filename, content if member.filename == name else package.read(member))
    return made.getvalue()


def check_parts(package: zipfile.ZipFile, source: Source) -> None:
    """Refuse XML parts that are too large to be opened or declare entities; libraries open them unasked."""
    parts = [m for m in package.infolist() if m.filename.endswith((".xml", ".rels"))]
    largest = max((m.file_size for m in parts), default=0)
    if largest > LARGEST_XML or sum(m.file_size for m in parts) > LARGEST_XML_TOTAL:
        raise UnreadableFile(
            f"文件“{source.name}”的内容解压后过大（单个部件 {largest // (1024 * 1024)} MB），未读取；"
            "请只保留需要的部分，或拆分后再读取。"
        )
    for part in parts:
        _refuse_entities(read_member(package, part, source), source)


def _refuse_entities(content: bytes, source: Source) -> None:
    """Refuse a part that declares anything, in UTF-8 or in UTF-16, whose letters have a NUL beside them."""
    plain = content.replace(b"\x00", b"") if b"\x00" in content[:8] else content
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise _declares_entities(source)


def _declares_entities(source: Source) -> UnreadableFile:
    return UnreadableFile(f"文件“{source.name}”内含不允许的实体声明（DTD），未读取；请确认文件来源。")


def misshapen(source: Source, error: Exception) -> UnreadableFile:
    """Return what to say of XML that its parser refuses: nested too deep, or not well formed."""
    if "depth" in str(error):
        return UnreadableFile(
            f"文件“{source.name}”的内部结构嵌套过深，不像正常文件，未读取；请从原软件另存一份。"
        )
    return UnreadableFile(f"文件“{source.name}”的内部结构不是有效的 XML，可能已损坏；请从原软件另存一份。")


def parse_xml(content: bytes, source: Source) -> _Element:
    """Parse a part without resolving entities, DTDs or anything outside it."""
    from lxml import etree

    _refuse_entities(content, source)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise misshapen(source, error) from None
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that hides the words
        raise _declares_entities(source)
    return root

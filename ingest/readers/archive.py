"""ZIP archives of target documents: their files as sources, in the order of the archive.

Nothing is ever written to disk, so a name that points outside the archive is harmless; it loses what
points there and is reported. Archives inside the archive are opened once; deeper ones are reported.
"""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass, field
from typing import Final

from corpus.errors import EmptyFile, UnreadableFile
from corpus.model import Problem
from ingest.blocks import NOWHERE
from ingest.readers.contract import Extract, Source
from ingest.readers.packages import open_package, read_member
from ingest.readers.signatures import Format, recognise_format

MOST_FILES: Final = 2000
LARGEST_FILE: Final = 100 * 1024 * 1024
LARGEST_TOTAL: Final = 200 * 1024 * 1024
_DEEPEST: Final = 2
_NAMES_ARE_UTF8: Final = 0x800
_JUNK_FOLDERS: Final = frozenset({"__macosx", ".git", ".svn"})
_JUNK_NAMES: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini", "manifest.toml"})
_JUNK_STARTS: Final = ("~$", ".~", "._")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def read(source: Source) -> Extract:
    """Return the files of the archive as members; what is left out for a reason is a problem."""
    unpacking = _Unpacking()
    unpacking.archive(source, 1)
    if not unpacking.members:
        reason = f"：{unpacking.problems[0].sentence}" if unpacking.problems else "；请检查压缩包。"
        raise EmptyFile(f"压缩包“{source.name}”里没有可以读取的文件{reason}")
    return Extract(members=tuple(unpacking.members), problems=tuple(unpacking.problems))


@dataclass(slots=True)
class _Unpacking:
    """The files and problems found so far, and how many bytes may still be unpacked."""

    members: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: int = LARGEST_TOTAL

    def archive(self, source: Source, depth: int) -> None:
        """Take the files of an archive, those of archives in it after their place in the order."""
        with open_package(source) as package:
            for entry in package.infolist():
                name = _Name.of(entry)
                if name.written.endswith("/") or name.is_junk():
                    continue
                if len(self.members) >= MOST_FILES:
                    self._leave_out(source, name, f"文件超过 {MOST_FILES} 个，其余未读取；请分成几个压缩包。")
                    return
                reason = self._refusal(entry)
                if reason is not None:
                    self._leave_out(source, name, reason)
                    continue
                if name.points_outside:
                    sentence = (
                        f"路径“{name.written}”指向压缩包之外，已当作“{name.path}”读取；请确认文件来源。"
                    )
                    self._leave_out(source, name, sentence)
                self._take(package, entry, name, source, depth)

    def _refusal(self, entry: zipfile.ZipInfo) -> str | None:
        if stat.S_ISLNK(entry.external_attr >> 16):
            return "是符号链接，未读取；请将它指向的文件放入压缩包。"
        if entry.file_size > LARGEST_FILE:
            return f"解压后超过 {LARGEST_FILE // (1024 * 1024)} MB，未读取；请拆分后再读取。"
        if entry.file_size > self.left:
            return f"解压后合计超过 {LARGEST_TOTAL // (1024 * 1024)} MB，未读取；请分成几个压缩包。"
        return None

    def _take(
        self, package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: _Name, source: Source, depth: int
    ) -> None:
        try:
            content = read_member(package, entry, source, LARGEST_FILE)
        except UnreadableFile as error:
            self._leave_out(source, name, error.sentence)
            return
        self.left -= len(content)
        folders = (*reversed(name.parts[:-1]), source.stem, *source.folders)
        within = "/".join((source.label, *name.parts[:-1]))
        member = Source(name.parts[-1], content, folders, within)
        if recognise_format(member) is not Format.ZIP:
            self.members.append(member)
        elif depth >= _DEEPEST:
            self._leave_out(source, name, "压缩包嵌套过深，未读取；请先解压，再读取其中的文件。")
        else:
            self._inner(member, source, name, depth)

    def _inner(self, member: Source, source: Source, name: _Name, depth: int) -> None:
        try:
            self.archive(member, depth + 1)
        except UnreadableFile as error:
            self._leave_out(source, name, error.sentence)

    def _leave_out(self, source: Source, name: _Name, sentence: str) -> None:
        self.problems.append(Problem(f"{source.label}/{name.path}", NOWHERE, sentence))


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the archive: `written` as stored, `parts` without whatever leads out of the archive."""

    written: str
    parts: tuple[str, ...]
    points_outside: bool

    @classmethod
    def of(cls, entry: zipfile.ZipInfo) -> _Name:
        """Repair the encoding and cut the path into safe parts."""
        written = _CONTROL.sub("\ufffd", _decoded(entry)).replace("\\", "/")
        stated = written.split("/")
        parts = tuple(p for p in stated if p not in {"", ".", ".."} and not _DRIVE.fullmatch(p))
        is_outside = written.startswith("/") or ".." in stated or bool(_DRIVE.match(written))
        return cls(written, parts or ("未命名",), is_outside)

    @property
    def path(self) -> str:
        """The path inside the archive."""
        return "/".join(self.parts)

    def is_junk(self) -> bool:
        """Whether a system or an office suite put the file there, not a person."""
        last = self.parts[-1].lower()
        if last in _JUNK_NAMES or last.startswith(_JUNK_STARTS):
            return True
        return any(part.lower() in _JUNK_FOLDERS for part in self.parts[:-1])


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: `zipfile` takes unmarked names for cp437, Chinese tools write GBK."""
    if entry.flag_bits & _NAMES_ARE_UTF8 or entry.orig_filename.isascii():
        return entry.orig_filename
    try:
        stored = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.orig_filename
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.orig_filename

"""Formats that only an office suite reads (.doc, .wps, .rtf, .odt, .ods, .xlsb), converted by LibreOffice.

Each conversion runs in a folder of its own with a profile of its own, so that any number may run at once.
The profile forbids macros and links; time, memory and the size of the result are bounded, and the
filter is named, because LibreOffice otherwise opens whatever it does not know as plain text.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Final

from corpus.errors import ToolMissing, UnreadableFile
from ingest.readers import docx, xlsx
from ingest.readers.contract import Extract, Source
from ingest.readers.ole import DamagedOleError, stream_of
from ingest.readers.packages import LARGEST_TOTAL, open_package, read_member

_LONGEST_SECONDS: Final = 18.0
_MOST_MEMORY_KIB: Final = 1_600_000
_PLACES: Final = (
    "/usr/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_ENCRYPTED: Final = 0x0100
_WORD_6_TO_95: Final = 0xA5DC


@dataclass(frozen=True, slots=True)
class _Conversion:
    """What LibreOffice is told: the suffix of the input, the filter that reads it, the one that writes."""

    suffix: str
    reads: str
    to_sheets: bool = False

    @property
    def target(self) -> str:
        return "xlsx:Calc MS Excel 2007 XML" if self.to_sheets else "docx:MS Word 2007 XML"


_RTF: Final = _Conversion(".rtf", "Rich Text Format")
_WORD: Final = _Conversion(".doc", "MS Word 97")
_OLD_WORD: Final = _Conversion(".doc", "MS Word 95")
_EXCEL: Final = _Conversion(".xls", "MS Excel 97", to_sheets=True)
_XLSB: Final = _Conversion(".xlsb", "Calc MS Excel 2007 Binary", to_sheets=True)
_ODF: Final = {
    b"application/vnd.oasis.opendocument.text": _Conversion(".odt", "writer8"),
    b"application/vnd.oasis.opendocument.text-template": _Conversion(".odt", "writer8"),
    b"application/vnd.oasis.opendocument.spreadsheet": _Conversion(".ods", "calc8", to_sheets=True),
    b"application/vnd.oasis.opendocument.spreadsheet-template": _Conversion(".ods", "calc8", to_sheets=True),
}


def read(source: Source) -> Extract:
    """Return what the Word or Excel reader finds in the converted file; `ToolMissing` without LibreOffice."""
    return _read_converted(source, _conversion_of(source))


def read_workbook(source: Source) -> Extract:
    """Read an old workbook that the reader of .xls does not understand."""
    return _read_converted(source, _EXCEL)


def _read_converted(source: Source, conversion: _Conversion) -> Extract:
    converted = replace(source, content=_converted(source, conversion))
    return xlsx.read(converted) if conversion.to_sheets else docx.read(converted)


def _conversion_of(source: Source) -> _Conversion:
    if source.content.startswith(b"{\\rtf"):
        return _RTF
    if source.content.startswith(b"PK"):
        return _packed_conversion(source)
    return _word_conversion(source)


def _packed_conversion(source: Source) -> _Conversion:
    with open_package(source) as package:
        if "xl/workbook.bin" in package.namelist():
            return _XLSB
        stated = read_member(package, "mimetype", source) if "mimetype" in package.namelist() else b""
        manifest = read_member(package, "META-INF/manifest.xml", source)
    if b"encryption-data" in manifest:
        raise UnreadableFile(f"文件“{source.name}”设有密码，无法读取；请解除密码后重试。")
    conversion = _ODF.get(stated.strip())
    if conversion is None:
        raise UnreadableFile(
            f"文件“{source.name}”不是 OpenDocument 文字文档或表格，无法读取；请另存为 .docx 或 .xlsx 后重试。"
        )
    return conversion


def _word_conversion(source: Source) -> _Conversion:
    """Judge a binary Word document by the head of its main stream; a locked one never reaches LibreOffice."""
    head = _word_head(source)
    identity, _, flags = struct.unpack("<HH6xH", head)
    if flags & _ENCRYPTED:
        raise UnreadableFile(f"文档“{source.name}”设有密码，无法读取；请解除密码后重试。")
    return _OLD_WORD if identity == _WORD_6_TO_95 else _WORD


def _word_head(source: Source) -> bytes:
    try:
        stream = stream_of(source, "WordDocument")
    except DamagedOleError:
        raise _damaged(source) from None
    if stream is None or len(stream) < 12:
        raise UnreadableFile(
            f"文件“{source.name}”里没有 Word 文档的正文，可能已损坏或不是 .doc/.wps 文档；"
            "请用 Word 或 WPS 打开后另存为 .docx。"
        )
    return stream[:12]


def _damaged(source: Source) -> UnreadableFile:
    return UnreadableFile(
        f"文件“{source.name}”已损坏或不完整，LibreOffice 无法打开；"
        "请用 Word 或 WPS 打开后另存为 .docx 或 .xlsx。"
    )


def _converted(source: Source, conversion: _Conversion) -> bytes:
    program = _soffice(source)
    with tempfile.TemporaryDirectory(prefix="duibiao-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        settings = resources.files("ingest.readers").joinpath("office_profile.xcu").read_bytes()
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_bytes(settings)
        written = folder / f"document{conversion.suffix}"
        written.write_bytes(source.content)
        command = (
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *"--headless --invisible --norestore --nodefault --nologo --nolockcheck".split(),
            f"--infilter={conversion.reads}",
            "--convert-to",
            conversion.target,
            "--outdir",
            str(folder / "converted"),
            str(written),
        )
        _run(source, command, folder)
        results = sorted((folder / "converted").glob("document.*"))
        if not results or results[0].stat().st_size > LARGEST_TOTAL:
            raise _damaged(source)
        return results[0].read_bytes()


def _soffice(source: Source) -> str:
    for name in ("soffice", "libreoffice", *_PLACES):
        found = shutil.which(name)
        if found is not None:
            return found
    raise ToolMissing(
        f"读取“{source.name}”这类旧格式文件需要 LibreOffice，本机没有安装；请先安装"
        "（Debian/Ubuntu：apt install libreoffice-writer libreoffice-calc），"
        "或用 Word、WPS 另存为 .docx 或 .xlsx 后再读取。"
    )


def _run(source: Source, command: tuple[str, ...], folder: Path) -> None:
    """Run a conversion to its end; kill it and everything it started when its time is up."""
    process = subprocess.Popen(  # noqa: S603 - our own arguments; the document's name is not among them
        (*_limits(), *command),
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableFile(
            f"文件“{source.name}”用 LibreOffice 转换超过 {_LONGEST_SECONDS:.0f} 秒，已停止；"
            "请稍后重试，或用 Word、WPS 另存为 .docx 或 .xlsx 后再读取。"
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing running: soffice is a script that starts another program."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limits() -> tuple[str, ...]:
    """Return a prefix that bounds memory and writes no core files, where there is a shell for it."""
    if sys.platform == "win32":
        return ()
    bounds = f'ulimit -c 0; ulimit -v {_MOST_MEMORY_KIB} 2>/dev/null; exec "$@"'
    return ("/bin/sh", "-c", bounds, "sh")


def _environment(folder: Path) -> dict[str, str]:
    """Keep the conversion inside its folder and away from displays and proxies of the user."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ
    }
    own = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    return kept | own

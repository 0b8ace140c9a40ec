"""Take in uploaded files: a name is only a name, the content is read like any other file's."""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import UploadFile

from api.found_files import FoundFile
from api.ingest_jobs import MOST_FILES, IngestJob, IngestJobs
from api.problem_responses import Refusal
from api.requests import FIRST_YEAR, LAST_YEAR
from api.routes.dependencies import Service
from api.schemas.service import IngestJson
from corpus.errors import WrongUse
from ingest.reading import Hints

LONGEST_NAME = 200
_UNSAFE = frozenset('<>:"/\\|?*')


def safe_name(name: str | None) -> str:
    """Return the last part of `name` with nothing in it that a file system or a screen could misread.

    Raise WrongUse where nothing is left.
    """
    last = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        character
        for character in last
        if unicodedata.category(character)[0] != "C" and character not in _UNSAFE
    )
    kept = kept.strip().lstrip(".").strip()
    stem, dot, suffix = kept.rpartition(".")
    if not dot:
        stem, suffix = kept, ""
    room = LONGEST_NAME - len((dot + suffix).encode())
    stem = stem.encode()[: max(room, 0)].decode("utf-8", "ignore")
    if not stem:
        raise WrongUse("上传的文件没有可用的名称；请给文件起一个名字（例如 2021年业务目标.docx）后再上传。")
    return f"{stem}{dot}{suffix}"


def _year(written: str) -> int | None:
    written = written.strip()
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and FIRST_YEAR <= int(written) <= LAST_YEAR):
        raise WrongUse(f"年份“{written}”不对；请写四位数字，例如 2021。")
    return int(written)


@dataclass(frozen=True, slots=True)
class Received:
    """Uploaded files in a folder of their own, with what the visitor knows of them."""

    folder: TemporaryDirectory[str]
    files: tuple[FoundFile, ...]
    hints: Hints

    def start(self, ingests: IngestJobs) -> IngestJob:
        """Let the files be taken in by another thread. Raise Refusal where too many wait."""
        try:
            return ingests.start(self.folder, self.files, self.hints)
        except BaseException:
            self.folder.cleanup()
            raise


def receive(service: Service, uploaded: Sequence[UploadFile], *, unit: str, year: str, city: str) -> Received:
    """Write uploaded files into a new folder. Raise WrongUse for a name that is none or not alone."""
    names = [safe_name(file.filename) for file in uploaded]
    hints = Hints(unit=unit.strip() or None, year=_year(year), city=city.strip() or None)
    if len(names) > MOST_FILES:
        raise WrongUse(f"一次传了 {len(names)} 个文件，太多；请分批上传，每批不超过 {MOST_FILES} 个。")
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise WrongUse(f"这一批里有几个文件都叫“{twice[0]}”；请先改成不同的名称再上传。")
    service.settings.folder.mkdir(parents=True, exist_ok=True)
    folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="upload-", dir=service.settings.folder)
    try:
        files = tuple(
            _written(file, Path(folder.name) / name) for file, name in zip(uploaded, names, strict=True)
        )
    except BaseException:
        folder.cleanup()
        raise
    return Received(folder, files, hints)


def _written(file: UploadFile, path: Path) -> FoundFile:
    """Write a file; its identity is its name: an earlier upload of that name is replaced."""
    with path.open("wb") as copy:
        shutil.copyfileobj(file.file, copy)
    return FoundFile(path=path, shown=path.name, key=f"upload:{path.name}", named=True)


def take_in(service: Service, file: UploadFile, *, unit: str, year: str, city: str) -> IngestJson:
    """Take in one uploaded file with what the visitor knows of it. Raise Refusal where it cannot be read."""
    received = receive(service, [file], unit=unit, year=year, city=city)
    with received.folder:
        summary = service.library.ingest_upload(received.files[0].path, received.hints)
    if summary.failed:
        raise Refusal(summary.failed[0].code, summary.failed[0].reason)
    return summary

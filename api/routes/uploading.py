"""Take in an uploaded file: its name is only a name, its content is read like any other file's."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from pathlib import Path

from fastapi import UploadFile

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


def take_in(service: Service, file: UploadFile, *, unit: str, year: str, city: str) -> IngestJson:
    """Take in one uploaded file with what the visitor knows of it. Raise Refusal where it cannot be read."""
    name = safe_name(file.filename)
    hints = Hints(unit=unit.strip() or None, year=_year(year), city=city.strip() or None)
    service.settings.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="upload-", dir=service.settings.folder) as folder:
        path = Path(folder) / name
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        summary = service.library.ingest_upload(path, hints)
    if summary.failed:
        raise Refusal(summary.failed[0].code, summary.failed[0].reason)
    return summary

"""The log of internal errors: where they happened, never what was being read or asked."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

FILE_NAME = "errors.log"
LARGEST = 1024 * 1024


def _frames(error: BaseException) -> list[str]:
    """Return the error's type and frames; its message is left out, for it may quote a document."""
    lines = [f"{type(error).__module__}.{type(error).__qualname__}"]
    lines += [
        f"  {frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [*lines, "caused by", *_frames(cause)] if cause is not None else lines


def record_error(folder: Path, error: BaseException) -> Path | None:
    """Append where `error` came from to the log in `folder`; return the file, `None` if that failed.

    A log of more than a mebibyte is set aside once, so that the folder never holds more than two.
    """
    file = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST:
            file.replace(folder / f"{FILE_NAME}.1")
        with file.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} ")
            log.write("\n".join(_frames(error)) + "\n")
    except OSError:
        return None
    return file


def internal_error_sentence(file: Path | None) -> str:
    """Return what a person is told: where the record is, and what to do with it."""
    if file is None:
        return "程序内部出错，而且日志文件无法写入；请检查数据文件夹能否写入后重试。"
    return f"程序内部出错，出错位置已记入 {file}；请重试，仍然出错时请把该文件交给维护人员。"

from __future__ import annotations

from pathlib import Path

from api.journal import FILE_NAME, LARGEST, internal_error_sentence, record_error

SECRET = "联系人：某某 13800000000"


def _fail() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise RuntimeError(SECRET) from error


def _crash() -> Exception:
    try:
        _fail()
    except RuntimeError as error:
        return error
    raise AssertionError


def test_places_are_recorded_and_messages_are_not(tmp_path: Path) -> None:
    file = record_error(tmp_path / "logs", _crash())
    assert file == tmp_path / "logs" / FILE_NAME
    written = file.read_text("utf-8")
    assert "builtins.RuntimeError" in written
    assert "builtins.ValueError" in written
    assert "test_journal.py" in written
    assert "_fail" in written
    assert "13800000000" not in written
    assert "联系人" not in written


def test_a_log_that_has_grown_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"x" * (LARGEST + 1))
    record_error(tmp_path, _crash())
    assert (tmp_path / f"{FILE_NAME}.1").stat().st_size == LARGEST + 1
    assert (tmp_path / FILE_NAME).stat().st_size < 10_000


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    assert record_error(tmp_path / "logs", _crash()) is None
    assert "日志文件无法写入" in internal_error_sentence(None)

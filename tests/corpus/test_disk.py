"""Files that are there whole or not at all."""

from pathlib import Path

import pytest

from corpus.disk import replacing, synced


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "目标.txt"
    path.write_text("旧", encoding="utf-8")
    with replacing(path) as file:
        file.write("新".encode())
        assert path.read_text(encoding="utf-8") == "旧"
    assert path.read_text(encoding="utf-8") == "新"
    assert list(tmp_path.iterdir()) == [path]


def test_where_writing_fails_the_old_file_stays_alone(tmp_path: Path) -> None:
    path = tmp_path / "目标.txt"
    path.write_text("旧", encoding="utf-8")

    def written_half() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        written_half()
    assert path.read_text(encoding="utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("目" * 80 + ".docx")
    with replacing(path) as file:
        file.write(b"whole")
    assert path.read_bytes() == b"whole"


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "none" / "目标.txt"):
        pass


def test_files_and_folders_can_be_brought_to_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "目标.txt"
    path.write_bytes(b"")
    synced(path)
    synced(tmp_path)
    with pytest.raises(FileNotFoundError):
        synced(tmp_path / "none")

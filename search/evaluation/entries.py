"""Read the files of evaluation sets: JSON lines or one JSON text, with a sentence for what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Entry:
    """One JSON object of a file; `place` says where it stands, for messages."""

    fields: Mapping[str, object]
    place: str

    def wrong(self, sentence: str) -> UnreadableFile:
        """Return the error for this entry."""
        return UnreadableFile(f"{self.place}{sentence}。")

    def text(self, *names: str) -> str:
        """Return the string or number under the first of `names` that is there."""
        found = self.optional(*names)
        if found is None:
            raise self.wrong(f"缺少“{names[0]}”；请补上")
        return found

    def optional(self, *names: str) -> str | None:
        """Return the string or number under the first of `names` that is there and not null."""
        for name in names:
            value = self.fields.get(name)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, str | int):
                raise self.wrong(f"的“{name}”应当是文字；请改正")
            return str(value)
        return None

    def number(self, name: str) -> int | None:
        """Return the whole number under `name`, or `None` where it is absent or null."""
        value = self.fields.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self.wrong(f"的“{name}”应当是整数；请改正")

    def truth(self, name: str, *, default: bool) -> bool:
        """Return the true or false under `name`."""
        value = self.fields.get(name, default)
        if isinstance(value, bool):
            return value
        raise self.wrong(f"的“{name}”应当是 true 或 false；请改正")

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return one string or a list of them under the first of `names` that is there; else none."""
        for name in names:
            value = self.fields.get(name)
            if value is None:
                continue
            values = value if isinstance(value, list) else [value]
            if all(isinstance(one, str) or type(one) is int for one in values):
                return tuple(str(one) for one in values)
            raise self.wrong(f"的“{name}”应当是文字或文字的列表；请改正")
        return ()

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Return the list of objects under `name`; none where it is absent."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(f"的“{name}”应当是对象的列表；请改正")
        return tuple(Entry(one, self.place) for one in value)


def read_text(path: Path, encoding: str = "utf-8-sig") -> str:
    """Return a text file as it is, line ends included. Raise UnreadableFile."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        raise UnreadableFile(f"找不到文件“{path}”；请检查路径。") from None
    except UnicodeDecodeError:
        raise UnreadableFile(f"文件“{path}”不是 UTF-8 编码；请转换后再试。") from None
    except OSError as error:
        raise UnreadableFile(f"无法打开文件“{path}”（{error.strerror}）；请检查路径和权限。") from None


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the objects of a file of JSON lines, of a JSON list, or of an object with a list `data`."""
    content = read_text(path)
    try:
        whole = json.loads(content)
    except ValueError:
        entries = tuple(_lines(path, content))
    else:
        entries = tuple(_parts(path, whole))
    if not entries:
        raise UnreadableFile(f"文件“{path.name}”里没有内容；请给出至少一行。")
    return entries


def _lines(path: Path, content: str) -> Iterator[Entry]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"文件“{path.name}”第 {number} 行"
        try:
            fields = json.loads(line)
        except ValueError:
            raise UnreadableFile(f"{place}不是有效的 JSON；请检查该行。") from None
        if not isinstance(fields, dict):
            raise UnreadableFile(f"{place}应当是一个 JSON 对象；请检查该行。")
        yield Entry(fields, place)


def _parts(path: Path, whole: object) -> Iterator[Entry]:
    listed = whole.get("data", [whole]) if isinstance(whole, dict) else whole
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise UnreadableFile(f"文件“{path.name}”应当每行一个 JSON 对象，或是对象的列表；请检查文件。")
    for number, fields in enumerate(listed, start=1):
        yield Entry(fields, f"文件“{path.name}”第 {number} 条")

"""Labels of sentences: where a sentence stands, what hash it has, and which indicators a reader finds in it.

A label file holds a JSON object a line and never the text itself, which may not be ours::

    {"file": "reports/青岛市/2012.md", "start": 1505, "length": 51, "sha256": "…",
     "indicators": [{"figure": [9, 15], "op": "=", "value": 1, "unit": "家",
                     "name": [[2, 8]], "status": "promised"}]}

`file` is relative to one of the folders of texts. `start` and `length` count characters of the file's text
(UTF-8, line ends as they are); the positions in `figure` and `name` count characters of the sentence. A name
may stand in several pieces.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.model import Comparator, Status


@dataclass(frozen=True, slots=True)
class LabelledIndicator:
    """One indicator of a sentence as a reader sees it; `figure` is its place in the sentence."""

    figure: tuple[int, int]
    op: Comparator
    value: float
    unit: str | None
    name: str | None
    status: Status
    high: float | None = None


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence with its labels; `is_held_out` says that nothing may be tuned on it."""

    path: Path
    start: int
    text: str
    sha256: str
    indicators: tuple[LabelledIndicator, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether the sentence belongs to the half that only judges; decided by its hash."""
        return int(self.sha256[:2], 16) % 2 == 1


def read_labels(path: Path, folders: Sequence[Path]) -> Iterator[LabelledSentence]:
    """Yield the labelled sentences of `path` with their texts, which are looked up in `folders`.

    Raises `UnreadableFile` where a line is no label, a text is absent, or a hash does not agree.
    """
    cached: dict[str, tuple[Path, str]] = {}
    for number, line in enumerate(_lines(path), start=1):
        try:
            written = json.loads(line)
            file, start, length = str(written["file"]), int(written["start"]), int(written["length"])
            if file not in cached:
                cached[file] = _text(folders, file)
            place, text = cached[file]
            sentence = text[start : start + length]
            indicators = tuple(_indicator(sentence, label) for label in written["indicators"])
            sha256 = str(written["sha256"])
        except (ValueError, KeyError, TypeError, IndexError):
            raise UnreadableFile(f"标注文件“{path.name}”第 {number} 行不是有效的标注；请检查该行。") from None
        if hashlib.sha256(sentence.encode()).hexdigest() != sha256:
            raise UnreadableFile(
                f"标注文件“{path.name}”第 {number} 行与“{file}”的文字不一致；请使用标注时的文本。"
            )
        yield LabelledSentence(place, start, sentence, sha256, indicators)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError):
        raise UnreadableFile(f"标注文件“{path}”无法读取；请检查路径。") from None


def _text(folders: Sequence[Path], file: str) -> tuple[Path, str]:
    for folder in folders:
        path = (folder / file).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise UnreadableFile(f"标注中的“{file}”指向文本文件夹之外；请检查标注文件。")
        try:
            with path.open(encoding="utf-8", newline="") as stream:
                return path, stream.read()
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError):
            raise UnreadableFile(f"标注所依据的文本“{path}”无法读取；请检查该文件。") from None
    raise UnreadableFile(f"找不到标注所依据的文本“{file}”；请用 --texts 指明文本所在的文件夹。")


def _indicator(sentence: str, label: dict[str, Any]) -> LabelledIndicator:  # as JSON gave it; ends here
    first, end = label["figure"]
    pieces = label.get("name")
    name = None if pieces is None else "".join(sentence[a:b] for a, b in pieces)
    high = label.get("high")
    return LabelledIndicator(
        figure=(int(first), int(end)),
        op=Comparator(label["op"]),
        value=float(label["value"]),
        unit=label["unit"],
        name=name,
        status=Status(label["status"]),
        high=None if high is None else float(high),
    )

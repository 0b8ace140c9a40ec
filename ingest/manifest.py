"""`manifest.toml` beside the files: what a person knows about them.

[[document]]
file = "2012.txt"
unit = "市政府办公厅"
year = 2012
city = "青岛市"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.model import Place, Problem

NAME: Final = "manifest.toml"
_YEARS: Final = range(1949, 2100)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one file; `None` where it says nothing."""

    unit: str | None = None
    year: int | None = None
    city: str | None = None
    title: str | None = None


def entry_for(path: Path) -> tuple[Entry, tuple[Problem, ...]]:
    """Return the entry for a file from the manifest in its folder, and what is wrong with the manifest."""
    manifest = path.parent / NAME
    if not manifest.is_file():
        return Entry(), ()
    try:
        table = tomllib.loads(manifest.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        sentence = (
            f"同一文件夹中的 {NAME} 无法读取（{error}），已忽略其中的单位、年份和城市；请改正后重新读取。"
        )
        return Entry(), (Problem(NAME, Place(), sentence),)
    documents = table.get("document", [])
    if not isinstance(documents, list):
        sentence = f"{NAME} 中的 document 应写作 [[document]]，已忽略；请改正后重新读取。"
        return Entry(), (Problem(NAME, Place(), sentence),)
    for stated in documents:
        if isinstance(stated, dict) and stated.get("file") == path.name:
            return _entry(stated)
    return Entry(), ()


def _entry(stated: dict[str, object]) -> tuple[Entry, tuple[Problem, ...]]:
    year = stated.get("year")
    problems: tuple[Problem, ...] = ()
    if year is not None and not (isinstance(year, int) and year in _YEARS):
        sentence = f"{NAME} 中“{stated.get('file')}”的 year 应是四位年份，已忽略；请改正后重新读取。"
        problems = (Problem(NAME, Place(), sentence),)
        year = None
    entry = Entry(
        unit=_text(stated.get("unit")),
        year=year if isinstance(year, int) else None,
        city=_text(stated.get("city")),
        title=_text(stated.get("title")),
    )
    return entry, problems


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None

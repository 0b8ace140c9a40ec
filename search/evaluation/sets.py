"""Our own sets: queries and questions whose judgments point at passages of files by place and hash.

A line of `retrieval.jsonl`, and one of `questions.jsonl`; files' texts, which may not be ours, stay out::

    {"id": "r001", "query": "…", "kinds": ["paraphrase"], "today": "2026-03-01", "year": 2021,
     "judgments": [{"file": "reports/青岛市/2012.md", "start": 1505, "length": 51,
                    "sha256": "…", "grade": 3}]}
    {"id": "q001", "question": "…", "kinds": ["figures"], "answerable": true, "answers": ["96%以上", "96%"],
     "answers_all": ["96%"], "judgments": […]}

`start` and `length` count characters of the file's text (UTF-8, line ends as they are). `years` says which
years a query asks for; without it, the query's words tell whether it names any, and the files judged relevant
tell which.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.text import fold
from search.evaluation.entries import Entry, read_entries, read_text

HIGHEST_GRADE = 3
_NAMES_A_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|[一二][〇零○九][〇零○一二三四五六七八九]{2}年"
    r"|今年|去年|前年|明年|上年|上一年|本年|近[一二两三四五六七八九十\d]+年|十[一二三四]五"
)
_YEAR_OF_FILE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Judgment:
    """A passage of a file and how well it answers: 0 not at all, 3 fully."""

    file: str
    start: int
    end: int
    grade: int

    @property
    def name(self) -> str:
        """What the passage is called where no item holds it."""
        return f"{self.file}@{self.start}"


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A line of a set; `answers`, `answers_all` and `answerable` belong to questions.

    An answer is right that holds one of `answers`, or all of `answers_all`.
    """

    id: str
    text: str
    kinds: tuple[str, ...]
    today: date | None
    year: int | None
    unit: str | None
    category: str | None
    city: str | None
    years: frozenset[int]
    judgments: tuple[Judgment, ...]
    answerable: bool = True
    answers: tuple[str, ...] = ()
    answers_all: tuple[str, ...] = ()


class Texts:
    """The texts that judgments point into, looked up below some folders and read once."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._read: dict[str, str] = {}

    def text(self, file: str) -> str:
        """Return the text of a file that is named relative to one of the folders. Raise UnreadableFile."""
        if file not in self._read:
            self._read[file] = read_text(self._path(file), "utf-8")
        return self._read[file]

    def _path(self, file: str) -> Path:
        for folder in self._folders:
            path = (folder / file).resolve()
            if not path.is_relative_to(folder.resolve()):
                raise UnreadableFile(f"评测集中的“{file}”指向文本文件夹之外；请检查评测集。")
            if path.is_file():
                return path
        raise UnreadableFile(f"找不到评测集所依据的文本“{file}”；请用 --texts 指明文本所在的文件夹。")


def read_queries(path: Path, texts: Texts) -> tuple[JudgedQuery, ...]:
    """Read a set of queries or questions and hold its judgments to the texts.

    Raise UnreadableFile for a bad line, a repeated id, an absent text or a hash that differs.
    """
    found: dict[str, JudgedQuery] = {}
    for entry in read_entries(path):
        query = _query(entry, texts)
        if query.id in found:
            raise entry.wrong(f"的编号“{query.id}”重复了；请改正")
        found[query.id] = query
    return tuple(found.values())


def _query(entry: Entry, texts: Texts) -> JudgedQuery:
    judgments = tuple(_judgment(one, texts) for one in entry.entries("judgments"))
    text = entry.text("query", "question")
    kinds = entry.texts("kinds")
    answerable = entry.truth("answerable", default="unanswerable" not in kinds)
    relevant = any(one.grade > 0 for one in judgments)
    if not text.strip():
        raise entry.wrong("的问句是空的；请补上")
    if answerable and not relevant:
        raise entry.wrong("没有一处相关的原文（judgments）；请补上，或写明 answerable 为 false")
    if not answerable and relevant:
        raise entry.wrong("写明无法回答，却有相关的原文；请改正其中一处")
    year = entry.number("year")
    return JudgedQuery(
        id=entry.text("id"),
        text=text,
        kinds=kinds,
        today=_day(entry),
        year=year,
        unit=entry.optional("unit"),
        category=entry.optional("category"),
        city=entry.optional("city"),
        years=_years(entry, text, year, judgments),
        judgments=judgments,
        answerable=answerable,
        answers=entry.texts("answers", "answer"),
        answers_all=entry.texts("answers_all"),
    )


def _judgment(entry: Entry, texts: Texts) -> Judgment:
    file, start, length = entry.text("file"), entry.number("start"), entry.number("length")
    grade = entry.number("grade")
    if start is None or length is None or start < 0 or length < 1:
        raise entry.wrong("的 judgments 缺少有效的 start 和 length；请改正")
    if grade is None or not 0 <= grade <= HIGHEST_GRADE:
        raise entry.wrong(f"的 judgments 里 grade 应当是 0 到 {HIGHEST_GRADE} 的整数；请改正")
    passage = texts.text(file)[start : start + length]
    if hashlib.sha256(passage.encode("utf-8", "surrogatepass")).hexdigest() != entry.text("sha256"):
        raise entry.wrong(f"与“{file}”的文字不一致；请使用标注时的文本")
    return Judgment(file, start, start + length, grade)


def _day(entry: Entry) -> date | None:
    written = entry.optional("today")
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise entry.wrong("的 today 应当写成 2026-03-01 的样子；请改正") from None


def _years(entry: Entry, text: str, year: int | None, judgments: Sequence[Judgment]) -> frozenset[int]:
    """Return the years that are asked for: as stated, as filtered by, or those of the relevant files."""
    stated = entry.texts("years")
    if not all(one.isascii() and one.isdigit() for one in stated):
        raise entry.wrong("的 years 应当是年份的列表；请改正")
    if stated:
        return frozenset(int(one) for one in stated)
    if year is not None:
        return frozenset({year})
    if not _NAMES_A_YEAR.search(fold(text)):
        return frozenset()
    found = (_YEAR_OF_FILE.findall(one.file) for one in judgments if one.grade > 0)
    return frozenset(int(years[-1]) for years in found if years)

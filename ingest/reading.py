"""A file read from end to end, with every stage kept: blocks, rows, items, documents, problems."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from stat import S_ISREG
from typing import Final, cast

from corpus.errors import EmptyFile, NoTargets, UnreadableFile
from corpus.model import Problem, TargetDocument
from ingest.blocks import NOWHERE, Block, Paragraph
from ingest.documents import document_of
from ingest.drafts import drafts_of
from ingest.layouts.contract import Layout, LayoutName, Recognition, Row
from ingest.manifest import Entry, entry_for
from ingest.origins import Hints
from ingest.readers.contract import Extract, Source, spelled
from ingest.readers.registry import LARGEST, extract
from ingest.vocabulary import Vocabulary, default_vocabulary

__all__ = ["Hints", "Reading", "Stage", "read_file", "read_source", "reading_fingerprint"]

LAYOUTS: Final = (
    "report",
    "form",
    "grid",
    "delimited",
    "piped",
    "tabbed",
    "paragraphs",
    "numbered",
    "plan",
)
"""Modules of `ingest.layouts` in the order they are asked; the first that recognises its layout is right."""

NO_HINTS: Final = Hints()
NO_ENTRY: Final = Entry()
_MOST_BLOCKS: Final = 40_000
_MOST_CHARACTERS: Final = 600_000
_MOST_MEMBERS: Final = 2000
_DEEPEST: Final = 2


class Stage(StrEnum):
    """The stages of a reading that take time."""

    READING = "reading"
    EXTRACTION = "extraction"


Reached = Callable[[Stage], None]


def _nobody(_: Stage) -> None:
    """Nobody follows the stages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All stages of one file. The members of an archive have readings of their own.

    `layout` is `None` for an archive. `rows` are the rows of all documents in order; the items of
    `documents` are made from them one to one. `unused` are paragraphs that no stage had a use for.
    """

    source: str
    blocks: tuple[Block, ...]
    layout: LayoutName | None
    rows: tuple[Row, ...]
    documents: tuple[TargetDocument, ...]
    problems: tuple[Problem, ...]
    unused: tuple[Paragraph, ...] = ()
    members: tuple[Reading, ...] = ()


def read_file(
    path: Path,
    hints: Hints = NO_HINTS,
    *,
    root: Path | None = None,
    vocabulary: Vocabulary | None = None,
    reached: Reached = _nobody,
) -> Reading:
    """Read a file with what its sibling manifest and the user say of it.

    `root` is the folder that is being ingested: folders above it say nothing about the file. `reached` is
    told of each stage when it begins. Raises `UnreadableFile` or its kin.
    """
    source = Source(spelled(path.name), _content(path), _folders(path, root))
    entry, problems = entry_for(path)
    reading = read_source(source, hints, entry, vocabulary=vocabulary, reached=reached)
    return replace(reading, problems=(*problems, *reading.problems))


def read_source(
    source: Source,
    hints: Hints = NO_HINTS,
    entry: Entry = NO_ENTRY,
    *,
    vocabulary: Vocabulary | None = None,
    depth: int = 0,
    reached: Reached = _nobody,
) -> Reading:
    """Read bytes that a file or an upload holds; raise `UnreadableFile` or its kin."""
    reached(Stage.READING)
    found = extract(source)
    words = vocabulary if vocabulary is not None else default_vocabulary()
    if found.members:

        def read_member(member: Source) -> Reading:
            return read_source(member, hints, entry, vocabulary=words, depth=depth + 1, reached=reached)

        return _read_members(source, found, read_member, depth)
    reached(Stage.EXTRACTION)
    _check_size(source, found.blocks)
    recognition = _recognise(_with_title(found), words)
    if recognition is None:
        if not any(_has_text(block) for block in found.blocks):
            raise EmptyFile(f"文件“{source.name}”里没有可读的文字；如果是扫描件，请先做文字识别（OCR）。")
        raise NoTargets(
            f"文件“{source.name}”里有文字，但没有找到目标表、逐条目标、任务分工或工作报告；"
            "请检查文件，或在词汇表中补充表头用词后再试。"
        )
    drafts = drafts_of(recognition)
    documents = tuple(
        document_of(source, found, recognition.kind, draft, hints, entry, alone=len(drafts) == 1)
        for draft in drafts
    )
    problems = (
        *found.problems,
        *(source.problem(remark.sentence, remark.place) for remark in recognition.remarks),
        *(p for document in documents for p in _unknowns(source, document)),
    )
    rows = tuple(row for draft in drafts for row in draft.rows)
    return Reading(
        source.name, found.blocks, recognition.layout, rows, documents, problems, recognition.unused
    )


def reading_fingerprint(path: Path | None = None, vocabulary: Vocabulary | None = None) -> str:
    """Return what a reading depends on besides the file's bytes and the user's hints.

    It changes with any change of this package's code, of the vocabulary, and of what the manifest beside
    `path` says of it.
    """
    digest = hashlib.sha256(_code_digest().encode())
    if vocabulary is not None and vocabulary != default_vocabulary():
        digest.update(repr(sorted(vocabulary.words.items())).encode())
    if path is not None:
        digest.update(repr(entry_for(path)[0]).encode())
    return digest.hexdigest()[:16]


@cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(f for f in Path(__file__).parent.rglob("*") if f.suffix in {".py", ".toml"}):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    name = spelled(path.name)
    try:
        if path.is_dir():
            raise UnreadableFile(f"“{name}”是文件夹，不是文件；请给出文件，或用 ingest 读取整个文件夹。")
        if not S_ISREG(path.stat().st_mode):
            raise UnreadableFile(f"“{name}”是设备、管道或套接字，不是文件，未读取；请换成普通文件。")
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"文件“{name}”超过 {LARGEST // (1024 * 1024)} MB 的上限；请拆分后再读取。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件“{spelled(str(path))}”；请检查路径。") from error
    except OSError as error:
        reason = "没有权限" if isinstance(error, PermissionError) else "读取出错"
        raise UnreadableFile(f"无法打开文件“{name}”（{reason}）；请检查路径和权限。") from error


def _folders(path: Path, root: Path | None) -> tuple[str, ...]:
    """Return the names of the folders above a file, nearest first: up to `root`, else the nearest two."""
    parents = path.resolve().parents
    if root is None:
        return tuple(spelled(p.name) for p in parents[:2] if p.name)
    top = root.resolve()
    return tuple(spelled(p.name) for p in parents if (p == top or top in p.parents) and p.name)


def _recognise(blocks: Sequence[Block], vocabulary: Vocabulary) -> Recognition | None:
    for name in LAYOUTS:
        recognition = cast(Layout, import_module(f"ingest.layouts.{name}")).recognise(blocks, vocabulary)
        if recognition is not None and any(section.rows for section in recognition.sections):
            return recognition
    return None


def _check_size(source: Source, blocks: Sequence[Block]) -> None:
    """Refuse what no document of targets comes near to: reading takes time in proportion to it."""
    characters = sum(
        len(b.text) if isinstance(b, Paragraph) else sum(len(cell.text) for cell in b.cells) for b in blocks
    )
    for count, most, name in ((len(blocks), _MOST_BLOCKS, "段文字"), (characters, _MOST_CHARACTERS, "个字")):
        if count > most:
            raise UnreadableFile(
                f"文件“{source.name}”有 {count} {name}，超过 {most} {name}的上限；请拆分后再读取。"
            )


def _with_title(found: Extract) -> tuple[Block, ...]:
    """Put the title that the format states above the blocks, where a layout looks for titles."""
    return (Paragraph(found.title), *found.blocks) if found.title else found.blocks


def _has_text(block: Block) -> bool:
    texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    return any(text.strip() for text in texts)


def _unknowns(source: Source, document: TargetDocument) -> tuple[Problem, ...]:
    """Say what nobody stated and nothing tells, and how to state it."""
    unknown = [
        (document.year, "年份", "--year"),
        (document.unit, "单位", "--unit"),
    ]
    return tuple(
        source.problem(
            f"没有写明{name}，也无法从内容判断；可以用 {option} 指定，或写入同一文件夹的 manifest.toml。"
        )
        for value, name, option in unknown
        if value is None
    )


def _read_members(
    source: Source, found: Extract, read_member: Callable[[Source], Reading], depth: int
) -> Reading:
    """Read the files of an archive; one that cannot be read is a problem, none that can be is an error."""
    if depth >= _DEEPEST:
        raise UnreadableFile(f"压缩包“{source.name}”嵌套超过 {_DEEPEST} 层；请先解压，再读取其中的文件。")
    readings: list[Reading] = []
    problems = list(found.problems)
    for member in found.members[:_MOST_MEMBERS]:
        try:
            readings.append(read_member(member))
        except UnreadableFile as error:
            label = member.label if member.within else f"{source.name}/{member.name}"
            problems.append(Problem(label, NOWHERE, error.sentence))
    if not readings:
        reasons = problems[0].sentence if problems else "其中没有文件。"
        raise NoTargets(f"压缩包“{source.name}”中没有可以读取的目标文件：{reasons}")
    return Reading(
        source.name,
        found.blocks,
        None,
        tuple(row for reading in readings for row in reading.rows),
        tuple(document for reading in readings for document in reading.documents),
        (*problems, *(problem for reading in readings for problem in reading.problems)),
        members=tuple(readings),
    )

"""Take files into the catalog, one after the other: a bad one is reported and the others go on."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from api.wording import system_reason
from corpus.catalog import Catalog, Outcome, PreparedDocument, SourceFile
from corpus.errors import DuibiaoError, UnreadableFile, UnsupportedFormat, WrongUse
from corpus.model import Problem
from index.build import prepare_all
from index.embedders import Embedder
from ingest.readers.contract import spelled
from ingest.reading import Hints, Reading, read_file, reading_fingerprint
from ingest.vocabulary import Vocabulary, default_vocabulary, load_vocabulary

MANIFEST = "manifest.toml"
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read: `key` is its identity, `shown` its path as the user sees it.

    `named` says that the user named it; a file that merely lies in a named folder may be passed over.
    """

    path: Path
    shown: str
    key: str
    named: bool
    root: Path | None = None

    @property
    def name(self) -> str:
        """The file's name as it is kept and shown."""
        return spelled(self.path.name)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file."""

    file: FoundFile
    outcome: Outcome
    sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file was not taken in: the error's code and its sentence."""

    file: FoundFile
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: file number `number` of `total` is done."""

    number: int
    total: int
    result: FileOutcome | Failure


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of all files, in the order they were read."""

    outcomes: tuple[FileOutcome, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Failure, ...]
    problems: tuple[Problem, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many files came to `outcome`."""
        return sum(1 for one in self.outcomes if one.outcome is outcome)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files under `folder`, sorted, hidden ones and manifests left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name != MANIFEST:
                yield Path(place) / name


def existing_file(path: Path) -> Path:
    """Return `path` where it is a file. Raise WrongUse."""
    if path.is_dir():
        raise WrongUse(f"“{path}”是一个文件夹；请给出其中一个文件，或用 duibiao ingest 导入整个文件夹。")
    if not path.exists():
        raise WrongUse(f"找不到“{path}”；请检查文件的名称和位置。")
    return path


def _refusal(file: FoundFile) -> str | None:
    """Say why a file is not even opened: it is none, or lies in a folder only by a link out of it."""
    if not S_ISREG(file.path.stat().st_mode):
        return f"“{file.shown}”是设备、管道或套接字，不是文件，未读取；请换成普通文件。"
    if file.root is not None and not file.path.resolve().is_relative_to(file.root.resolve()):
        return f"“{file.shown}”是指向文件夹之外的链接，未读取；如需读取，请直接给出它指向的文件。"
    return None


def listed_files(paths: Sequence[Path]) -> tuple[FoundFile, ...]:
    """Return the files that `paths` mean, each once. Raise WrongUse for a path that is not there."""
    found: dict[str, FoundFile] = {}
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                key = spelled(str(file.resolve()))
                shown = spelled(file.relative_to(path).as_posix())
                found.setdefault(key, FoundFile(file, shown, key, named=False, root=path))
        else:
            key = spelled(str(existing_file(path).resolve()))
            found[key] = FoundFile(path, spelled(path.name), key, named=True)
    if not found:
        folders = "、".join(f"“{path}”" for path in paths)
        raise WrongUse(f"{folders}里没有可以读取的文件；请检查文件夹的位置，或直接给出文件。")
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are read: what the user states of them, and the words that header cells may hold."""

    hints: Hints
    vocabulary: Vocabulary

    @classmethod
    def of(cls, hints: Hints, vocabulary: Path | None) -> Manner:
        """Load the user's words, where a file of them is named. Raise WrongUse."""
        return cls(hints, load_vocabulary(vocabulary) if vocabulary else default_vocabulary())


def _source_file(file: FoundFile, manner: Manner) -> SourceFile:
    """Return the file as found; what the user or a manifest states counts as part of how it is read."""
    try:
        refusal = _refusal(file)
        if refusal is not None:
            raise UnreadableFile(refusal)
        content = file.path.read_bytes()
        manifest = file.path.with_name(MANIFEST)
        known = manifest.read_bytes() if manifest.is_file() else b""
    except OSError as error:
        raise UnreadableFile(
            f"无法打开“{file.shown}”：{system_reason(error)}；请检查文件是否还在、是否有权限读取。"
        ) from error
    stated = hashlib.sha256(repr(manner.hints).encode() + known).hexdigest()[:16]
    return SourceFile(
        key=file.key,
        path=file.shown,
        name=file.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        reading_fingerprint=f"{reading_fingerprint(vocabulary=manner.vocabulary)}+{stated}",
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as read; `reading` is `None` where the catalog already holds the file as it is."""

    source: SourceFile
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file as read, with its chunks and vectors; `None` where the catalog need not be given any."""

    read: _Read
    documents: tuple[PreparedDocument, ...] | None


def read(path: Path, manner: Manner, root: Path | None = None) -> Reading:
    """Read one file in that manner; `root` is the folder that it was found under."""
    return read_file(path, manner.hints, root=root, vocabulary=manner.vocabulary)


class Shelf(Protocol):
    """Where files are taken in: a catalog, which may have to be made first, and a model."""

    @property
    def catalog(self) -> Catalog:
        """The catalog; made where there is none."""
        ...

    def existing_catalog(self) -> Catalog | None:
        """Return the catalog where there is one."""
        ...

    @property
    def embedder(self) -> Embedder:
        """The model."""
        ...

    def recorded(self, error: Exception) -> str:
        """Note an error nobody foresaw; return what a person is told."""
        ...


def _read(shelf: Shelf, file: FoundFile, manner: Manner) -> _Read:
    source = _source_file(file, manner)
    catalog = shelf.existing_catalog()
    if catalog is not None and catalog.is_unchanged(source):
        return _Read(source, None)
    try:
        return _Read(source, read(file.path, manner, file.root))
    except DuibiaoError:
        raise
    except Exception as error:  # a fault of ours: the other files go on
        raise UnreadableFile(f"“{file.shown}”未能读取：{shelf.recorded(error)}") from error


def _prepare(shelf: Shelf, reading: Future[_Read]) -> _Prepared:
    read = reading.result()
    catalog = shelf.existing_catalog()
    if read.reading is None or (
        catalog is not None and catalog.has_twin(read.source, read.reading.documents)
    ):
        return _Prepared(read, None)
    return _Prepared(read, _embedded(shelf, read.source, read.reading))


def _embedded(shelf: Shelf, source: SourceFile, reading: Reading) -> tuple[PreparedDocument, ...]:
    """Embed what was read; passages that the catalog holds of the file's older self keep their vectors."""
    catalog = shelf.existing_catalog()
    known = catalog.vectors_of(source.key) if catalog is not None else {}
    return prepare_all(reading.documents, shelf.embedder, known=known)


def _prepared_ahead(
    shelf: Shelf, files: Sequence[FoundFile], manner: Manner
) -> Iterator[tuple[FoundFile, Future[_Prepared]]]:
    """Yield each file as it will be prepared, while the next ones are read and embedded already.

    Two are embedded at a time, so that no core waits for the end of a file or for the disk; at most
    `_AHEAD` files are in memory.
    """
    reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead")
    preparer = ThreadPoolExecutor(max_workers=2, thread_name_prefix="prepare-ahead")
    coming: deque[Future[_Prepared]] = deque()
    left = iter(files)
    try:
        for file in files:
            for another in islice(left, _AHEAD - len(coming)):
                coming.append(preparer.submit(_prepare, shelf, reader.submit(_read, shelf, another, manner)))
            yield file, coming.popleft()
    finally:
        preparer.shutdown(cancel_futures=True)
        reader.shutdown(cancel_futures=True)


def _store(shelf: Shelf, file: FoundFile, prepared: _Prepared) -> tuple[FileOutcome, tuple[Problem, ...]]:
    source, reading = prepared.read.source, prepared.read.reading
    if reading is None:
        return FileOutcome(file, Outcome.UNCHANGED, source.sha256), ()
    outcome = shelf.catalog.store_copy(source, reading.documents)
    if outcome is None:
        documents = prepared.documents or _embedded(shelf, source, reading)
        outcome = shelf.catalog.store(source, documents, shelf.embedder.record)
    return FileOutcome(file, outcome, source.sha256), reading.problems


def ingest_files(
    shelf: Shelf,
    files: tuple[FoundFile, ...],
    manner: Manner,
    progress: Callable[[Step], None],
) -> IngestReport:
    """Store what each of `files` states, each in a transaction of its own.

    A file that cannot be read is reported, not raised; an error of the catalog or the model is raised.
    A catalog is made for the first file that can be read, none for files that all cannot.
    """
    record, catalog = shelf.embedder.record, shelf.existing_catalog()
    if catalog is not None:
        catalog.require_embedding(record)
    outcomes: list[FileOutcome] = []
    failures: list[Failure] = []
    skipped: list[Failure] = []
    problems: list[Problem] = []
    for number, (file, prepared) in enumerate(_prepared_ahead(shelf, files, manner), start=1):
        result: FileOutcome | Failure
        try:
            result, found = _store(shelf, file, prepared.result())
        except UnreadableFile as error:
            result = Failure(file, error.code, error.sentence)
            passed_over = isinstance(error, UnsupportedFormat) and not file.named
            (skipped if passed_over else failures).append(result)
        else:
            outcomes.append(result)
            problems.extend(found)
        progress(Step(number, len(files), result))
    return IngestReport(tuple(outcomes), tuple(failures), tuple(skipped), tuple(problems))

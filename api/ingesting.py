"""Take files into the catalog, one after the other: a bad one is reported and the others go on."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from api.correcting import with_corrections
from api.following import Advance, Follow, FollowedEmbedder, nobody, record_of
from api.found_files import MANIFEST, FoundFile, refusal_of
from api.wording import system_reason
from corpus.catalog import Catalog, Outcome, PreparedDocument, SourceFile
from corpus.corrections import CorrectionsChanged
from corpus.errors import DuibiaoError, UnreadableFile, UnsupportedFormat
from corpus.model import Problem
from index.build import prepare_all
from index.cores import give_way
from index.embedders import Embedder
from ingest.reading import Hints, Reading, Stage, read_file, reading_fingerprint
from ingest.vocabulary import Vocabulary, default_vocabulary, load_vocabulary

_AHEAD = 4


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
        refusal = refusal_of(file)
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


def read(
    path: Path, manner: Manner, root: Path | None = None, reached: Callable[[Stage], None] | None = None
) -> Reading:
    """Read one file in that manner; `root` is the folder that it was found under."""
    told = {} if reached is None else {"reached": reached}
    return read_file(path, manner.hints, root=root, vocabulary=manner.vocabulary, **told)


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


def _read(shelf: Shelf, file: FoundFile, manner: Manner, follow: Follow) -> _Read:
    source = _source_file(file, manner)
    catalog = shelf.existing_catalog()
    if catalog is not None and catalog.is_unchanged(source):
        return _Read(source, None)
    try:
        return _Read(source, read(file.path, manner, file.root, lambda stage: follow(Advance(file, stage))))
    except DuibiaoError:
        raise
    except Exception as error:  # a fault of ours: the other files go on
        raise UnreadableFile(f"“{file.shown}”未能读取：{shelf.recorded(error)}") from error


def _prepare(shelf: Shelf, file: FoundFile, reading: Future[_Read], follow: Follow) -> _Prepared:
    read = reading.result()
    catalog = shelf.existing_catalog()
    if read.reading is None or (
        catalog is not None and catalog.has_twin(read.source, read.reading.documents)
    ):
        return _Prepared(read, None)
    return _Prepared(read, _embedded(shelf, file, read, follow))


def _embedded(shelf: Shelf, file: FoundFile, read: _Read, follow: Follow) -> tuple[PreparedDocument, ...]:
    """Embed what was read and corrected; passages that the file's older self had keep their vectors."""
    if read.reading is None:
        return ()
    catalog = shelf.existing_catalog()
    known = catalog.vectors_of(read.source.key) if catalog is not None else {}
    documents = with_corrections(catalog, read.source, read.reading.documents)
    prepared = prepare_all(
        [document for document, _ in documents], FollowedEmbedder(shelf.embedder, file, follow), known=known
    )
    return tuple(
        replace(one, correcting=correcting) for one, (_, correcting) in zip(prepared, documents, strict=True)
    )


def _prepared_ahead(
    shelf: Shelf, files: Sequence[FoundFile], manner: Manner, follow: Follow
) -> Iterator[tuple[FoundFile, Future[_Prepared]]]:
    """Yield each file as it will be prepared, while the next ones are read and embedded already.

    Two are embedded at a time, so that no core waits for the end of a file or for the disk; at most
    `_AHEAD` files are in memory.
    """
    reader = ThreadPoolExecutor(1, thread_name_prefix="read-ahead", initializer=give_way)
    preparer = ThreadPoolExecutor(2, thread_name_prefix="prepare-ahead", initializer=give_way)
    coming: deque[Future[_Prepared]] = deque()
    left = iter(files)
    try:
        for file in files:
            for another in islice(left, _AHEAD - len(coming)):
                reading = reader.submit(_read, shelf, another, manner, follow)
                coming.append(preparer.submit(_prepare, shelf, another, reading, follow))
            yield file, coming.popleft()
    finally:
        preparer.shutdown(cancel_futures=True)
        reader.shutdown(cancel_futures=True)


def _store(
    shelf: Shelf, file: FoundFile, prepared: _Prepared, follow: Follow
) -> tuple[FileOutcome, tuple[Problem, ...]]:
    source, reading = prepared.read.source, prepared.read.reading
    if reading is None:
        return FileOutcome(file, Outcome.UNCHANGED, source.sha256), ()
    outcome = shelf.catalog.store_copy(source, reading.documents)
    if outcome is None:
        embed = partial(_embedded, shelf, file, prepared.read, follow)
        store = partial(
            shelf.catalog.store, source, embedding=shelf.embedder.record, reading=record_of(reading)
        )
        try:
            outcome = store(documents=prepared.documents or embed())
        except CorrectionsChanged:  # by another, since the corrections were applied
            outcome = store(documents=embed())
    return FileOutcome(file, outcome, source.sha256), reading.problems


def ingest_files(
    shelf: Shelf,
    files: tuple[FoundFile, ...],
    manner: Manner,
    progress: Callable[[Step], None],
    follow: Follow = nobody,
) -> IngestReport:
    """Store what each of `files` states, each in a transaction of its own.

    `follow` is told, from several threads, which stage a file has come to.

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
    for number, (file, prepared) in enumerate(_prepared_ahead(shelf, files, manner, follow), start=1):
        result: FileOutcome | Failure
        try:
            result, found = _store(shelf, file, prepared.result(), follow)
        except UnreadableFile as error:
            result = Failure(file, error.code, error.sentence)
            passed_over = isinstance(error, UnsupportedFormat) and not file.named
            (skipped if passed_over else failures).append(result)
        else:
            outcomes.append(result)
            problems.extend(found)
        progress(Step(number, len(files), result))
    return IngestReport(tuple(outcomes), tuple(failures), tuple(skipped), tuple(problems))

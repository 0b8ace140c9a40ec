"""The catalog: one SQLite file that is the truth about every document, item, extraction, chunk and vector.

Everything else on disk is derived from it. Reading is in `corpus.catalog_reader`, the tables are in
`corpus.schema`; this module opens the file and makes each change one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.catalog_bin import bin_document, empty_bin, forget_binned, moment, restore_document
from corpus.catalog_corrections import (
    check_corrections,
    content_of,
    corrections_changed,
    read_corrections,
    write_corrections,
)
from corpus.catalog_file import check_file, prepare_file
from corpus.catalog_kept import reading_to_json
from corpus.catalog_queries import (
    about_of,
    check_embedding,
    not_found,
    read_document,
    read_embedding,
    read_version,
)
from corpus.catalog_reader import CatalogReader
from corpus.catalog_writer import (
    drop_document,
    drop_source,
    keep_existing,
    replace_content,
    replace_document,
    write_reading,
)
from corpus.connections import Connections, Pinned
from corpus.errors import WrongUse
from corpus.model import TargetDocument
from corpus.reembedding import Spool, spool_file, swap_vectors
from corpus.stored import (
    CatalogState,
    ChunkRow,
    EmbeddingRecord,
    Extracted,
    ItemOutline,
    Outcome,
    PreparedChunk,
    PreparedDocument,
    ReadingRecord,
    Removal,
    RemovedDocument,
    SourceFile,
    StoredDocument,
    StoredItem,
)

__all__ = [
    "FILE_NAME",
    "Catalog",
    "CatalogReader",
    "CatalogState",
    "ChunkRow",
    "EmbeddingRecord",
    "Extracted",
    "ItemOutline",
    "Outcome",
    "PreparedChunk",
    "PreparedDocument",
    "ReadingRecord",
    "Removal",
    "RemovedDocument",
    "SourceFile",
    "StoredDocument",
    "StoredItem",
]

FILE_NAME = "catalog.sqlite3"


class Catalog(CatalogReader):
    """A catalog file, open. One `Catalog` may be used by any number of threads at once.

    A change is whole or not at all, also when the process is killed or the power fails: when a method has
    returned, it is on the disk. Readers, in this process or another, see the state before or after it and
    never wait.
    """

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, str(connections.path.parent))
        self._pool = connections

    @classmethod
    def open(
        cls, directory: Path, *, create: bool = False, read_only: bool = False, patience: float = 30.0
    ) -> Self:
        """Open `DIR/catalog.sqlite3`, bringing an older format up to date.

        `create` makes the folder and the file where they are absent. `patience` is how many seconds a call
        waits for another writer before it raises `CatalogBusy`. Raises `CatalogMissing`, `CatalogDamaged`,
        `CatalogTooNew` or `CatalogUnwritable`.
        """
        path = directory / FILE_NAME
        check_file(path, create=create and not read_only)
        connections = Connections(path, read_only=read_only, patience=patience)
        try:
            prepare_file(connections, create=create and not read_only)
        except BaseException:
            connections.close()
            raise
        return cls(connections)

    @property
    def path(self) -> Path:
        """The file."""
        return self._pool.path

    def close(self) -> None:
        """Close the file; later calls raise `WrongUse`. Closing twice is harmless."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[CatalogReader]:
        """Lend a reader all of whose answers come from one state, whatever is written meanwhile.

        It belongs to one thread and keeps the write-ahead log from being cut back: seconds, not hours.
        """
        with self._pool.reading() as connection:
            pinned = CatalogReader(Pinned(connection, self._pool.path), self._folder)
            pinned.state()  # the first read fixes the state
            yield pinned

    def store(
        self,
        file: SourceFile,
        documents: Sequence[PreparedDocument],
        embedding: EmbeddingRecord,
        reading: ReadingRecord | None = None,
    ) -> Outcome:
        """Store what was read from a file, in the place of what its key held before.

        UNCHANGED if the same bytes, read in the same way, about the same units, years and cities, are stored
        already, under this key or another: `file` is then noted as one more place of that content. Raises
        `ModelMismatch` if the catalog's vectors come from another model, `CorrectionsChanged` unless
        `due_corrections` were applied.
        """
        for prepared in documents:
            if len(prepared.chunks) != len(prepared.document.items):
                raise ValueError("a prepared document has one tuple of chunks for each of its items")
        with self._pool.writing() as connection:
            check_embedding(connection, embedding, self._folder)
            read = [prepared.read for prepared in documents]
            forget_binned(connection, file, about_of(read))
            kept = keep_existing(connection, file, read)
            if kept is not None:
                return kept
            check_corrections(connection, file, documents, self._folder)
            source_id, outcome = replace_content(connection, file, documents, embedding)
            write_reading(connection, source_id, None if reading is None else reading_to_json(reading))
            return outcome

    def store_copy(self, file: SourceFile, documents: Sequence[TargetDocument]) -> Outcome | None:
        """Do what `store` does where it needs no vectors: when the content is stored already, under any key.

        Returns `None`, and changes nothing, where the documents must be embedded and stored.
        """
        with self._pool.writing() as connection:
            kept = keep_existing(connection, file, documents)
            if kept is not None:
                forget_binned(connection, file, about_of(documents))
            return kept

    def correct(self, document_id: int, seen: CatalogReader, corrected: PreparedDocument) -> StoredDocument:
        """Put `corrected` in the place of a document, its corrections in that of the ones it had.

        Document and items keep their ids. Raises `CorrectionsChanged` where the document is no longer as it
        was in `seen`, a snapshot.
        """
        if corrected.correcting is None or len(corrected.chunks) != len(corrected.document.items):
            raise ValueError("a corrected document comes with its corrections and with chunks for each item")
        expected = seen.version_of(document_id), seen.corrections(document_id), seen.embedding()
        with self._pool.writing() as connection:
            content = content_of(connection, document_id, self._folder)
            found = (
                read_version(connection, document_id),
                read_corrections(connection, content),
                read_embedding(connection),
            )
            if found != expected:
                raise corrections_changed(self._folder)
            write_corrections(connection, content, corrected.correcting.corrections)
            replace_document(connection, document_id, corrected, found[2])
            return read_document(connection, document_id, self._folder)

    def remove(self, document_id: int) -> StoredDocument:
        """Take out a document with everything that was derived from it, and return what it was.

        It can be put back by `restore` until its file is stored again, for 30 days at most.
        """
        with self._pool.writing() as connection:
            document = read_document(connection, document_id, self._folder)
            now = moment()
            bin_document(connection, document_id, now)
            empty_bin(connection, now)
            drop_document(connection, document_id)
        return document

    def restore(
        self,
        document_id: int,
        embedding: EmbeddingRecord,
        embed: Callable[[Sequence[str]], NDArray[np.float32]],
    ) -> StoredDocument:
        """Put back a document that was removed; it and its items have the ids they had.

        `embed` is asked where its vectors were of another model than the catalog's are now. Raises
        `DocumentNotFound` where it is not kept any more.
        """
        with self._pool.writing() as connection:
            restore_document(connection, document_id, embedding, embed, self._folder)
            return read_document(connection, document_id, self._folder)

    def remove_source(self, name: str) -> tuple[StoredDocument, ...]:
        """Take out the documents of one file, named by its key, else its path, else its name; return them.

        All places the content was found in are forgotten with it. A name that several files share is
        `WrongUse`.
        """
        with self._pool.writing() as connection:
            source_id = self._named(connection, name)
            found = connection.execute(
                "SELECT id FROM document WHERE source_id = ? ORDER BY id", (source_id,)
            )
            documents = tuple(read_document(connection, one, self._folder) for (one,) in found.fetchall())
            now = moment()
            for document in documents:
                bin_document(connection, document.id, now)
            empty_bin(connection, now)
            drop_source(connection, source_id)
        return documents

    def replace_vectors(
        self,
        embedding: EmbeddingRecord,
        embed: Callable[[Sequence[str]], NDArray[np.float32]],
        *,
        batch: int = 1024,
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Embed every chunk again with another model and return their number.

        `embed` gets at most `batch` texts at a time; `progress` hears the number of chunks done. Until the
        last moment the old vectors stay in use and other writers go on (the write-ahead log keeps what they
        write); then everything changes in one transaction. Needs room for the new vectors twice beside the
        catalog.
        """
        self._pool.require_writable()
        with spool_file(self._pool.path.parent) as file:
            spool = Spool(file, embedding, embed, batch, progress)
            with self._pool.reading() as connection:
                spool.add_missing(connection)
            with self._pool.writing() as connection:
                return swap_vectors(connection, spool)

    def _named(self, connection: sqlite3.Connection, name: str) -> int:
        """Return the one source of that key, path or name."""
        for column in ("key", "path", "name"):
            found = connection.execute(
                f"SELECT source_id, min(path) FROM location WHERE {column} = ? GROUP BY source_id ORDER BY 2",
                (name,),
            ).fetchall()
            if len(found) > 1:
                some = "、".join(path for _, path in found[:5])
                raise WrongUse(
                    f"目标库 {self._folder} 中有 {len(found)} 个文件都叫“{name}”；"
                    f"请改用文档编号或完整路径，例如：{some}。"
                )
            if found:
                return int(found[0][0])
        raise not_found(name, self._folder)

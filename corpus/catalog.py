"""The catalog: one SQLite file that is the truth about every document, item, extraction, chunk and vector.

Everything else on disk is derived from it. Reading is in `corpus.catalog_reader`, the tables are in
`corpus.schema`; this module opens the file and makes each change one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus import schema
from corpus.catalog_queries import check_embedding, not_found, read_document
from corpus.catalog_reader import CatalogReader
from corpus.catalog_writer import drop_document, drop_source, keep_existing, replace_content
from corpus.connections import Connections, Pinned, damaged, refused, shell_word
from corpus.errors import CatalogMissing, CatalogTooNew, WrongUse
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
    Removal,
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
    "Removal",
    "SourceFile",
    "StoredDocument",
    "StoredItem",
]

FILE_NAME = "catalog.sqlite3"
_HEAD = b"SQLite format 3\0"


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
        _check_file(path, create=create and not read_only)
        connections = Connections(path, read_only=read_only, patience=patience)
        try:
            _prepare(connections, create=create and not read_only)
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
        self, file: SourceFile, documents: Sequence[PreparedDocument], embedding: EmbeddingRecord
    ) -> Outcome:
        """Store what was read from a file, in the place of what its key held before.

        UNCHANGED if the same bytes, read in the same way, about the same units, years and cities, are stored
        already, under this key or another: `file` is then noted as one more place of that content. Raises
        `ModelMismatch` if the catalog's vectors come from another model.
        """
        for prepared in documents:
            if len(prepared.chunks) != len(prepared.document.items):
                raise ValueError("a prepared document has one tuple of chunks for each of its items")
        with self._pool.writing() as connection:
            check_embedding(connection, embedding, self._folder)
            kept = keep_existing(connection, file, [prepared.document for prepared in documents])
            return kept or replace_content(connection, file, documents, embedding)

    def store_copy(self, file: SourceFile, documents: Sequence[TargetDocument]) -> Outcome | None:
        """Do what `store` does where it needs no vectors: when the content is stored already, under any key.

        Returns `None`, and changes nothing, where the documents must be embedded and stored.
        """
        with self._pool.writing() as connection:
            return keep_existing(connection, file, documents)

    def remove(self, document_id: int) -> StoredDocument:
        """Delete a document with everything that was derived from it, and return what it was."""
        with self._pool.writing() as connection:
            document = read_document(connection, document_id, self._folder)
            drop_document(connection, document_id)
        return document

    def remove_source(self, name: str) -> tuple[StoredDocument, ...]:
        """Delete the documents of one file, named by its key, else its path, else its name; return them.

        All places the content was found in are forgotten with it. A name that several files share is
        `WrongUse`.
        """
        with self._pool.writing() as connection:
            source_id = self._named(connection, name)
            found = connection.execute(
                "SELECT id FROM document WHERE source_id = ? ORDER BY id", (source_id,)
            )
            documents = tuple(read_document(connection, one, self._folder) for (one,) in found.fetchall())
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


def _check_file(path: Path, *, create: bool) -> None:
    """Make the folder if asked to; raise where there is no file that may be a database."""
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not S_ISREG(path.stat().st_mode):
            raise damaged(path, "不是普通文件")
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
    except (FileNotFoundError, NotADirectoryError) as error:
        if create and isinstance(error, FileNotFoundError):
            return
        raise _missing(path) from None
    except OSError as error:
        raise refused(error, f"在 {path.parent} 中建立或打开目标库") from error
    if head and head != _HEAD:  # SQLite takes a file of a few bytes for an empty database
        raise damaged(path, "不是 SQLite 数据库")


def _missing(path: Path) -> CatalogMissing:
    return CatalogMissing(
        f"文件夹 {path.parent} 中没有目标库；"
        f"请先用 duibiao ingest 文件或文件夹 --db {shell_word(path.parent)} "
        "建立，或用 --db 指定已有目标库所在的文件夹。"
    )


def _prepare(connections: Connections, *, create: bool) -> None:
    """Check that the file is a catalog of a format we know, and make or upgrade it."""
    path = connections.path
    with connections.plain() as connection:
        if schema.is_blank(connection):  # new, or cut off while it was being made
            if not create:
                raise _missing(path)
        elif schema.application_of(connection) != schema.APPLICATION_ID:
            raise damaged(path, "它是别的程序的数据库")
        version = schema.version_of(connection)
        if version > schema.VERSION:
            raise CatalogTooNew(
                f"目标库 {path.parent} 由更新版本的 duibiao 写成（格式 {version}，本程序只认识到 "
                f"{schema.VERSION}）；请升级 duibiao 后再打开。"
            )
        if version == schema.VERSION:
            return
        if connections.read_only:
            raise WrongUse(
                f"目标库 {path.parent} 是旧格式（{version}），只读方式不能升级；请先以可写方式打开一次，"
                f"例如运行 duibiao ingest --db {shell_word(path.parent)}。"
            )
        connections.write_ahead(connection)
        schema.migrate(connection, schema.MIGRATIONS)

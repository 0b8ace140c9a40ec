"""What changes a catalog; every function works inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

import numpy as np

from corpus import rows
from corpus.catalog_corrections import due_corrections, write_corrections
from corpus.catalog_queries import about_of, find_twin
from corpus.catalog_vectors import forget_embedding_if_empty, insert_vectors, set_embedding, to_halves
from corpus.model import TargetDocument, TargetItem
from corpus.rows import Row
from corpus.stored import EmbeddingRecord, Outcome, PreparedDocument, SourceFile


def keep_existing(
    connection: sqlite3.Connection, file: SourceFile, documents: Sequence[TargetDocument]
) -> Outcome | None:
    """Let `file` share the content that is stored already, or return `None` where it must be stored.

    The same content is the same bytes, read in the same way, about the same unit, year and city: a folder
    that is copied or moved adds no target twice, a file that is read with another year does.
    """
    twin = find_twin(connection, file, documents)
    if twin is None:
        return None
    held = _held_by(connection, file.key)
    _locate(connection, file, twin)
    if held is None or held == twin:
        return Outcome.UNCHANGED
    _drop_unless_located(connection, held)
    forget_embedding_if_empty(connection)
    return Outcome.REPLACED


def replace_content(
    connection: sqlite3.Connection,
    file: SourceFile,
    documents: Sequence[PreparedDocument],
    embedding: EmbeddingRecord,
) -> tuple[int, Outcome]:
    """Store what `file` says now in the place of what it said and of an older reading of the same content.

    Return the id of the content's record, too.
    """
    about = about_of([prepared.read for prepared in documents])
    held = _held_by(connection, file.key)
    due = due_corrections(connection, file, [prepared.read for prepared in documents])
    older = connection.execute(
        "SELECT id FROM source WHERE sha256 = ? AND about = ?", (file.sha256, about)
    ).fetchone()
    source_id = (
        _insert_source(connection, file, about) if older is None else _empty(connection, older[0], file)
    )
    _locate(connection, file, source_id)
    if held is not None and held != source_id:
        _drop_unless_located(connection, held)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    chunks = 0
    for position, prepared in enumerate(documents):
        chunks += _insert_document(connection, source_id, position, prepared, embedding, now)
        write_corrections(connection, (file.sha256, about, position), due[position])
    if chunks:
        set_embedding(connection, embedding)
    else:
        forget_embedding_if_empty(connection)
    return source_id, Outcome.ADDED if held is None and older is None else Outcome.REPLACED


def replace_document(
    connection: sqlite3.Connection,
    document_id: int,
    prepared: PreparedDocument,
    embedding: EmbeddingRecord | None,
) -> None:
    """Write a document anew under the ids that it and its items have."""
    document = prepared.document
    found = connection.execute("SELECT id FROM item WHERE document_id = ? ORDER BY ordinal", (document_id,))
    item_ids = [int(one) for (one,) in found]
    record_removals(connection, "id = ?", document_id)
    connection.execute("DELETE FROM vectors WHERE document_id = ?", (document_id,))
    connection.execute(
        f"UPDATE document SET ({rows.DOCUMENT_COLUMNS}) = ({_marks(rows.document_to_row(document))})"
        " WHERE id = ?",
        (*rows.document_to_row(document), document_id),
    )
    for item_id, item in zip(item_ids, document.items, strict=True):
        connection.execute("UPDATE item SET category = ? WHERE id = ?", (item.category, item_id))
        for table in ("indicator", "benchmark", "basis", "chunk"):
            connection.execute(f"DELETE FROM {table} WHERE item_id = ?", (item_id,))
    insert_extractions(connection, document.items, item_ids)
    if embedding is not None:
        insert_chunks(connection, document_id, prepared, item_ids, embedding)


def write_reading(connection: sqlite3.Connection, source_id: int, record: str | None) -> None:
    """Keep how a file was read, in the place of how it was read before."""
    connection.execute("DELETE FROM reading WHERE source_id = ?", (source_id,))
    if record is not None:
        connection.execute("INSERT INTO reading (source_id, record) VALUES (?, ?)", (source_id, record))


def drop_document(connection: sqlite3.Connection, document_id: int) -> None:
    """Delete one document; the last of its file takes the file's record along.

    A file that loses one of several documents counts as not read: ingesting it again brings all of them back.
    """
    (source_id,) = connection.execute(
        "SELECT source_id FROM document WHERE id = ?", (document_id,)
    ).fetchone()
    record_removals(connection, "id = ?", document_id)
    connection.execute("DELETE FROM document WHERE id = ?", (document_id,))
    connection.execute("UPDATE source SET reading_fingerprint = '' WHERE id = ?", (source_id,))
    connection.execute(
        "DELETE FROM source WHERE id = ? AND NOT EXISTS (SELECT 1 FROM document WHERE source_id = source.id)",
        (source_id,),
    )
    forget_embedding_if_empty(connection)


def drop_source(connection: sqlite3.Connection, source_id: int) -> None:
    """Delete a file's content with all its documents."""
    record_removals(connection, "source_id = ?", source_id)
    connection.execute("DELETE FROM source WHERE id = ?", (source_id,))
    forget_embedding_if_empty(connection)


def record_removals(connection: sqlite3.Connection, condition: str, parameter: int) -> None:
    """Write down the chunk ranges of the documents that are about to go, for derived indexes to catch up."""
    connection.execute(
        "INSERT INTO removal (first_chunk, last_chunk) SELECT first_chunk, last_chunk FROM document"
        f" WHERE {condition} AND first_chunk IS NOT NULL ORDER BY first_chunk",
        (parameter,),
    )


def _held_by(connection: sqlite3.Connection, key: str) -> int | None:
    row = connection.execute("SELECT source_id FROM location WHERE key = ?", (key,)).fetchone()
    return None if row is None else int(row[0])


def _locate(connection: sqlite3.Connection, file: SourceFile, source_id: int) -> None:
    connection.execute(
        "INSERT INTO location (source_id, key, path, name) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
        " SET source_id = excluded.source_id, path = excluded.path, name = excluded.name"
        " WHERE source_id <> excluded.source_id OR path <> excluded.path",
        (source_id, file.key, file.path, file.name),
    )


def _drop_unless_located(connection: sqlite3.Connection, source_id: int) -> None:
    found = connection.execute("SELECT 1 FROM location WHERE source_id = ?", (source_id,)).fetchone()
    if found is None:
        record_removals(connection, "source_id = ?", source_id)
        connection.execute("DELETE FROM source WHERE id = ?", (source_id,))


def _insert_source(connection: sqlite3.Connection, file: SourceFile, about: str) -> int:
    row = connection.execute(
        "INSERT INTO source (sha256, about, size, reading_fingerprint) VALUES (?, ?, ?, ?) RETURNING id",
        (file.sha256, about, file.size, file.reading_fingerprint),
    ).fetchone()
    return int(row[0])


def _empty(connection: sqlite3.Connection, source_id: int, file: SourceFile) -> int:
    """Take the documents out of a content that is to be filled by a newer reading."""
    record_removals(connection, "source_id = ?", source_id)
    connection.execute("DELETE FROM document WHERE source_id = ?", (source_id,))
    connection.execute(
        "UPDATE source SET reading_fingerprint = ? WHERE id = ?", (file.reading_fingerprint, source_id)
    )
    return source_id


def _insert_document(
    connection: sqlite3.Connection,
    source_id: int,
    position: int,
    prepared: PreparedDocument,
    embedding: EmbeddingRecord,
    now: str,
) -> int:
    """Store a document with all that hangs on it; return the number of its chunks."""
    document = prepared.document
    row = (
        source_id,
        position,
        now,
        len(document.items),
        document.text,
        *rows.document_to_row(document),
    )
    (document_id,) = connection.execute(
        f"INSERT INTO document (source_id, position, added_at, items, text, {rows.DOCUMENT_COLUMNS})"
        f" VALUES ({_marks(row)}) RETURNING id",
        row,
    ).fetchone()
    first = next_id(connection, "item")
    _insert_rows(
        connection,
        f"item (id, document_id, ordinal, {rows.ITEM_COLUMNS})",
        ((first + n, document_id, n, *rows.item_to_row(item)) for n, item in enumerate(document.items)),
    )
    item_ids = range(first, first + len(document.items))
    insert_extractions(connection, document.items, item_ids)
    return insert_chunks(connection, document_id, prepared, item_ids, embedding)


def insert_extractions(
    connection: sqlite3.Connection, items: Sequence[TargetItem], item_ids: Sequence[int]
) -> None:
    """Store what was read from items under the items' ids."""
    for table, columns, of_item in _EXTRACTIONS:
        _insert_rows(
            connection,
            f"{table} (item_id, ordinal, {columns})",
            (
                (item_id, ordinal, *row)
                for item_id, item in zip(item_ids, items, strict=True)
                for ordinal, row in enumerate(of_item(item))
            ),
        )


def insert_chunks(
    connection: sqlite3.Connection,
    document_id: int,
    prepared: PreparedDocument,
    item_ids: Sequence[int],
    embedding: EmbeddingRecord,
) -> int:
    """Store the chunks of a document, one range of new ids, with their vectors; return their number."""
    chunks = [chunk for of_item in prepared.chunks for chunk in of_item]
    halves = to_halves(
        np.array([chunk.vector for chunk in chunks] or np.empty((0, embedding.dimension)), dtype=np.float32),
        len(chunks),
        embedding.dimension,
    )
    first = next_id(connection, "chunk")
    ids = (first, first + len(chunks) - 1) if chunks else (None, None)
    connection.execute(
        "UPDATE document SET first_chunk = ?, last_chunk = ? WHERE id = ?", (*ids, document_id)
    )
    connection.executemany(
        "INSERT INTO chunk (id, item_id, span_start, span_end, text) VALUES (?, ?, ?, ?, ?)",
        _chunk_rows(prepared, item_ids, first),
    )
    insert_vectors(connection, document_id, first, halves)
    return len(chunks)


_EXTRACTIONS: tuple[tuple[str, str, Callable[[TargetItem], Iterator[Row]]], ...] = (
    ("indicator", rows.INDICATOR_COLUMNS, lambda item: map(rows.indicator_to_row, item.indicators)),
    ("benchmark", rows.BENCHMARK_COLUMNS, lambda item: map(rows.benchmark_to_row, item.benchmarks)),
    ("basis", rows.BASIS_COLUMNS, lambda item: map(rows.basis_to_row, item.bases)),
)


def _insert_rows(connection: sqlite3.Connection, into: str, found: Iterable[Row]) -> None:
    values = list(found)
    if values:
        connection.executemany(f"INSERT INTO {into} VALUES ({_marks(values[0])})", values)


def _chunk_rows(prepared: PreparedDocument, item_ids: Sequence[int], first_chunk: int) -> Iterator[Row]:
    chunk_id = first_chunk
    for item_id, chunks in zip(item_ids, prepared.chunks, strict=True):
        for chunk in chunks:
            yield (chunk_id, item_id, chunk.start, chunk.end, chunk.text)
            chunk_id += 1


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """Return the id after the highest ever given in `table`; nobody else can take it while we write."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 1 if row is None else int(row[0]) + 1


def _marks(row: Row) -> str:
    return ", ".join("?" * len(row))

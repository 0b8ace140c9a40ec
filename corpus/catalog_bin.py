"""Documents that were taken out and can be put back; every function works inside the caller's transaction.

A document is packed with all that hangs on it, so that no question a catalog answers can meet it. Contact
people and numbers of its text are not kept. Put back, it has the ids it had: document and items; its chunks
get new ones, as derived indexes have to be told of them.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus import rows
from corpus.catalog_queries import BLOCKS, OF_DOCUMENT, STORED, check_embedding, cut_blocks
from corpus.catalog_vectors import insert_vectors, set_embedding, to_halves
from corpus.catalog_writer import next_id
from corpus.connections import shell_word
from corpus.contacts import redact
from corpus.errors import DocumentNotFound
from corpus.stored import EmbeddingRecord, RemovedDocument, SourceFile

KEPT_FOR: Final = timedelta(days=30)
MOST_KEPT: Final = 200
_OF_ITEMS: Final = f"WHERE item_id IN ({OF_DOCUMENT})"
# Every table with rows of a document, in the order they can be put back, and which rows those are.
_PACKED: Final = (
    ("source", "WHERE id = (SELECT source_id FROM document WHERE id = ?)"),
    ("reading", "WHERE source_id = (SELECT source_id FROM document WHERE id = ?)"),
    ("location", "WHERE source_id = (SELECT source_id FROM document WHERE id = ?)"),
    ("document", "WHERE id = ?"),
    ("item", "WHERE document_id = ?"),
    ("indicator", _OF_ITEMS),
    ("benchmark", _OF_ITEMS),
    ("basis", _OF_ITEMS),
    ("chunk", _OF_ITEMS + " ORDER BY id"),
)
_OF_SOURCE: Final = frozenset({"source", "reading", "location"})

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Rows = list[dict[str, object]]


def moment(ago: timedelta = timedelta()) -> str:
    """Return now, or so long ago, in UTC as it is stored."""
    return (datetime.now(UTC) - ago).isoformat(timespec="seconds")


def bin_document(connection: sqlite3.Connection, document_id: int, now: str) -> None:
    """Keep a document that is about to be deleted, for `KEPT_FOR`."""
    tables = {table: _rows_of(connection, table, which, document_id) for table, which in _PACKED}
    (source,), (document,) = tables["source"], tables["document"]
    document["text"] = redact(str(document["text"]))
    stored = connection.execute(f"SELECT {STORED} FROM document d WHERE d.id = ?", (document_id,)).fetchone()
    fingerprint, _, dimension = connection.execute(
        "SELECT embedding_fingerprint, embedding_model, embedding_dimension FROM catalog"
    ).fetchone()
    halves = _halves(connection, document["first_chunk"], document["last_chunk"], dimension)
    connection.execute(
        "INSERT OR REPLACE INTO bin (document_id, removed_at, source_id, sha256, about, keys,"
        " reading_fingerprint, embedding_fingerprint, embedding_dimension, document, packed, vectors)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document_id,
            now,
            source["id"],
            source["sha256"],
            source["about"],
            json.dumps([one["key"] for one in tables["location"]], ensure_ascii=False),
            _whole_reading(connection, source),
            fingerprint,
            dimension,
            json.dumps(stored, ensure_ascii=False),
            zlib.compress(json.dumps(tables, ensure_ascii=False).encode(), level=1),
            halves.tobytes(),
        ),
    )


def empty_bin(connection: sqlite3.Connection, now: str) -> None:
    """Let go of what was kept for long enough, and of the oldest beyond `MOST_KEPT`, those of `now` apart."""
    connection.execute("DELETE FROM bin WHERE removed_at < ?", (moment(KEPT_FOR),))
    connection.execute(
        "DELETE FROM bin WHERE removed_at <> ? AND document_id NOT IN"
        " (SELECT document_id FROM bin ORDER BY removed_at DESC, document_id LIMIT ?)",
        (now, MOST_KEPT),
    )


def forget_binned(connection: sqlite3.Connection, file: SourceFile, about: str) -> None:
    """Let go of what was removed of a file that is stored again: there is nothing to undo any more."""
    connection.execute(
        "DELETE FROM bin WHERE (sha256 = ? AND about = ?)"
        " OR EXISTS (SELECT 1 FROM json_each(keys) WHERE value = ?)",
        (file.sha256, about, file.key),
    )


def removed_documents(connection: sqlite3.Connection) -> tuple[RemovedDocument, ...]:
    """Return what can be put back, removed last first."""
    found = connection.execute(
        "SELECT document, removed_at FROM bin WHERE removed_at >= ?"
        " ORDER BY removed_at DESC, document_id DESC",
        (moment(KEPT_FOR),),
    )
    return tuple(
        RemovedDocument(
            rows.row_to_stored_document(tuple(json.loads(stored))),
            removed_at,
            (datetime.fromisoformat(removed_at) + KEPT_FOR).isoformat(timespec="seconds"),
        )
        for stored, removed_at in found
    )


def restore_document(
    connection: sqlite3.Connection, document_id: int, embedding: EmbeddingRecord, embed: Embed, folder: str
) -> None:
    """Put a document back. Vectors of another model are made anew with `embed`; raise `DocumentNotFound`."""
    found = connection.execute(
        "SELECT packed, vectors, embedding_fingerprint, embedding_dimension, reading_fingerprint FROM bin"
        " WHERE document_id = ? AND removed_at >= ?",
        (document_id, moment(KEPT_FOR)),
    ).fetchone()
    if found is None:
        raise DocumentNotFound(
            f"目标库 {folder} 中没有可以恢复的编号 {document_id} 的文档：可能已过恢复期限，或同一文件"
            f"已重新导入；请用 duibiao restore --db {shell_word(folder)} 查看能恢复的文档，或重新导入文件。"
        )
    check_embedding(connection, embedding, folder)
    packed, vectors, fingerprint, dimension, reading = found
    tables: dict[str, Rows] = json.loads(zlib.decompress(packed))
    chunks = tables["chunk"]
    if (fingerprint, dimension) == (embedding.fingerprint, embedding.dimension) or not chunks:
        halves = np.frombuffer(vectors, "<f2").reshape(len(chunks), -1)
    else:
        made = embed([str(chunk["text"]) for chunk in chunks])
        halves = to_halves(made, len(chunks), embedding.dimension)
    _put_back(connection, tables, halves)
    if chunks:
        set_embedding(connection, embedding)
    (source,) = tables["source"]
    _complete(connection, source, reading)
    connection.execute("DELETE FROM bin WHERE document_id = ?", (document_id,))


def _put_back(connection: sqlite3.Connection, tables: dict[str, Rows], halves: NDArray[np.float16]) -> None:
    (document,), chunks = tables["document"], tables["chunk"]
    held = connection.execute("SELECT 1 FROM source WHERE id = ?", (document["source_id"],)).fetchone()
    first = next_id(connection, "chunk")
    for n, chunk in enumerate(chunks):
        chunk["id"] = first + n
    document["first_chunk"] = first if chunks else None
    document["last_chunk"] = first + len(chunks) - 1 if chunks else None
    for table, _ in _PACKED:
        if held is None or table not in _OF_SOURCE:
            for row in tables[table]:
                marks = ", ".join("?" * len(row))
                connection.execute(
                    f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
                )
    if chunks:
        insert_vectors(connection, int(str(document["id"])), first, halves)


def _complete(connection: sqlite3.Connection, source: dict[str, object], reading: str) -> None:
    """Let a file count as read when all its documents are back, as not read while one is missing."""
    (held,) = connection.execute(
        "SELECT count(*) FROM document WHERE source_id = ?", (source["id"],)
    ).fetchone()
    whole = held == len(json.loads(str(source["about"])))
    connection.execute(
        "UPDATE source SET reading_fingerprint = ? WHERE id = ?", (reading if whole else "", source["id"])
    )


def _whole_reading(connection: sqlite3.Connection, source: dict[str, object]) -> str:
    """Return how the file was read when all its documents were there."""
    if source["reading_fingerprint"]:
        return str(source["reading_fingerprint"])
    (kept,) = connection.execute(
        "SELECT max(reading_fingerprint) FROM bin WHERE source_id = ?", (source["id"],)
    ).fetchone()
    return kept or ""


def _halves(
    connection: sqlite3.Connection, first: object, last: object, dimension: int | None
) -> NDArray[np.float16]:
    if not isinstance(first, int) or not isinstance(last, int) or dimension is None:
        return np.empty((0, 0), np.float16)
    blocks = connection.execute(BLOCKS, {"first": first, "last": last}).fetchall()
    return cut_blocks(blocks, first, last, dimension)[1].astype("<f2")


def _rows_of(connection: sqlite3.Connection, table: str, which: str, document_id: int) -> Rows:
    return list(_named(connection.execute(f"SELECT * FROM {table} {which}", (document_id,))))


def _named(found: sqlite3.Cursor) -> Iterator[dict[str, object]]:
    names = [str(column[0]) for column in found.description]
    for row in found:
        yield dict(zip(names, row, strict=True))

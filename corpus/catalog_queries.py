"""The queries behind the answers of a catalog; each works on a connection that the caller lends."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus import rows
from corpus.connections import shell_word
from corpus.errors import DocumentNotFound, ModelMismatch
from corpus.model import DocumentKind, TargetDocument
from corpus.rows import Row
from corpus.stored import CatalogState, EmbeddingRecord, SourceFile, StoredDocument, StoredItem

_T = TypeVar("_T")

# A document's path is that of the first place its content was found in and still is.
STORED = (
    "d.id, (SELECT path FROM location l WHERE l.source_id = d.source_id ORDER BY l.id LIMIT 1), d.added_at,"
    " d.items, " + ", ".join(f"d.{column.strip()}" for column in rows.DOCUMENT_COLUMNS.split(","))
)
LISTED = "SELECT value FROM json_each(?)"
OF_DOCUMENT = "SELECT id FROM item WHERE document_id = ?"

# The blocks of vectors that hold the chunks `first` to `last`.
BLOCKS = (
    "SELECT first_chunk, chunks, block FROM vectors WHERE first_chunk <= :last AND first_chunk >="
    " (SELECT coalesce(max(first_chunk), 0) FROM vectors WHERE first_chunk <= :first)"
    " ORDER BY first_chunk"
)


def read_state(connection: sqlite3.Connection) -> CatalogState:
    """Return the ids given last: SQLite keeps them even when their rows are gone."""
    row = connection.execute(
        "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'chunk'),"
        " (SELECT seq FROM sqlite_sequence WHERE name = 'removal')"
    ).fetchone()
    return CatalogState(row[0] or 0, row[1] or 0)


def read_embedding(connection: sqlite3.Connection) -> EmbeddingRecord | None:
    """Return what the vectors were made with; `None` while there are none."""
    row = connection.execute(
        "SELECT embedding_fingerprint, embedding_model, embedding_dimension FROM catalog"
    ).fetchone()
    return None if row[0] is None else EmbeddingRecord(*row)


def check_embedding(connection: sqlite3.Connection, embedding: EmbeddingRecord, folder: str) -> None:
    """Raise `ModelMismatch` if the catalog holds vectors of another fingerprint or dimension."""
    held = read_embedding(connection)
    if held is None or (held.fingerprint, held.dimension) == (embedding.fingerprint, embedding.dimension):
        return
    raise ModelMismatch(
        f"目标库 {folder} 的向量由模型 {held.model}（{held.dimension} 维，{held.fingerprint}）生成，"
        f"与当前模型 {embedding.model}（{embedding.dimension} 维，{embedding.fingerprint}）不能混用；请运行 "
        f"duibiao reembed --db {shell_word(folder)} 用当前模型重新生成全部向量，或改回原来的模型。"
    )


def read_document(connection: sqlite3.Connection, document_id: int, folder: str) -> StoredDocument:
    """Return one document, or raise `DocumentNotFound`."""
    row = connection.execute(f"SELECT {STORED} FROM document d WHERE d.id = ?", (document_id,)).fetchone()
    if row is None:
        raise not_found(document_id, folder)
    return rows.row_to_stored_document(row)


def read_version(connection: sqlite3.Connection, document_id: int) -> tuple[int, int] | None:
    """Return what changes whenever a document does: its range of chunks; `None` where it has none."""
    row = connection.execute(
        "SELECT first_chunk, last_chunk FROM document WHERE id = ?", (document_id,)
    ).fetchone()
    return None if row is None or row[0] is None else (int(row[0]), int(row[1]))


def not_found(document: int | str, folder: str) -> DocumentNotFound:
    """Return the error for a document, named by its id or by its file, that is not in the catalog."""
    named = f"编号为 {document} 的文档" if isinstance(document, int) else f"名为“{document}”的文档"
    return DocumentNotFound(
        f"目标库 {folder} 中没有{named}；请用 duibiao documents --db {shell_word(folder)} 查看已有文档。"
    )


def read_items(connection: sqlite3.Connection, which: str, parameter: str | int) -> list[StoredItem]:
    """Return the items whose ids the query `which` gives, by document and ordinal; five queries in all."""
    found = connection.execute(
        f"SELECT id, document_id, ordinal, {rows.ITEM_COLUMNS} FROM item WHERE id IN ({which})"
        " ORDER BY document_id, ordinal",
        (parameter,),
    ).fetchall()
    indicators = _by_item(
        connection, "indicator", rows.INDICATOR_COLUMNS, rows.row_to_indicator, which, parameter
    )
    benchmarks = _by_item(
        connection, "benchmark", rows.BENCHMARK_COLUMNS, rows.row_to_benchmark, which, parameter
    )
    bases = _by_item(connection, "basis", rows.BASIS_COLUMNS, rows.row_to_basis, which, parameter)
    stored = connection.execute(
        f"SELECT {STORED} FROM document d WHERE d.id IN ({LISTED})",
        (ids_to_json(sorted({row[1] for row in found})),),
    )
    documents = {row[0]: rows.row_to_stored_document(row) for row in stored}
    return [
        StoredItem(
            id=row[0],
            document=documents[row[1]],
            ordinal=row[2],
            item=rows.row_to_item(
                row[3:], indicators.get(row[0], ()), benchmarks.get(row[0], ()), bases.get(row[0], ())
            ),
        )
        for row in found
    ]


def _by_item(
    connection: sqlite3.Connection,
    table: str,
    columns: str,
    row_to_value: Callable[[Row], _T],
    which: str,
    parameter: str | int,
) -> dict[int, list[_T]]:
    found: dict[int, list[_T]] = {}
    for row in connection.execute(
        f"SELECT item_id, {columns} FROM {table} WHERE item_id IN ({which}) ORDER BY item_id, ordinal",
        (parameter,),
    ):
        found.setdefault(row[0], []).append(row_to_value(row[1:]))
    return found


def extraction_query(table: str, columns: str, condition: str) -> str:
    """Return the query for rows of an extraction table (`x`) with what their items are about."""
    qualified = ", ".join(f"x.{column.strip()}" for column in columns.split(","))
    return (
        f"SELECT x.item_id, i.document_id, x.ordinal, i.category, d.year, d.unit, d.city, {qualified}"
        f" FROM {table} x CROSS JOIN item i ON i.id = x.item_id CROSS JOIN document d ON d.id = i.document_id"
        f" WHERE {condition} ORDER BY x.item_id, x.ordinal"
    )


def about(connection: sqlite3.Connection, document_id: int) -> Row:
    """Return year, unit, city and kind of a document."""
    row = connection.execute(
        "SELECT year, unit, city, kind FROM document WHERE id = ?", (document_id,)
    ).fetchone()
    return (*row[:3], DocumentKind(row[3]))


def ids_to_json(ids: Sequence[int]) -> str:
    """Return the parameter of `LISTED`; any number of ids makes one and the same statement."""
    return json.dumps([int(one) for one in ids])  # numpy's integers are no JSON


def cut_blocks(
    blocks: Sequence[Row], first: int, last: int, dimension: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return ids and vectors of the chunks `first` to `last` out of (first chunk, chunks, block) rows."""
    pieces: list[tuple[int, NDArray[np.float16]]] = []
    for start, chunks, block in blocks:
        low, high = max(first, start), min(last, start + chunks - 1)
        if low <= high:
            half = np.frombuffer(block, dtype="<f2").reshape(chunks, dimension)
            pieces.append((low, half[low - start : high - start + 1]))
    total = sum(len(half) for _, half in pieces)
    ids, vectors = np.empty(total, dtype=np.int64), np.empty((total, dimension), dtype=np.float32)
    filled = 0
    for low, half in pieces:
        ids[filled : filled + len(half)] = np.arange(low, low + len(half))
        vectors[filled : filled + len(half)] = half
        filled += len(half)
    return ids, vectors


def about_of(documents: Iterable[TargetDocument]) -> str:
    """Return what the documents of one file are about, as its record says it."""
    return json.dumps([[one.unit, one.year, one.city] for one in documents], ensure_ascii=False)


def find_twin(
    connection: sqlite3.Connection, file: SourceFile, documents: Iterable[TargetDocument]
) -> int | None:
    """Return the record of the same content: the same bytes, read in the same way, about the same."""
    found = connection.execute(
        "SELECT id FROM source WHERE sha256 = ? AND about = ? AND reading_fingerprint = ?",
        (file.sha256, about_of(documents), file.reading_fingerprint),
    ).fetchone()
    return None if found is None else int(found[0])

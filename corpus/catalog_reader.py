"""Everything that can be asked of a catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus import rows
from corpus.catalog_kept import KeptReader
from corpus.catalog_queries import (
    BLOCKS,
    LISTED,
    OF_DOCUMENT,
    STORED,
    about,
    check_embedding,
    cut_blocks,
    extraction_query,
    find_twin,
    ids_to_json,
    not_found,
    read_document,
    read_embedding,
    read_items,
    read_state,
)
from corpus.model import Basis, Benchmark, DocumentKind, Indicator, TargetDocument
from corpus.rows import Row
from corpus.stored import (
    CatalogState,
    ChunkRow,
    EmbeddingRecord,
    Extracted,
    FileOfDocument,
    ItemOutline,
    Removal,
    SourceFile,
    StoredDocument,
    StoredItem,
)

_T = TypeVar("_T")


class CatalogReader(KeptReader):
    """The questions a catalog answers; usable from any number of threads at once.

    Each call sees one state, the newest that was committed when it began; an iterator the newest when its
    first element was asked for. Calls that must agree with each other are made on the reader of
    `Catalog.snapshot()`.
    """

    def identity(self) -> str:
        """Return the random name the file was given when it was made: it tells one catalog from another."""
        with self._connections.reading() as connection:
            return str(connection.execute("SELECT identity FROM catalog").fetchone()[0])

    def embedding(self) -> EmbeddingRecord | None:
        """Return what the vectors were made with; `None` while there are none."""
        with self._connections.reading() as connection:
            return read_embedding(connection)

    def require_embedding(self, embedding: EmbeddingRecord) -> None:
        """Raise `ModelMismatch` unless vectors of `embedding` may be compared with those of the catalog."""
        with self._connections.reading() as connection:
            check_embedding(connection, embedding, self._folder)

    def state(self) -> CatalogState:
        """Return how far the catalog has come, in microseconds."""
        with self._connections.reading() as connection:
            return read_state(connection)

    def is_unchanged(self, file: SourceFile) -> bool:
        """Whether exactly these bytes, read in the same way, are stored under the file's key.

        The vectors' model is one for the whole catalog: `require_embedding` compares it.
        """
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT 1 FROM location JOIN source ON source.id = source_id"
                " WHERE key = ? AND sha256 = ? AND reading_fingerprint = ?",
                (file.key, file.sha256, file.reading_fingerprint),
            )
            return found.fetchone() is not None

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return all documents in the order they were stored."""
        with self._connections.reading() as connection:
            found = connection.execute(f"SELECT {STORED} FROM document d ORDER BY d.id")
            return tuple(rows.row_to_stored_document(row) for row in found)

    def document(self, document_id: int) -> StoredDocument:
        """Return one document, or raise `DocumentNotFound`."""
        with self._connections.reading() as connection:
            return read_document(connection, document_id, self._folder)

    def source_file(self, document_id: int) -> SourceFile:
        """Return the file that a document was read from, as it was found first."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT key, path, name, sha256, size, reading_fingerprint FROM document"
                " JOIN source ON source.id = document.source_id"
                " JOIN location ON location.source_id = source.id"
                " WHERE document.id = ? ORDER BY location.id LIMIT 1",
                (document_id,),
            ).fetchone()
        if row is None:
            raise not_found(document_id, self._folder)
        return SourceFile(*row)

    def files(self) -> tuple[FileOfDocument, ...]:
        """Return the file of every document, once for each name it was found by, by document id."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT DISTINCT d.id, d.source_id, s.sha256, l.name FROM document d"
                " JOIN source s ON s.id = d.source_id JOIN location l ON l.source_id = s.id"
                " ORDER BY d.id, l.id"
            )
            return tuple(FileOfDocument._make(row) for row in found)

    def target_document(self, document_id: int) -> TargetDocument:
        """Return a document exactly as it was stored, raw text included (callers redact)."""
        with self._connections.reading() as connection:
            row = connection.execute(
                f"SELECT {rows.DOCUMENT_COLUMNS}, text FROM document WHERE id = ?", (document_id,)
            ).fetchone()
            if row is None:
                raise not_found(document_id, self._folder)
            stored = read_items(connection, OF_DOCUMENT, document_id)
        return rows.row_to_target_document(row[:-1], tuple(one.item for one in stored), row[-1])

    def text(self, document_id: int) -> str:
        """Return the raw text of a document; contact lines stand in it, callers redact them."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT text FROM document WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise not_found(document_id, self._folder)
        return str(row[0])

    def items(self, item_ids: Sequence[int]) -> dict[int, StoredItem]:
        """Return the items by id, in the order asked for; ids that are not there (any more) are left out."""
        with self._connections.reading() as connection:
            stored = {one.id: one for one in read_items(connection, LISTED, ids_to_json(item_ids))}
        return {item_id: stored[item_id] for item_id in item_ids if item_id in stored}

    def outlines(self, item_ids: Sequence[int]) -> dict[int, ItemOutline]:
        """Return the outlines of items by id, in no order; ids that are not there (any more) are left out."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT i.id, i.document_id, d.year, d.unit, d.city, i.name, i.content"
                f" FROM item i JOIN document d ON d.id = i.document_id WHERE i.id IN ({LISTED})",
                (ids_to_json(item_ids),),
            )
            return {row[0]: ItemOutline._make(row) for row in found}

    def chunk_texts(self, chunk_ids: Sequence[int]) -> dict[int, str]:
        """Return the texts of chunks by id, in no order; ids that are not there (any more) are left out."""
        with self._connections.reading() as connection:
            found = connection.execute(
                f"SELECT id, text FROM chunk WHERE id IN ({LISTED})", (ids_to_json(chunk_ids),)
            )
            return dict(found.fetchall())

    def document_items(self, document_id: int) -> tuple[StoredItem, ...]:
        """Return the items of a document in the order of the file, or raise `DocumentNotFound`."""
        with self._connections.reading() as connection:
            read_document(connection, document_id, self._folder)
            return tuple(read_items(connection, OF_DOCUMENT, document_id))

    def indicators(self, item_ids: Sequence[int] | None = None) -> Iterator[Extracted[Indicator]]:
        """Yield the indicators of the items named, or all, by item id, then as they stand in the item."""
        return self._extracted("indicator", rows.INDICATOR_COLUMNS, rows.row_to_indicator, item_ids)

    def benchmarks(self, item_ids: Sequence[int] | None = None) -> Iterator[Extracted[Benchmark]]:
        """Yield the benchmarks of the items named, or all, by item id, then as they stand in the item."""
        return self._extracted("benchmark", rows.BENCHMARK_COLUMNS, rows.row_to_benchmark, item_ids)

    def bases(self, item_ids: Sequence[int] | None = None) -> Iterator[Extracted[Basis]]:
        """Yield the bases of the items named, or all, by item id, then as they stand in the item."""
        return self._extracted("basis", rows.BASIS_COLUMNS, rows.row_to_basis, item_ids)

    def bases_numbered(self, doc_number: str) -> Iterator[Extracted[Basis]]:
        """Yield every basis with this normalised 文号, by item id."""
        sql = extraction_query("basis", rows.BASIS_COLUMNS, "x.doc_number = ?")
        return self._extractions(sql, doc_number, rows.row_to_basis)

    def chunks_after(self, chunk_id: int) -> Iterator[ChunkRow]:
        """Yield the chunks with a greater id in the order of their ids, all from one state."""
        with self._connections.reading() as connection:
            document_id, year, unit, city, kind = 0, None, None, None, DocumentKind.TARGETS
            for chunk, item, of_document, text, start, end, category in connection.execute(
                "SELECT c.id, c.item_id, i.document_id, c.text, c.span_start, c.span_end, i.category"
                " FROM chunk c CROSS JOIN item i ON i.id = c.item_id WHERE c.id > ? ORDER BY c.id",
                (chunk_id,),
            ):
                if of_document != document_id:  # asked once a document, not joined to every chunk
                    document_id = of_document
                    year, unit, city, kind = about(connection, document_id)
                yield ChunkRow(chunk, item, of_document, text, start, end, year, unit, category, city, kind)

    def vectors(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the ids of the chunks from `first` to `last` (both included), ascending, and their vectors.

        Row `i` of the second array is the vector of the chunk `ids[i]`; removed chunks are left out. Vectors
        are kept as float16: a cosine is off by less than 0.0001. A call takes 6 bytes a number: ask for a
        million in parts.
        """
        with self._connections.reading() as connection:
            blocks = connection.execute(BLOCKS, {"first": first, "last": last}).fetchall()
            embedding = read_embedding(connection)
        return cut_blocks(blocks, first, last, embedding.dimension if embedding else 0)

    def has_twin(self, file: SourceFile, documents: Sequence[TargetDocument]) -> bool:
        """Whether the same content is stored, for this file or another one: `Catalog.store_copy` would do."""
        with self._connections.reading() as connection:
            return find_twin(connection, file, documents) is not None

    def vectors_of(self, key: str) -> dict[str, NDArray[np.float32]]:
        """Return the vector of every chunk, by its text, of what was stored last for a file's key."""
        found: dict[str, NDArray[np.float32]] = {}
        with self._connections.reading() as connection:
            embedding = read_embedding(connection)
            ranges = connection.execute(
                "SELECT first_chunk, last_chunk FROM document JOIN location USING (source_id)"
                " WHERE key = ? AND first_chunk IS NOT NULL",
                (key,),
            ).fetchall()
            for first, last in ranges:
                texts = connection.execute(
                    "SELECT text FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
                )
                blocks = connection.execute(BLOCKS, {"first": first, "last": last}).fetchall()
                _, vectors = cut_blocks(blocks, first, last, embedding.dimension if embedding else 0)
                found.update(zip((text for (text,) in texts), vectors, strict=True))
        return found

    def removals_after(self, removal: int) -> tuple[Removal, ...]:
        """Return the removals with a greater id, oldest first."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT id, first_chunk, last_chunk FROM removal WHERE id > ? ORDER BY id", (removal,)
            )
            return tuple(Removal(*row) for row in found)

    def damages(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong with the file, in its words. Reads all of it."""
        with self._connections.reading() as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            orphans = [
                f"orphan in {row[0]}: row {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")
            ]
        return (*(line for line in found if line != "ok"), *orphans)

    def _extracted(
        self, table: str, columns: str, row_to_value: Callable[[Row], _T], item_ids: Sequence[int] | None
    ) -> Iterator[Extracted[_T]]:
        if item_ids is None:
            return self._extractions(extraction_query(table, columns, "? IS NULL"), None, row_to_value)
        sql = extraction_query(table, columns, f"x.item_id IN ({LISTED})")
        return self._extractions(sql, ids_to_json(item_ids), row_to_value)

    def _extractions(
        self, sql: str, parameter: str | None, row_to_value: Callable[[Row], _T]
    ) -> Iterator[Extracted[_T]]:
        with self._connections.reading() as connection:
            for row in connection.execute(sql, (parameter,)):
                item, document, ordinal, category, year, unit, city = row[:7]
                yield Extracted(item, document, ordinal, category, year, unit, city, row_to_value(row[7:]))

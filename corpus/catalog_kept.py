"""What a catalog keeps beside the documents: how files were read, corrections, what was removed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from corpus.catalog_bin import removed_documents
from corpus.catalog_corrections import content_of, due_corrections, read_corrections
from corpus.catalog_queries import STORED, read_version
from corpus.connections import Readable
from corpus.corrections import Correction
from corpus.model import Place, Problem, TargetDocument
from corpus.rows import row_to_stored_document
from corpus.stored import CatalogCounts, ReadingRecord, RemovedDocument, SourceFile, StoredDocument


class KeptReader:
    """The part of `CatalogReader` that asks for these."""

    def __init__(self, connections: Readable, folder: str) -> None:
        self._connections = connections
        self._folder = folder

    def corrections(self, document_id: int) -> tuple[Correction, ...]:
        """Return what was corrected about a document, or raise `DocumentNotFound`."""
        with self._connections.reading() as connection:
            return read_corrections(connection, content_of(connection, document_id, self._folder))

    def version_of(self, document_id: int) -> tuple[int, int] | None:
        """Return what changes whenever a document does; `None` where it has no items or is not there."""
        with self._connections.reading() as connection:
            return read_version(connection, document_id)

    def due_corrections(
        self, file: SourceFile, read: Sequence[TargetDocument]
    ) -> tuple[tuple[Correction, ...], ...]:
        """Return for each document of a file, as it was read now, the corrections to be applied to it."""
        with self._connections.reading() as connection:
            return due_corrections(connection, file, read)

    def reading(self, document_id: int) -> ReadingRecord | None:
        """Return how the file of a document was read; `None` where it was stored before that was kept."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT record FROM reading JOIN document USING (source_id) WHERE document.id = ?",
                (document_id,),
            ).fetchone()
        return None if row is None else json_to_reading(row[0])

    def removed(self) -> tuple[RemovedDocument, ...]:
        """Return the documents that were removed and can be restored, the latest first."""
        with self._connections.reading() as connection:
            return removed_documents(connection)

    def counts(self) -> CatalogCounts:
        """Return how much there is of everything."""
        tables = ("document", "item", "indicator", "benchmark", "basis", "chunk", "correction")
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
            ).fetchone()
            numbers = [*found, len(removed_documents(connection))]
        return CatalogCounts(*numbers)

    def documents_of(self, key: str) -> tuple[StoredDocument, ...]:
        """Return the documents of one file, named by its key."""
        with self._connections.reading() as connection:
            found = connection.execute(
                f"SELECT {STORED} FROM location k JOIN document d USING (source_id) WHERE k.key = ?"
                " ORDER BY d.id",
                (key,),
            )
            return tuple(row_to_stored_document(row) for row in found)


def reading_to_json(record: ReadingRecord) -> str:
    """Return how a file was read, as it is stored."""
    return json.dumps(asdict(record), ensure_ascii=False)


def json_to_reading(written: str) -> ReadingRecord:
    """Read it back."""
    values = json.loads(written)
    problems = tuple(
        Problem(one["source"], Place(**one["place"]), one["sentence"]) for one in values.pop("problems")
    )
    return ReadingRecord(layouts=tuple(values.pop("layouts")), problems=problems, **values)

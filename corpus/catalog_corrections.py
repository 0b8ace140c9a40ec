"""Corrections in a catalog; every function works on a connection that the caller lends."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from corpus.catalog_queries import about_of, not_found
from corpus.corrections import Correctable, Correction, CorrectionsChanged, standing
from corpus.model import Origin, TargetDocument
from corpus.stored import PreparedDocument, SourceFile

Content = tuple[str, str, int]
"""A content and the place of a document in it: sha256, about, position."""

_COLUMNS = "item, field, value, read_value, read_origin, made_at"


def content_of(connection: sqlite3.Connection, document_id: int, folder: str) -> Content:
    """Return the content that a document was read from, or raise `DocumentNotFound`."""
    row = connection.execute(
        "SELECT sha256, about, position FROM document JOIN source ON source.id = source_id"
        " WHERE document.id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        raise not_found(document_id, folder)
    return str(row[0]), str(row[1]), int(row[2])


def read_corrections(connection: sqlite3.Connection, content: Content) -> tuple[Correction, ...]:
    """Return the corrections of a document, those of the document itself first."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM correction WHERE sha256 = ? AND about = ? AND position = ?"
        " ORDER BY item, field",
        content,
    )
    return tuple(
        Correction(
            item=item,
            field=Correctable(field),
            value=_value(field, value),
            read=_value(field, read),
            read_origin=None if origin is None else Origin(origin),
            made_at=made_at,
        )
        for item, field, value, read, origin, made_at in found
    )


def write_corrections(
    connection: sqlite3.Connection, content: Content, corrections: Sequence[Correction]
) -> None:
    """Put `corrections` in the place of all that a document had."""
    connection.execute("DELETE FROM correction WHERE sha256 = ? AND about = ? AND position = ?", content)
    connection.executemany(
        f"INSERT INTO correction (sha256, about, position, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (*content, one.item, one.field, _text(one.value), _text(one.read), one.read_origin, one.made_at)
            for one in corrections
        ),
    )


def due_corrections(
    connection: sqlite3.Connection, file: SourceFile, read: Sequence[TargetDocument]
) -> tuple[tuple[Correction, ...], ...]:
    """Return for each document of a file, as it was read, the corrections that hold for it.

    They are those of the same content; where that has none, those of what the file said before, as long as
    it holds as many documents.
    """
    about = about_of(read)
    own = [read_corrections(connection, (file.sha256, about, n)) for n in range(len(read))]
    if any(own):
        return tuple(
            standing(document, one, same_content=True) for document, one in zip(read, own, strict=True)
        )
    before = connection.execute(
        "SELECT sha256, about FROM location JOIN source ON source.id = source_id WHERE key = ?", (file.key,)
    ).fetchone()
    if before is None or len(json.loads(before[1])) != len(read):
        return ((),) * len(read)
    same = before[0] == file.sha256
    return tuple(
        standing(document, read_corrections(connection, (*before, n)), same_content=same)
        for n, document in enumerate(read)
    )


def check_corrections(
    connection: sqlite3.Connection, file: SourceFile, documents: Sequence[PreparedDocument], folder: str
) -> None:
    """Raise `CorrectionsChanged` unless exactly the corrections that are due were applied."""
    due = due_corrections(connection, file, [prepared.read for prepared in documents])
    for prepared, expected in zip(documents, due, strict=True):
        if expected != (() if prepared.correcting is None else prepared.correcting.corrections):
            raise corrections_changed(folder)


def corrections_changed(folder: str) -> CorrectionsChanged:
    """Return the error for a document whose corrections or items another has changed meanwhile."""
    return CorrectionsChanged(f"目标库 {folder} 中的这份文档刚刚被别处修改；请刷新后重试。")


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _value(field: str, written: str | None) -> str | int | None:
    return int(written) if written is not None and field == Correctable.YEAR else written

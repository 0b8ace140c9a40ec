"""The tables of a catalog file and how an older file becomes a current one.

`application_id` says that a file is a catalog, `user_version` in which format. A migration is a list of
statements that turns format `n` into `n + 1`; once released it is never edited, a new one is appended. All
missing migrations run in one transaction, so a killed upgrade leaves the old format.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence
from itertools import chain

APPLICATION_ID = 0x44424942  # "DBIB"

# Ids are AUTOINCREMENT where something outside the file remembers them: they never come back.
# What an item says stands in its own columns as written; short lists of names are JSON.
# Rows of extractions lie beside those of their item: WITHOUT ROWID, led by the item's id.
_VERSION_1 = (
    # Which catalog this is, and what made its vectors (NULL while it has none).
    """
    CREATE TABLE catalog (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        identity TEXT NOT NULL,
        embedding_fingerprint TEXT,
        embedding_model TEXT,
        embedding_dimension INTEGER
    )
    """,
    # The content of a file, once, however often it was found. `about` is what its documents are about
    # (unit, year, city of each): the same bytes read with another year are another content.
    """
    CREATE TABLE source (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL,
        about TEXT NOT NULL,
        size INTEGER NOT NULL,
        reading_fingerprint TEXT NOT NULL,
        UNIQUE (sha256, about)
    )
    """,
    # Where a content was found; the first place found names it.
    """
    CREATE TABLE location (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
        key TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        name TEXT NOT NULL
    )
    """,
    "CREATE INDEX location_source ON location (source_id)",
    "CREATE INDEX location_path ON location (path)",
    "CREATE INDEX location_name ON location (name)",
    # `first_chunk` to `last_chunk` are all chunks of the document and only its own (NULL: it has none).
    # `text` is the only column of the file that holds contact people and telephone numbers; it stands last,
    # where SQLite reads it only when asked.
    """
    CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
        source TEXT NOT NULL,
        title TEXT,
        kind TEXT NOT NULL,
        unit TEXT,
        year INTEGER,
        city TEXT,
        unit_origin TEXT,
        year_origin TEXT,
        city_origin TEXT,
        doc_number TEXT,
        published TEXT,
        added_at TEXT NOT NULL,
        items INTEGER NOT NULL,
        first_chunk INTEGER,
        last_chunk INTEGER,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX document_source ON document (source_id)",
    "CREATE INDEX document_name ON document (source)",
    """
    CREATE TABLE item (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        category TEXT,
        number TEXT,
        name TEXT,
        responsible_units TEXT NOT NULL,
        heading_path TEXT NOT NULL,
        deadline TEXT,
        weight TEXT,
        progress TEXT,
        place_line INTEGER,
        place_page INTEGER,
        place_sheet TEXT,
        place_table INTEGER,
        place_row INTEGER,
        basis_text TEXT,
        benchmark_text TEXT,
        target_value TEXT,
        content TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX item_document ON item (document_id, ordinal)",
    """
    CREATE TABLE indicator (
        item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        name TEXT,
        op TEXT NOT NULL,
        value REAL NOT NULL,
        unit TEXT,
        text TEXT NOT NULL,
        span_field TEXT NOT NULL,
        span_start INTEGER NOT NULL,
        span_end INTEGER NOT NULL,
        high REAL,
        baseline_value REAL,
        baseline_unit TEXT,
        baseline_year INTEGER,
        bound_op TEXT,
        bound_value REAL,
        bound_unit TEXT,
        period TEXT,
        deadline TEXT,
        status TEXT NOT NULL,
        PRIMARY KEY (item_id, ordinal)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE benchmark (
        item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        city TEXT NOT NULL,
        value TEXT,
        text TEXT NOT NULL,
        span_field TEXT NOT NULL,
        span_start INTEGER NOT NULL,
        span_end INTEGER NOT NULL,
        quantity_value REAL,
        quantity_unit TEXT,
        quantity_year INTEGER,
        ours_value REAL,
        ours_unit TEXT,
        ours_year INTEGER,
        gap REAL,
        stated_gap REAL,
        PRIMARY KEY (item_id, ordinal)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE basis (
        item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        title TEXT NOT NULL,
        doc_number TEXT,
        year INTEGER,
        issuer TEXT,
        text TEXT NOT NULL,
        span_field TEXT NOT NULL,
        span_start INTEGER NOT NULL,
        span_end INTEGER NOT NULL,
        PRIMARY KEY (item_id, ordinal)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX basis_doc_number ON basis (doc_number)",
    """
    CREATE TABLE chunk (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        span_start INTEGER NOT NULL,
        span_end INTEGER NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX chunk_item ON chunk (item_id)",
    # The vectors of `chunks` chunks of one document from `first_chunk` on, little-endian float16, one after
    # the other. A block a document, not a row a chunk: three times faster to read.
    """
    CREATE TABLE vectors (
        first_chunk INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        chunks INTEGER NOT NULL,
        block BLOB NOT NULL
    )
    """,
    "CREATE INDEX vectors_document ON vectors (document_id)",
    """
    CREATE TABLE removal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        first_chunk INTEGER NOT NULL,
        last_chunk INTEGER NOT NULL
    )
    """,
)

_VERSION_2 = (
    # The place of a document among those of its file, counted from 0.
    "ALTER TABLE document ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE document SET position = (
        SELECT count(*) FROM document d WHERE d.source_id = document.source_id AND d.id < document.id
    )
    """,
    # What the stages of reading a file gave, as JSON; contacts are blacked out.
    """
    CREATE TABLE reading (
        source_id INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
        record TEXT NOT NULL
    )
    """,
    # What a person put in the place of what was read. It belongs to a content (`sha256`, `about`), not to a
    # row of `source` or `document`: it outlives both. `item` is a digest of the item's words, empty for a
    # field of the document.
    """
    CREATE TABLE correction (
        sha256 TEXT NOT NULL,
        about TEXT NOT NULL,
        position INTEGER NOT NULL,
        item TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT,
        read_value TEXT,
        read_origin TEXT,
        made_at TEXT NOT NULL,
        PRIMARY KEY (sha256, about, position, item, field)
    ) WITHOUT ROWID
    """,
    # Documents that were taken out and can be put back, each packed with all that hung on it. `keys` are the
    # places its file was found in, `document` what a list shows of it. Emptied by a later migration that
    # changes what is packed.
    """
    CREATE TABLE bin (
        document_id INTEGER PRIMARY KEY,
        removed_at TEXT NOT NULL,
        source_id INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        about TEXT NOT NULL,
        keys TEXT NOT NULL,
        reading_fingerprint TEXT NOT NULL,
        embedding_fingerprint TEXT,
        embedding_dimension INTEGER,
        document TEXT NOT NULL,
        packed BLOB NOT NULL,
        vectors BLOB NOT NULL
    )
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2)
VERSION = len(MIGRATIONS)


def application_of(connection: sqlite3.Connection) -> int:
    """Return the `application_id` of the file."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def version_of(connection: sqlite3.Connection) -> int:
    """Return the format of the file; 0 where no migration has run."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether the file has no tables at all: new, or its creation was cut off."""
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]]) -> None:
    """Run the migrations the file still lacks in one transaction; what is current already stays as it is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = version_of(connection)  # asked under the lock: another process may have been faster
        for statement in chain.from_iterable(migrations[found:]):
            connection.execute(statement)
        if found == 0:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("INSERT INTO catalog (only_row, identity) VALUES (1, ?)", (uuid.uuid4().hex,))
        connection.execute(f"PRAGMA user_version = {max(found, len(migrations))}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

"""The full-text index of chunks, kept with tantivy; `index.fulltext_searcher` searches it.

It holds two fields of tokens that `index.tokens` makes; tantivy only splits them at spaces. Removed chunks
are never found, but count in the statistics until tantivy merges their segment away.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from corpus.catalog import ChunkRow, Removal
from corpus.errors import SnapshotDamaged
from index.fulltext_searcher import CHUNK, FIELD_WEIGHTS, GRAMS, WORDS, FieldWeights, FullTextSearcher
from index.private_folders import PrivateFolder
from index.segmenter import terms
from index.tokens import TOKENS_VERSION, tokens

if TYPE_CHECKING:
    import tantivy


__all__ = ["FIELD_WEIGHTS", "FieldWeights", "FullText", "FullTextSearcher", "fingerprint"]

_SPACES = "spaces"
_HEAP = 50_000_000  # bytes of new chunks before tantivy writes a segment


class FullText:
    """A full-text index in a folder.

    A folder that was opened is never written to: changes are made in a private temporary folder of links
    to the same files (tantivy only ever adds and drops files), which is deleted with this value. So any
    number of processes share one folder, also one that they may only read.
    """

    def __init__(self, directory: Path, index: tantivy.Index, private: PrivateFolder | None = None) -> None:
        self.directory = directory
        self._index = index
        self._is_private = private is not None
        if private:
            weakref.finalize(self, private.close)

    @classmethod
    def create(cls) -> FullText:
        """Return an empty index in a private folder."""
        import tantivy

        private = PrivateFolder()
        return cls(private.path, _readable(tantivy.Index(_schema(), path=str(private.path))), private)

    @classmethod
    def open(cls, directory: Path) -> FullText:
        """Open a saved index; ValueError or OSError where it is none or damaged."""
        import tantivy

        try:
            return cls(directory, _readable(tantivy.Index.open(str(directory))))
        except ValueError:
            # Even to read, tantivy creates a lock file: a folder that we may not write to is linked.
            return cls._linked(directory)

    @classmethod
    def _linked(cls, directory: Path) -> FullText:
        import tantivy

        private = PrivateFolder()
        try:
            for file in _files_in(directory):
                _link(file, private.path / file.name)
            return cls(private.path, _readable(tantivy.Index.open(str(private.path))), private)
        except BaseException:
            private.close()
            raise

    def searcher(self) -> FullTextSearcher:
        """Return a view of the present state that later changes leave alone."""
        return FullTextSearcher(self._index)

    def private(self) -> FullText:
        """Return an index that may be changed: this one, or a private one with the same chunks.

        SnapshotDamaged where the folder is gone: another process has replaced it by a newer one.
        """
        if self._is_private:
            return self
        try:
            return self._linked(self.directory)
        except (OSError, ValueError) as error:
            raise SnapshotDamaged(f"索引文件夹 {self.directory} 已不完整（{error}）；将重新打开。") from error

    def change(self, removals: Sequence[Removal], rows: Iterable[ChunkRow]) -> None:
        """Drop the removed ranges and add chunks, all or (after an exception) nothing."""
        from tantivy import FieldType, Query

        writer = self._writer()
        try:
            for removal in removals:
                first, last = removal.first_chunk, removal.last_chunk
                gone = Query.range_query(self._index.schema, CHUNK, FieldType.Unsigned, first, last)
                writer.delete_documents_by_query(gone)
            for row in rows:
                writer.add_document(_document(row))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self._index.reload()

    def files(self) -> tuple[Path, ...]:
        """Return the files that make up the present state; of a private index, they never change."""
        if self._is_private:
            writer = self._writer()
            writer.garbage_collect_files()
            writer.wait_merging_threads()
        return _files_in(self.directory)

    def _writer(self) -> tantivy.IndexWriter:
        return self._index.writer(heap_size=_HEAP, num_threads=1)


@cache
def fingerprint() -> str:
    """Return what changes with everything that decides the files' content but the chunks themselves.

    Files of another format of tantivy need no mention: tantivy refuses to open them.
    """
    import jieba

    cut_by = f"tokens {TOKENS_VERSION}, terms {crc32(chr(10).join(terms()).encode()):08x}"
    return f"{cut_by}, jieba {jieba.__version__}"


def _schema() -> tantivy.Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field(CHUNK, indexed=True, fast=True)
    builder.add_text_field(WORDS, tokenizer_name=_SPACES, index_option="freq")
    builder.add_text_field(GRAMS, tokenizer_name=_SPACES, index_option="freq")
    builder.add_integer_field("year", indexed=True)
    for name in ("unit", "category", "city", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _readable(index: tantivy.Index) -> tantivy.Index:
    """Return `index` after it learned how its tokens are separated."""
    from tantivy import TextAnalyzerBuilder, Tokenizer

    index.register_tokenizer(_SPACES, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def _document(row: ChunkRow) -> tantivy.Document:
    from tantivy import Document

    found = tokens(row.text)
    document = Document()
    document.add_unsigned(CHUNK, row.chunk_id)
    document.add_text(WORDS, " ".join(found.words))
    document.add_text(GRAMS, " ".join(found.grams))
    if row.year is not None:
        document.add_integer("year", row.year)
    stated = (("unit", row.unit), ("category", row.category), ("city", row.city), ("kind", row.kind.value))
    for field, value in stated:
        if value is not None:
            document.add_text(field, value)
    return document


def _files_in(directory: Path) -> tuple[Path, ...]:
    return tuple(sorted(file for file in directory.iterdir() if file.suffix != ".lock"))


def _link(file: Path, link: Path) -> None:
    """Make `link` hold what `file` holds, without copying where the system allows it.

    The JSON files are those that tantivy replaces: they are copied.
    """
    if file.suffix == ".json":
        shutil.copyfile(file, link)
        return
    for make in (link.hardlink_to, link.symlink_to):
        try:
            make(file.resolve())
        except OSError:
            continue
        return
    shutil.copyfile(file, link)

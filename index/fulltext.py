"""Full-text search over chunks with tantivy, behind a small facade.

Scores are BM25 (tantivy's k1 1.2, b 0.75) over two fields of tokens that `index.tokens` makes; tantivy
only splits them at spaces, and a query never meets its query language. Removed chunks are never found, but
count in the statistics until tantivy merges their segment away.
"""

from __future__ import annotations

import shutil
import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import ChunkRow, Removal
from corpus.errors import SnapshotDamaged
from index.filters import Filter
from index.holding import holding_query
from index.private_folders import PrivateFolder
from index.segmenter import terms
from index.tokens import TOKENS_VERSION, query_tokens, tokens

if TYPE_CHECKING:
    import tantivy


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What BM25 in each field counts; a field of weight 0 is not searched.

    Measured on questions over policy documents and encyclopaedia passages: docs/decisions/index.md.
    """

    words: float = 0.5
    grams: float = 1.0


FIELD_WEIGHTS = FieldWeights()

_CHUNK, _WORDS, _GRAMS = "chunk", "words", "grams"
_SPACES = "spaces"
_DECIMALS = 4  # sums of float32 differ further down with the order of segments
_HEAP = 50_000_000  # bytes of new chunks before tantivy writes a segment
# So many more chunks may have to be read for places where white space parts a text.
_MOST_BROKEN = 1000
# Words that carry the form of a question and nothing of its subject.
_FORM = """
的 了 是 在 和 与 有 吗 呢 么 为 哪 什 些 怎 几 的是
什么 哪些 哪个 如何 怎么 怎样 怎么样 多少 是否
"""
_FORM_WORDS = frozenset(_FORM.split())


class FullTextSearcher:
    """An immutable view of a full-text index."""

    def __init__(self, index: tantivy.Index, weights: FieldWeights = FIELD_WEIGHTS) -> None:
        self._weights = weights
        self._schema = index.schema
        self._searcher = index.searcher()

    def weighted(self, weights: FieldWeights) -> FullTextSearcher:
        """Return a view of the same state whose fields count otherwise."""
        view = copy(self)
        view._weights = weights
        return view

    @property
    def size(self) -> int:
        """The number of chunks that can be found."""
        return self._searcher.num_docs

    def search(self, text: str, k: int, allowed: Filter) -> list[tuple[int, float]]:
        """Return up to `k` (chunk id, BM25), best first, equal scores by id.

        A text without tokens finds nothing.
        """
        query = self._query(text)
        k = min(k, self._searcher.num_docs)
        if query is None or k <= 0:
            return []
        return self._best(self._restricted(query, self._restrictions(allowed)), k)

    def search_among(self, text: str, k: int, chunk_ids: Sequence[int]) -> list[tuple[int, float]]:
        """Return what `search` returns of `chunk_ids` alone; meant for some thousands of them."""
        query = self._query(text)
        k = min(k, self._searcher.num_docs)
        if query is None or k <= 0 or not chunk_ids:
            return []
        return self._best(self._restricted(query, [self._among(chunk_ids)]), k)

    def _among(self, chunk_ids: Sequence[int]) -> tantivy.Query:
        from tantivy import Query

        return Query.term_set_query(self._schema, _CHUNK, list(chunk_ids))

    def _best(self, restricted: tantivy.Query, k: int) -> list[tuple[int, float]]:
        most = self._searcher.num_docs
        asked = min(k + 16, most)
        while True:
            found = self._run(restricted, asked)
            if len(found) < asked or asked == most or found[-1][1] < found[k - 1][1]:
                break
            asked = min(asked * 4, most)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def scores(self, text: str, chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the BM25 that `search` gives each of `chunk_ids`; 0 where no token of `text` occurs."""
        query = self._query(text)
        if query is None or not chunk_ids:
            return np.zeros(len(chunk_ids), np.float32)
        scored = dict(self._run(self._restricted(query, [self._among(chunk_ids)]), len(set(chunk_ids))))
        return np.array([scored.get(chunk_id, 0.0) for chunk_id in chunk_ids], np.float32)

    def may_hold(self, text: str) -> NDArray[np.int64]:
        """Return the ids, ascending, of the chunks that `index.holding` cannot rule out for `text`."""
        query = holding_query(self._schema, _GRAMS, text)
        broken = holding_query(self._schema, _GRAMS, text, broken=True)
        if broken is not None and self._count(broken) <= self._count(query) + _MOST_BROKEN:
            query = broken
        return self._all(query)

    def with_word(self, word: str) -> NDArray[np.int64]:
        """Return the ids, ascending, of the chunks that have `word` as one of their words, as folded."""
        from tantivy import Query

        return self._all(Query.term_query(self._schema, _WORDS, word, "basic"))

    def _count(self, query: tantivy.Query | None) -> int:
        if query is None:
            return 0
        return int(self._searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]

    def _all(self, query: tantivy.Query | None) -> NDArray[np.int64]:
        from tantivy import Order

        if query is None:
            return np.zeros(0, np.int64)
        most = max(1, self._searcher.num_docs)
        hits = self._searcher.search(query, most, count=False, order_by_field=_CHUNK, order=Order.Asc).hits
        return np.fromiter((chunk_id for chunk_id, _ in hits), np.int64, len(hits))

    def _run(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit, count=False).hits
        chunk_ids = self._searcher.fast_field_values(_CHUNK, [address for _, address in hits])
        return [
            (int(chunk_id or 0), round(score, _DECIMALS))
            for chunk_id, (score, _) in zip(chunk_ids, hits, strict=True)
        ]

    def _query(self, text: str) -> tantivy.Query | None:
        """Return any-of over all tokens; a token that is repeated counts so often."""
        from tantivy import Occur, Query

        wanted = query_tokens(text)
        parts = []
        for field, found, weight in (
            (_WORDS, wanted.words, self._weights.words),
            (_GRAMS, wanted.grams, self._weights.grams),
        ):
            if not weight:
                continue
            meaningful = [token for token in found if token not in _FORM_WORDS] or found
            for token, count in Counter(meaningful).items():
                term = Query.term_query(self._schema, field, token, "freq")
                parts.append((Occur.Should, Query.boost_query(term, weight * count)))
        return Query.boolean_query(parts) if parts else None

    def _restrictions(self, allowed: Filter) -> list[tantivy.Query]:
        from tantivy import Query

        kinds = None if allowed.kinds is None else {kind.value for kind in allowed.kinds}
        wanted: tuple[tuple[str, Iterable[int] | Iterable[str] | None], ...] = (
            ("year", allowed.years),
            ("unit", allowed.units),
            ("category", allowed.categories),
            ("city", allowed.cities),
            ("kind", kinds),
        )
        return [
            Query.term_set_query(self._schema, field, list(values))
            for field, values in wanted
            if values is not None
        ]

    @staticmethod
    def _restricted(query: tantivy.Query, restrictions: list[tantivy.Query]) -> tantivy.Query:
        """Return `query` among what passes all restrictions; they add nothing to a score."""
        from tantivy import Occur, Query

        if not restrictions:
            return query
        silent = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in restrictions]
        return Query.boolean_query([(Occur.Must, query), *silent])


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
                gone = Query.range_query(self._index.schema, _CHUNK, FieldType.Unsigned, first, last)
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
    builder.add_unsigned_field(_CHUNK, indexed=True, fast=True)
    builder.add_text_field(_WORDS, tokenizer_name=_SPACES, index_option="freq")
    builder.add_text_field(_GRAMS, tokenizer_name=_SPACES, index_option="freq")
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
    document.add_unsigned(_CHUNK, row.chunk_id)
    document.add_text(_WORDS, " ".join(found.words))
    document.add_text(_GRAMS, " ".join(found.grams))
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

"""Search in one state of a full-text index: BM25, and which chunks can hold a text.

Scores are those of tantivy (k1 1.2, b 0.75) over two fields of tokens that `index.tokens` makes; a query
never meets tantivy's query language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.filters import Filter
from index.holding import holding_query
from index.tokens import grams, query_tokens

if TYPE_CHECKING:
    import tantivy

CHUNK, WORDS, GRAMS = "chunk", "words", "grams"  # fields


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What BM25 in each field counts; a field of weight 0 is not searched.

    Measured on questions over policy documents and encyclopaedia passages: docs/decisions/index.md.
    """

    words: float = 0.5
    grams: float = 1.0


FIELD_WEIGHTS = FieldWeights()

_DECIMALS = 4  # sums of float32 differ further down with the order of segments
# So many more chunks may have to be read for places where white space parts a text.
_MOST_BROKEN = 1000
# Words that carry the form of a question and nothing of its subject.
_FORM = """
的 了 是 在 和 与 有 吗 呢 么 为 哪 什 些 怎 几 的是
什么 哪些 哪个 如何 怎么 怎样 怎么样 多少 是否
"""
_FORMWORDS = frozenset(_FORM.split())


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

        return Query.term_set_query(self._schema, CHUNK, list(chunk_ids))

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
        from tantivy import Occur, Query

        query, wanted = self._query(text), set(chunk_ids)
        if query is None or not wanted:
            return np.zeros(len(chunk_ids), np.float32)
        # Any of some terms is quicker than a set of terms, as long as there are not thousands.
        among = [
            (Occur.Should, Query.term_query(self._schema, CHUNK, chunk_id, "basic")) for chunk_id in wanted
        ]
        silent = Query.const_score_query(Query.boolean_query(among), 0.0)
        both = Query.boolean_query([(Occur.Must, silent), (Occur.Should, query)])
        scored = dict(self._run(both, len(wanted)))
        return np.array([scored.get(chunk_id, 0.0) for chunk_id in chunk_ids], np.float32)

    def may_hold(self, text: str) -> NDArray[np.int64]:
        """Return the ids, ascending, of the chunks that `index.holding` cannot rule out for `text`."""
        query = holding_query(self._schema, GRAMS, text)
        broken = holding_query(self._schema, GRAMS, text, broken=True)
        if broken is not None and self._count(broken) <= self._count(query) + _MOST_BROKEN:
            query = broken
        return self._all(query)

    def with_word(self, word: str) -> NDArray[np.int64]:
        """Return the ids, ascending, of the chunks that have `word` as one of their words, as folded."""
        from tantivy import Query

        return self._all(Query.term_query(self._schema, WORDS, word, "basic"))

    def frequency(self, text: str) -> int:
        """Return the most chunks that can hold `text`: those with the rarest pair of its characters.

        Exact for a character, a pair, a number or a Latin word; removed chunks may still count.
        """
        pieces = [piece for piece in dict.fromkeys(grams(text)) if len(piece) > 1]
        counts = [self._searcher.doc_freq(GRAMS, piece) for piece in pieces or grams(text)]
        return min(counts, default=0)

    def _count(self, query: tantivy.Query | None) -> int:
        if query is None:
            return 0
        return int(self._searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]

    def _all(self, query: tantivy.Query | None) -> NDArray[np.int64]:
        from tantivy import Order

        if query is None:
            return np.zeros(0, np.int64)
        most = max(1, self._searcher.num_docs)
        hits = self._searcher.search(query, most, count=False, order_by_field=CHUNK, order=Order.Asc).hits
        return np.fromiter((chunk_id for chunk_id, _ in hits), np.int64, len(hits))

    def _run(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit, count=False).hits
        if not hits:
            return []
        found, addresses = zip(*hits, strict=True)
        chunk_ids = self._searcher.fast_field_values(CHUNK, list(addresses))
        scores = np.round(np.array(found, np.float64), _DECIMALS).tolist()
        return [(int(chunk_id or 0), score) for chunk_id, score in zip(chunk_ids, scores, strict=True)]

    def _query(self, text: str) -> tantivy.Query | None:
        """Return any-of over all tokens; a token that is repeated counts so often."""
        from tantivy import Occur, Query

        wanted = query_tokens(text)
        parts = []
        for field, found, weight in (
            (WORDS, wanted.words, self._weights.words),
            (GRAMS, wanted.grams, self._weights.grams),
        ):
            if not weight:
                continue
            meaningful = [token for token in found if token not in _FORMWORDS] or found
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

"""Which chunks can hold a text at all, told from the characters and pairs that the full text holds.

The full text keeps no positions, so what is found may hold the same pairs in another order: whoever wants
the text itself looks into the chunk. White space or a mark within a text spoils a pair (体制改 革), so a pair
or two may be missing; but where that would let in thousands of chunks, because the text is made of words that
are everywhere, all pairs are asked for. Nothing else that holds the text is missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.tokens import grams

if TYPE_CHECKING:
    import tantivy

# Pairs that may be missing, and of how many pairs on two of them may.
_BREAKS = 2
_LONG = 6
_FIRST_HAN = "\u2e80"


def holding_query(
    schema: tantivy.Schema, field: str, text: str, *, broken: bool = False
) -> tantivy.Query | None:
    """Return a query for what can hold `text`, None where it has no token. It gives every chunk the score 0.

    With `broken` it also finds where `text` is parted; it is None where that is no other query. Postings of
    pairs are short, so that rare phrases cost microseconds and common ones what they find.
    """
    from tantivy import Occur, Query

    tokens = dict.fromkeys(grams(text))
    pairs = [token for token in tokens if len(token) == 2 and token[0] >= _FIRST_HAN]
    singles = [token for token in tokens if len(token) == 1 and token >= _FIRST_HAN]
    others = [token for token in tokens if token[0] < _FIRST_HAN]
    breaks = min(_BREAKS if len(pairs) >= _LONG else 1, len(pairs) - 1) if broken else 0
    if broken and breaks < 1:
        return None

    def term(token: str) -> tantivy.Query:
        return Query.term_query(schema, field, token, "basic")

    needed = [term(token) for token in (others if pairs and not breaks else [*others, *singles])]
    if pairs:
        some = [(Occur.Should, term(token)) for token in pairs]
        needed.append(Query.boolean_query(some, len(pairs) - breaks))
    if not needed:
        return None
    return Query.const_score_query(Query.boolean_query([(Occur.Must, one) for one in needed]), 0.0)

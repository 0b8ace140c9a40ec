"""Which chunks can hold a text at all, told from the characters and pairs that the full text holds.

The full text keeps no positions, so what is found may hold the same pairs in another order: whoever wants
the text itself looks into the chunk. Nothing that holds it is missed, but for a pair of characters that
white space parts, and a longer text that it parts in more than two places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.tokens import grams

if TYPE_CHECKING:
    import tantivy

# White space or a mark may stand in so many places within a text (体制改 革); each spoils one pair.
_BREAKS = 2
_FIRST_HAN = "\u2e80"


def holding_query(schema: tantivy.Schema, field: str, text: str) -> tantivy.Query | None:
    """Return a query for what can hold `text`, None where it has no token. It gives every chunk the score 0.

    Postings of pairs are short, so that rare phrases cost microseconds and common ones what they find.
    """
    from tantivy import Occur, Query

    tokens = dict.fromkeys(grams(text))
    pairs = [token for token in tokens if len(token) == 2 and token[0] >= _FIRST_HAN]
    singles = [token for token in tokens if len(token) == 1 and token >= _FIRST_HAN]
    others = [token for token in tokens if token[0] < _FIRST_HAN]
    breaks = max(0, min(_BREAKS, len(pairs) - 1))

    def term(token: str) -> tantivy.Query:
        return Query.term_query(schema, field, token, "basic")

    needed = [term(token) for token in (others if pairs and not breaks else [*others, *singles])]
    if pairs:
        needed.append(
            Query.boolean_query([(Occur.Should, term(token)) for token in pairs], len(pairs) - breaks)
        )
    if not needed:
        return None
    return Query.const_score_query(Query.boolean_query([(Occur.Must, one) for one in needed]), 0.0)

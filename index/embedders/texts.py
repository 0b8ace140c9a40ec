"""What a text needs before a tokenizer may see it."""

from __future__ import annotations


def readable(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, halves of characters replaced.

    A surrogate without its partner cannot be written in UTF-8 and stops every tokenizer; a pair that was
    left as two is joined.
    """
    text = text[:limit]
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

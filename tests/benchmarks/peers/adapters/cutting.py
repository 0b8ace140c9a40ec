# mypy: disable-error-code="import-not-found, import-untyped, unused-ignore"
"""How a text is cut where a peer leaves that to its user. Imported in the peers' environments."""

from __future__ import annotations

# Every two neighbouring Chinese characters, and every other word: for systems that take an expression.
PAIRS = r"(?=([\u4e00-\u9fff]{2}|(?<![a-z0-9])[a-z0-9]+))"


def words(text: str) -> list[str]:
    """Return the words of jieba, without punctuation."""
    import jieba

    return [word for word in jieba.lcut(text.lower()) if any(map(str.isalnum, word))]

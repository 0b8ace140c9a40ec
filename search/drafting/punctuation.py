"""Punctuation as official documents have it."""

from __future__ import annotations

import re

_NARROW = re.compile(r"(?<=[一-龥》”）)%])[,;:()?!]|[,;:()?!](?=[一-龥《“（])")
_WIDE = dict(zip(",;:()?!", "，；：（）？！", strict=True))


def in_full_width(text: str) -> str:
    """Write commas, colons, semicolons and brackets beside Chinese characters in full width."""
    return _NARROW.sub(lambda match: _WIDE[match.group()], text)

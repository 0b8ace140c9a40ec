"""What is found in a text, in short."""

from __future__ import annotations

from corpus.model import TargetItem
from ingest.indicators import find_indicators


def brief(content: str) -> list[tuple[str | None, str, float, str | None]]:
    """Return name, comparator, value and unit of each indicator."""
    item = TargetItem(category=None, number=None, name=None, content=content)
    return [(one.name, one.op.value, one.value, one.unit) for one in find_indicators(item, 2021)]


def values(content: str) -> list[tuple[float, str | None]]:
    """Return value and unit of each indicator."""
    return [(value, unit) for _, _, value, unit in brief(content)]

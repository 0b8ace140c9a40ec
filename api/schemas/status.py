"""What an installation holds and how it is set up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountsJson:
    """How much the catalog holds; `removed` counts the documents that can be restored."""

    documents: int
    items: int
    indicators: int
    benchmarks: int
    bases: int
    chunks: int
    corrections: int
    removed: int


@dataclass(frozen=True, slots=True)
class SettingJson:
    """A setting in effect, as a person reads it; a secret is only said to be set.

    `source` is environment, option, file or default.
    """

    name: str
    value: str
    source: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StatusJson:
    """What is served, from where, with what; sizes are in bytes, `None` where there is nothing yet."""

    version: str
    python: str
    catalog: str
    counts: CountsJson | None
    catalog_size: int | None
    index_size: int | None
    index_kind: str
    model: str | None
    dimension: int | None
    language_model: bool
    settings: tuple[SettingJson, ...]

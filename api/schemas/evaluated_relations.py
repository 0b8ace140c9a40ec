"""How well figures are linked, and cities and bases are found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelationMistakeJson:
    """An entry of a set that did not come out as labelled."""

    id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RelationPartJson:
    """The measures over some entries of a set."""

    name: str
    entries: int
    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class RelationEvaluationJson:
    """The measures of one set (`trends`, `benchmarks`, `bases`), and what went wrong."""

    task: str
    parts: tuple[RelationPartJson, ...]
    mistakes: tuple[RelationMistakeJson, ...]

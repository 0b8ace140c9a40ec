"""What an evaluation says, as it leaves this program."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoreJson:
    """One row: how many agree, were found and are labelled, and the ratios from 0 to 1."""

    name: str
    agreed: int
    found: int
    labelled: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class ExtractionPartJson:
    """The scores over some sentences: all, those that rules were tuned on, those that only judge."""

    part: str
    sentences: int
    levels: tuple[ScoreJson, ...]
    kinds: tuple[ScoreJson, ...]
    status: float


@dataclass(frozen=True, slots=True)
class MistakeJson:
    """A sentence where labels and findings differ: its place, and the figures on either side."""

    file: str
    start: int
    missed: tuple[str, ...]
    spurious: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtractionEvaluationJson:
    """How good the extraction of indicators is."""

    parts: tuple[ExtractionPartJson, ...]
    mistakes: tuple[MistakeJson, ...]

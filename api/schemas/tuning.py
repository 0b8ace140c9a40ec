"""What became of tuning a model."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TunedPairsJson:
    """How many pairs of texts of a kind the catalog gave: for training and held out."""

    kind: str
    train: int
    held_out: int


@dataclass(frozen=True, slots=True)
class TrainingJson:
    """What was trained; losses are means over the first and the last tenth of the steps."""

    steps: int
    pairs: int
    seconds: float
    first_loss: float
    last_loss: float


@dataclass(frozen=True, slots=True)
class TunedMeasureJson:
    """A measure over the held-out questions; `p` is the probability that chance gives as much."""

    measure: str
    queries: int
    before: float
    after: float
    p: float


@dataclass(frozen=True, slots=True)
class TuneJson:
    """Whether training made a better model, and where it is now.

    `folder` is null where nothing was kept: the model was not better, or nobody asked to keep it.
    """

    base: str
    model: str
    better: bool
    installed: bool
    folder: str | None
    pairs: tuple[TunedPairsJson, ...]
    training: TrainingJson
    held_out: tuple[TunedMeasureJson, ...]
    sentence: str

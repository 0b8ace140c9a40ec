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


@dataclass(frozen=True, slots=True)
class EvaluatedSetJson:
    """What was evaluated: the catalog's size, and the queries.

    `judged` queries have something relevant. `missing` counts judged passages that no item of the catalog
    holds; they count as not found.
    """

    name: str
    documents: int
    passages: int
    queries: int
    judged: int
    missing: int
    model: str


@dataclass(frozen=True, slots=True)
class KindJson:
    """The means over the queries of one kind."""

    name: str
    queries: int
    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class SystemJson:
    """The means over all queries of one way to rank (a leg, or the whole), or of the answers."""

    name: str
    measures: dict[str, float]
    kinds: tuple[KindJson, ...]


@dataclass(frozen=True, slots=True)
class RankedJson:
    """A result of a query; `grade` is its judgment, `null` where nobody judged it."""

    key: str
    year: int | None
    score: float
    similarity: float
    grade: int | None


@dataclass(frozen=True, slots=True)
class GivenAnswerJson:
    """What was answered; `citations` says of each citation whether it stands in judged evidence."""

    text: str
    abstained: bool
    expected: tuple[str, ...]
    answerable: bool
    citations: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class QuerySystemJson:
    """What one system did with one query."""

    system: str
    measures: dict[str, float]
    results: tuple[RankedJson, ...] = ()
    answer: GivenAnswerJson | None = None


@dataclass(frozen=True, slots=True)
class EvaluatedQueryJson:
    """One query with what every system did with it; `relevant` counts the relevant results."""

    id: str
    query: str
    kinds: tuple[str, ...]
    relevant: int
    systems: tuple[QuerySystemJson, ...]


@dataclass(frozen=True, slots=True)
class ChangeJson:
    """A query whose measure changed."""

    id: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class ComparedJson:
    """Two runs compared by one measure over the queries that both have; `p` is of a two-sided test."""

    system: str
    measure: str
    queries: int
    before: float
    after: float
    difference: float
    p: float
    better: int
    worse: int
    changes: tuple[ChangeJson, ...]


@dataclass(frozen=True, slots=True)
class EvaluationJson:
    """How good retrieval (`task` is `retrieval`) or the answers are (`answers`)."""

    task: str
    set: EvaluatedSetJson
    systems: tuple[SystemJson, ...]
    comparison: tuple[ComparedJson, ...]
    queries: tuple[EvaluatedQueryJson, ...]

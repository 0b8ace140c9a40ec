"""How well the review of drafts finds seeded faults."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleScoreJson:
    """One rule (`*` for all): faults found, findings, labelled faults; ratios are `null` without any."""

    rule: str
    agreed: int
    found: int
    labelled: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class DraftMistakeJson:
    """What was missed in a draft, and what was found though nobody seeded it."""

    draft: str
    missed: tuple[str, ...]
    spurious: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckEvaluationJson:
    """The measures by rule; `clean` of the drafts have no fault, `quiet` of those got no finding."""

    drafts: int
    clean: int
    quiet: int
    rules: tuple[RuleScoreJson, ...]
    mistakes: tuple[DraftMistakeJson, ...]

"""What a review finds, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Span
from corpus.stored import StoredDocument, StoredItem
from search.results import Citation


class Severity(StrEnum):
    """How much a finding weighs; the values are the levels of SARIF."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """What one rule has to say about a draft.

    `target` is the draft's item, `None` for the draft as a whole; `span` points into the target.
    `evidence` are places of the catalog, never of the draft. `proposal` is a wording that would do.
    `severity` is set where it differs from the rule's.
    """

    message: str
    target: StoredItem | None = None
    span: Span | None = None
    evidence: tuple[Citation, ...] = ()
    proposal: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with the rule it comes from."""

    rule: str
    severity: Severity
    remark: Remark


@dataclass(frozen=True, slots=True)
class Compared:
    """The earlier documents of the same unit that a draft was compared with."""

    year: int
    documents: tuple[StoredDocument, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings about one draft, in the order of its items, those about the whole last.

    `hints` are Chinese sentences about what could not be judged and why. `rules` are the codes of the
    rules that were applied.
    """

    document: StoredDocument
    compared: Compared | None
    findings: tuple[Finding, ...]
    hints: tuple[str, ...]
    rules: tuple[str, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh so much."""
        return sum(1 for one in self.findings if one.severity is severity)

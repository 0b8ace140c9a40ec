"""Reviews of drafts and what belongs beside a selected passage, as they leave this program."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.documents import PlaceJson, SpanJson
from api.schemas.results import (
    BenchmarkCityJson,
    CitationJson,
    HitJson,
    InterpretedJson,
    RankedBasisJson,
    RankingJson,
    TrendPointJson,
)


@dataclass(frozen=True, slots=True)
class FindingJson:
    """What a rule has to say.

    `item` counts the draft's items from 1 in the order of the text, `null` for the draft as a whole; `quote`
    are the draft's words at `span`. `severity` is `error`, `warning` or `note`. `evidence` are places of the
    catalog.
    """

    rule: str
    severity: str
    title: str
    message: str
    item: int | None
    category: str | None
    number: str | None
    name: str | None
    place: PlaceJson | None
    span: SpanJson | None
    quote: str | None
    evidence: tuple[CitationJson, ...]
    proposal: str | None


@dataclass(frozen=True, slots=True)
class ComparedJson:
    """The earlier documents of the unit that the draft was compared with."""

    year: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedJson:
    """The review of one document; `hints` say what could not be judged, `rules` what was applied."""

    source: str
    title: str | None
    unit: str | None
    year: int | None
    city: str | None
    items: int
    compared_with: ComparedJson | None
    findings: tuple[FindingJson, ...]
    hints: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckJson:
    """The review of a draft: one document, or the several that a file holds."""

    errors: int
    warnings: int
    notes: int
    documents: tuple[CheckedJson, ...]


@dataclass(frozen=True, slots=True)
class DraftJson:
    """A draft to be reviewed; `off` and `only` are codes of rules, `sarif` asks for a SARIF log."""

    text: str
    unit: str | None = None
    year: int | None = None
    city: str | None = None
    off: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    sarif: bool = False


@dataclass(frozen=True, slots=True)
class PassageJson:
    """A selected passage, with what is known of the draft it stands in; `k` hits at most."""

    text: str
    year: int | None = None
    unit: str | None = None
    city: str | None = None
    k: int = 5
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookupJson:
    """What belongs beside a passage.

    `figures` are what the unit promised before on the same, newest first; `warnings` come from the fast rules
    of the review, `skipped` names the rules that only a whole review applies.
    """

    interpreted: InterpretedJson
    ranking: RankingJson
    hits: tuple[HitJson, ...]
    cities: tuple[BenchmarkCityJson, ...]
    bases: tuple[RankedBasisJson, ...]
    figures: tuple[TrendPointJson, ...]
    warnings: tuple[FindingJson, ...]
    skipped: tuple[str, ...]

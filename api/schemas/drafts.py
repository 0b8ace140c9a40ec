"""What a draft is asked with and what it gets, as it leaves this program."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.documents import IndicatorJson, ItemJson, Number
from api.schemas.results import CitationJson
from corpus.model import Comparator


@dataclass(frozen=True, slots=True)
class TopicsJson:
    """Which items are to be drafted, for whom and when."""

    topics: tuple[str, ...]
    unit: str
    year: int
    city: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeJson:
    """Words of a cited sentence that were not taken as they stand, and why."""

    written: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class SentenceJson:
    """A sentence of the content, from `start` to `end` of it, with where it was written before.

    `citation.quote` differs from `text` by `changes`, the mark at its end and full-width punctuation only.
    """

    text: str
    start: int
    end: int
    citation: CitationJson
    changes: tuple[ChangeJson, ...]


@dataclass(frozen=True, slots=True)
class FigurePointJson:
    """A figure of some year; `indicator` is `null` where it was read from a column of progress."""

    year: int | None
    unit_name: str | None
    city: str | None
    op: Comparator
    value: Number
    high: Number | None
    unit: str | None
    text: str
    indicator: IndicatorJson | None
    citation: CitationJson


@dataclass(frozen=True, slots=True)
class ProposedFigureJson:
    """What to promise: `op`, `value`, `high`, `unit`, with the reasons and what they rest on.

    `lowest` and `highest` enclose what the evidence speaks for; `better` is more, less or unknown.
    """

    name: str
    op: Comparator
    value: Number
    high: Number | None
    unit: str | None
    better: str
    reason: str
    lowest: Number
    highest: Number
    needs_judgement: bool
    is_own: bool
    last: FigurePointJson
    history: tuple[FigurePointJson, ...]
    achieved: tuple[FigurePointJson, ...]
    elsewhere: tuple[FigurePointJson, ...]


@dataclass(frozen=True, slots=True)
class ProposedBenchmarkJson:
    """A city to compare with; `chosen` is the one in the item's benchmark line."""

    city: str
    value: str | None
    year: int | None
    outdated: bool
    chosen: bool
    note: str
    citation: CitationJson


@dataclass(frozen=True, slots=True)
class ProposedBasisJson:
    """A document to rest on; `written` is how it was cited before.

    `status` is as-cited, successor (a newer edition that the catalog holds or cites) or unverified (待核实).
    """

    title: str
    doc_number: str | None
    written: str
    status: str
    note: str
    citations: tuple[CitationJson, ...]


@dataclass(frozen=True, slots=True)
class AlternativeJson:
    """Another wording to choose from, quoted as it was written."""

    year: int | None
    unit: str | None
    city: str | None
    name: str | None
    text: str
    citations: tuple[CitationJson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedItemJson(ItemJson):
    """A proposed item as `parse` will read it from the exported file, with all that it rests on.

    `name_citation` is `null` where the name is the topic itself.
    """

    topic: str
    name_citation: CitationJson | None
    sentences: tuple[SentenceJson, ...]
    figures: tuple[ProposedFigureJson, ...]
    benchmark_choices: tuple[ProposedBenchmarkJson, ...]
    basis_choices: tuple[ProposedBasisJson, ...]
    alternatives: tuple[AlternativeJson, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingJson:
    """A topic about which nothing was found."""

    topic: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ProposalJson:
    """The items in the order of the document: category after category, numbered within each."""

    title: str
    unit: str
    year: int
    city: str | None
    items: tuple[ProposedItemJson, ...]
    missing: tuple[MissingJson, ...]
    notes: tuple[str, ...]

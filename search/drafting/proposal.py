"""What is proposed for next year's document: every word and figure with the place that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Comparator, Indicator, Span
from corpus.stored import StoredDocument
from search.check.direction import Better
from search.drafting.punctuation import in_full_width
from search.results import Citation

TO_FILL = "〔待填〕"


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What is to be drafted: one item a topic, for a unit and a year."""

    topics: tuple[str, ...]
    unit: str
    year: int
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a cited sentence that were not taken as they stand, and why, in Chinese."""

    written: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a proposed content.

    `citation.quote` is the sentence as it was written; `text` differs from it by `changes`, by the mark
    at its end and by full-width punctuation only. `span` is its place in the proposed content.
    """

    text: str
    citation: Citation
    span: Span
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """A figure of some year, with the sentence it stands in.

    `indicator` is `None` where the figure was read from a column of progress; `document` says whose it is.
    """

    year: int | None
    op: Comparator
    value: float
    high: float | None
    unit: str | None
    text: str
    document: StoredDocument
    citation: Citation
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class ProposedFigure:
    """A figure of a proposed content: what was promised, what was achieved, what to promise and why.

    `history` are the unit's own promises, oldest first, `last` among them. `elsewhere` are other units' and
    cities', best first. `lowest` and `highest` enclose the values that the evidence speaks for;
    `needs_judgement` says that the evidence alone does not decide. `is_own` is false where the unit itself
    never promised it.
    """

    name: str
    last: FigurePoint
    history: tuple[FigurePoint, ...]
    achieved: tuple[FigurePoint, ...]
    elsewhere: tuple[FigurePoint, ...]
    op: Comparator
    value: float
    high: float | None
    unit: str | None
    better: Better
    reasons: tuple[str, ...]
    lowest: float
    highest: float
    needs_judgement: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class ProposedBenchmark:
    """A city to compare with; `value` is what it achieved as written, `year` the year of the evidence."""

    city: str
    value: str | None
    year: int | None
    is_outdated: bool
    note: str
    citation: Citation


class BasisStatus(StrEnum):
    """How sure it is that a proposed basis is in force."""

    AS_CITED = "as-cited"
    SUCCESSOR = "successor"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class ProposedBasis:
    """A document to rest on; `written` is how it was cited before, by the items of `citations`."""

    title: str
    doc_number: str | None
    written: str
    status: BasisStatus
    note: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another wording to choose from, quoted as it was written."""

    document: StoredDocument
    name: str | None
    citations: tuple[Citation, ...]

    @property
    def text(self) -> str:
        """The quoted sentences, one behind the other."""
        return "".join(one.quote for one in self.citations)


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """One item. `name_citation` is `None` where the name is the topic's own words.

    `benchmark` is the best of `benchmarks`, `None` where the item should have no benchmark line or there is
    none. `notes` are Chinese sentences about what was inferred or is left to the drafter.
    """

    topic: str
    category: str
    number: str
    name: str
    name_citation: Citation | None
    sentences: tuple[Sentence, ...]
    figures: tuple[ProposedFigure, ...]
    benchmark: ProposedBenchmark | None
    benchmarks: tuple[ProposedBenchmark, ...]
    bases: tuple[ProposedBasis, ...]
    responsible_units: tuple[str, ...]
    deadline: str | None
    alternatives: tuple[Alternative, ...]
    notes: tuple[str, ...]

    @property
    def content(self) -> str:
        """The sentences, one behind the other."""
        return "".join(one.text for one in self.sentences)

    @property
    def basis_text(self) -> str | None:
        """The cell 制定依据: one document a numbered entry; `None` without any."""
        if not self.bases:
            return None
        written = [_basis_words(one) for one in self.bases]
        if len(written) == 1:
            return f"{written[0]}。"
        return "；\n".join(f"{number}.{one}" for number, one in enumerate(written, start=1)) + "。"

    @property
    def benchmark_text(self) -> str | None:
        """The line below the row: 标杆城市：…    标杆值：…; `None` without a benchmark."""
        if self.benchmark is None:
            return None
        value = in_full_width(" ".join((self.benchmark.value or "").split()))
        return f"标杆城市：{self.benchmark.city}" + (f"    标杆值：{value}" if value else "")


def _basis_words(basis: ProposedBasis) -> str:
    words = f"{basis.title}（{basis.doc_number}）" if basis.doc_number else basis.title
    return f"{words}（待核实）" if basis.status is BasisStatus.UNVERIFIED else words


@dataclass(frozen=True, slots=True)
class Missing:
    """A topic about which nothing was found, with the sentence that says so."""

    topic: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The items in the order of the document: category after category, numbered within each."""

    request: DraftRequest
    city: str | None
    items: tuple[ProposedItem, ...]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.request.year}年度业务目标"

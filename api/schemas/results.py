"""What a question gets, as it leaves this program."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.documents import (
    BasisJson,
    BenchmarkJson,
    DocumentJson,
    IndicatorJson,
    ItemJson,
    Number,
    SpanJson,
)
from api.schemas.facets import FacetsJson
from corpus.model import Comparator, Field, Status


@dataclass(frozen=True, slots=True)
class InterpretedJson:
    """How a query was understood; `year`, `unit`, `category`, `city` are set where exactly one was.

    Every hit holds all of `phrases` and none of `excluded`.
    """

    query: str
    text: str
    years: tuple[int, ...]
    units: tuple[str, ...]
    categories: tuple[str, ...]
    cities: tuple[str, ...]
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    year: int | None
    unit: str | None
    category: str | None
    city: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HighlightJson:
    """A marked stretch of a field of the hit: why (`kind`), where, and the words themselves."""

    kind: str
    field: Field
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class VersionJson:
    """The same promise in another document; `figures` are those that the hit does not state."""

    document: DocumentJson
    item_id: int
    year: int | None
    unit: str | None
    city: str | None
    category: str | None
    number: str | None
    name: str | None
    content: str
    similarity: Number
    figures: tuple[IndicatorJson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitJson(ItemJson):
    """An item that answers a query; `similarity` is cosine, `score` orders the hits of one response.

    `versions` are the items that promise the same in other documents, newest first.
    """

    document: DocumentJson
    item_id: int
    score: Number
    similarity: Number
    lexical: Number
    matched_words: tuple[str, ...]
    highlights: tuple[HighlightJson, ...]
    reasons: tuple[str, ...]
    versions: tuple[VersionJson, ...]


@dataclass(frozen=True, slots=True)
class RankingJson:
    """What decided the order beside the query; `reranker` is the model that gave a second opinion."""

    grouped: bool
    prefer_recent: bool
    prefer_units: tuple[str, ...]
    reranker: str | None


@dataclass(frozen=True, slots=True)
class SearchJson:
    """Hits, best first; `facets` where they were asked for."""

    interpreted: InterpretedJson
    ranking: RankingJson
    hits: tuple[HitJson, ...]
    facets: FacetsJson | None = None


@dataclass(frozen=True, slots=True)
class CitationJson:
    """Where a sentence or figure stands, word for word; `span` is `null` where contacts were blacked out."""

    source: str
    document_id: int
    item_id: int
    title: str | None
    year: int | None
    unit: str | None
    category: str | None
    number: str | None
    name: str | None
    quote: str
    span: SpanJson | None


@dataclass(frozen=True, slots=True)
class RemovedSentenceJson:
    """A sentence of a language model that did not hold: why, in Chinese, and what was not in the evidence."""

    sentence: str
    failing: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class RewritingJson:
    """How a language model was used; only where `use` is `written` are the words of the answer its own."""

    model: str
    use: str
    note: str
    fault: str | None
    removed: tuple[RemovedSentenceJson, ...]


@dataclass(frozen=True, slots=True)
class AnswerJson:
    """An answer made of cited facts: `citations[i]` backs the mark `[i+1]` in `answer`.

    `short` is the shortest stretch of the cited words that answers, where there is one. `llm` is there where
    a language model was asked for.
    """

    answer: str
    abstained: bool
    citations: tuple[CitationJson, ...]
    interpreted: InterpretedJson
    notes: tuple[str, ...]
    short: str | None = None
    llm: RewritingJson | None = None


@dataclass(frozen=True, slots=True)
class WrittenSentenceJson:
    """A sentence that a language model wrote and that holds, with its marks."""

    sentence: str


@dataclass(frozen=True, slots=True)
class BenchmarkEvidenceJson:
    """One place where a city was named as a benchmark."""

    benchmark: BenchmarkJson
    citation: CitationJson
    similarity: Number
    value_year: int | None
    outdated: bool


@dataclass(frozen=True, slots=True)
class BenchmarkCityJson:
    """A city with all its evidence for a topic; `reasons` say why it stands where it stands."""

    city: str
    score: Number
    reasons: tuple[str, ...]
    evidence: tuple[BenchmarkEvidenceJson, ...]


@dataclass(frozen=True, slots=True)
class StandingJson:
    """What a city promised for a year or achieved in it; equal values share a rank, counted from 1."""

    rank: int | None
    city: str
    year: int
    op: Comparator
    value: Number
    high: Number | None
    unit: str | None
    status: Status
    own: bool
    outdated: bool
    indicator: IndicatorJson
    citation: CitationJson


@dataclass(frozen=True, slots=True)
class OrderJson:
    """How the standings are ordered: `better` is `more`, `less` or `unknown` (then the newest come first)."""

    better: str
    reason: str
    unit: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BenchmarksJson:
    """Benchmark cities, best first, and the cities' own figures on the indicator, best first."""

    interpreted: InterpretedJson
    cities: tuple[BenchmarkCityJson, ...]
    standings: tuple[StandingJson, ...]
    order: OrderJson


@dataclass(frozen=True, slots=True)
class BasisEvidenceJson:
    """One item that rests on a document."""

    basis: BasisJson
    citation: CitationJson
    similarity: Number


@dataclass(frozen=True, slots=True)
class SuccessorJson:
    """The edition that a new target should rest on.

    `held` is false where the catalog neither holds nor cites it and its title only follows from others.
    """

    title: str
    doc_number: str | None
    year: int
    held: bool
    citation: CitationJson | None


@dataclass(frozen=True, slots=True)
class RankedBasisJson:
    """A document that items about a topic rest on; `years` are the editions of a yearly one."""

    title: str
    doc_number: str | None
    score: Number
    variants: tuple[str, ...]
    years: tuple[int, ...]
    successor: SuccessorJson | None
    evidence: tuple[BasisEvidenceJson, ...]


@dataclass(frozen=True, slots=True)
class BasesJson:
    """Documents, best first."""

    interpreted: InterpretedJson
    bases: tuple[RankedBasisJson, ...]


@dataclass(frozen=True, slots=True)
class TrendPointJson:
    """The figure promised for one year, or achieved in it.

    `confidence` (0 to 1) says how surely it goes on from the point before it of the same status, `notes` what
    changed since.
    """

    year: int
    op: Comparator
    value: Number
    high: Number | None
    unit: str | None
    status: Status
    confidence: Number | None
    notes: tuple[str, ...]
    indicator: IndicatorJson
    citation: CitationJson


@dataclass(frozen=True, slots=True)
class SeriesJson:
    """The same indicator over the years, oldest first; `owner` and `city` say whose promise it is.

    `units` are all that were written (次, 场), `unit` the newest.
    """

    indicator: str
    unit: str | None
    units: tuple[str, ...]
    owner: str | None
    city: str | None
    points: tuple[TrendPointJson, ...]


@dataclass(frozen=True, slots=True)
class TrendsJson:
    """Series, the one nearest to the topic first."""

    interpreted: InterpretedJson
    series: tuple[SeriesJson, ...]


@dataclass(frozen=True, slots=True)
class QuestionJson:
    """A question and the filters it is to be answered under; `llm` asks for a language model's words."""

    question: str
    k: int = 10
    year: int | None = None
    unit: str | None = None
    category: str | None = None
    city: str | None = None
    understand: bool = True
    llm: bool = False

"""What a question gets: frozen values that every way in turns into one JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.catalog import StoredItem
from corpus.model import Basis, Benchmark, Indicator, Span


class HighlightKind(StrEnum):
    """Why a stretch of text is marked."""

    WORD = "word"
    FIGURE = "figure"
    CITY = "city"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Interpreted:
    """How a query was understood; each filter can be taken off by the user.

    `text` is what is searched for after the understood parts were taken out. Every hit holds all of
    `phrases` (quotations, titles, document numbers, exact figures) and none of `excluded`, which may also
    name years, units, categories and cities. `notes` are Chinese sentences about conflicts and unknown names.
    """

    query: str
    text: str
    years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked stretch of a field of the hit's item."""

    kind: HighlightKind
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """The same promise in another document: the item, and its figures that the hit does not state."""

    stored: StoredItem
    similarity: float
    figures: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One item that answers a query. `similarity` is cosine; `score` orders the hits of one response.

    `versions` are the items that promise the same, newest first.
    """

    stored: StoredItem
    score: float
    similarity: float
    lexical: float
    matched_words: tuple[str, ...]
    highlights: tuple[Highlight, ...]
    reasons: tuple[str, ...]
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """What decided the order beside the query: groups, preferred units, a newest year, a second model."""

    grouped: bool = True
    prefer_recent: bool = False
    prefer_units: tuple[str, ...] = ()
    reranker: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that a search could be narrowed to, and how many items would be left; `None` is not stated."""

    value: int | str | None
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How all candidates of a search, `counted` items, are spread: years newest first, else by count.

    Candidates are what either leg found under the filters, before equal promises were put together.
    """

    counted: int
    years: tuple[Facet, ...]
    units: tuple[Facet, ...]
    cities: tuple[Facet, ...]
    categories: tuple[Facet, ...]
    kinds: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Hits, best first; `facets` where they were asked for."""

    interpreted: Interpreted
    hits: tuple[Hit, ...]
    ranking: Ranking = Ranking()
    facets: Facets | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence or figure stands; `quote == getattr(item, span.field)[span.start:span.end]`."""

    stored: StoredItem
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer made of cited facts; `citations[i]` backs the mark `[i+1]` in `text`.

    `short` is the shortest stretch of the cited words that answers, where one was found.
    """

    text: str
    abstained: bool
    citations: tuple[Citation, ...]
    interpreted: Interpreted
    notes: tuple[str, ...] = ()
    short: str | None = None


@dataclass(frozen=True, slots=True)
class BenchmarkEvidence:
    """One place where a city was named as a benchmark.

    `value_year` is the latest year that what it achieved is of; `outdated` says that this is long ago.
    """

    benchmark: Benchmark
    citation: Citation
    similarity: float
    value_year: int | None = None
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class BenchmarkCity:
    """A city with all its evidence for a topic, best evidence first; `reasons` are Chinese sentences."""

    city: str
    score: float
    evidence: tuple[BenchmarkEvidence, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a city promised or achieved on an indicator in a year.

    `rank` counts from 1, equal values share one; it is `None` where nobody can tell which way is better.
    `own` says that it is our own city, `outdated` that the figure is of long ago.
    """

    rank: int | None
    city: str
    year: int
    indicator: Indicator
    citation: Citation
    own: bool = False
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Standings:
    """Figures of cities on one indicator, best first; `reason` says why that way is better, in Chinese.

    `unit` is theirs. `better` is `more`, `less` or `unknown`: then the newest come first.
    """

    unit: str | None
    better: str
    reason: str
    rows: tuple[Standing, ...]
    notes: tuple[str, ...] = ()


NO_STANDINGS = Standings(None, "unknown", "", ())


@dataclass(frozen=True, slots=True)
class Comparing:
    """How cities are compared.

    `own` is our own city; without it, the cities whose units' targets are kept. What is older than `recent`
    years is outdated.
    """

    own: str | None = None
    recent: int = 3


@dataclass(frozen=True, slots=True)
class BenchmarkResponse:
    """Cities, best first, and what cities promised and achieved on the indicator that was asked about."""

    interpreted: Interpreted
    cities: tuple[BenchmarkCity, ...]
    standings: Standings = NO_STANDINGS


@dataclass(frozen=True, slots=True)
class BasisEvidence:
    """One item that rests on a document."""

    basis: Basis
    citation: Citation
    similarity: float


@dataclass(frozen=True, slots=True)
class Successor:
    """The newest edition of a document that is made anew every year, or of one that was replaced.

    `held` says that the catalog cites or holds it; otherwise its title follows from the others'.
    """

    title: str
    doc_number: str | None
    year: int
    held: bool
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class RankedBasis:
    """A document that items about a topic rest on, variants of its title merged.

    `variants` are the other ways its title is written. `years` are those of the editions of a yearly
    document, ascending; `successor` is the one that a new target should rest on, where that is another.
    """

    title: str
    doc_number: str | None
    score: float
    evidence: tuple[BasisEvidence, ...]
    variants: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    successor: Successor | None = None


@dataclass(frozen=True, slots=True)
class BasisResponse:
    """Documents, best first."""

    interpreted: Interpreted
    bases: tuple[RankedBasis, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The figure promised for one year, or achieved in it, with the place it stands in.

    `confidence` says how surely it goes on from the point before it of the same status, 0 to 1; `None` where
    there is none. `notes` say in Chinese what changed since then.
    """

    year: int
    indicator: Indicator
    citation: Citation
    confidence: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """The same indicator over the years, oldest first.

    `unit` is the newest figure's (%, 件), `units` are all that were written (次, 场), which stand for one;
    `owner` and `city` say whose promise it is.
    """

    indicator: str
    unit: str | None
    points: tuple[TrendPoint, ...]
    owner: str | None = None
    city: str | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrendResponse:
    """Series, the one nearest to the topic first."""

    interpreted: Interpreted
    series: tuple[Series, ...]

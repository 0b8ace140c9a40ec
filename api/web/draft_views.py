"""What the draft workspace offers beside a passage: each offer says what it puts where, and whence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace

from api import wording
from api.schemas.checks import LookupJson
from api.schemas.documents import BenchmarkJson, IndicatorJson, SpanJson
from api.schemas.results import CitationJson, HighlightJson, HitJson
from api.web.views import Segment, segments
from corpus.model import Field
from search.texts import sentences

KEYS = 9
_MOST_SENTENCES = 12
_MOST_FIGURES = 4
_LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One change of an item.

    `how` is insert (at the caret), append, set, fill (only what is empty), or replace (`quote`, which stood
    from `start` to `end`).
    """

    into: str
    how: str
    text: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The place of the catalog that words come from; `label` is how it is shown."""

    document_id: int
    item_id: int
    field: Field
    start: int | None
    end: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Steps that are taken together, with the source of each step, if it has one.

    `key` is the digit that takes it from the keyboard.
    """

    steps: tuple[Step, ...]
    sources: tuple[Source | None, ...]
    key: int | None = None

    def written(self) -> str:
        """Return the offer as the page's script reads it."""
        return compact({"steps": self.steps, "sources": self.sources})


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a hit, with its marks, and what inserts it."""

    marked: tuple[Segment, ...]
    offer: Offer


@dataclass(frozen=True, slots=True)
class HitOffers:
    """A hit: the sentence that is most about the passage, the others, and its figures."""

    hit: HitJson
    best: SentenceView
    others: tuple[SentenceView, ...]
    figures: tuple[tuple[IndicatorJson, Offer], ...]


@dataclass(frozen=True, slots=True)
class LookupView:
    """What belongs beside a passage, each with its offer."""

    found: LookupJson
    figures: tuple[Offer, ...]
    hits: tuple[HitOffers, ...]
    cities: tuple[tuple[Offer, ...], ...]
    bases: tuple[Offer, ...]

    @property
    def summary(self) -> str:
        """Say in one line what was found."""
        found = self.found
        counts = (
            (len(found.warnings), "条提醒"),
            (len(self.figures), "个往年数值"),
            (len(self.hits), "条相似目标"),
            (len(self.cities), "个标杆城市"),
            (len(self.bases), "份制定依据"),
        )
        parts = [f"{count} {words}" for count, words in counts if count]
        return "、".join(parts) if parts else "没有找到相关内容"


def compact(values: Mapping[str, object]) -> str:
    """Write values, dataclasses among them, as JSON without blanks."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_fields)


def _fields(value: object) -> dict[str, object]:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: one for name, one in asdict(value).items() if one is not None}
    raise TypeError(type(value).__name__)


def source_of(citation: CitationJson) -> Source:
    """Return the place of a citation."""
    span = citation.span
    label = (
        f"{wording.year_text(citation.year)} {citation.unit or '单位不明'} · {wording.item_line(citation)}"
    )
    return Source(
        citation.document_id,
        citation.item_id,
        span.field if span is not None else Field.CONTENT,
        span.start if span is not None else None,
        span.end if span is not None else None,
        label,
    )


def lookup_view(found: LookupJson) -> LookupView:
    """Return what was found beside a passage, its offers numbered for the keyboard."""
    figures = tuple(
        _offer(Step("content", "insert", point.indicator.text), source_of(point.citation))
        for point in found.figures
    )
    hits = tuple(_hit(hit) for hit in found.hits)
    cities = tuple(
        tuple(city_offer(one.benchmark, source_of(one.citation), city.city) for one in city.evidence)
        for city in found.cities
    )
    bases = tuple(
        _offer(
            Step("basis_text", "append", basis_words(one.title, one.doc_number)),
            source_of(one.evidence[0].citation) if one.evidence else None,
        )
        for one in found.bases
    )
    return _numbered(LookupView(found, figures, hits, cities, bases))


def _offer(step: Step, source: Source | None) -> Offer:
    return Offer((step,), (source,))


def basis_words(title: str, doc_number: str | None) -> str:
    """Write a basis as it stands in its cell: 《…》（青政办发〔2012〕15号）."""
    bare = title if title.startswith("《") or not doc_number else f"《{title}》"
    return f"{bare}（{doc_number}）" if doc_number else bare


def city_offer(benchmark: BenchmarkJson, source: Source, city: str) -> Offer:
    """Return what writes a city with what it achieved into the benchmark line."""
    value = " ".join((benchmark.value or "").split())
    steps = (Step("benchmark_city", "set", city), Step("benchmark_value", "set", value))
    return Offer(steps, (source, source if value else None))


def _hit(hit: HitJson) -> HitOffers:
    marks = [mark for mark in hit.highlights if mark.field is Field.CONTENT]
    places = sentences(hit.content) or ((0, len(hit.content)),)

    def marked(place: tuple[int, int]) -> int:
        return sum(min(m.end, place[1]) - max(m.start, place[0]) for m in marks if _meets(m, place))

    best = max(places, key=marked)
    views = {place: _sentence(hit, place, list(segments(hit.content, marks, *place))) for place in places}
    others = [views[place] for place in places if place != best][:_MOST_SENTENCES]
    return HitOffers(hit, views[best], tuple(others), tuple(_figures(hit, best)))


def _meets(mark: HighlightJson, place: tuple[int, int]) -> bool:
    return mark.start < place[1] and place[0] < mark.end


def _source_in(hit: HitJson, field: Field, start: int, end: int) -> Source:
    document = hit.document
    label = f"{wording.document_line(document)} · {wording.item_line(hit)}"
    return Source(document.id, hit.item_id, field, start, end, label)


def _sentence(hit: HitJson, place: tuple[int, int], marked: list[Segment]) -> SentenceView:
    start, end = place
    source = _source_in(hit, Field.CONTENT, start, end)
    if end - start > _LONGEST_SENTENCE:
        marked = _shortened(marked)
    return SentenceView(tuple(marked), _offer(Step("content", "insert", hit.content[start:end]), source))


def _shortened(marked: list[Segment]) -> list[Segment]:
    """Return the beginning of a long sentence; what is inserted is still the whole."""
    kept: list[Segment] = []
    room = _LONGEST_SENTENCE
    for one in marked:
        if len(one.text) >= room:
            return [*kept, replace(one, text=f"{one.text[:room]}…")]
        kept.append(one)
        room -= len(one.text)
    return kept


def _figures(hit: HitJson, best: tuple[int, int]) -> Iterator[tuple[IndicatorJson, Offer]]:
    """Yield the figures of a hit's best sentence, the first few."""
    within = [one for one in hit.indicators if one.span is not None and _stands_in(one.span, best)]
    for one in within[:_MOST_FIGURES]:
        if one.span is not None:
            source = _source_in(hit, one.span.field, one.span.start, one.span.end)
            yield one, _offer(Step("content", "insert", one.text), source)


def _stands_in(span: SpanJson, place: tuple[int, int]) -> bool:
    return span.field is Field.CONTENT and place[0] <= span.start < place[1]


def _numbered(view: LookupView) -> LookupView:
    """Give the digits to what is likeliest wanted: figures, sentences, cities, bases, then the rest."""
    shares = ((len(view.figures), 2), (len(view.hits), 3), (len(view.cities), 2), (len(view.bases), 2))
    given = [min(count, share) for count, share in shares]
    for place, (count, _) in enumerate(shares):
        given[place] += min(KEYS - sum(given), count - given[place])
    starts = [1 + sum(given[:place]) for place in range(len(given))]

    def key(group: int, place: int) -> int | None:
        return starts[group] + place if place < given[group] else None

    figures = tuple(replace(one, key=key(0, n)) for n, one in enumerate(view.figures))
    hits = tuple(_keyed_hit(one, key(1, n)) for n, one in enumerate(view.hits))
    cities = tuple(_keyed_first(some, key(2, n)) for n, some in enumerate(view.cities))
    bases = tuple(replace(one, key=key(3, n)) for n, one in enumerate(view.bases))
    return replace(view, figures=figures, hits=hits, cities=cities, bases=bases)


def _keyed_hit(one: HitOffers, key: int | None) -> HitOffers:
    return replace(one, best=replace(one.best, offer=replace(one.best.offer, key=key)))


def _keyed_first(offers: Iterable[Offer], key: int | None) -> tuple[Offer, ...]:
    return tuple(replace(one, key=key) if n == 0 else one for n, one in enumerate(offers))

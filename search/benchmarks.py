"""Which cities were named as benchmarks for a topic, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.model import Benchmark
from corpus.stored import StoredItem
from search.evidence import DEFAULT_THRESHOLDS, Found, Subject, Thresholds, is_evidence
from search.results import BenchmarkCity, BenchmarkEvidence
from search.texts import cite, field_text

_ENUMERATED = re.compile(
    r"(?:^|[\n。；;\s])(?:\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)])"
)
_MORE_EVIDENCE = 0.1
_LATELY = 0.1
_OLD = 10  # years after which nothing is gained by being newer
_MOST_OWNERS = 3
RECENT_YEARS = 3
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*年)")


def passage_about(stored: StoredItem, benchmark: Benchmark) -> str:
    """Return the enumerated passage that a benchmark stands in: its label says what is compared.

    In 2.服务业项目。对标城市为武汉市。… the sentence naming the city does not say what for.
    """
    text = field_text(stored.item, benchmark.span.field)
    starts = [match.start() for match in _ENUMERATED.finditer(text)]
    first = max((start for start in starts if start <= benchmark.span.start), default=0)
    last = min((start for start in starts if start >= benchmark.span.end), default=len(text))
    return text[first:last]


def relevance(subject: Subject, found: Found, benchmark: Benchmark) -> float:
    """Return how much a benchmark is about `subject`: the words near it, those of its item, its meaning."""
    near = subject.share_in(f"{benchmark.city} {passage_about(found.stored, benchmark)}")
    return 1.5 * near + found.held + 0.25 * found.scored.score + found.scored.similarity


def benchmark_cities(
    subject: Subject,
    items: Iterable[Found],
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    this_year: int | None = None,
    recent: int = RECENT_YEARS,
) -> tuple[BenchmarkCity, ...]:
    """Return the cities that items about `subject` compare with, best first, with all their evidence.

    An item that is no evidence for the topic brings no city. A city is as good as its best evidence,
    a little better with more of it, and where it was named lately; equal ones are ordered by name. What was
    achieved more than `recent` years before `this_year` is outdated.
    """
    rated: dict[str, list[tuple[float, BenchmarkEvidence]]] = {}
    for found in items:
        for benchmark in found.stored.item.benchmarks:
            near = subject.share_in(passage_about(found.stored, benchmark))
            if subject.words and near < thresholds.full and not is_evidence(found, thresholds):
                continue
            year = value_year(found.stored, benchmark)
            evidence = BenchmarkEvidence(
                benchmark,
                cite(found.stored, benchmark.span),
                found.scored.similarity,
                year,
                year is not None and this_year is not None and this_year - year > recent,
            )
            rated.setdefault(benchmark.city, []).append((relevance(subject, found, benchmark), evidence))
    newest = max(
        (year for pairs in rated.values() for _, one in pairs if (year := _named_in(one))), default=0
    )
    return tuple(
        sorted(
            (_rank(city, pairs, newest) for city, pairs in rated.items()), key=lambda c: (-c.score, c.city)
        )
    )


def value_year(stored: StoredItem, benchmark: Benchmark) -> int | None:
    """Return the latest year that what a city achieved is of; the document's where none is stated."""
    year = stored.document.year
    if benchmark.quantity is not None and benchmark.quantity.year is not None:
        return benchmark.quantity.year
    stated = [int(one) for one in _YEAR.findall(benchmark.value or benchmark.text)]
    kept = [one for one in stated if year is None or one <= year]
    return max(kept, default=year)


def _named_in(evidence: BenchmarkEvidence) -> int | None:
    return evidence.citation.stored.document.year


def _rank(city: str, rated: list[tuple[float, BenchmarkEvidence]], newest: int) -> BenchmarkCity:
    ordered = sorted(rated, key=lambda one: (-one[0], one[1].citation.stored.id, one[1].citation.span.start))
    years = [year for _, one in ordered if (year := _named_in(one))]
    age = newest - max(years) if years else _OLD
    lately = _LATELY * max(0, _OLD - age) / _OLD
    score = ordered[0][0] + _MORE_EVIDENCE * min(len(ordered) - 1, 5) + lately
    evidence = tuple(one for _, one in ordered)
    return BenchmarkCity(city, round(score, 4), evidence, _reasons(evidence))


def _reasons(evidence: tuple[BenchmarkEvidence, ...]) -> tuple[str, ...]:
    """Say how often, when and by whom a city was named, what it achieved and how near to the topic."""
    years = sorted({year for one in evidence if (year := _named_in(one))})
    owners = list(dict.fromkeys(owner for one in evidence if (owner := _owner(one)) is not None))
    reasons = [f"被作为标杆{len(evidence)}次"]
    if years:
        reasons.append(f"最近一次在{years[-1]}年" if len(years) > 1 else f"在{years[0]}年")
    if owners:
        more = f"等{len(owners)}个单位" if len(owners) > _MOST_OWNERS else ""
        reasons.append(f"提出单位：{'、'.join(owners[:_MOST_OWNERS])}{more}")
    valued = next((one for one in evidence if one.benchmark.value), None)
    if valued is not None:
        reasons.append(_achieved(valued))
    reasons.append(f"语义相似度 {max(one.similarity for one in evidence):.2f}")
    return tuple(reasons)


def _owner(evidence: BenchmarkEvidence) -> str | None:
    document = evidence.citation.stored.document
    return document.unit or document.city


def _achieved(evidence: BenchmarkEvidence) -> str:
    quantity, ours = evidence.benchmark.quantity, evidence.benchmark.ours
    said = f"有标杆值（{evidence.value_year}年）" if evidence.value_year else "有标杆值"
    if quantity is not None and ours is not None:
        said += f"，对方{quantity.value:g}{quantity.unit or ''}，我方{ours.value:g}{ours.unit or ''}"
    return f"{said}，已过时，引用前请更新" if evidence.outdated else said

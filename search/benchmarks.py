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
    subject: Subject, items: Iterable[Found], thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> tuple[BenchmarkCity, ...]:
    """Return the cities that items about `subject` compare with, best first, with all their evidence.

    An item that is no evidence for the topic brings no city. A city is as good as its best evidence,
    a little better with more of it; equal ones are ordered by name.
    """
    rated: dict[str, list[tuple[float, BenchmarkEvidence]]] = {}
    for found in items:
        for benchmark in found.stored.item.benchmarks:
            near = subject.share_in(passage_about(found.stored, benchmark))
            if subject.words and near < thresholds.full and not is_evidence(found, thresholds):
                continue
            evidence = BenchmarkEvidence(
                benchmark, cite(found.stored, benchmark.span), found.scored.similarity
            )
            rated.setdefault(benchmark.city, []).append((relevance(subject, found, benchmark), evidence))
    return tuple(
        sorted((_rank(city, pairs) for city, pairs in rated.items()), key=lambda c: (-c.score, c.city))
    )


def _rank(city: str, rated: list[tuple[float, BenchmarkEvidence]]) -> BenchmarkCity:
    ordered = sorted(rated, key=lambda one: (-one[0], one[1].citation.stored.id, one[1].citation.span.start))
    score = ordered[0][0] + _MORE_EVIDENCE * min(len(ordered) - 1, 5)
    return BenchmarkCity(city, round(score, 4), tuple(evidence for _, evidence in ordered))

"""Cities that a row compares itself with (标杆城市, 对标城市), what they achieved, and the compared figures.

Labelled lines and cells are read first (标杆城市：… 标杆值：…, 对标城市为…。), then prose that clearly
compares (`ingest.compared_cities`). The own city is never a benchmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.model import Benchmark, Field, Span, TargetItem
from corpus.text import fold
from ingest.cited_documents import Passage
from ingest.compared_cities import find_compared
from ingest.comparisons import Comparison, compare
from ingest.places import group_at, mention_at, place_named

_CITY_LABEL = re.compile(
    r"(?:标杆|对标|标兵)(?:城市|单位|地区|对象|区县|国家)\s{0,4}(?P<mark>[:：]|为|是)?\s{0,8}[“\"《]?"
)
_VALUE_LABEL = re.compile(r"(?:标杆|对标|标兵)(?:值|情况|水平|经验|内容|做法|成绩)\s{0,4}[:：]\s{0,8}")
_NEW_POINT = re.compile(
    r"(?<![0-9])(?<=[\s。;])(?:[0-9]{1,2}[.、](?![0-9])|[一二三四五六七八九十]{1,3}、|\([0-9一二三四五六七八九十]{1,3}\))|创标情况"
)
_JOINER = re.compile(r"[”\"》]?\s{0,2}(?:[、,/;]|和|与|及|以及|\s)\s{0,2}[“\"《]?")
_REST_OF_NAME = re.compile(r"[^、,/;。:\s()]{0,20}?(?=[、,/;。\s()]|标杆|对标|\Z)(?:\([^()\n]{0,30}\))?")
_WRITTEN_NAME = re.compile(r"[一-鿿·]{2,8}(?=[、,/;。\s]|标杆|对标|\Z)")
_NOT_A_NAME = re.compile(
    r"先进|同类|国内|国际|全国|全省|副省级|计划单列|兄弟|其他|其它|标杆|对标|无|略|没有|待定|城市\Z"
)
_LOOKS_LIKE_PLACE = re.compile(r"[市省区县州国]\Z")
_MOST_CITIES = 30
_MOST_LINES = 200  # more comparisons in one field are no row of a document
_LEADING_MARKS = " \t\n\r　,。;、:，；："
_TRAILING = " \t\n\r　"


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A labelled line: its cities, and the span of what they achieved (start equal to end: nothing)."""

    start: int
    end: int
    cities: tuple[str, ...]
    value_start: int
    is_labelled_value: bool


def find_benchmarks(item: TargetItem, own_city: str | None) -> tuple[Benchmark, ...]:
    """Return the benchmarks of `item`: labelled ones first, then compared ones, each once.

    `value` is what the city achieved as written: the whole 标杆值, or in a cell what is said of the city
    from its name on. `own_city` in any form (青岛, 青岛市, 山东省青岛市) and its districts are left out.
    """
    found: list[Benchmark] = []
    for field, text in (
        (Field.BENCHMARK, item.benchmark_text),
        (Field.BASIS, item.basis_text),
        (Field.NAME, item.name),
        (Field.CONTENT, item.content),
    ):
        if text and text.strip():
            passage = Passage.of(text, field)
            found.extend(_in_field(passage, own_city))
    return _distinct([benchmark for benchmark in found if not _is_own(benchmark.city, own_city)])


def _in_field(passage: Passage, own_city: str | None) -> Iterator[Benchmark]:
    labelled = list(_labelled(passage))
    if not labelled and passage.field is Field.BENCHMARK:
        labelled = list(_unlabelled(passage))
    for line in labelled[:_MOST_LINES]:
        yield from _benchmarks(passage, line, own_city)
    taken = [(line.start, line.end) for line in labelled]
    for city in islice(find_compared(passage, taken), _MOST_LINES):
        text = passage.raw[city.start : city.end]
        value = passage.raw[city.value[0] : city.value[1]] if city.value else None
        around = passage.raw[city.sentence_start : city.sentence_end]
        figures = compare(around, names_of(city.name), _names(own_city))
        yield _benchmark(passage, city.name, (city.start, city.end), text, value, figures)


def _benchmark(
    passage: Passage, city: str, span: tuple[int, int], text: str, value: str | None, figures: Comparison
) -> Benchmark:
    return Benchmark(
        city=city,
        value=value,
        text=text,
        span=Span(passage.field, *span),
        quantity=figures.quantity,
        ours=figures.ours,
        gap=figures.gap,
        stated_gap=figures.stated_gap,
    )


def _benchmarks(passage: Passage, line: _Labelled, own_city: str | None) -> Iterator[Benchmark]:
    text = passage.raw[line.start : line.end]
    parts = _shares(passage, line)
    for city in line.cities:
        start, end = parts[city]
        value = passage.raw[start:end].strip(_TRAILING) or None
        figures = Comparison()
        if value:
            figures = compare(value, names_of(city), _names(own_city), is_theirs=True)
        yield _benchmark(passage, city, (line.start, line.end), text, value, figures)


def _labelled(passage: Passage) -> Iterator[_Labelled]:
    """Yield the labelled lines; a line ends where the next label or the next numbered point begins."""
    opened: list[tuple[int, tuple[str, ...], int]] = []
    for label in _CITY_LABEL.finditer(passage.folded):
        cities, after = _cities_after(passage.folded, label.end(), is_colon=label["mark"] in {":", "："})
        if cities:
            opened.append((label.start(), cities, after))
    points = [match.start() for match in _NEW_POINT.finditer(passage.folded)]
    next_point = 0
    for index, (start, cities, after) in enumerate(opened):
        end = opened[index + 1][0] if index + 1 < len(opened) else len(passage.folded)
        value = _VALUE_LABEL.search(passage.folded, after, min(end, after + 200))
        while next_point < len(points) and points[next_point] < after:
            next_point += 1
        if value is None and next_point < len(points):
            end = min(end, points[next_point])
        begin = value.end() if value else after
        yield _closed(passage, start, end, cities, begin, is_labelled_value=value is not None)


def _closed(
    passage: Passage, start: int, end: int, cities: tuple[str, ...], begin: int, *, is_labelled_value: bool
) -> _Labelled:
    while end > start and passage.raw[end - 1] in _TRAILING:
        end -= 1
    begin = min(begin, end)
    while begin < end and passage.raw[begin] in _LEADING_MARKS:
        begin += 1
    return _Labelled(start, end, cities, begin, is_labelled_value)


def _unlabelled(passage: Passage) -> Iterator[_Labelled]:
    """Read a cell of a 标杆城市 column: the cities, then perhaps what they achieved."""
    start = len(passage.folded) - len(passage.folded.lstrip())
    cities, after = _cities_after(passage.folded, start, is_colon=True)
    if cities:
        value = _VALUE_LABEL.search(passage.folded, after)
        begin = value.end() if value else after
        yield _closed(passage, start, len(passage.folded), cities, begin, is_labelled_value=value is not None)


def _cities_after(folded: str, position: int, *, is_colon: bool) -> tuple[tuple[str, ...], int]:
    """Read a list of cities behind a label; return them and where the list ends."""
    cities: list[str] = []
    end = position
    while True:
        group = group_at(folded, position)
        mention = None if group else mention_at(folded, position, labelled=True)
        if group is not None:
            cities.extend(place.name for place in group[0])
            position = group[1]
        elif mention is not None:
            cities.append(mention.locality.name)
            position = mention.end
        else:
            name = _WRITTEN_NAME.match(folded, position) if is_colon else None
            if name is None or not _may_be_city(name[0], is_only=not cities):
                break
            cities.append(name[0])
            position = name.end()
        end = position
        joiner = _JOINER.match(folded, position)
        if joiner is None and is_colon:
            rest = _REST_OF_NAME.match(folded, position)
            joiner = _JOINER.match(folded, rest.end()) if rest else None
        if joiner is None or len(cities) > _MOST_CITIES:
            break
        position = joiner.end()
    return tuple(dict.fromkeys(cities)), end


def _may_be_city(name: str, *, is_only: bool) -> bool:
    """Whether a name that no table knows may be a city's, behind 标杆城市：."""
    return not _NOT_A_NAME.search(name) and (is_only or bool(_LOOKS_LIKE_PLACE.search(name)))


def _shares(passage: Passage, line: _Labelled) -> dict[str, tuple[int, int]]:
    """Give each city its part of the value: the part that begins at its name, where every city has one."""
    starts = {city: _first_name(passage, line, city) for city in line.cities}
    found = sorted(start for start in starts.values() if start is not None)
    if line.is_labelled_value and (len(line.cities) == 1 or len(found) < len(line.cities)):
        return dict.fromkeys(line.cities, (line.value_start, line.end))
    shares: dict[str, tuple[int, int]] = {}
    for city, start in starts.items():
        if start is None or len(found) < len(line.cities):
            shares[city] = (start if start is not None else line.value_start, line.end)
            continue
        following = [other for other in found if other > start]
        shares[city] = (start, following[0] if following else line.end)
    return shares


def _first_name(passage: Passage, line: _Labelled, city: str) -> int | None:
    """Return where the value first begins a clause with the city's name."""
    named = "|".join(re.escape(fold(name)) for name in names_of(city))
    match = re.compile(rf"(?<![一-鿿])(?:{named})").search(passage.folded, line.value_start, line.end)
    return match.start() if match else None


def names_of(city: str) -> tuple[str, ...]:
    """Return the ways a city is called, the longest first: 苏州市, 苏州."""
    place = place_named(city)
    full = place.name if place else city
    short = re.sub(r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|[市省区县])\Z", "", full)
    return (full, short) if len(short) > 1 and short != full else (full,)


def _names(own_city: str | None) -> tuple[str, ...]:
    return names_of(own_city) if own_city else ()


def _is_own(city: str, own_city: str | None) -> bool:
    """Whether `city` is our own city or lies in it."""
    if own_city is None:
        return False
    place, own = place_named(city), place_named(own_city)
    if place is None or own is None:
        return city == own_city
    return place == own or own.name in place.parents


def _distinct(found: Sequence[Benchmark]) -> tuple[Benchmark, ...]:
    """Drop what adds nothing: a mere mention of a city that already stands there, or the same words again."""
    kept: list[Benchmark] = []
    seen: set[str] = set()
    told: set[tuple[str, str | None, float | None]] = set()
    for benchmark in found:
        says = benchmark.value is not None or benchmark.stated_gap is not None
        key = (benchmark.city, benchmark.value, benchmark.stated_gap)
        if (says and key not in told) or benchmark.city not in seen:
            kept.append(benchmark)
            seen.add(benchmark.city)
            told.add(key)
    return tuple(kept)

"""What a query asks for besides its words: years, units, categories and cities become filters.

Everything understood is taken out of the text that is searched for, reported in `Interpreted`, and can
be taken off again by the user. Nothing is guessed: a year or unit that no document has becomes a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.text import fold
from index.filters import Filter
from index.searcher import Vocabulary
from search.results import Interpreted
from search.units import closeness, find_units, find_unknown_units
from search.words import has_content
from search.years import find_years

_PROTECTED = re.compile(r"《[^》]*》?|[〔\[(（【](?:19|20)\d\d[〕\])）】]\s*第?\d+号?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」")
# Words after a city or before it that make it a part of another name: 青岛港, 食安青岛, 高效青岛.
_NAME_AFTER = re.compile(
    r"港|啤酒|路|湾|号|大学|学院|银行|机场|站|口岸|攻势|建设攻势|相比|经验|做法|速度|模式|标准"
)
_NAME_BEFORE = re.compile(
    r"(?:高效|平安|数字|食安|法治|美丽|健康|文明|智慧|信用|诚信|活力|幸福|生态|宜居|和谐"
    r"|对标|对照|学习|借鉴|标杆|标杆城市|对标城市|看齐|赶超|超过|超越|不如|落后于|(?<!相)比|与|跟|同|向)[：:为是]?$"
)
_CATEGORY_BEFORE = re.compile(r"(?:^|[\s的年度厅局委办项个条“\"：:、和与及])$")
_CATEGORY_AFTER = re.compile(
    r"^(?:$|[\s中里内有类的”\"？?，,、和与及]|方面|部分|一共|共|包括|包含|分别|是(?:$|哪|什么))"
)
_EDGES = re.compile(
    r"^[\s的之在于和与及、，,:：至到比从里中内]+|(?:[\s的之在于和与及、，,:：至到从]|(?<!相)比)+$"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters a caller set explicitly; each overrules what the query says."""

    year: int | None = None
    unit: str | None = None
    category: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A query with its filters.

    `topic` is what is left to look for, empty where the query only names filters. `named_years` are the
    years named one by one, not as a range; `unknown_units` were named but have no document.
    `soft_category` says that the category was only read from the words, so that it may be dropped
    (with a note) where it leaves nothing.
    """

    interpreted: Interpreted
    allowed: Filter
    topic: str
    named_years: tuple[int, ...] = ()
    unknown_units: tuple[str, ...] = ()
    soft_category: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What the words of a query name, and the stretches that name it."""

    years: tuple[int, ...] = ()
    named_years: tuple[int, ...] = ()
    missing_years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    unknown_units: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def understand(
    query: str, vocabulary: Vocabulary, today: date, wanted: Wanted = Wanted(), *, read_words: bool = True
) -> Understood:
    """Read the filters out of `query`; with `read_words` off only those in `wanted` hold."""
    found = _read(fold(query), vocabulary, today) if read_words else _Found()
    years = (wanted.year,) if wanted.year is not None else found.years
    units = _named_units(wanted.unit, vocabulary) if wanted.unit else found.units
    categories = (wanted.category,) if wanted.category else found.categories
    cities = (_named_city(wanted.city, vocabulary),) if wanted.city else found.cities
    named = (wanted.year,) if wanted.year is not None else found.named_years
    missing = found.missing_years if wanted.year is None else _missing([named], vocabulary)
    unknown = () if wanted.unit else found.unknown_units
    rest = _without(query, found.spans)
    topic = rest if has_content(rest) else ""
    interpreted = Interpreted(
        query=query,
        text=topic or query.strip(),
        years=years,
        units=units,
        categories=categories,
        cities=cities,
        notes=_notes(missing, unknown, vocabulary)
        + _absent(units, cities, categories, vocabulary)
        + _overruled(wanted, found, units, cities),
    )
    allowed = Filter(
        years=frozenset(years) if years else None,
        units=frozenset(units) if units else None,
        categories=frozenset(categories) if categories else None,
        cities=frozenset(cities) if cities else None,
    )
    return Understood(
        interpreted, allowed, topic, named, unknown, bool(categories) and wanted.category is None
    )


def _missing(mentions: list[tuple[int, ...]], vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the years of mentions none of whose years any document has; a range may have gaps."""
    absent = {y for years in mentions if not set(vocabulary.years).intersection(years) for y in years}
    return tuple(sorted(absent))


def _read(text: str, vocabulary: Vocabulary, today: date) -> _Found:
    """Find what the folded query `text` names; titles in 《》 and 文号 name nothing."""
    open_text = _blank(text, _PROTECTED)
    years = find_years(open_text, today, frozenset(vocabulary.years))
    units = find_units(open_text, vocabulary.units)
    unquoted = _blank(open_text, _QUOTED)
    cities = _find_cities(unquoted, vocabulary.cities)
    filtered = [(year.start, year.end) for year in years] + [(unit.start, unit.end) for unit in units]
    filtered += [span for _, span in cities]
    categories = _find_categories(_blank_spans(open_text, filtered), vocabulary.categories)
    return _Found(
        years=tuple(sorted({year for mention in years for year in mention.years})),
        named_years=tuple(sorted({m.years[0] for m in years if len(m.years) == 1})),
        missing_years=_missing([mention.years for mention in years], vocabulary),
        units=tuple(dict.fromkeys(unit for mention in units for unit in mention.units)),
        categories=tuple(dict.fromkeys(name for name, _ in categories)),
        cities=tuple(dict.fromkeys(name for name, _ in cities)),
        unknown_units=find_unknown_units(open_text, vocabulary.units),
        spans=tuple(filtered + [span for _, span in categories]),
    )


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """Replace what `pattern` finds by as many marks that no rule reads, so that positions stay."""
    return pattern.sub(lambda match: "\x00" * len(match.group()), text)


def _blank_spans(text: str, spans: list[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _find_cities(text: str, known: tuple[str, ...]) -> list[tuple[str, tuple[int, int]]]:
    """Return cities whose documents are asked for; a benchmark or a name made with a city is none."""
    found = []
    for city in known:
        short = city[:-1] if city.endswith("市") and len(city) > 2 else city
        for match in re.finditer(re.escape(short) + "市?", text):
            before, after = text[: match.start()], text[match.end() :]
            if not _NAME_BEFORE.search(before) and not _NAME_AFTER.match(after):
                found.append((city, match.span()))
    return found


def _find_categories(text: str, known: tuple[str, ...]) -> list[tuple[str, tuple[int, int]]]:
    """Return the categories that stand alone; 热线工作目标 speaks of an aim, not of a category."""
    found: list[tuple[str, tuple[int, int]]] = []
    for category in sorted(known, key=lambda name: (-len(name), name)):
        for match in re.finditer(re.escape(fold(category)), text):
            start, end = match.span()
            alone = _CATEGORY_BEFORE.search(text[:start]) and _CATEGORY_AFTER.match(text[end:])
            if alone and not any(start < e and s < end for _, (s, e) in found):
                found.append((category, (start, end)))
    return found


def _without(query: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return `query` without the stretches `spans` and the particles that hung on them."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if start > position:
            pieces.append(_EDGES.sub("", query[position:start]))
        position = max(position, end)
    pieces.append(_EDGES.sub("", query[position:]) if spans else query[position:].strip())
    return " ".join(piece for piece in pieces if piece.strip("？?。 "))


def _named_units(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the catalog's units that an explicit `name` stands for; itself where there is none."""
    if name in vocabulary.units:
        return (name,)
    marks = {unit: closeness(fold(name), unit) for unit in vocabulary.units}
    best = max(marks.values(), default=0)
    return tuple(unit for unit, mark in marks.items() if mark == best) if best else (name,)


def _named_city(name: str, vocabulary: Vocabulary) -> str:
    return next(
        (city for city in vocabulary.cities if city.removesuffix("市") == name.removesuffix("市")),
        name,
    )


def years_words(years: tuple[int, ...]) -> str:
    """Say ascending years: 2012、2021年, 2015—2018年."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said = [f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
    return "、".join(said) + "年"


def _notes(missing: tuple[int, ...], unknown: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    notes = []
    if missing:
        present = vocabulary.years
        known = f"目标库中有{years_words(present)}的文件" if present else "目标库中的文件都没有标明年份"
        notes.append(f"目标库中没有{years_words(missing)}的文件，{known}。")
    notes.extend(f"目标库中没有“{name}”的文件，未按单位筛选。" for name in unknown)
    return tuple(notes)


def _absent(
    units: tuple[str, ...], cities: tuple[str, ...], categories: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Say which explicit filters name nothing in the catalog (those read from words always do)."""
    pairs = [("单位", name, vocabulary.units) for name in units]
    pairs += [("城市", name, vocabulary.cities) for name in cities]
    pairs += [("类别", name, vocabulary.categories) for name in categories]
    return tuple(
        f"目标库中没有{what}为“{name}”的文件，请核对筛选条件。"
        for what, name, known in pairs
        if name not in known
    )


def _overruled(
    wanted: Wanted, found: _Found, units: tuple[str, ...], cities: tuple[str, ...]
) -> tuple[str, ...]:
    """Say where an explicit filter contradicts the words of the query."""
    notes = []
    if wanted.year is not None and found.years and wanted.year not in found.years:
        notes.append(f"查询中写的是{years_words(found.years)}，按筛选条件只看{wanted.year}年。")
    if wanted.unit and found.units and not set(units) & set(found.units):
        notes.append(f"查询中写的是{'、'.join(found.units)}，按筛选条件只看{'、'.join(units)}。")
    if wanted.city and found.cities and not set(cities) & set(found.cities):
        notes.append(f"查询中写的是{'、'.join(found.cities)}，按筛选条件只看{'、'.join(cities)}。")
    if wanted.category and found.categories and wanted.category not in found.categories:
        notes.append(f"查询中写的是{'、'.join(found.categories)}，按筛选条件只看{wanted.category}。")
    return tuple(notes)
